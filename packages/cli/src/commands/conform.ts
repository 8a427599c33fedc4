/** `vmacheck conform`: generated programs on real kernels, compared with the model; what disagrees is made small and shown. */
import { type Command, Option } from 'commander';
import { type Alphabet, alphabetSize } from '@vmacheck/fuzz';
import { openPlace } from '@vmacheck/kernel';
import { counted, disagreementLines, grouped, stepLines, tableLines } from '@vmacheck/report';
import { FACTS } from '@vmacheck/replay';
import { savePrograms } from '@vmacheck/trace/node';
import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { conformKernel, type ConformPlan, type ConformResult, type Finding } from '../conform/conform-kernel.js';
import { disagreementOf } from '../disagreement.js';
import { writing } from '../errors.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Done } from '../main.js';
import { positive, positiveNumber, randomSeed, seedNumber, wholeNumber } from '../options.js';
import { shellWord } from '../shell-word.js';
import { paint, placeName, print, printJson, Progress, type Terminal, userPath } from '../terminal.js';

interface ConformOptions {
  readonly kernel: readonly string[];
  readonly seed?: number;
  readonly programs?: number;
  readonly steps: number;
  readonly hours?: number;
  readonly calls: Alphabet;
  readonly asIntended?: boolean;
  readonly properties?: boolean;
  readonly exhaustive?: boolean;
  readonly pages: number;
  readonly from: number;
  readonly output: string;
  readonly json?: boolean;
}

export function addConform(program: Command, terminal: Terminal, done: Done): void {
  program
    .command('conform')
    .description('run generated programs on real kernels and compare everything with the model')
    .option('--kernel <name...>', 'live, releases such as 6.1 and 7.3, or paths of kernel images', ['live'])
    .option(
      '--seed <number>',
      'the same seed gives the same programs (default: a random one, which is printed)',
      seedNumber,
    )
    .option(
      '--programs <count>',
      'how many programs on each kernel (default: 1000, or all with --exhaustive)',
      positive,
    )
    .option('--steps <count>', 'how many steps each program has', positive, 40)
    .option('--hours <number>', 'go on until the time is over, however many programs that takes', positiveNumber)
    .addOption(
      new Option('--calls <alphabet>', 'the calls that the specifications state, or all')
        .choices(['mremap', 'all'])
        .default('all'),
    )
    .option('--as-intended', "the model does what the kernel's authors meant: defects show as disagreements")
    .option('--properties', "evaluate the specifications' properties on what the kernel did, too")
    .option(
      '--exhaustive',
      'instead of generated programs every program of up to 3 calls, those that show nothing new left out',
    )
    .option('--pages <count>', 'with --exhaustive: the pages that calls name', positive, 4)
    .option(
      '--from <number>',
      'with --exhaustive: leave out so many programs; a run that was interrupted says how many',
      wholeNumber,
      0,
    )
    .option('-o, --output <folder>', 'where programs that disagree are saved; it is made if it is not there', '.')
    .option('--json', 'print the result as JSON')
    .action(async (options: ConformOptions) => done(await conform(options, terminal)));
}

/** So many programs that violate properties are saved; the others are counted. */
const MOST_SAVED = 8;

/** Programs with at most so many steps are shown whole. */
const MOST_LISTED = 12;

/** What is printed and saved of one kernel. */
interface Reported extends ConformResult {
  readonly files: readonly string[];
  /** Where the first programs that violate properties were saved. */
  readonly violationFiles: readonly string[];
}

async function conform(options: ConformOptions, terminal: Terminal): Promise<ExitCode> {
  const seed = options.seed ?? randomSeed();
  const { steps, calls, hours, json = false } = options;
  const until = hours === undefined ? undefined : Date.now() + hours * 3_600_000;
  const endless = hours !== undefined || options.exhaustive === true;
  const programs = options.programs ?? (endless ? Number.MAX_SAFE_INTEGER : 1000);
  const exhaustive = options.exhaustive === true ? { pages: options.pages, from: options.from } : undefined;
  const plan: ConformPlan = {
    seed,
    programs,
    steps,
    calls,
    asIntended: options.asIntended === true,
    properties: options.properties === true,
    until,
    exhaustive,
  };
  // Not after hours of work.
  await writing(options.output, () => mkdir(userPath(terminal, options.output), { recursive: true }));
  if (!json) print(terminal, exhaustive === undefined ? `seed ${seed}` : alphabetLine(exhaustive));
  const status = new Status(terminal, options.kernel);
  const work = [...new Set(options.kernel)];
  const results: Reported[] = [];
  const next = async (): Promise<void> => {
    for (let name = work.shift(); name !== undefined; name = work.shift()) {
      if (terminal.interrupted()) return;
      const place = await openPlace(placeName(terminal, name));
      try {
        const result = await conformKernel(place, plan, (totals, doing) =>
          status.update(name as string, `${totals.line()} ${doing}`),
        );
        results.push(await reported(result, seed, options, terminal, () => status.clear()));
      } finally {
        await place.close();
      }
    }
  };
  // A guest, or the live kernel, per core.
  await Promise.all(Array.from({ length: Math.min(work.length, availableParallelism()) }, next));
  status.clear();
  const order = new Map(options.kernel.map((name, i) => [name, i]));
  results.sort((a, b) => (order.get(a.place.name) ?? 0) - (order.get(b.place.name) ?? 0));
  const about =
    exhaustive === undefined ? { seed, steps, calls } : { ...exhaustive, alphabet: alphabetSize(exhaustive.pages) };
  if (json) printJson(terminal, { ...about, asIntended: plan.asIntended, kernels: results.map(numbersOf) });
  else print(terminal, ['', ...table(results), ...remarks(results, plan)]);
  if (results.some(({ findings, violations }) => findings.length + violations.length > 0)) return EXIT.violated;
  if (terminal.interrupted()) return EXIT.interrupted;
  return results.some(({ failed }) => failed > 0) ? EXIT.inconclusive : EXIT.holds;
}

