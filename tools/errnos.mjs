/**
 * Which errors of which calls recorded traces of real kernels show: `npm run -s errnos -- [--write] [--check] [--record KERNEL...]`
 *
 * Reads the recorded traces of the repository, holds them against the list of what the calls can give (tools/errnos/expected.mjs)
 * and prints a table.
 *
 * --write            writes docs/errnos.md
 * --check            exit 1 if something that can be seen is not, or something is seen that is not listed
 * --record KERNEL    finds programs for all errors that the model knows, runs them on that kernel ("live", "7.3", a file) and writes
 *                    traces/errnos-SERIES.ndjson.gz; may be given several times
 * --seed, --programs  of --record: where the programs come from (default 1, 4000)
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { tableLines } from '../packages/report/dist/index.js';
import { savePrograms } from '../packages/trace/dist/node/index.js';
import { page } from './errnos/page.mjs';
import { recordErrors } from './errnos/record.mjs';
import { judged } from './errnos/judged.mjs';
import { seenErrors, series, traceFiles } from './errnos/seen.mjs';

const { values: options } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    record: { type: 'string', multiple: true, default: [] },
    seed: { type: 'string', default: '1' },
    programs: { type: 'string', default: '4000' },
  },
});
const root = fileURLToPath(new URL('..', import.meta.url));

for (const kernel of options.record) {
  const recorded = await recordErrors(kernel, { seed: Number(options.seed), programs: Number(options.programs) });
  const file = `traces/errnos-${series(recorded[0].kernel)}.ndjson.gz`;
  await savePrograms(join(root, file), recorded);
  console.error(`${file}: ${recorded.length} programs of ${recorded[0].kernel}`);
}

const rows = judged(await seenErrors(traceFiles(root), root));
const columns = [
  { head: 'call' },
  { head: 'error' },
  { head: 'times', align: 'right' },
  { head: 'kernels', align: 'right' },
  { head: 'example' },
];
const cells = ({ call, error, times, kernels, example, why, status }) => [
  call,
  error,
  status === 'seen' || status === 'not listed' ? String(times) : '-',
  kernels.length === 0 ? '-' : String(kernels.length),
  (status === 'seen' ? `${example.program}:${example.step}` : (why ?? status)).slice(0, 36),
];
for (const line of tableLines(columns, rows.map(cells))) console.log(line);

const count = (status) => rows.filter((row) => row.status === status).length;
const bad = rows.filter(({ status }) => status === 'missing' || status === 'not listed');
console.log(
  `\n${count('seen')} seen on real kernels, ${count('out of reach')} out of reach, ${count('missing')} missing, ${count('not listed')} not listed`,
);
if (options.write) writeFileSync(join(root, 'docs/errnos.md'), page(rows));
if (options.check && bad.length > 0) process.exit(1);
