/**
 * TLC and the checker, by turns, on the models of a folder laid out like tlaplus/Examples whose search needs no temporal phase.
 *
 *   npm run -s bench -- tlc --examples=DIR [--only=TEXT,...] [--rounds=3] [--limit=150] [--up-to=300] [--results=FILE]
 *
 * `--only`: models with one of these texts in their path; `--limit`: seconds of a run; `--up-to`: without models for which the manifest says that TLC needs
 * more seconds; `--results`: each model's times are added to this file, and models that are in it are not run again.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { exhaustiveModels, isExamples, seconds } from '../examples/models.mjs';
import { runBoth } from './lib/both-checkers.mjs';
import { knowsMemory } from './lib/measured-process.mjs';
import { ratio, whole } from './lib/measure.mjs';
import { noTlc, tlcCommand } from '../tlc/command.mjs';

export const description =
  'the checker beside TLC, 2 workers each, on models without a temporal phase; --examples=DIR names them';

const WORKERS = 2;
/** Models that TLC works on so long are compared one by one. */
const LEAST = 5;
const MOST = 120;
/** Models that take TLC at most this, as their manifest says, are compared all together. */
const SMALL = 30;

const userPath = (path) => resolve(process.env.INIT_CWD ?? process.cwd(), path);

/** @param options see the head of the file */
export async function run({ examples, only = '', rounds = '3', limit = '150', 'up-to': upTo = '300', results }) {
  const tlc = tlcCommand();
  if (tlc === undefined) return { skipped: noTlc };
  if (examples === undefined) return { skipped: '--examples=DIR must name a folder laid out like tlaplus/Examples' };
  const root = userPath(examples);
  if (!isExamples(root)) return { skipped: `${examples} has no folder specifications with manifests` };
  const texts = only.split(',');
  const models = exhaustiveModels(root)
    .filter(({ path }) => texts.some((text) => path.includes(text)))
    .filter(({ runtime }) => seconds(runtime) <= Number(upTo) || seconds(runtime) === Infinity);
  const known = results === undefined ? new Map() : readResults(userPath(results));
  const options = { tlc, workers: WORKERS, rounds: Number(rounds), limit: Number(limit) };
  const all = [];
  for (const { path, module, runtime } of models) {
    const found = known.get(path) ?? { path, ...(await runBoth(resolve(root, module), resolve(root, path), options)) };
    if (results !== undefined && !known.has(path)) appendFileSync(userPath(results), `${JSON.stringify(found)}\n`);
    all.push({ ...judged(found), isSmall: seconds(runtime) <= SMALL });
    if (process.stderr.isTTY) process.stderr.write(`  ${all.length} of ${models.length}: ${path}\n`);
  }
  return table(all);
}

/** What was measured before, by the path of the model. */
const readResults = (path) => {
  if (!existsSync(path)) return new Map();
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return new Map(lines.map((line) => JSON.parse(line)).map((found) => [found.path, found]));
};

/** Times and memory of a model from its rounds, and why it cannot be compared if it cannot. */
const judged = ({ path, isTemporal, rounds }) => {
  const name = path.replace('specifications/', '');
  if (isTemporal) return { name, isTemporal };
  const [{ tlc, ours }] = rounds;
  const [theirs, own] = ['tlc', 'ours'].map((side) => median(rounds.map((round) => round[side].seconds)));
  const ratios = rounds.map((round) => round.tlc.seconds / round.ours.seconds);
  const memory = (side) => Math.max(...rounds.map((round) => round[side].mebibytes ?? NaN));
  const trouble = troubleOf(rounds);
  return {
    name,
    theirs,
    own,
    ratios,
    verdict: tlc.verdict,
    trouble,
    counts: countsOf(tlc, ours),
    memory: [memory('tlc'), memory('ours')],
  };
};

