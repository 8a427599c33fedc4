/** TLC and `tla2ts check` on one model, by turns, with as many workers each. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measured } from './measured-process.mjs';

const CHECKER = fileURLToPath(new URL('../../../packages/tla2ts/dist/bundle/bin.js', import.meta.url));

/** What TLC's exit codes and the checker's results mean. From 150 on TLC cannot read the model, and there is no verdict. */
const tlcVerdicts = {
  0: 'success',
  10: 'assertion',
  11: 'deadlock',
  12: 'safety',
  13: 'liveness',
  14: 'assertion',
  75: 'error',
  76: 'error',
  77: 'error',
};
const ourVerdicts = { 'safety-violation': 'safety', 'liveness-violation': 'liveness' };

/** TLC says so when it looks at whole behaviours. */
const temporalPhase = /^(Implied-temporal checking|Checking (\d+ branches of )?temporal properties)/m;

const runTlc = async ([command, ...first], module, config, { workers, limit }) => {
  const folder = dirname(module);
  const meta = mkdtempSync(join(tmpdir(), 'tlc-'));
  const own = ['-workers', String(workers), '-noGenerateSpecTE', '-metadir', meta];
  const args = [...first, ...own, '-config', relative(folder, config), basename(module, '.tla')];
  const run = await measured(command, args, { cwd: folder, limit });
  rmSync(meta, { recursive: true, force: true });
  const counts = [...run.stdout.matchAll(/^(\d+) states generated, (\d+) distinct states found/gm)].at(-1);
  return {
    ...taken(run),
    verdict: run.late ? undefined : tlcVerdicts[run.status],
    isTemporal: temporalPhase.test(run.stdout),
    ...(counts && { generated: Number(counts[1]), distinct: Number(counts[2]) }),
  };
};

const runChecker = async (module, config, { workers, limit }) => {
  const args = [CHECKER, 'check', module, '--config', config, '--json', '--workers', String(workers)];
  const run = await measured(process.execPath, args, { cwd: dirname(module), limit });
  const json = run.late ? undefined : parsed(run.stdout);
  const verdict = json && (ourVerdicts[json.result] ?? json.result);
  return { ...taken(run), verdict, isTemporal: json?.temporal !== undefined, ...counted(json) };
};

const taken = ({ seconds, mebibytes, late }) => ({ seconds, mebibytes, late });
const counted = (json) => json && { generated: json.generated, distinct: json.distinct };

const parsed = (stdout) => {
  try {
    return JSON.parse(stdout.trim().split('\n').at(-1));
  } catch {
    return undefined;
  }
};

/**
 * What the two need for a model: `rounds` with `tlc` and `ours` each. Where one of them looks at whole behaviours, or has no verdict in time, there are no more rounds.
 * @param options `tlc`: the command; `workers` of each; `limit`: seconds of a run; `rounds`
 */
export async function runBoth(module, config, options) {
  const rounds = [];
  for (let round = 0; round < options.rounds; round++) {
    const ours = await runChecker(module, config, options);
    if (round === 0 && ours.isTemporal && ours.verdict === 'success') return { isTemporal: true, rounds };
    const tlc = await runTlc(options.tlc, module, config, options);
    rounds.push({ ours, tlc });
    if (tlc.isTemporal) return { isTemporal: true, rounds };
    if (ours.verdict === undefined || tlc.verdict === undefined) break;
  }
  return { isTemporal: false, rounds };
}
