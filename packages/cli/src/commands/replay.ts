/** `vmacheck replay`: runs recorded programs in the model and compares. */
import { type Command, Option } from 'commander';
import { disagreementLines } from '@vmacheck/report';
import { type Profile, PROFILES, replayProgram } from '@vmacheck/replay';
import type { Program } from '@vmacheck/trace';
import { openPrograms } from '@vmacheck/trace/node';
import { disagreementOf } from '../disagreement.js';
import { CliError } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import type { Done } from '../main.js';
import { wholeNumber } from '../options.js';
import { ReplayTotals } from '../replay-totals.js';
import { shellWord } from '../shell-word.js';
import { paint, print, printJson, Progress, type Terminal, userPath } from '../terminal.js';

interface ReplayOptions {
  readonly profile: 'auto' | '6.17' | '6.18';
  readonly program?: string;
  readonly until?: number;
  readonly json?: boolean;
}

/** So many disagreements are drawn; the rest is counted. */
const MOST_DRAWN = 10;

export function addReplay(program: Command, terminal: Terminal, done: Done): void {
  program
    .command('replay')
    .description('run the programs of a trace in the model and compare results, contents and VMAs')
    .argument('<file>', 'a trace (.ndjson or .ndjson.gz), or - for standard input')
    .addOption(
      new Option('--profile <release>', "whose behaviour the model has; auto: that of each program's kernel")
        .choices(['auto', '6.17', '6.18'])
        .default('auto'),
    )
    .option('--program <id or index>', 'only this program; indices count from 0')
    .option('--until <step>', 'stop after this step; steps count from 0', wholeNumber)
    .option('--json', 'print the result as JSON')
    .action(async (file: string, options: ReplayOptions) => done(await replay(file, options, terminal)));
}

async function replay(file: string, options: ReplayOptions, terminal: Terminal) {
  const totals = new ReplayTotals();
  const progress = new Progress(terminal);
  const profile: Profile | undefined = options.profile === 'auto' ? undefined : PROFILES[options.profile];
  let interrupted = false;
  let index = -1;
  let drawn = 0;
  for await (const program of openPrograms(userPath(terminal, file))) {
    index += 1;
    if (!isChosen(program, index, options.program)) continue;
    const verdict = replayProgram(program, {
      ...(profile === undefined ? {} : { profile }),
      ...(options.until === undefined ? {} : { until: options.until + 1 }),
    });
    totals.add(program, index, verdict);
    if (verdict.kind === 'disagrees' && options.json !== true && drawn++ < MOST_DRAWN) {
      progress.clear();
      const reproduce = `vmacheck replay ${shellWord(file)} --program ${shellWord(program.id)} --until ${verdict.step}`;
      const found = disagreementOf(program, verdict, reproduce);
      print(terminal, [`program ${program.id}`, ...disagreementLines(found, paint(terminal)), '']);
    }
    if (!(await progress.tick(() => totals.line()))) {
      interrupted = true;
      break;
    }
  }
  progress.clear();
  if (options.program !== undefined && totals.programs === 0 && !interrupted)
    throw noSuchProgram(file, options.program);
  if (options.json === true) printJson(terminal, totals.json());
  else print(terminal, summary(totals, drawn));
  if (interrupted) return EXIT.interrupted;
  return totals.disagreements > 0 ? EXIT.violated : EXIT.holds;
}

function isChosen(program: Program, index: number, wanted: string | undefined): boolean {
  return wanted === undefined || program.id === wanted || String(index) === wanted;
}

function noSuchProgram(file: string, wanted: string): CliError {
  const help = 'give the `id` of a program record, or its index from 0';
  return new CliError('CLI1004', `no program is called ${wanted}`, { place: file, help });
}

function summary(totals: ReplayTotals, drawn: number): readonly string[] {
  const lines = drawn > MOST_DRAWN ? [`${drawn - MOST_DRAWN} more disagreements are not shown`, ''] : [];
  return [...lines, totals.line(), ...totals.unknownLines()];
}
