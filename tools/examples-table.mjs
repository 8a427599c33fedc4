/**
 * Runs the exhaustive models of a folder laid out like tlaplus/Examples under `tla2ts check`, each in a process of its own,
 * and prints what came out beside what the folder's manifests say. Run after `npm run setup`:
 *
 *   node tools/examples-table.mjs FOLDER [--limit 60] [--up-to 30] [--over 30] [--safety | --temporal] [--only TEXT] [--markdown]
 *
 * --limit SECONDS  a model that takes longer has no verdict
 * --up-to SECONDS  only models that take TLC at most this long, as their manifest says
 * --over SECONDS   only models that take TLC longer
 * --safety         without the models whose temporal properties (of whole behaviours: liveness) are checked: those that have some, and whose search
 *                  does not end before with something else
 * --temporal       only these
 * --only TEXT      only models with this text in their path
 */
import { parseArgs } from 'node:util';
import { commitOf, exhaustiveModels, hasProperty, isExamples, seconds } from './examples/models.mjs';
import { runCheck } from './examples/run.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    limit: { type: 'string', default: '60' },
    'up-to': { type: 'string' },
    over: { type: 'string' },
    safety: { type: 'boolean', default: false },
    temporal: { type: 'boolean', default: false },
    only: { type: 'string' },
    markdown: { type: 'boolean', default: false },
  },
});
const [root] = positionals;
if (!isExamples(root)) {
  console.error(
    'error: usage: node tools/examples-table.mjs FOLDER [--limit S] [--up-to S] [--safety | --temporal] [--only TEXT]',
  );
  process.exit(2);
}
const limit = Number(options.limit);
const models = exhaustiveModels(root)
  .filter(({ runtime }) => options['up-to'] === undefined || seconds(runtime) <= Number(options['up-to']))
  .filter(({ runtime }) => options.over === undefined || seconds(runtime) > Number(options.over))
  .filter(({ path }) => options.only === undefined || path.includes(options.only))
  .filter(({ path }) => !options.temporal || hasProperty(root, path));

/** What came out for a model, and what its manifest expects. */
const judge = async (model) => {
  const { seconds: time, ...found } = await runCheck(root, model.module, model.path, limit);
  const { path, result: expected, distinctStates: states, totalStates: total } = model;
  return { model: path, time, expected, states, total, ...found };
};

/** Where a search ends early the number of states depends on its order. */
const agrees = ({ verdict, expected, distinct, states }) =>
  verdict === expected && (expected !== 'success' || states === undefined || states === distinct);

const rows = [];
/** Temporal properties are checked when nothing else is wrong. */
const endsBefore = ['safety failure', 'deadlock failure', 'assumption failure'];

for (const model of models) {
  const row = await judge(model);
  const isTemporal = row.temporal === true && !endsBefore.includes(row.expected);
  if ((options.safety && isTemporal) || (options.temporal && !isTemporal && row.temporal !== undefined)) continue;
  rows.push(row);
  if (!options.markdown) console.log(line(row));
}

function line(row) {
  const { model, verdict, expected, distinct, states, generated, total, time, note } = row;
  const sign = agrees(row) ? 'ok  ' : 'NOT ';
  const count = `${distinct ?? '-'}/${states ?? '-'}  ${generated ?? '-'}/${total ?? '-'}`;
  return `${sign} ${model.replace('specifications/', '')}  ${verdict}/${expected}  ${count}  ${time.toFixed(1)} s  ${note}`;
}

const good = rows.filter(agrees).length;
const same = rows.filter(({ verdict, expected }) => verdict === expected).length;
const counted = rows.filter(({ states, expected }) => states !== undefined && expected === 'success');
const exact = counted.filter(agrees).length;
const sameGenerated = counted.filter((row) => agrees(row) && row.generated === row.total).length;
const summary = `${rows.length} models: ${same} with the manifest's verdict, ${exact} of ${counted.length} with its distinct states, ${sameGenerated} with its generated states, ${good} with all that it says`;

if (options.markdown) {
  console.log(`Commit ${commitOf(root)}. ${summary}.\n`);
  console.log(
    '| model | verdict | manifest | distinct | manifest | generated | manifest | time | note |\n|---|---|---|--:|--:|--:|--:|--:|---|',
  );
  for (const { model, verdict, expected, distinct, states, generated, total, time, note } of rows) {
    const path = model.replace('specifications/', '');
    console.log(
      `| ${path} | ${verdict} | ${expected} | ${distinct ?? ''} | ${states ?? ''} | ${generated ?? ''} | ${total ?? ''} | ${time.toFixed(1)} s | ${note.replaceAll('|', '\\|')} |`,
    );
  }
} else console.log(`\n${summary}`);
