/** `vmacheck diff A B`: what two kernels do differently, each difference as a small program with the fact behind it. */
import { type Command, Option } from 'commander';
import type { Alphabet } from '@vmacheck/fuzz';
import { openPlace, type Place } from '@vmacheck/kernel';
import { counted, grouped, stepLines, stepText } from '@vmacheck/report';
import { FACTS } from '@vmacheck/replay';
import type { Program, Step } from '@vmacheck/trace';
import { savePrograms } from '@vmacheck/trace/node';
import { join } from 'node:path';
import { type Difference, diffKernels, type DiffResult } from '../conform/diff-kernels.js';
import { writing } from '../errors.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Done } from '../main.js';
import { positive, randomSeed, seedNumber } from '../options.js';
import { paint, placeName, print, printJson, Progress, type Terminal, userPath } from '../terminal.js';

interface DiffOptions {
  readonly seed?: number;
  readonly programs?: number;
  readonly steps: number;
  readonly calls: Alphabet;
  readonly minimal?: boolean;
  readonly pages: number;
  readonly output?: string;
  readonly json?: boolean;
}

export function addDiff(program: Command, terminal: Terminal, done: Done): void {
  program
    .command('diff')
    .description('run the same generated programs on two kernels and show what they do differently')
    .argument('<kernel>', 'live, a release such as 6.16, or the path of a kernel image')
    .argument('<kernel>', 'the other one')
    .option(
      '--seed <number>',
      'the same seed gives the same programs (default: a random one, which is printed)',
      seedNumber,
    )
    .option('--programs <count>', 'how many programs (default: 1000, or all with --minimal)', positive)
    .option('--steps <count>', 'how many steps each program has', positive, 40)
    .addOption(
      new Option('--calls <alphabet>', 'the calls that the specifications state, or all')
        .choices(['mremap', 'all'])
        .default('mremap'),
    )
    .option(
      '--minimal',
      'instead of generated programs every program of up to 3 calls: nothing shorter shows a difference',
    )
    .option('--pages <count>', 'with --minimal: the pages that calls name', positive, 2)
    .option('-o, --output <folder>', 'save the programs there, as each of the two kernels ran them')
    .option('--json', 'print the result as JSON')
    .action(async (a: string, b: string, options: DiffOptions) => done(await diff([a, b], options, terminal)));
}

async function diff(names: readonly [string, string], options: DiffOptions, terminal: Terminal): Promise<ExitCode> {
  const { steps, calls, json = false } = options;
  const exhaustive = options.minimal === true ? options.pages : undefined;
  const programs = options.programs ?? (exhaustive === undefined ? 1000 : Number.MAX_SAFE_INTEGER);
  const seed = options.seed ?? randomSeed();
  const progress = new Progress(terminal);
  const first = await openPlace(placeName(terminal, names[0]));
  try {
    const second = await openPlace(placeName(terminal, names[1]));
    try {
      const places = [first, second] as const;
      const result = await diffKernels(places, { seed, programs, steps, calls, exhaustive }, (text) =>
        progress.tick(() => text),
      );
      progress.clear();
      if (options.output !== undefined) await save(result, places, options.output, terminal);
      if (json) printJson(terminal, jsonOf(result, seed, places));
      else print(terminal, lines(result, exhaustive === undefined ? seed : undefined, places, terminal));
      if (result.interrupted) return EXIT.interrupted;
      return result.differences.length > 0 ? EXIT.violated : EXIT.holds;
    } finally {
      await second.close();
    }
  } finally {
    await first.close();
  }
}

async function save(result: DiffResult, places: readonly Place[], folder: string, terminal: Terminal): Promise<void> {
  for (const [i, { programs }] of result.differences.entries()) {
    const name = `diff-${places.map((place) => place.name.replaceAll(/[^\w.]+/g, '_')).join('-')}-${i + 1}.ndjson`;
    const file = join(folder, name);
    await writing(file, () => savePrograms(userPath(terminal, file), programs));
  }
}

function lines(
  { programs, steps, differing, differences, interrupted }: DiffResult,
  seed: number | undefined,
  places: readonly [Place, Place],
  terminal: Terminal,
): readonly string[] {
  const [a, b] = places.map(({ kernel }) => kernel.release);
  return [
    ...differences.flatMap((difference) => [...differenceLines(difference, places, terminal), '']),
    `${seed === undefined ? '' : `seed ${seed}: `}${counted(programs, 'program')}, ${counted(steps, 'step')} on ${a} and ${b}: ` +
      `${grouped(differing)} differ, in ${counted(differences.length, 'way')}${interrupted ? '; interrupted' : ''}`,
  ];
}

function differenceLines(
  { programs, step, facts, count, from }: Difference,
  places: readonly [Place, Place],
  terminal: Terminal,
): readonly string[] {
  const { bold, dim } = paint(terminal);
  const [a, b] = programs;
  const title = facts.length === 0 ? 'no fact of the model explains this' : facts.join(', ');
  const docs = FACTS.filter(({ name }) => facts.includes(name)).map(({ doc }) => `  ${dim(doc)}`);
  const width = Math.max(...places.map(({ name }) => name.length));
  const side = (program: Program, place: Place): readonly string[] => {
    const made = program.steps[step] as Step;
    const [line = ''] = stepLines(program, [made]);
    const result = line.slice(line.lastIndexOf(' -> ') + 4);
    return [`  ${place.name.padEnd(width)}  ${result}${layoutText(made)}`];
  };
  return [
    bold(title),
    ...docs,
    `  ${counted(count, 'program')} like this; from program ${from}`,
    ...stepLines(a, a.steps.slice(0, step)).map((line) => `  ${line}`),
    `    ${step}  ${stepText(a.steps[step] as Step, baseOf(a))}`,
    ...side(a, places[0]),
    ...side(b, places[1]),
  ];
}

const baseOf = ({ window }: Program): number | undefined =>
  window === null ? undefined : Number(BigInt(window.start) / 4096n);

/** The VMAs after the step, in short. */
function layoutText({ after }: Step): string {
  if (after === undefined || after === 'unchanged') return '';
  const vmas = after.map(({ start, end, perms, vmFlags }) => {
    const flags = (vmFlags ?? '')
      .split(' ')
      .filter((flag) => !['rd', 'wr', 'ex', 'mr', 'mw', 'me', 'sd', 'sh', 'ms', ''].includes(flag));
    return `[${start.slice(-5)},${end.slice(-5)}) ${perms}${flags.length > 0 ? ` ${flags.join(' ')}` : ''}`;
  });
  return `  ${vmas.join(' | ')}`;
}

function jsonOf(result: DiffResult, seed: number, places: readonly Place[]): object {
  const differences = result.differences.map(({ programs: [a, b], step, facts, count, from }) => ({
    facts,
    count,
    from,
    op: a.steps[step]?.op,
    steps: a.steps.map(({ op, args }) => ({ op, args })),
    results: [a.steps[step]?.result, b.steps[step]?.result],
    after: [a.steps[step]?.after, b.steps[step]?.after],
  }));
  const kernels = places.map(({ name, kernel }) => ({ name, release: kernel.release, version: kernel.version }));
  return { seed, kernels, ...result, differences };
}
