/**
 * Runs the exhaustive models of a folder laid out like tlaplus/Examples under `tla2ts check`, each in a process of its own,
 * and prints what came out beside what the folder's manifests say. Run after `npm run setup`:
 *
 *   node tools/examples-table.mjs FOLDER [--limit 60] [--up-to 30] [--over 30] [--safety] [--only TEXT] [--markdown]
 *
 * --limit SECONDS  a model that takes longer has no verdict
 * --up-to SECONDS  only models that take TLC at most this long, as their manifest says
 * --over SECONDS   only models that take TLC longer
 * --safety         without the models that have a liveness property
 * --only TEXT      only models with this text in their path
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    limit: { type: 'string', default: '60' },
    'up-to': { type: 'string' },
    over: { type: 'string' },
    safety: { type: 'boolean', default: false },
    only: { type: 'string' },
    markdown: { type: 'boolean', default: false },
  },
});
const [root] = positionals;
if (root === undefined || !existsSync(join(root, 'specifications'))) {
  console.error('error: usage: node tools/examples-table.mjs FOLDER [--limit S] [--up-to S] [--safety] [--only TEXT]');
  process.exit(2);
}
const limit = Number(options.limit);
const program = fileURLToPath(new URL('../packages/tla2ts/dist/node/bin.js', import.meta.url));

/** "00:00:30" in seconds; unknown: more than any limit. */
const seconds = (runtime) => {
  const parts = /^(\d+):(\d+):(\d+)$/.exec(runtime ?? '');
  return parts === null ? Infinity : Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3]);
};

const manifests = readdirSync(join(root, 'specifications'), { recursive: true })
  .filter((path) => /(^|[\\/])manifest\.json$/.test(path))
  .sort()
  .map((path) => JSON.parse(readFileSync(join(root, 'specifications', path), 'utf8')));

const models = manifests
  .flatMap(({ modules }) => modules)
  .flatMap((module) => module.models.map((model) => ({ ...model, module: module.path })))
  .filter(({ mode }) => mode === 'exhaustive search')
  .filter(({ runtime }) => options['up-to'] === undefined || seconds(runtime) <= Number(options['up-to']))
  .filter(({ runtime }) => options.over === undefined || seconds(runtime) > Number(options.over))
  .filter(({ path }) => options.only === undefined || path.includes(options.only));

/** One model: what the program prints, and how long it takes. */
const run = ({ module, path }) =>
  new Promise((resolve) => {
    const started = performance.now();
    const args = ['--stack-size=3900', program, 'check', module, '--config', path, '--json'];
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, INIT_CWD: undefined },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, complaints, late] = ['', '', false];
    child.stdout.on('data', (text) => (out += text));
    child.stderr.on('data', (text) => (complaints = (complaints + text).slice(0, 20_000)));
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, limit * 1000);
    child.on('close', () => {
      clearTimeout(timer);
      resolve({ out, complaints, late, seconds: (performance.now() - started) / 1000 });
    });
  });

/** The first complaint that is an error, with its code. */
const firstError = (complaints) => {
  const line = complaints.split('\n').find((text) => text.startsWith('error'));
  return (line ?? complaints.split('\n').find((text) => text.includes('Error')) ?? 'no output').slice(0, 160);
};

/** The checker's verdicts in the words of the manifests. */
const verdicts = {
  'safety-violation': 'safety failure',
  'liveness-violation': 'liveness failure',
  deadlock: 'deadlock failure',
  assertion: 'assertion failure',
};

const judge = (model, { out, complaints, late, seconds: time }) => {
  const row = {
    model: model.path,
    time,
    expected: model.result,
    states: model.distinctStates,
    total: model.totalStates,
  };
  if (late) return { ...row, verdict: 'none', note: `more than ${limit} s` };
  let found;
  try {
    found = JSON.parse(out.trim().split('\n').at(-1));
  } catch {
    return { ...row, verdict: 'none', note: firstError(complaints) };
  }
  const note = found.failure ?? '';
  return {
    ...row,
    verdict: verdicts[found.result] ?? found.result,
    distinct: found.distinct,
    generated: found.generated,
    note,
  };
};

/** Where a search ends early the number of states depends on its order. */
const agrees = ({ verdict, expected, distinct, states }) =>
  verdict === expected && (expected !== 'success' || states === undefined || states === distinct);

const rows = [];
for (const model of models) {
  const row = judge(model, await run(model));
  if (options.safety && row.note.includes('TLA3011')) continue;
  rows.push(row);
  if (!options.markdown) console.log(line(row));
}

function line(row) {
  const { model, verdict, expected, distinct, states, generated, total, time, note } = row;
  const sign = agrees(row) ? 'ok  ' : 'NOT ';
  const count = `${distinct ?? '-'}/${states ?? '-'}  ${generated ?? '-'}/${total ?? '-'}`;
  return `${sign} ${model.replace('specifications/', '')}  ${verdict}/${expected}  ${count}  ${time.toFixed(1)} s  ${note}`;
}

/** The commit of the folder, if it is a checkout. */
const commit = () => {
  try {
    return execFileSync('git', ['-C', root, 'rev-parse', 'HEAD'], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return 'unknown';
  }
};

const good = rows.filter(agrees).length;
const same = rows.filter(({ verdict, expected }) => verdict === expected).length;
const counted = rows.filter(({ states, expected }) => states !== undefined && expected === 'success');
const exact = counted.filter(agrees).length;
const sameGenerated = counted.filter((row) => agrees(row) && row.generated === row.total).length;
const summary = `${rows.length} models: ${same} with the manifest's verdict, ${exact} of ${counted.length} with its distinct states, ${sameGenerated} with its generated states, ${good} with all that it says`;

if (options.markdown) {
  console.log(`Commit ${commit()}. ${summary}.\n`);
  console.log(
    '| model | verdict | manifest | distinct | manifest | generated | manifest | time | note |\n|---|---|---|--:|--:|--:|--:|--:|---|',
  );
  for (const { model, verdict, expected, distinct, states, generated, total, time, note } of rows) {
    const path = dirname(model) === '.' ? model : model.replace('specifications/', '');
    console.log(
      `| ${path} | ${verdict} | ${expected} | ${distinct ?? ''} | ${states ?? ''} | ${generated ?? ''} | ${total ?? ''} | ${time.toFixed(1)} s | ${note.replaceAll('|', '\\|')} |`,
    );
  }
} else console.log(`\n${summary}`);
