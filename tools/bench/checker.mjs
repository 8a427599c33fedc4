/** Speed of the checker on specifications written for this, beside a C program of the same design for each, and TLC if the environment names one. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ratio, whole } from './lib/measure.mjs';
import { noTlc, tlcCommand } from '../tlc/command.mjs';

export const description = 'states per second of the checker, beside C (one thread each) and TLC (2 workers each)';

const SPECS = ['TwoPhase', 'PaxosCommit'].map((name) => fileURLToPath(new URL(`specs/${name}.tla`, import.meta.url)));
const CHECKER = fileURLToPath(new URL('../../packages/tla2ts/dist/bundle/bin.js', import.meta.url));
/** Programs in C that explore the same states, by the name of the specification. */
const C_PROGRAMS = fileURLToPath(new URL('checker-c/', import.meta.url));
/** Rounds of each, by turns; TLC runs in the first only. */
const ROUNDS = 3;

function timed(command, args, cwd) {
  const start = performance.now();
  const { stdout, status } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 });
  return { seconds: (performance.now() - start) / 1000, stdout, status };
}

function check(spec, seconds, workers) {
  const bound = seconds === undefined ? [] : ['--max-seconds', seconds];
  const args = [CHECKER, 'check', spec, '--json', '--workers', String(workers), ...bound];
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

/** The compiled program in C for a specification; undefined where there is none, or no compiler. */
function compiledC(name, folder) {
  const source = join(C_PROGRAMS, `${name}.c`);
  if (!existsSync(source)) return undefined;
  const program = join(folder, name);
  const { status } = spawnSync(process.env.CC ?? 'cc', ['-O2', '-std=c11', '-o', program, source]);
  return status === 0 ? program : undefined;
}

function runC(program) {
  const run = timed(program, []);
  const [distinct, generated] = run.stdout.split(' ').map(Number);
  return { ...run, distinct, generated };
}

const quickest = (runs) => runs.reduce((a, b) => (a.seconds < b.seconds ? a : b));

/** "equal" if all that ran found the same states. */
const agreement = ([first, ...others]) =>
  others.every((run) => run.distinct === first.distinct && run.generated === first.generated) ? 'equal' : 'different';

/** @param options `spec`: other specifications, with commas; `seconds`: bound on each run of the checker */
export function run({ spec, seconds }) {
  const command = tlcCommand();
  const specs = spec === undefined ? SPECS : spec.split(',');
  const programs = mkdtempSync(join(tmpdir(), 'checker-c-'));
  let withoutC = 0;
  const rows = specs.map((path) => {
    const name = basename(path, '.tla');
    const program = compiledC(name, programs);
    withoutC += program === undefined ? 1 : 0;
    const rounds = Array.from({ length: ROUNDS }, (_, round) => ({
      ours: check(path, seconds, 1),
      c: program && runC(program),
      two: round === 0 ? command && check(path, seconds, 2) : undefined,
      theirs: round === 0 ? command && tlc(command, path) : undefined,
    }));
    const ours = quickest(rounds.map((round) => round.ours));
    const c = program && quickest(rounds.map((round) => round.c));
    const { theirs, two } = rounds[0];
    const others = [c, two, theirs].filter((run) => run !== undefined);
    return [
      name,
      ours.result,
      whole(ours.distinct),
      whole(ours.generated),
      `${ours.seconds.toFixed(2)} s`,
      whole(ours.generated / ours.seconds),
      c === undefined ? '' : `${c.seconds.toFixed(2)} s`,
      c === undefined ? '' : ratio(ours.seconds, c.seconds),
      theirs === undefined ? '' : `${theirs.seconds.toFixed(2)} s`,
      theirs === undefined ? '' : ratio(theirs.seconds, two.seconds),
      others.length === 0 ? '' : agreement([ours, ...others]),
    ];
  });
  rmSync(programs, { recursive: true });
  const columns = [
    { head: 'specification' },
    { head: 'result' },
    ...['distinct', 'generated', 'checker', 'generated/s', 'C', 'slower by', 'TLC', 'quicker by'].map((head) => ({
      head,
      align: 'right',
    })),
    { head: 'counts' },
  ];
  const noC = `C: skipped for ${withoutC} of ${specs.length}: there is no program for it, or no compiler (CC names one)`;
  const notes = ['whole runs, with start-up'];
  return {
    columns,
    rows,
    notes: [...notes, ...(withoutC > 0 ? [noC] : []), ...(command === undefined ? [`TLC: skipped: ${noTlc}`] : [])],
  };
}
