/** `vmacheck specs`: every specification within its bounds, with what it must reach and the mutants that it must catch. */
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CliError, writing } from '../errors.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Done } from '../main.js';
import { positive } from '../options.js';
import { coverageMarkdown } from '../specs/reach/coverage-page.js';
import { coverageJson, coverageLines } from '../specs/reach/coverage-table.js';
import { measure } from '../specs/reach/measure.js';
import { runSpecs } from '../specs/run-specs.js';
import { specsJson, specsLines } from '../specs/specs-table.js';
import { print, printJson, Progress, type Terminal, userPath } from '../terminal.js';

/** The specifications stand beside the packages in the repository. */
const SPECS = fileURLToPath(new URL('../../../../specs/', import.meta.url));

/** What kernels did. */
const TRACES = fileURLToPath(new URL('../../../../traces/', import.meta.url));

/** Of the generated programs whose coverage is measured. */
const SEED = 1;
const STEPS = 32;

/** How much is run for the coverage where nothing else is said. */
const DEFAULTS = { maxStates: 20_000, programs: 300, recorded: 100 } as const;

interface SpecsOptions {
  readonly folder?: string;
  readonly mutants: boolean;
  readonly workers?: number;
  readonly coverage?: boolean;
  readonly maxStates?: number;
  readonly programs?: number;
  readonly recorded?: number;
  readonly markdown?: string;
  readonly json?: boolean;
}

export function addSpecs(program: Command, terminal: Terminal, done: Done): void {
  program
    .command('specs')
    .description('explore the specifications of a manifest and print what each bound comes to')
    .argument('[module...]', 'only these modules, such as MCPhases')
    .option('--folder <folder>', "where manifest.json is (default: the repository's specs)")
    .option('--no-mutants', 'skip the mutants, which take most of the time')
    .option('--workers <count>', 'threads of each exploration (default: one per processor)', positive)
    .option(
      '--coverage',
      'tell instead which parts of each operator are reached: by exploring, fuzzing, and programs on kernels',
    )
    .option('--max-states <count>', `with --coverage: states of each bound (default: ${DEFAULTS.maxStates})`, positive)
    .option(
      '--programs <count>',
      `with --coverage: generated programs, twice as many in all (default: ${DEFAULTS.programs})`,
      positive,
    )
    .option(
      '--recorded <count>',
      `with --coverage: programs of each file of traces/ (default: ${DEFAULTS.recorded})`,
      positive,
    )
    .option('--markdown <file>', 'with --coverage: write it there as a page, too')
    .option('--json', 'print the result as JSON')
    .action(async (modules: string[], options: SpecsOptions) => {
      checkOptions(options);
      done(options.coverage === true ? await coverage(modules, options, terminal) : specs(modules, options, terminal));
    });
}

/** @throws CliError for an option that says how much coverage is to be measured where none is */
function checkOptions(options: SpecsOptions): void {
  if (options.coverage === true) return;
  const names = { maxStates: 'max-states', programs: 'programs', recorded: 'recorded', markdown: 'markdown' } as const;
  for (const [name, flag] of Object.entries(names)) {
    if (options[name as keyof typeof names] === undefined) continue;
    const help = 'vmacheck specs --help shows the options';
    throw new CliError('CLI1001', `option '--${flag}' is for --coverage, which is not given`, { help });
  }
}

function specs(modules: readonly string[], options: SpecsOptions, terminal: Terminal): ExitCode {
  const { folder, mutants, workers = availableParallelism(), json } = options;
  const progress = new Progress(terminal);
  const { reports, interrupted } = runSpecs(
    {
      folder: folder === undefined ? SPECS : userPath(terminal, folder),
      shown: folder ?? 'specs',
      modules,
      mutants,
      workers,
    },
    progress,
  );
  progress.clear();
  if (json === true) printJson(terminal, specsJson(reports, mutants));
  else print(terminal, [...specsLines(reports, mutants), ...(interrupted ? ['interrupted'] : [])]);
  if (interrupted) return EXIT.interrupted;
  return reports.every(({ ok }) => ok) ? EXIT.holds : EXIT.violated;
}

/** Parts that nothing reaches are told, and are no fault. Programs are run for the specifications of the repository: others say nothing of them. */
async function coverage(modules: readonly string[], options: SpecsOptions, terminal: Terminal): Promise<ExitCode> {
  const { folder, markdown, json } = options;
  const { maxStates, programs: generated, recorded } = { ...DEFAULTS, ...options };
  const progress = new Progress(terminal);
  const programs = { generated, recorded, seed: SEED, steps: STEPS, traces: tracesOf(TRACES) };
  const measured = await measure(
    folder === undefined
      ? { folder: SPECS, shown: 'specs', modules, maxStates, programs }
      : { folder: userPath(terminal, folder), shown: folder, modules, maxStates, programs: undefined },
    progress,
  );
  progress.clear();
  if (measured === undefined) return EXIT.interrupted;
  if (markdown !== undefined) {
    const of = [...modules, ...(folder === undefined ? [] : [`--folder ${folder}`])].map((word) => ` ${word}`).join('');
    const command = `vmacheck specs${of} --coverage --max-states ${maxStates} --programs ${generated} --recorded ${recorded}`;
    await writing(markdown, () => writeFile(userPath(terminal, markdown), coverageMarkdown(measured, command)));
  }
  if (json === true) printJson(terminal, coverageJson(measured));
  else print(terminal, coverageLines(measured));
  return EXIT.holds;
}

/** In the order of their names. */
function tracesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ndjson(\.gz)?$/.test(name))
    .toSorted()
    .map((name) => join(folder, name));
}
