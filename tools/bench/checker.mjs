/** Speed of the checker on specifications written for this, and beside it that of TLC if the environment names one. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ratio, whole } from './lib/measure.mjs';

export const description = 'states per second of the checker, and its time as a part of that of TLC with 2 workers';

const SPECS = ['TwoPhase', 'PaxosCommit'].map((name) => fileURLToPath(new URL(`specs/${name}.tla`, import.meta.url)));
const CHECKER = fileURLToPath(new URL('../../packages/tla2ts/dist/node/bin.js', import.meta.url));
/** Rounds of each, by turns. */
const ROUNDS = 1;

/** The command that runs TLC: `TLC_JAR` is a jar or a command, `VMACHECK_TLC` a command. */
function tlcCommand() {
  const named = process.env.VMACHECK_TLC ?? process.env.TLC_JAR;
  if (named === undefined || named === '') return undefined;
  return named.endsWith('.jar') ? ['java', '-XX:+UseParallelGC', '-cp', named, 'tlc2.TLC'] : [named];
}

function timed(command, args, cwd) {
  const start = performance.now();
  const { stdout, status } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 });
  return { seconds: (performance.now() - start) / 1000, stdout, status };
}

function check(spec, seconds) {
  const args = [CHECKER, 'check', spec, '--json', ...(seconds === undefined ? [] : ['--max-seconds', seconds])];
  const run = timed(process.execPath, args, dirname(spec));
  const { result, distinct, generated } = JSON.parse(run.stdout);
  return { ...run, result, distinct, generated };
}

function tlc([command, ...first], spec) {
  const meta = mkdtempSync(join(tmpdir(), 'tlc-'));
  const config = basename(spec, '.tla');
  const args = [...first, '-workers', '2', '-noGenerateSpecTE', '-metadir', meta, '-config', `${config}.cfg`, config];
  const run = timed(command, args, dirname(spec));
  rmSync(meta, { recursive: true, force: true });
  const counts = /^(\d+) states generated, (\d+) distinct states found, 0 states left/m.exec(run.stdout);
  return { ...run, generated: Number(counts?.[1]), distinct: Number(counts?.[2]) };
}

/** @param options `spec`: other specifications, with commas; `seconds`: bound on each run of the checker */
export function run({ spec, seconds }) {
  const command = tlcCommand();
  const specs = spec === undefined ? SPECS : spec.split(',');
  const rows = specs.map((path) => {
    const rounds = Array.from({ length: ROUNDS }, () => ({
      ours: check(path, seconds),
      theirs: command && tlc(command, path),
    }));
    const ours = rounds.map((round) => round.ours).reduce((a, b) => (a.seconds < b.seconds ? a : b));
    const theirs = rounds
      .map((round) => round.theirs)
      .reduce((a, b) => (a === undefined || a.seconds < b.seconds ? a : b));
    const counts =
      theirs && (theirs.distinct === ours.distinct && theirs.generated === ours.generated ? 'equal' : 'different');
    return [
      basename(path, '.tla'),
      ours.result,
      whole(ours.distinct),
      whole(ours.generated),
      `${ours.seconds.toFixed(2)} s`,
      whole(ours.generated / ours.seconds),
      theirs === undefined ? '' : `${theirs.seconds.toFixed(2)} s`,
      theirs === undefined ? '' : ratio(theirs.seconds, ours.seconds),
      counts ?? '',
    ];
  });
  const columns = [
    { head: 'specification' },
    { head: 'result' },
    ...['distinct', 'generated', 'checker', 'generated/s', 'TLC', 'quicker by'].map((head) => ({
      head,
      align: 'right',
    })),
    { head: 'counts' },
  ];
  const none = 'TLC was not run: TLC_JAR or VMACHECK_TLC must name its jar or a command that runs it';
  return { columns, rows, notes: ['whole runs, with start-up', ...(command === undefined ? [none] : [])] };
}
