/**
 * Measures speed: `npm run -s bench -- [SUITE...] [--OPTION=VALUE...]` after `npm run setup`; without a name, all suites.
 *
 * A suite is a file in tools/bench/ that exports `description` and `run(options)`, which gives `{ notes, columns, rows }` for a table or
 * `{ skipped }` with what it lacks. What is compared runs by turns in one process, and the quickest of several rounds counts,
 * so that a busy machine shifts all figures alike.
 */
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { tableLines } from '../packages/report/dist/index.js';

const folder = new URL('bench/', import.meta.url);
const known = readdirSync(folder)
  .filter((file) => file.endsWith('.mjs'))
  .map((file) => basename(file, '.mjs'))
  .sort();

const args = process.argv.slice(2);
const wanted = args.filter((arg) => !arg.startsWith('--'));
/** `--examples=DIR` is `examples: 'DIR'` for all suites. */
const options = Object.fromEntries(
  args.filter((arg) => arg.startsWith('--')).map((arg) => [/^--([^=]*)/.exec(arg)[1], arg.replace(/^[^=]*=?/, '')]),
);
const strange = wanted.find((name) => !known.includes(name));
if (strange !== undefined) {
  console.error(`error: there is no suite ${strange}\n  help: the suites are ${known.join(', ')}`);
  process.exit(2);
}

for (const name of wanted.length > 0 ? wanted : known) {
  const { description, run } = await import(new URL(`${name}.mjs`, folder).href);
  console.log(`${name}: ${description}`);
  const result = await run(options);
  if (result.skipped === undefined) {
    for (const line of tableLines(result.columns, result.rows)) console.log(`  ${line}`);
    for (const note of result.notes ?? []) console.log(`  ${note}`);
  } else {
    console.log(`  skipped: ${result.skipped}`);
  }
  console.log('');
}
