/** `vmacheck specs`: every specification within its bounds, with what it must reach and the mutants that it must catch. */
import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { fileURLToPath } from 'node:url';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Done } from '../main.js';
import { positive } from '../options.js';
import { runSpecs } from '../specs/run-specs.js';
import { specsJson, specsLines } from '../specs/specs-table.js';
import { print, printJson, Progress, type Terminal, userPath } from '../terminal.js';

/** The specifications stand beside the packages in the repository. */
const SPECS = fileURLToPath(new URL('../../../../specs/', import.meta.url));

interface SpecsOptions {
  readonly folder?: string;
  readonly mutants: boolean;
  readonly workers?: number;
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
    .option('--json', 'print the result as JSON')
    .action((modules: string[], options: SpecsOptions) => done(specs(modules, options, terminal)));
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
