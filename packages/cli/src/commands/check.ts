/** `vmacheck check`: explores a specification. */
import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import {
  type CheckOutcome,
  checkJson,
  ProgressText,
  renderCoverage,
  renderOutcome,
  RunError,
  runCheck,
  writeTrace,
} from 'tla2ts/node';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { CliError } from '../errors.js';
import type { Done } from '../main.js';
import { memorySize, positive, positiveNumber } from '../options.js';
import { complain, readSpecFiles } from '../spec-files.js';
import { mayColor, note, print, printJson, Progress, type Terminal, userPath } from '../terminal.js';

interface CheckCommandOptions {
  readonly config?: string;
  readonly maxStates?: number;
  readonly maxDepth?: number;
  readonly maxSeconds?: number;
  readonly memory?: number;
  readonly compact?: boolean;
  readonly coverage?: boolean;
  readonly workers?: number;
  readonly checkpoint?: string;
  readonly checkpointSeconds?: number;
  readonly resume?: string;
  readonly trace?: string;
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
    .option('--memory <size>', 'stop at this size, such as 4G (default: three quarters of the memory)', memorySize)
    .option('--workers <count>', 'threads, once a run takes some time (default: one per processor)', positive)
    .option('--compact', 'keep 64 bits of hash of each state; says how likely it is that one was missed')
    .option(
      '--checkpoint <file>',
      'write there what is needed to go on later, now and then and when the run stops early',
    )
    .option('--checkpoint-seconds <seconds>', 'how often (default: 300)', positiveNumber)
    .option('--resume <file>', 'go on from a checkpoint')
    .option(
      '--coverage',
      'tell how often each action led somewhere and each expression was evaluated, and which never; slower',
    )
    .option(
      '--trace <file>',
      'write the counterexample there: .itf.json and .json (as TLC writes it) by the name, else text',
    )
    .option('--json', 'print the result as JSON')
    .action((spec: string, options: CheckCommandOptions) => done(check(spec, options, terminal)));
}

function check(path: string, options: CheckCommandOptions, terminal: Terminal): ExitCode {
  const { config: configPath, json, checkpoint, resume, trace, coverage = false, ...others } = options;
  const { workers = availableParallelism(), ...asked } = others;
  const files = readSpecFiles(path, configPath, terminal);
  if (files === undefined) return EXIT.usage;
  const { source } = files;
  const progress = new Progress(terminal);
  const text = new ProgressText();
  const outcome = runOrExplain(files, {
    ...asked,
    coverage,
    workers,
    note: (line) => note(terminal, line),
    ...(checkpoint !== undefined && { checkpoint: userPath(terminal, checkpoint) }),
    ...(resume !== undefined && { resume: userPath(terminal, resume) }),
    print: (line) => terminal.err.write(`${line}\n`),
    progressSeconds: 0.2,
    onProgress: (counts) => progress.show(() => text.of(counts)),
  });
  progress.clear();
  if (!('result' in outcome)) {
    complain(outcome, source, terminal);
    return EXIT.usage;
  }
  complain(outcome.warnings, source, terminal);
  const unwritten = trace === undefined ? undefined : writeTrace(userPath(terminal, trace), outcome);
  if (unwritten !== undefined) throw new CliError('CLI1002', unwritten, {});
  if (json === true) printJson(terminal, checkJson(outcome, coverage));
  else {
    const head = `${outcome.spec} with ${outcome.config ?? 'no configuration'}`;
    const look = { color: mayColor(terminal, 'out') };
    print(terminal, [head, renderOutcome(outcome, look), ...(coverage ? [renderCoverage(outcome, source, look)] : [])]);
  }
  return codeOf(outcome);
}

/** A request that cannot be met is an error of the command line. */
function runOrExplain(...args: Parameters<typeof runCheck>): ReturnType<typeof runCheck> {
  try {
    return runCheck(...args);
  } catch (error) {
    if (error instanceof RunError)
      throw new CliError('CLI1002', error.message, error.help === undefined ? {} : { help: error.help });
    throw error;
  }
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
