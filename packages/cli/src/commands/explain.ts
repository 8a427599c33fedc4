/** `vmacheck explain`: why a step of a recorded program ends as it does in the model. */
import type { Command } from 'commander';
import { type Paint, resultText, stepText } from '@vmacheck/report';
import { type ExplainedMerge, type Explanation, explainStep, type Origin, type Vma } from '@vmacheck/replay';
import type { Program } from '@vmacheck/trace';
import { openPrograms } from '@vmacheck/trace/node';
import { CliError } from '../errors.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Done } from '../main.js';
import { wholeNumber } from '../options.js';
import { paint, print, printJson, type Terminal, userPath } from '../terminal.js';

interface ExplainOptions {
  readonly program?: string;
  readonly step?: number;
  readonly json?: boolean;
}

export function addExplain(program: Command, terminal: Terminal, done: Done): void {
  program
    .command('explain')
    .description('say why a step ends as it does: which check refuses, which rule allows or refuses each merge')
    .argument('<file>', 'a trace (.ndjson or .ndjson.gz), or - for standard input')
    .option('--program <id or index>', 'which program; indices count from 0 (default: the first)')
    .option('--step <number>', 'which step; steps count from 0 (default: the last)', wholeNumber)
    .option('--json', 'print the explanation as JSON')
    .action(async (file: string, options: ExplainOptions) => done(await explain(file, options, terminal)));
}

async function explain(file: string, options: ExplainOptions, terminal: Terminal): Promise<ExitCode> {
  const program = await chosen(file, options.program ?? '0', terminal);
  const index = options.step ?? program.steps.length - 1;
  if (program.steps[index] === undefined) {
    const help = `program ${program.id} has the steps 0 to ${program.steps.length - 1}`;
    throw new CliError('CLI1004', `there is no step ${index}`, { place: file, help });
  }
  const found = explainStep(program, index);
  if (options.json === true) printJson(terminal, { program: program.id, ...found });
  else print(terminal, lines(program, found, paint(terminal)));
  return EXIT.holds;
}

async function chosen(file: string, wanted: string, terminal: Terminal): Promise<Program> {
  let index = 0;
  for await (const program of openPrograms(userPath(terminal, file))) {
    if (program.id === wanted || String(index) === wanted) return program;
    index += 1;
  }
  const help = 'give the `id` of a program record, or its index from 0';
  throw new CliError('CLI1004', `no program is called ${wanted}`, { place: file, help });
}

function lines(program: Program, found: Explanation, { bold, dim }: Paint): readonly string[] {
  const base = program.window === null ? undefined : Number(BigInt(program.window.start) / 4096n);
  const { step, index, result, why, merges, before, after } = found;
  const page = (number: number): string => String(number < (base ?? 0) ? number : number - (base ?? 0));
  const range = ({ start, end }: { readonly start: number; readonly end: number }): string =>
    `[${page(start)},${page(end)})`;
  const gone = before.filter((vma) => !after.includes(vma));
  const made = after.filter((vma) => !before.includes(vma));
  const shown = (vma: Vma): string => `${range(vma)} page offset ${page(vma.pgoff)}, ${anonText(vma)}`;
  return [
    bold(`step ${index}: ${stepText(step, base)}`),
    `  ${result === undefined ? 'unknown' : resultText(step, result, base)}${why === '' ? '' : `: ${why}`}`,
    ...(base === undefined ? [] : [dim(`  pages count from ${program.window?.start ?? ''}`)]),
    ...merges.flatMap((merge) => mergeLines(merge, range, page)),
    ...gone.map((vma) => `  was  ${shown(vma)}`),
    ...made.map((vma) => `  is   ${shown(vma)}`),
  ];
}

const anonText = ({ file, anonVma }: Vma): string =>
  anonVma === 0 ? (file === 0 ? 'never written' : 'no private page') : `anon_vma ${anonVma}`;

/** Page offsets of anonymous memory count from where pages do. */
const withPages = (rule: string, page: (number: number) => string): string =>
  rule.startsWith('pgoff') ? rule.replaceAll(/\d+/g, (number) => page(Number(number))) : rule;

const SIDES = { left: 'the VMA below', right: 'the VMA above', both: 'both sides' } as const;

/** One decision: "[2,4) with the VMA above [4,6): no, pgoff not contiguous: 7, expected 4, because ...". */
function mergeLines(
  { site, side, merged, rule, start, end, neighbour, because }: ExplainedMerge,
  range: (of: { readonly start: number; readonly end: number }) => string,
  page: (number: number) => string,
): readonly string[] {
  if (neighbour === undefined) return [];
  const beside = side === 'both' ? SIDES.both : `${SIDES[side]} ${range(neighbour)}`;
  const cause = ({ step, from, to, len, written }: Origin): string =>
    `${range({ start: to, end: to + len })} ${written ? 'was written before it moved' : 'moved'} from ${page(from)} at step ${step}`;
  const reasons = because.length === 0 ? '' : `, because ${because.map(cause).join(', and ')}`;
  return [
    `  merge of ${range({ start, end })} with ${beside} (${site}): ${merged ? 'yes' : `no, ${withPages(rule, page)}${reasons}`}`,
  ];
}
