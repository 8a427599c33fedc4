/** `vmacheck fuzz`: generated programs in the model, under the generated properties. */
import { type Command, Option } from 'commander';
import { type FuzzOutcome, runFuzz } from '@vmacheck/fuzz';
import { profileFor, PROFILES, type Release, RELEASES } from '@vmacheck/replay';
import { counted } from '@vmacheck/report';
import { savePrograms } from '@vmacheck/trace/node';
import { writing } from '../errors.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { callCount, failureLines, propertyLines, statisticsLines } from '../fuzz-report.js';
import type { Done } from '../main.js';
import { positive, randomSeed, seedNumber } from '../options.js';
import { NEAR, PROPERTIES } from '../properties.js';
import { shellWord } from '../shell-word.js';
import { paint, print, printJson, Progress, type Terminal, userPath } from '../terminal.js';

interface FuzzOptions {
  readonly seed?: number;
  readonly programs: number;
  readonly steps: number;
  readonly profile: Release;
  readonly neighbourhood?: boolean;
  readonly output?: string;
  readonly json?: boolean;
}

/** What a program without a kernel is taken for. */
const USUAL = profileFor(null).release;

export function addFuzz(program: Command, terminal: Terminal, done: Done): void {
  program
    .command('fuzz')
    .description('run generated programs in the model and evaluate the generated properties')
    .option(
      '--seed <number>',
      'the same seed gives the same programs (default: a random one, which is printed)',
      seedNumber,
    )
    .option('--programs <count>', 'how many programs', positive, 1000)
    .option('--steps <count>', 'how many steps each program has', positive, 32)
    .addOption(new Option('--profile <release>', 'the release that the model follows').choices(RELEASES).default(USUAL))
    .option('--neighbourhood', 'evaluate properties only where a call reaches and where something has changed')
    .option('-o, --output <file>', 'where a failing program is saved (default: vmacheck-SEED.ndjson)')
    .option('--json', 'print the result as JSON')
    .action(async (options: FuzzOptions) => done(await fuzz(options, terminal)));
}

async function fuzz(options: FuzzOptions, terminal: Terminal): Promise<ExitCode> {
  const { programs, steps, profile, json = false } = options;
  const seed = options.seed ?? randomSeed();
  if (!json) print(terminal, `seed ${seed}`);
  const progress = new Progress(terminal);
  const outcome = await runFuzz({
    seed,
    programs,
    steps,
    profile: PROFILES[profile],
    properties: PROPERTIES,
    ...(options.neighbourhood === true && { near: NEAR }),
    onProgress: (count) => progress.tick(() => `${counted(count, 'program')} of ${programs}`),
  });
  progress.clear();
  const file = await save(outcome, options.output ?? `vmacheck-${seed}.ndjson`, terminal);
  if (json) {
    const failures = outcome.failure === undefined ? 0 : 1;
    const { statistics } = outcome;
    const calls = callCount(statistics);
    printJson(terminal, { seed, programs: outcome.programs, steps: statistics.steps, calls, failures, file });
  } else {
    print(terminal, lines(outcome, { seed, programs, steps, profile, file }, terminal));
  }
  if (outcome.failure !== undefined) return EXIT.violated;
  return outcome.programs < programs ? EXIT.interrupted : EXIT.holds;
}

/** Saves the shrunk program. @returns the file's name, null when there is nothing to save */
async function save(outcome: FuzzOutcome, file: string, terminal: Terminal): Promise<string | null> {
  const { failure } = outcome;
  if (failure === undefined) return null;
  await writing(file, () => savePrograms(userPath(terminal, file), [failure.program]));
  return file;
}

function lines(
  outcome: FuzzOutcome,
  run: Pick<FuzzOptions, 'programs' | 'steps' | 'profile'> & { readonly seed: number; readonly file: string | null },
  terminal: Terminal,
): readonly string[] {
  const { failure, programs, statistics, properties } = outcome;
  const found: string[] = [...statisticsLines(programs, statistics), ...propertyLines(properties)];
  if (failure === undefined) {
    const last = programs < run.programs ? 'interrupted' : paint(terminal).good('no property violated');
    return [...found, last];
  }
  const reproduce =
    run.file === null
      ? `vmacheck fuzz --seed ${run.seed} --programs ${programs} --steps ${run.steps}`
      : `vmacheck replay ${shellWord(run.file)} --properties`;
  const more = {
    file: run.file ?? undefined,
    profile: PROFILES[run.profile],
    reproduce: run.profile === USUAL ? reproduce : `${reproduce} --profile ${run.profile}`,
  };
  return [...found, '', ...failureLines(failure, more, paint(terminal))];
}
