/** `vmacheck check`: explores a specification. */
import type { Command } from 'commander';
import { type CheckOutcome, checkJson, checkSpec, renderOutcome } from 'tla2ts/node';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Done } from '../main.js';
import { positive } from '../options.js';
import { complain, readSpecFiles } from '../spec-files.js';
import { print, printJson, Progress, type Terminal } from '../terminal.js';
import { countsLine } from '../counts.js';

interface CheckCommandOptions {
  readonly config?: string;
  readonly maxStates?: number;
  readonly maxDepth?: number;
  readonly maxSeconds?: number;
  readonly json?: boolean;
}

export function addCheck(program: Command, terminal: Terminal, done: Done): void {
  program
    .command('check')
    .description('explore a TLA+ specification and print a shortest counterexample when a property fails')
    .argument('<spec>', 'a .tla file')
    .option('--config <file>', 'constants and properties (default: the .cfg of the same name)')
    .option('--max-states <count>', 'stop after so many distinct states', positive)
    .option('--max-depth <levels>', 'expand no states beyond this level; initial states are level 1', positive)
    .option('--max-seconds <seconds>', 'stop after this time', positive)
    .option('--json', 'print the result as JSON')
    .action((spec: string, options: CheckCommandOptions) => done(check(spec, options, terminal)));
}

function check(path: string, options: CheckCommandOptions, terminal: Terminal): ExitCode {
  const { config: configPath, json, ...bounds } = options;
  const files = readSpecFiles(path, configPath, terminal);
  if (files === undefined) return EXIT.usage;
  const { spec, config, source } = files;
  const progress = new Progress(terminal);
  const outcome = checkSpec(spec, config, {
    ...bounds,
    print: (text) => terminal.err.write(`${text}\n`),
    onProgress: (counts) => progress.show(() => countsLine(counts)),
  });
  progress.clear();
  if (!('result' in outcome)) {
    complain(outcome, source, terminal);
    return EXIT.usage;
  }
  complain(outcome.warnings, source, terminal);
  if (json === true) printJson(terminal, checkJson(outcome));
  else print(terminal, [`${outcome.spec} with ${outcome.config ?? 'no configuration'}`, renderOutcome(outcome)]);
  return codeOf(outcome);
}

function codeOf({ result, bound }: CheckOutcome): ExitCode {
  switch (result) {
    case 'success':
      return EXIT.holds;
    case 'inconclusive':
      return bound?.kind === 'interrupted' ? EXIT.interrupted : EXIT.inconclusive;
    case 'safety-violation':
    case 'liveness-violation':
    case 'deadlock':
    case 'assertion':
    case 'error':
      return EXIT.violated;
  }
}
