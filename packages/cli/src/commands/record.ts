/** `vmacheck record`: programs on a real kernel, generated ones or those of traces. */
import { type Command, Option } from 'commander';
import { type Alphabet, generatePrograms } from '@vmacheck/fuzz';
import { openPlace, type Outcome, type Place, recordPrograms } from '@vmacheck/kernel';
import { counted } from '@vmacheck/report';
import { formatProgram, type Program } from '@vmacheck/trace';
import { savePrograms } from '@vmacheck/trace/node';
import { chosenPrograms } from '../chosen-programs.js';
import { CliError, Interrupted, writing } from '../errors.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Done } from '../main.js';
import { positive, randomSeed, seedNumber } from '../options.js';
import { note, placeName, print, printJson, Progress, type Terminal, userPath } from '../terminal.js';
import { bringsItsOwn, unrun } from '../unrun.js';

interface RecordCommandOptions {
  readonly seed?: number;
  readonly programs?: number;
  readonly steps?: number;
  readonly kernel: string;
  readonly calls?: Alphabet;
  readonly program?: string;
  readonly output?: string;
  readonly json?: boolean;
}

/** What is generated where nothing else is said. */
const DEFAULTS = { programs: 1000, steps: 32, alphabet: 'mremap' } as const;

/** So many programs are tried for one that is to be recorded. */
const MOST_TRIED = 10;

export function addRecord(program: Command, terminal: Terminal, done: Done): void {
  program
    .command('record')
    .description('run programs on a kernel and write a trace: generated ones, or those of other traces')
    .argument('[file...]', 'traces (.ndjson or .ndjson.gz) whose programs to run, or - for standard input')
    .option(
      '--seed <number>',
      'the same seed gives the same programs (default: a random one, which is printed)',
      seedNumber,
    )
    .option('--programs <count>', `how many programs (default: ${DEFAULTS.programs})`, positive)
    .option('--steps <count>', `how many steps each program has (default: ${DEFAULTS.steps})`, positive)
    .option('--kernel <name>', 'live, a release such as 7.3, or the path of a kernel image', 'live')
    .addOption(
      new Option(
        '--calls <alphabet>',
        `the calls that the specifications state, or all (default: "${DEFAULTS.alphabet}")`,
      ).choices(['mremap', 'all']),
    )
    .option('--program <id or index>', 'of files: only this program; indices count from 0')
    .option('-o, --output <file>', 'the trace; compressed when it ends in .gz (default: standard output)')
    .option('--json', 'print the result as JSON (to standard error when the trace goes to standard output)')
    .action(async (files: readonly string[], options: RecordCommandOptions) => {
      checkOptions(files, options);
      done(await record(files, options, terminal));
    });
}

/** @throws CliError when programs of files are to be run and options say what to generate, or the other way round */
function checkOptions(files: readonly string[], options: RecordCommandOptions): void {
  const misplaced =
    files.length === 0
      ? (['program'] as const).find((name) => options[name] !== undefined)
      : (['seed', 'programs', 'steps', 'calls'] as const).find((name) => options[name] !== undefined);
  if (misplaced === undefined) return;
  const subject =
    files.length === 0 ? 'programs of files, and no file is named' : 'generated programs, and files are named';
  throw new CliError('CLI1001', `option '--${misplaced}' is for ${subject}`, {
    help: 'vmacheck record --help shows the options',
  });
}

async function record(files: readonly string[], options: RecordCommandOptions, terminal: Terminal): Promise<ExitCode> {
  const place = await openPlace(placeName(terminal, options.kernel));
  try {
    return await recordAt(place, files, options, terminal);
  } finally {
    await place.close();
  }
}

