/**
 * Mutates the models of a folder laid out like tlaplus/Examples, and sees whether `tla2ts check` gives each mutant the verdict
 * that TLC gives it. Takes the small models without temporal properties that have an invariant; negates an invariant, or drops a conjunct of an
 * action. Run after `npm run setup`:
 *
 *   node tools/mutate-specs.mjs FOLDER [--tlc PATH] [--sample 40] [--seed 1] [--up-to 10] [--limit 60] [--only TEXT] [--markdown]
 *
 * --tlc PATH       a command that starts TLC and takes its arguments; default: the environment's TLC
 * --sample N       this many mutants that have a verdict of both
 * --seed S         the same seed takes the same mutants
 * --up-to SECONDS  only models that take TLC at most this long, as their manifest says
 * --limit SECONDS  a mutant that takes either longer is left out: a guard that is gone may make a model endless. So is one
 *                  that TLC cannot read, for want of a module that only a prover brings
 * --only TEXT      only models with this text in their path
 *
 * Exit code 1 if a verdict differs.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { commitOf, exhaustiveModels, isExamples, seconds } from './examples/models.mjs';
import { mutationsOf } from './examples/mutations.mjs';
import { makeShuffle } from './examples/random.mjs';
import { runCheck, runTlc } from './examples/run.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tlc: { type: 'string', default: process.env.TLC ?? '' },
    sample: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    'up-to': { type: 'string', default: '10' },
    limit: { type: 'string', default: '60' },
    only: { type: 'string', default: '' },
    markdown: { type: 'boolean', default: false },
  },
});
const [root] = positionals;
const [sample, seed, upTo, limit] = ['sample', 'seed', 'up-to', 'limit'].map((name) => Number(options[name]));
if (!isExamples(root) || ![sample, seed, upTo, limit].every((number) => number >= 0)) {
  console.error('error: usage: node tools/mutate-specs.mjs FOLDER [--tlc PATH] [--sample N] [--seed S] [--only TEXT]');
  process.exit(2);
}
if (options.tlc === '') {
  console.error('error: name a command that starts TLC: --tlc PATH, or TLC in the environment');
  process.exit(2);
}

/** In each round every model gives a mutant of this kind, if it has one more. */
const rounds = ['negation', 'guard', 'strengthening', 'assignment', 'guard', 'negation', 'guard'];

/** The mutants in the order in which they are tried. */
const mutants = () => {
  const shuffle = makeShuffle(seed);
  const models = exhaustiveModels(root)
    .filter(({ runtime, path }) => seconds(runtime) <= upTo && path.includes(options.only))
    .map((model) => ({ model, left: candidates(model, shuffle) }))
    .filter(({ left }) => left !== undefined);
  return rounds.flatMap((kind) =>
    shuffle(models).flatMap(({ model, left }) => {
      const mutation = left.get(kind)?.pop();
      return mutation === undefined ? [] : [{ model, mutation }];
    }),
  );
};

/** The mutations of a model in random order; none if it has temporal properties, or no invariant. */
const candidates = ({ module, path }, shuffle) => {
  const config = readFileSync(join(root, path), 'utf8');
  const found = mutationsOf(join(root, dirname(module)), basename(module, '.tla'), config);
  return found && new Map([...found].map(([kind, list]) => [kind, shuffle(list)]));
};

/** Runs both on a copy of the model's folder. */
const judge = async ({ model, mutation }) => {
  const folder = mkdtempSync(join(tmpdir(), 'mutate-specs-'));
  try {
    cpSync(join(root, dirname(model.module)), folder, { recursive: true });
    cpSync(join(root, model.path), join(folder, 'Mutated.cfg'));
    writeFileSync(join(folder, mutation.file), mutation.text);
    const own = await runCheck(folder, basename(model.module), 'Mutated.cfg', limit);
    // Where there is nothing to compare with, TLC need not run.
    const tlc = own.note.startsWith('more than')
      ? { verdict: 'none', note: '' }
      : await runTlc(options.tlc, folder, basename(model.module), 'Mutated.cfg', limit);
    return { model, mutation, own, tlc };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const path = ({ model }) => model.path.replace('specifications/', '');
const isSame = ({ own, tlc }) => own.verdict === tlc.verdict;
const isNoticed = ({ model, tlc }) => tlc.verdict !== model.result;

const line = (row) => {
  const { mutation, own, tlc } = row;
  const note = isSame(row) ? '' : `  [${own.note}] [${tlc.note}]`;
  return `${isSame(row) ? 'same' : 'NOT '} ${path(row)}  ${mutation.file}: ${mutation.what}  ${own.verdict} / ${tlc.verdict}${note}`;
};

const rows = [];
let left = 0;
for (const mutant of mutants()) {
  if (rows.length >= sample) break;
  const row = await judge(mutant);
  if (row.own.note.startsWith('more than') || row.tlc.verdict === 'none') {
    left += 1;
    console.error(`left out: ${path(row)}  ${mutant.mutation.what}: ${row.tlc.note || row.own.note}`);
    continue;
  }
  rows.push(row);
  if (!options.markdown) console.log(line(row));
}

const same = rows.filter(isSame).length;
const noticed = rows.filter(isNoticed).length;
const summary = `${rows.length} mutants, seed ${seed}: ${same} with TLC's verdict; TLC gives ${noticed} another verdict than the model; ${left} left out`;
if (options.markdown) {
  const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\\/', '\\\\/');
  console.log(`Commit ${commitOf(root)}. ${summary}.\n`);
  console.log('| model | file | mutation | model is | `tla2ts check` | TLC | same |\n|---|---|---|---|---|---|---|');
  for (const row of rows) {
    const { model, mutation, own, tlc } = row;
    console.log(
      `| ${path(row)} | ${mutation.file} | ${cell(mutation.what)} | ${model.result} | ${own.verdict} | ${tlc.verdict} | ${isSame(row) ? 'yes' : 'no'} |`,
    );
  }
} else console.log(`\n${summary}`);
process.exit(same === rows.length ? 0 : 1);