const alphabetLine = ({ pages, from }: { readonly pages: number; readonly from: number }): string =>
  `every program of up to 3 of ${alphabetSize(pages)} calls over ${pages} pages${from === 0 ? '' : `, without the first ${grouped(from)}`}`;

/** A line of progress for the kernels that are at work. */
class Status {
  readonly #progress: Progress;
  readonly #lines = new Map<string, string>();

  constructor(terminal: Terminal, kernels: readonly string[]) {
    this.#progress = new Progress(terminal);
    for (const name of kernels) this.#lines.set(name, '');
  }

  update(name: string, text: string): Promise<boolean> {
    this.#lines.set(name, text);
    return this.#progress.tick(() => `${name}: ${text}`);
  }

  clear(): void {
    this.#progress.clear();
  }
}

/** Saves and prints what disagrees. */
async function reported(
  result: ConformResult,
  seed: number,
  options: ConformOptions,
  terminal: Terminal,
  clear: () => void,
): Promise<Reported> {
  const files: string[] = [];
  const { name } = result.place;
  const same = options.asIntended === true ? ' --as-intended' : '';
  // In guests the committed pages of the machine were compared, too.
  const again = (file: string): string =>
    `vmacheck replay ${shellWord(file)}${same}${name === 'live' ? '' : ' --committed'}`;
  for (const [i, finding] of result.findings.entries()) {
    const file = join(options.output, `conform-${name.replaceAll(/[^\w.]+/g, '_')}-${seed}-${i + 1}.ndjson`);
    await writing(file, () => savePrograms(userPath(terminal, file), [finding.program]));
    files.push(file);
    clear();
    if (options.json !== true) print(terminal, ['', ...findingLines(name, finding, again(file), terminal)]);
  }
  const violationFiles: string[] = [];
  for (const [i, { program, step, name: property, source }] of result.violations.slice(0, MOST_SAVED).entries()) {
    const file = join(options.output, `violation-${name.replaceAll(/[^\w.]+/g, '_')}-${seed}-${i + 1}.ndjson`);
    await writing(file, () => savePrograms(userPath(terminal, file), [program]));
    violationFiles.push(file);
    clear();
    if (options.json === true) continue;
    const text = [`${name}: ${property} does not hold after step ${step} of program ${program.id}`, `  --> ${source}`];
    print(terminal, ['', ...text, `  vmacheck check-trace ${shellWord(file)}${same}`]);
  }
  return { ...result, files, violationFiles };
}

function findingLines(name: string, finding: Finding, reproduce: string, terminal: Terminal): readonly string[] {
  const { program, verdict, from, fromSteps, defects, count } = finding;
  const docs = FACTS.filter(({ name }) => defects.includes(name));
  return [
    `${name}: ${counted(count, 'program')} like this; program ${from}, shrunk from ${counted(fromSteps, 'step')} to ${program.steps.length}`,
    ...docs.map(({ name, doc }) => `  defect ${name}: ${doc}`),
    ...(program.steps.length <= MOST_LISTED ? stepLines(program, program.steps.slice(0, verdict.step)) : []),
    ...disagreementLines(disagreementOf(program, verdict, reproduce), paint(terminal)),
  ];
}

function table(results: readonly Reported[]): readonly string[] {
  const columns = [
    { head: 'kernel' },
    { head: 'release' },
    { head: 'programs', align: 'right' },
    { head: 'steps', align: 'right' },
    { head: 'disagreements', align: 'right' },
    { head: 'unknown', align: 'right' },
    { head: 'seconds', align: 'right' },
  ] as const;
  return tableLines(
    columns,
    results.map(({ place, totals, seconds }) => [
      place.name,
      place.kernel.release,
      grouped(totals.programs),
      grouped(totals.steps),
      grouped(totals.disagreements),
      grouped(totals.unknown),
      seconds.toFixed(0),
    ]),
  );
}

function remarks(results: readonly Reported[], { exhaustive }: ConformPlan): readonly string[] {
  return results.flatMap(({ place, note, totals, violations, left, interrupted }) =>
    [
      ...(note === '' ? [] : [note]),
      ...totals.unknownLines().map((line) => line.trim()),
      ...(violations.length === 0 ? [] : [`${counted(violations.length, 'program')} violate properties`]),
      ...[...left].map(([reason, count]) => `${counted(count, 'program')} ${reason}`),
      ...(interrupted
        ? [
            exhaustive === undefined
              ? 'interrupted'
              : goOn(exhaustive.from + totals.programs + [...left.values()].reduce((sum, count) => sum + count, 0)),
          ]
        : []),
    ].map((line) => `${place.name}: ${line}`),
  );
}

const goOn = (from: number): string => `interrupted; --from ${from} goes on`;

function numbersOf(reported: Reported): object {
  const { place, totals, findings, files, violations, violationFiles, left, seconds, interrupted } = reported;
  const { details: _details, ...numbers } = totals.json();
  const found = findings.map(({ program, verdict: { step, difference }, defects, count }, i) => ({
    defects,
    op: program.steps[step]?.op,
    difference,
    steps: program.steps.length,
    count,
    file: files[i],
  }));
  const { release, version } = place.kernel;
  const notRecorded = Object.fromEntries(left);
  const violated = violations.map(({ program, step, name }, i) => ({
    property: name,
    program: program.id,
    step,
    file: violationFiles[i],
  }));
  const all = { ...numbers, findings: found, violations: violated, notRecorded };
  return { kernel: place.name, release, version, ...all, seconds, interrupted };
}