async function recordAt(
  place: Place,
  files: readonly string[],
  options: RecordCommandOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { output, programs = DEFAULTS.programs } = options;
  const seed = files.length > 0 ? undefined : (options.seed ?? randomSeed());
  const recording = new Recording(terminal, place, seed === undefined ? undefined : programs);
  const recorded = recording.of(
    seed === undefined ? programsOf(terminal, files, options.program) : generated({ ...options, seed }),
  );
  let file = output === undefined || output === '-' ? null : output;
  let interrupted = false;
  try {
    if (file === null) await toStdout(terminal, recorded);
    else await writing(file, () => savePrograms(userPath(terminal, file as string), recorded));
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    interrupted = true;
  }
  const toFile = file !== null;
  if (interrupted) file = null;
  const { counts } = recording;
  const say = toFile ? print : note;
  if (options.json === true) {
    const { skipped: _skipped, ...numbers } = counts;
    const result = { ...(seed === undefined ? {} : { seed }), ...numbers, file };
    if (toFile) printJson(terminal, result);
    else note(terminal, JSON.stringify(result));
  } else {
    say(terminal, recording.lines(seed, interrupted ? undefined : output, place.kernel.release).join('\n'));
  }
  if (interrupted) return EXIT.interrupted;
  // Who names a program wants that one.
  const missed = counts.failures + (seed === undefined ? counts.skipped : 0);
  return missed > 0 ? EXIT.inconclusive : EXIT.holds;
}

async function* programsOf(
  terminal: Terminal,
  files: readonly string[],
  wanted: string | undefined,
): AsyncGenerator<Program> {
  for await (const { program } of chosenPrograms(terminal, files, wanted)) {
    yield bringsItsOwn(program) ? unrun(program) : program;
  }
}

/** Programs that the recorder refuses are made up for by the next ones. */
function generated(options: RecordCommandOptions & { readonly seed: number }): Iterable<Program> {
  const { seed, programs = DEFAULTS.programs, steps = DEFAULTS.steps, calls = DEFAULTS.alphabet } = options;
  return generatePrograms({ seed, programs: programs * MOST_TRIED, steps, alphabet: calls });
}

async function toStdout(terminal: Terminal, programs: AsyncIterable<Program>): Promise<void> {
  for await (const program of programs) {
    if (!terminal.out.write([...formatProgram(program)].join(''))) await terminal.out.drained();
  }
}

/** Counts while programs are recorded. */
class Recording {
  readonly counts = { programs: 0, steps: 0, calls: 0, failures: 0, skipped: 0 };
  readonly #terminal: Terminal;
  readonly #place: Place;
  readonly #progress: Progress;
  /** undefined: as many as there are. */
  readonly #of: number | undefined;
  readonly #reasons = new Map<string, number>();

  constructor(terminal: Terminal, place: Place, of: number | undefined) {
    this.#terminal = terminal;
    this.#place = place;
    this.#progress = new Progress(terminal);
    this.#of = of;
  }

  /** @throws Interrupted so that a file that is being written is dropped */
  async *of(programs: Iterable<Program> | AsyncIterable<Program>): AsyncGenerator<Program> {
    try {
      const options = { onOutcome: (outcome: Outcome) => this.#see(outcome) };
      for await (const program of recordPrograms(programs, options, this.#place)) {
        this.counts.programs += 1;
        this.counts.steps += program.steps.length;
        this.counts.calls += program.steps.filter(({ op }) => op !== 'load' && op !== 'store').length;
        yield program;
        if (this.counts.programs === this.#of) return;
        if (!(await this.#progress.tick(() => this.#sofar()))) throw new Interrupted();
      }
    } finally {
      this.#progress.clear();
    }
  }

  #sofar(): string {
    const { programs } = this.counts;
    return this.#of === undefined
      ? `${counted(programs, 'program')} recorded`
      : `${programs} of ${this.#of} programs recorded`;
  }

  #see(outcome: Outcome): void {
    if (outcome.kind === 'recorded') return;
    if (outcome.kind === 'failed') this.counts.failures += 1;
    else this.counts.skipped += 1;
    const reason = `${outcome.kind}: ${outcome.reason}`;
    this.#reasons.set(reason, (this.#reasons.get(reason) ?? 0) + 1);
  }

  lines(seed: number | undefined, file: string | undefined, release: string): readonly string[] {
    const { programs, steps, calls, failures, skipped } = this.counts;
    const others = failures + skipped === 0 ? '' : `; ${failures} failed, ${skipped} skipped`;
    return [
      `${seed === undefined ? '' : `seed ${seed}: `}${counted(programs, 'program')} recorded on ${release}, ${counted(steps, 'step')} (${counted(calls, 'call')})${others}`,
      ...[...this.#reasons].map(([reason, count]) => `  ${count} ${reason}`),
      ...(this.#terminal.interrupted() ? ['interrupted'] : []),
      ...(file === undefined ? [] : [`written to ${file}`]),
    ];
  }
}
