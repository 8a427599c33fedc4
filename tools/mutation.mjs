/**
 * Mutation testing of the model with Stryker: which small changes of its code do the fast tests and the replay of recorded
 * kernels not notice? Run after `npm run setup`:
 *
 *   npm run -s mutation -- [--sample 1000] [--seed 1] [--only FILE...] [--report] [--markdown]
 *
 * --sample N   so many mutants, about, of the model beyond mremap and the rules of merging, which are mutated as a whole
 * --seed S     draws the sample
 * --only FILE  only these files, or places in files (FILE:LINE-LINE)
 * --report     try nothing: tell what was found so far
 * --markdown   print the report as docs/mutation.md has it
 *
 * What was found is kept in reports/mutation/, so that a second run tries only what changed.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { tableLines } from '../packages/report/dist/index.js';
import { isInside, sample, WHOLE } from './mutation/places.mjs';
import { reasonOf } from './mutation/survivors.mjs';

const { values: options } = parseArgs({
  options: {
    sample: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', multiple: true },
    report: { type: 'boolean', default: false },
    markdown: { type: 'boolean', default: false },
  },
});

const places = options.only ?? [...WHOLE, ...sample(Number(options.sample), Number(options.seed))];
mkdirSync('reports/mutation', { recursive: true });
/** Has Stryker try these places. `isolated`: each mutant in threads of its own, also what was tried before. */
function tryPlaces(mutate, isolated) {
  const args = ['run', 'tools/mutation/stryker.config.mjs', ...(isolated ? ['--force'] : [])];
  const env = { ...process.env, MUTATE: JSON.stringify(mutate), ...(isolated && { MUTATE_ISOLATED: '1' }) };
  const { status } = spawnSync('node_modules/.bin/stryker', args, { env, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}

/** What was found in these places; what an earlier run found elsewhere is in the report, too. */
const foundIn = (wanted) =>
  Object.fromEntries(
    Object.entries(JSON.parse(readFileSync('reports/mutation/mutation.json', 'utf8')).files).map(([file, found]) => [
      file,
      { ...found, mutants: found.mutants.filter(({ location }) => isInside(wanted, file, location)) },
    ]),
  );

/** Mutants of what is computed when a module is loaded, which threads that have loaded it do not see. */
const unseen = () =>
  Object.entries(foundIn(places)).flatMap(([file, { mutants }]) =>
    mutants
      .filter((mutant) => mutant.static && mutant.status === 'Survived')
      .map(({ location: { start, end } }) => `${file}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`),
  );
if (!options.report) {
  tryPlaces(places, false);
  const again = new Set(unseen());
  if (again.size > 0) tryPlaces([...again], true);
}
const files = foundIn(places);
const KILLED = ['Killed', 'Timeout', 'RuntimeError', 'CompileError'];
const ALIVE = ['Survived', 'NoCoverage'];
const score = (killed, alive) => (killed + alive === 0 ? '-' : `${((100 * killed) / (killed + alive)).toFixed(1)} %`);

const counts = Object.entries(files)
  .map(([file, { mutants }]) => {
    const having = (states) => mutants.filter(({ status }) => states.includes(status)).length;
    return { file, killed: having(KILLED), alive: having(ALIVE) };
  })
  .filter(({ killed, alive }) => killed + alive > 0)
  .sort((a, b) => a.file.localeCompare(b.file));
const sum = (field) => counts.reduce((total, count) => total + count[field], 0);
const rows = [...counts, { file: 'all', killed: sum('killed'), alive: sum('alive') }].map(({ file, killed, alive }) => [
  file.replace(/^packages\//, '').replace('/src/', '/'),
  String(killed + alive),
  String(killed),
  String(alive),
  score(killed, alive),
]);

/** A mutant that nothing noticed: the text that it replaces, what with, and why that is right if somebody looked. */
const survivors = Object.entries(files).flatMap(([file, { mutants, source }]) => {
  const lines = source.split('\n');
  return mutants
    .filter(({ status }) => ALIVE.includes(status))
    .map(({ location: { start, end }, replacement }) => {
      const cut = lines.slice(start.line - 1, end.line).join('\n');
      const last = cut.length - lines[end.line - 1].length + end.column - 1;
      const original = cut.slice(start.column - 1, last).replaceAll(/\s+/g, ' ');
      const made = replacement.replaceAll(/\s+/g, ' ');
      return {
        place: `${file}:${start.line}`,
        original,
        made,
        reason: reasonOf(file, lines[start.line - 1], original, made),
      };
    });
});

survivors.sort((a, b) => a.place.localeCompare(b.place, 'en', { numeric: true }));
const late = Object.values(files).flatMap(({ mutants }) => mutants.filter(({ status }) => status === 'Timeout')).length;

const heads = ['file', 'mutants', 'killed', 'alive', 'score'];
if (options.markdown) {
  const line = (cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  console.log(`# Mutation testing

Every place of mremap and of the rules of merging, and a sample of the rest of the model (seed ${options.seed}), was changed a little, texts for readers left out; the fast
tests of both packages and the replay of what kernels did (\`traces/\`) ran on each change. Made by \`npm run -s mutation -- --markdown\`. Of those that were
killed, ${late} made the tests run for ever, or at least half a minute longer than they do.

${line(heads)}
${line(['---', '---:', '---:', '---:', '---:'])}
${rows.map(line).join('\n')}

## Changes that nothing noticed

${line(['place', 'was', 'became', 'why it makes no difference'])}
${line(['---', '---', '---', '---'])}
${survivors.map(({ place, original, made, reason }) => line([place.replace(/^packages\//, ''), `\`${original}\``, `\`${made}\``, reason ?? ''])).join('\n')}`);
} else {
  const columns = heads.map((head, i) => ({ head, align: i === 0 ? 'left' : 'right' }));
  for (const line of tableLines(columns, rows)) console.log(line);
  console.log('');
  for (const { place, original, made, reason } of survivors) {
    console.log(`${place}\n  ${original}\n  -> ${made}${reason === undefined ? '' : `\n  ${reason}`}`);
  }
}