const troubleOf = (rounds) => {
  for (const [side, name] of [
    ['tlc', 'TLC'],
    ['ours', 'the checker'],
  ]) {
    const run = rounds.map((round) => round[side]).find(({ verdict }) => verdict === undefined);
    if (run !== undefined) return run.late ? `${name}: more than ${Math.floor(run.seconds)} s` : `${name}: no verdict`;
  }
  const [{ tlc, ours }] = rounds;
  return tlc.verdict === ours.verdict ? undefined : `TLC: ${tlc.verdict}, the checker: ${ours.verdict}`;
};

/** After a fault the number of states depends on the order of the search. */
const countsOf = (tlc, ours) => {
  if (tlc.verdict !== 'success') return '';
  if (tlc.distinct === undefined) return 'none';
  if (tlc.distinct !== ours.distinct) return 'different';
  return tlc.generated === ours.generated ? 'equal' : 'distinct equal';
};

const table = (all) => {
  const compared = all.filter(({ isTemporal, trouble }) => !isTemporal && trouble === undefined);
  const longer = compared
    .filter(({ theirs }) => theirs >= LEAST && theirs <= MOST)
    .sort((a, b) => a.theirs / a.own - b.theirs / b.own);
  const small = compared.filter(({ isSmall }) => isSmall);
  const troubled = all.filter(({ trouble }) => trouble !== undefined);
  return {
    columns: [
      { head: 'model' },
      ...['TLC', 'checker', 'quicker by', 'from', 'to', 'TLC MiB', 'checker MiB'].map((head) => ({
        head,
        align: 'right',
      })),
      { head: 'verdict' },
      { head: 'counts' },
    ],
    rows: longer.map(({ name, theirs, own, ratios, memory, verdict, counts }) => [
      name,
      `${theirs.toFixed(2)} s`,
      `${own.toFixed(2)} s`,
      ratio(theirs, own),
      Math.min(...ratios).toFixed(2),
      Math.max(...ratios).toFixed(2),
      ...memory.map((mebibytes) => (mebibytes > 0 ? whole(mebibytes) : '')),
      verdict,
      counts,
    ]),
    notes: [
      ...(longer.length === 0 ? [`no model takes TLC ${LEAST} to ${MOST} s`] : longerNotes(longer)),
      ...(small.length === 0 ? [] : [smallNote(small)]),
      ...(knowsMemory ? [memoryNote(compared)] : ['memory: skipped: it needs /usr/bin/time']),
      ...troubled.map(({ name, trouble }) => `${name}: not compared: ${trouble}`),
      `not compared for a temporal phase: ${all.filter(({ isTemporal }) => isTemporal).length}`,
      'whole runs on the wall, with start-up; the median of the rounds; "from" and "to" are the least and the greatest ratio of a round',
    ],
  };
};

const longerNotes = (longer) => {
  const ratios = longer.map(({ theirs, own }) => theirs / own);
  const mean = Math.exp(ratios.reduce((sum, value) => sum + Math.log(value), 0) / ratios.length);
  const below = (bound) => ratios.filter((value) => value < bound).length;
  return [
    `${longer.length} models that take TLC ${LEAST} to ${MOST} s: quicker by ${mean.toFixed(2)} in the geometric mean, below 1: ${below(1)}, below 2: ${below(2)}`,
  ];
};

const smallNote = (small) => {
  const [theirs, own] = ['theirs', 'own'].map((side) => small.reduce((sum, model) => sum + model[side], 0));
  return `${small.length} models of at most ${SMALL} s by their manifests, all together: TLC ${theirs.toFixed(1)} s, the checker ${own.toFixed(1)} s, quicker by ${(theirs / own).toFixed(2)}`;
};

const memoryNote = (compared) => {
  const more = compared.filter(({ memory: [theirs, own] }) => own > theirs).map(({ name }) => name);
  return `peak memory above TLC's: ${more.length} of ${compared.length}${more.length === 0 ? '' : ` (${more.join(', ')})`}`;
};

const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};
