/** `vmacheck check-trace`: evaluates the generated properties on what a kernel did, without a model. */
import type { Command } from 'commander';
import { counted, grouped, tableLines } from '@vmacheck/report';
import { type RecordedCount, RecordedChecker, type RecordedViolation } from '@vmacheck/replay';
import { openPrograms } from '@vmacheck/trace/node';
import { chosenProfile, profileOption, type ProfileOptions } from '../chosen-profile.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Done } from '../main.js';
import { SHOWN_PROPERTIES } from '../properties.js';
import { print, printJson, Progress, type Terminal, userPath } from '../terminal.js';

interface CheckTraceOptions extends ProfileOptions {
  readonly json?: boolean;
}

/** A violation and where it is. */
interface Found extends RecordedViolation {
  readonly file: string;
  readonly program: string;
  readonly kernel: string | null;
}

/** So many violations are printed. */
const MOST_SHOWN = 10;

export function addCheckTrace(program: Command, terminal: Terminal, done: Done): void {
  program
    .command('check-trace')
    .description('evaluate the properties of the specifications on what a kernel did, with no model between')
    .argument('<file...>', 'traces (.ndjson or .ndjson.gz), or - for standard input')
    .addOption(profileOption("whose facts the properties take for given; auto: those of each program's kernel"))
    .option('--as-intended', 'excuse no defect of the release')
    .option('--json', 'print the result as JSON')
    .action(async (files: readonly string[], options: CheckTraceOptions) =>
      done(await checkTrace(files, options, terminal)),
    );
}

async function checkTrace(files: readonly string[], options: CheckTraceOptions, terminal: Terminal): Promise<ExitCode> {
  const checker = new RecordedChecker(SHOWN_PROPERTIES);
  const found: Found[] = [];
  const progress = new Progress(terminal);
  let programs = 0;
  let steps = 0;
  let goesOn = true;
  const totals = (): string =>
    `${counted(programs, 'program')}, ${counted(steps, 'step')}, ${counted(found.length, 'violation')}`;
  for (const file of files) {
    for await (const program of openPrograms(userPath(terminal, file))) {
      programs += 1;
      steps += program.steps.length;
      const violation = checker.check(program, chosenProfile(program, options));
      if (violation !== undefined) found.push({ ...violation, file, program: program.id, kernel: program.kernel });
      goesOn = await progress.tick(totals);
      if (!goesOn) break;
    }
    if (!goesOn) break;
  }
  progress.clear();
  if (options.json === true) printJson(terminal, { programs, steps, violations: found, properties: checker.counts });
  else print(terminal, [...foundLines(found), ...countLines(checker.counts), '', totals()]);
  if (!goesOn) return EXIT.interrupted;
  return found.length > 0 ? EXIT.violated : EXIT.holds;
}

function foundLines(found: readonly Found[]): readonly string[] {
  const more = found.length - MOST_SHOWN;
  return [
    ...found
      .slice(0, MOST_SHOWN)
      .flatMap(({ program, kernel, step, name, doc, source }) => [
        `violated: ${name}, by step ${step} of program ${program}${kernel === null ? '' : ` on ${kernel}`}`,
        ...(doc.match(/.{1,76}(?:\s|$)/g) ?? []).map((line) => `  ${line.trim()}`),
        `  --> ${source}`,
        '',
      ]),
    ...(more > 0 ? [`${more} more are not shown`, ''] : []),
  ];
}

/** What properties had to say. */
function countLines(counts: readonly RecordedCount[]): readonly string[] {
  const columns = [
    { head: 'property' },
    { head: 'of' },
    { head: 'evaluated', align: 'right' },
    { head: 'antecedent true', align: 'right' },
    { head: 'not shown', align: 'right' },
  ] as const;
  const rows = counts.map(({ name, kind, evaluated, antecedentTrue, notShown }) => [
    name,
    kind,
    grouped(evaluated),
    grouped(antecedentTrue),
    grouped(notShown),
  ]);
  return tableLines(columns, rows);
}
