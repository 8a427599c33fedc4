/**
 * How much of the model generated programs reach: `npm run -s coverage -- [--seed N] [--programs N] [--steps N] [--check] [--write]`.
 *
 * Runs the fuzzer (tools/reach/fuzz.ts) over the sources of packages/model and packages/mremap under V8's coverage, without any
 * other test, and prints what of each file it reached and where it did not.
 *
 * --programs  a third of the programs for each release (default 60)
 * --check     exit 1 unless 98 % of lines and of branches are reached, and each place that is left has a reason
 * --write     write docs/coverage.md
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { tableLines } from '../packages/report/dist/index.js';
import { placesLeft } from './reach/places.mjs';
import { page } from './reach/page.mjs';
import { percent, summaries, total } from './reach/summary.mjs';

/** What the fuzzer has to reach, in per cent. */
const ENOUGH = 98;

const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    programs: { type: 'string', default: '60' },
    steps: { type: 'string', default: '40' },
    check: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
for (const name of ['seed', 'programs', 'steps']) {
  if (/^[1-9]\d{0,8}$/.test(options[name])) continue;
  console.error(`error: --${name} takes a number from 1 on, not ${options[name]}`);
  process.exit(2);
}

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const folder = mkdtempSync(join(tmpdir(), 'vmacheck-coverage-'));
const args = ['run', '--config', 'tools/reach/vitest.config.ts', '--coverage'];
const { status, stdout, stderr } = spawnSync('node_modules/.bin/vitest', args, {
  cwd: root,
  encoding: 'utf8',
  env: {
    ...process.env,
    COVERAGE_FOLDER: folder,
    COVERAGE_SEED: options.seed,
    COVERAGE_PROGRAMS: options.programs,
    COVERAGE_STEPS: options.steps,
  },
});
if (status !== 0) {
  console.error(`error: the fuzzer failed\n${stdout}${stderr}`);
  process.exit(1);
}
const files = summaries(JSON.parse(readFileSync(join(folder, 'coverage-final.json'), 'utf8')), root);
rmSync(folder, { recursive: true, force: true });

const columns = [{ head: 'file' }, { head: 'lines %', align: 'right' }, { head: 'branches %', align: 'right' }];
const sum = total(files);
const cell = ({ file, lines, branches }) => [file, percent(lines).toFixed(1), percent(branches).toFixed(1)];
const rows = files.map(cell);
rows.push(cell({ file: 'all', ...sum }));
const each = Number(options.programs);
const run = `seed ${options.seed}: for each release ${3 * each} programs of all calls and ${Math.ceil(each / 3)} of mremap's, of ${options.steps} steps`;
console.log(run);
console.log('');
for (const line of tableLines(columns, rows)) console.log(line);

const left = placesLeft(files, root);
if (left.length > 0) console.log('\nnot reached:');
for (const { file, line, text, reason } of left) {
  console.log(`  ${file}:${line}`.slice(0, 80));
  console.log(`    ${text}`.slice(0, 80));
  console.log(`    ${reason ?? 'no reason is given in tools/reach/reasons.mjs'}`.slice(0, 80));
}
if (options.write) writeFileSync(join(root, 'docs/coverage.md'), page({ run, files, sum, left }));

const isEnough = percent(sum.lines) >= ENOUGH && percent(sum.branches) >= ENOUGH;
const unexplained = left.filter(({ reason }) => reason === undefined);
console.log(
  `\n${isEnough ? 'enough' : 'too little'}: ${percent(sum.lines)} % of lines, ${percent(sum.branches)} % of branches (at least ${ENOUGH})`,
);
if (unexplained.length > 0) console.log(`${unexplained.length} places are left without a reason`);
if (options.check && (!isEnough || unexplained.length > 0)) process.exit(1);
