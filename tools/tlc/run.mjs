/** TLC, where the environment names it, as the judge of our checker. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** What TLC's exit status stands for, in the words of manifests. */
const RESULTS = new Map([
  [0, 'success'],
  [10, 'assumption failure'],
  [11, 'deadlock failure'],
  [12, 'safety failure'],
  [13, 'liveness failure'],
]);

/**
 * Runs TLC on a module under a configuration beside it.
 * @returns its verdict in the words of manifests, the states that it found, its version, and wall-clock seconds
 */
export function runTlc([command, ...first], module, config, workers) {
  const metadir = mkdtempSync(join(tmpdir(), 'tlc-'));
  const args = [...first, '-workers', String(workers), '-noGenerateSpecTE', '-metadir', metadir];
  const start = performance.now();
  const run = spawnSync(command, [...args, '-config', basename(config), basename(module, '.tla')], {
    cwd: dirname(module),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const seconds = (performance.now() - start) / 1000;
  rmSync(metadir, { recursive: true, force: true });
  const [, generated, distinct] =
    /^(\d+) states generated, (\d+) distinct states found, 0 states left/m.exec(run.stdout) ?? [];
  const [, depth] = /^The depth of the complete state graph search is (\d+)\./m.exec(run.stdout) ?? [];
  const [version] = /^TLC2 Version .*$/m.exec(run.stdout) ?? [];
  return {
    result: RESULTS.get(run.status) ?? `exit ${run.status}: ${run.stdout.slice(-500)}${run.stderr}`,
    distinct: Number(distinct),
    generated: Number(generated),
    depth: Number(depth),
    version,
    seconds,
  };
}
