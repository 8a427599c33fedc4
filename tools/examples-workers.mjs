/**
 * Runs the exhaustive models of a folder laid out like tlaplus/Examples with 1, 2 and 4 workers, which all take part from the
 * beginning however small the model is, and compares verdict, counts, depth and length of the trace. After `npm run setup`:
 *
 *   node tools/examples-workers.mjs FOLDER [--limit 60] [--up-to 30] [--only TEXT]
 *
 * --limit SECONDS  a run that takes longer is not compared
 * --up-to SECONDS  only models that take TLC at most this long, as their manifest says
 * --only TEXT      only models with this text in their path
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { exhaustiveModels, isExamples, seconds } from './examples/models.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    limit: { type: 'string', default: '60' },
    'up-to': { type: 'string', default: '30' },
    only: { type: 'string', default: '' },
  },
});
const [root] = positionals;
if (!isExamples(root)) {
  console.error('error: usage: node tools/examples-workers.mjs FOLDER [--limit S] [--up-to S] [--only TEXT]');
  process.exit(2);
}

const script = fileURLToPath(new URL('examples/facts.mjs', import.meta.url));

/** Undefined: it takes too long, or the model cannot be run. */
const found = ({ module, path }, workers) => {
  const args = ['--stack-size=3900', script, join(root, module), join(root, path), String(workers)];
  const { stdout } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: Number(options.limit) * 1000,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const last = stdout.trim().split('\n').at(-1) ?? '';
  return last.startsWith('{"facts"') ? JSON.parse(last) : undefined;
};

const totals = { equal: 0, 'one worker': 0, different: 0, 'not compared': 0 };
for (const model of exhaustiveModels(root)) {
  if (seconds(model.runtime) > Number(options['up-to']) || !model.path.includes(options.only)) continue;
  const [one, ...others] = [1, 2, 4].map((workers) => found(model, workers));
  const same = others.every((other) => JSON.stringify(other?.facts) === JSON.stringify(one?.facts));
  const isWhole = one !== undefined && others.every((other) => other !== undefined);
  const kind = !isWhole ? 'not compared' : !same ? 'different' : others[0].notes.length > 0 ? 'one worker' : 'equal';
  totals[kind]++;
  const shown = kind === 'different' ? [one, ...others].map((run) => JSON.stringify(run.facts)).join('\n    ') : '';
  console.log(`  ${kind.padEnd(12)}  ${model.path}${others[0]?.notes.map((note) => `: ${note}`).join('') ?? ''}`);
  if (shown !== '') console.log(`    ${shown}`);
}
console.log(
  Object.entries(totals)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', '),
);
process.exitCode = totals.different > 0 ? 1 : 0;
