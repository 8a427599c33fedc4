/** Which errors recorded programs show: call x errno, how often, on which kernels, and the shortest program for each. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openPrograms } from '../../packages/trace/dist/node/index.js';
import { isMistakenAddress } from './expected.mjs';

/** The recorded traces of the repository. */
export function traceFiles(root) {
  const under = (folder) =>
    readdirSync(join(root, folder))
      .filter((file) => /\.ndjson(\.gz)?$/.test(file))
      .map((file) => join(folder, file));
  const tests = readdirSync(join(root, 'packages')).flatMap((name) => {
    try {
      return under(join('packages', name, 'test'));
    } catch {
      return [];
    }
  });
  return [...under('traces'), ...under('traces/regressions'), ...tests].sort();
}

/** "6.18" of "6.18.15+deb13-cloud-amd64". */
export const series = (release) => /^\d+\.\d+/.exec(release)?.[0] ?? release;

/** Of the key "call errno": `{ call, error, times, kernels, example }`. */
export async function seenErrors(files, root) {
  const seen = new Map();
  for (const file of files) {
    for await (const program of openPrograms(join(root, file))) {
      if (program.kernel === null) continue;
      program.steps.forEach((step, index) => take(seen, { file, program, step, index }));
    }
  }
  return seen;
}

function take(seen, { file, program, step, index }) {
  const error = step.result?.errno ?? step.result?.signal;
  if (error === undefined || isMistakenAddress(step)) return;
  const key = `${step.op} ${error}`;
  const known = seen.get(key) ?? { call: step.op, error, times: 0, kernels: new Set(), example: undefined };
  known.times += 1;
  known.kernels.add(series(program.kernel));
  if (known.example === undefined || index < known.example.step) {
    known.example = { file, program: program.id, step: index };
  }
  seen.set(key, known);
}
