/** The models that the manifests of a folder laid out like tlaplus/Examples name. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether a folder is laid out like tlaplus/Examples. */
export const isExamples = (root) => root !== undefined && existsSync(join(root, 'specifications'));

/** "00:00:30" in seconds; unknown: more than any limit. */
export const seconds = (runtime) => {
  const parts = /^(\d+):(\d+):(\d+)$/.exec(runtime ?? '');
  return parts === null ? Infinity : Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3]);
};

/** Every model that is searched exhaustively: what its manifest says, and `module`, the file of its root module. */
export const exhaustiveModels = (root) =>
  readdirSync(join(root, 'specifications'), { recursive: true })
    .filter((path) => /(^|[\\/])manifest\.json$/.test(path))
    .sort()
    .map((path) => JSON.parse(readFileSync(join(root, 'specifications', path), 'utf8')))
    .flatMap(({ modules }) => modules)
    .flatMap((module) => module.models.map((model) => ({ ...model, module: module.path })))
    .filter(({ mode }) => mode === 'exhaustive search');

/** Whether a configuration has properties beside invariants; whether they are temporal is seen when it is run. */
export const hasProperty = (root, config) => /^\s*PROPERT(Y|IES)\b/m.test(readFileSync(join(root, config), 'utf8'));

/** The commit of the folder, if it is a checkout. */
export const commitOf = (root) => {
  try {
    return execFileSync('git', ['-C', root, 'rev-parse', 'HEAD'], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return 'unknown';
  }
};
