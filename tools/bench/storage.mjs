/** How the checker keeps up as states become many: a specification whose number of states is known, with more and more of them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { whole } from './lib/measure.mjs';

export const description = 'states per second and bytes per state of the checker, at 1, 10 and 50 million states';

const spec = fileURLToPath(new URL('specs/Replicas.tla', import.meta.url));
const config = fileURLToPath(new URL('specs/Replicas.cfg', import.meta.url));
const checker = fileURLToPath(new URL('../../packages/tla2ts/dist/bundle/bin.js', import.meta.url));

/** The last version, by about how many millions of states there are: with five replicas (last + 1)^5. */
const lastVersion = { 1: 15, 10: 24, 50: 34 };

/** A run of the checker with so many versions. */
function check(folder, last, args) {
  const file = join(folder, `Replicas${last}.cfg`);
  writeFileSync(file, readFileSync(config, 'utf8').replace(/Last = \d+/, `Last = ${last}`));
  const run = spawnSync(process.execPath, [checker, 'check', spec, '--config', file, '--json', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(run.stdout);
}

/** @param options `millions`: which sizes, with commas; `workers`: threads; `compact`: hashes of states only */
export function run({ millions = '1,10,50', workers = String(availableParallelism()), compact }) {
  const folder = mkdtempSync(join(tmpdir(), 'storage-'));
  const args = ['--workers', workers, ...(compact === undefined ? [] : ['--compact'])];
  const rows = millions.split(',').map((size) => {
    const last = lastVersion[size];
    if (last === undefined) throw new Error(`--millions: ${size} is none of ${Object.keys(lastVersion).join(', ')}`);
    const { result, distinct, generated, seconds, bytes } = check(folder, last, args);
    const isRight = result === 'success' && distinct === (last + 1) ** 5;
    return [
      whole(distinct),
      whole(generated),
      `${seconds.toFixed(1)} s`,
      whole(distinct / seconds),
      whole(generated / seconds),
      `${whole(bytes / 2 ** 20)} MiB`,
      (bytes / distinct).toFixed(1),
      isRight ? 'right' : result,
    ];
  });
  rmSync(folder, { recursive: true });
  const heads = ['distinct', 'generated', 'time', 'distinct/s', 'generated/s', 'process', 'bytes/state'];
  return {
    columns: [...heads.map((head) => ({ head, align: 'right' })), { head: 'count' }],
    rows,
    notes: [
      `Replicas.tla, ${workers} worker${workers === '1' ? '' : 's'}; the process with all that it holds, by states: the checker itself takes about 90 MiB`,
    ],
  };
}
