/** `vmacheck replay`: runs recorded programs in the model and compares. */
import type { Command } from 'commander';
import { violationOf } from '@vmacheck/fuzz';
import { disagreementLines, type Paint } from '@vmacheck/report';
import { type Profile, replayProgram } from '@vmacheck/replay';
import type { Program } from '@vmacheck/trace';
import { chosenProfile, profileOption, type ProfileOptions } from '../chosen-profile.js';
import { chosenPrograms } from '../chosen-programs.js';
import { disagreementOf } from '../disagreement.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { violationLines } from '../fuzz-report.js';
import type { Done } from '../main.js';
import { wholeNumber } from '../options.js';
import { PROPERTIES } from '../properties.js';
import { type Place, ReplayTotals } from '../replay-totals.js';
import { shellWord } from '../shell-word.js';
import { paint, print, printJson, Progress, type Terminal } from '../terminal.js';

interface ReplayOptions extends ProfileOptions {
  readonly program?: string;
  readonly until?: number;
  readonly properties?: boolean;
  readonly committed?: boolean;
  readonly json?: boolean;
}

/** So many disagreements are drawn; the rest is counted. */
const MOST_DRAWN = 10;

export function addReplay(program: Command, terminal: Terminal, done: Done): void {
  program
    .command('replay')
    .description('run the programs of traces in the model and compare results, contents and VMAs')
    .argument('<file...>', 'traces (.ndjson or .ndjson.gz), or - for standard input')
    .addOption(profileOption("whose behaviour the model has; auto: that of each program's kernel"))
    .option('--as-intended', "the model does what the kernel's authors meant: defects show as disagreements")
    .option('--program <id or index>', 'only this program; indices count from 0')
    .option('--until <step>', 'stop after this step; steps count from 0', wholeNumber)
    .option('--properties', 'evaluate the generated properties too (always done for programs that nobody ran)')
    .option('--committed', 'compare the committed pages of the machine too: nothing else ran there, as in a guest')
    .option('--json', 'print the result as JSON')
    .action(async (files: readonly string[], options: ReplayOptions) => done(await replay(files, options, terminal)));
}

async function replay(files: readonly string[], options: ReplayOptions, terminal: Terminal): Promise<ExitCode> {
  const run = new Replay(files, options, terminal);
  const progress = new Progress(terminal);
  let goesOn = true;
  for await (const { file, index, program } of chosenPrograms(terminal, files, options.program)) {
    const found = run.see(file, program, index);
    if (found.length > 0) {
      progress.clear();
      print(terminal, [...found, '']);
    }
    goesOn = await progress.tick(() => run.totals.line());
    if (!goesOn) break;
  }
  progress.clear();
  const { totals } = run;
  if (options.json === true) printJson(terminal, totals.json());
  else print(terminal, run.summary());
  if (!goesOn) return EXIT.interrupted;
  return totals.disagreements + totals.violations > 0 ? EXIT.violated : EXIT.holds;
}

/** Replays program by program, and says what is wrong with the first few that do not agree. */
class Replay {
  readonly totals = new ReplayTotals();
  readonly #several: boolean;
  readonly #options: ReplayOptions;
  readonly #paint: Paint;
  #wrong = 0;

  constructor(files: readonly string[], options: ReplayOptions, terminal: Terminal) {
    this.#several = files.length > 1;
    this.#options = options;
    this.#paint = paint(terminal);
  }

  /** @returns lines to print */
  see(file: string, program: Program, index: number): readonly string[] {
    const { until, committed = false } = this.#options;
    const profile = chosenProfile(program, this.#options);
    const verdict = replayProgram(program, {
      profile,
      committed,
      ...(until === undefined ? {} : { until: until + 1 }),
    });
    const where = this.#several ? { program, index, file } : { program, index };
    this.totals.add(where, verdict);
    const lines: string[] = [];
    if (verdict.kind === 'disagrees') {
      const found = disagreementOf(program, verdict, this.#command(file, program, verdict.step));
      lines.push(...this.#drawn(where, () => disagreementLines(found, this.#paint)));
    }
    // Of a program that nobody ran there is nothing else to say.
    if (this.#options.properties === true || !verdict.compared) lines.push(...this.#violation(file, where, profile));
    return lines;
  }

  #violation(file: string, where: Place, profile: Profile): readonly string[] {
    const { program } = where;
    const { until } = this.#options;
    const cut = { ...program, steps: program.steps.slice(0, until === undefined ? undefined : until + 1) };
    const found = violationOf(cut, PROPERTIES, profile);
    if (found === undefined) return [];
    this.totals.violated(where, found);
    const shown = { ...cut, steps: cut.steps.slice(0, found.step + 1) };
    const reproduce = `${this.#command(file, program, found.step)} --properties`;
    return this.#drawn(where, () => violationLines({ ...found, program: shown, profile, reproduce }, this.#paint));
  }

  #command(file: string, program: Program, step: number): string {
    const { profile, asIntended = false, committed = false } = this.#options;
    const same = [
      ...(profile === 'auto' ? [] : [` --profile ${profile}`]),
      ...(asIntended ? [' --as-intended'] : []),
      ...(committed ? [' --committed'] : []),
    ];
    return `vmacheck replay ${shellWord(file)} --program ${shellWord(program.id)} --until ${step}${same.join('')}`;
  }

  #drawn({ program, file }: Place, lines: () => readonly string[]): readonly string[] {
    this.#wrong += 1;
    if (this.#options.json === true || this.#wrong > MOST_DRAWN) return [];
    return [`${file === undefined ? '' : `${file}: `}program ${program.id}`, ...lines()];
  }

  summary(): readonly string[] {
    const more = this.#wrong - MOST_DRAWN;
    return [...(more > 0 ? [`${more} more are not shown`, ''] : []), this.totals.line(), ...this.totals.unknownLines()];
  }
}
