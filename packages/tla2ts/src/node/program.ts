/** The commands and options of `tla2ts`. The code of a command is loaded when it is given. */
import { readFileSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import type { CheckCommandOptions } from './check-command.js';
import type { CompileOptions } from './compile-command.js';
import type { EvalOptions } from './eval-command.js';
import { bytesFrom } from './memory-size.js';
import type { ParseOptions } from './parse-command.js';
import type { SimulateCommandOptions } from './simulate-command.js';
import type { ExitCode } from './terminal.js';
import type { TraceCommandOptions } from './trace-command.js';

/** Commands that may compute for long without a pause. */
export interface LongCommands {
  readonly check: (file: string, options: CheckCommandOptions) => Promise<ExitCode>;
  readonly simulate: (file: string, options: SimulateCommandOptions) => Promise<ExitCode>;
}

const never = (): boolean => false;

/** In the thread that asks for them; nobody can interrupt them. */
const here: LongCommands = {
  check: async (file, options) => (await import('./check-command.js')).checkCommand(file, options, never),
  simulate: async (file, options) => (await import('./simulate-command.js')).simulateCommand(file, options, never),
};

/** Runs the program with the arguments that a user gave. */
export async function run(args: readonly string[], long: LongCommands = here): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = makeProgram((result) => (code = result), long);
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
}

function makeProgram(done: (code: ExitCode) => void, long: LongCommands): Command {
  const program = new Command('tla2ts')
    .description('TLA+ read, checked and compiled to TypeScript')
    .version(version())
    .showHelpAfterError('(tla2ts --help shows the commands and options)')
    .exitOverride();
  program
    .command('parse')
    .description('read one module and show what it declares and defines')
    .argument('<file>', 'a .tla file')
    .option('--json', 'print the syntax tree')
    .action(async (file: string, options: ParseOptions) => {
      const { parseCommand } = await import('./parse-command.js');
      done(parseCommand(file, options));
    });
  program
    .command('compile')
    .description('write TypeScript for a specification, one file per module')
    .argument('<spec>', 'the .tla file of the root module; the modules that it needs are looked for beside it')
    .option('-o, --out-dir <folder>', 'where to write (default: the current folder)')
    .option(
      '--config <file>',
      'the configuration that names behaviours and invariants (default: the .cfg of the same name)',
    )
    .option(
      '--properties <modules...>',
      'modules whose operators are properties: each also gets a check that tells whether it said anything',
    )
    .action(async (file: string, options: CompileOptions) => {
      const { compileCommand } = await import('./compile-command.js');
      done(compileCommand(file, options));
    });
  program
    .command('check')
    .description('explore a specification and check what its configuration names')
    .argument('<spec>', 'the .tla file of the root module')
    .option('--config <file>', 'the configuration (default: the .cfg of the same name)')
    .option('--json', 'print the result as JSON')
    .option('--max-states <n>', 'stop after this many states', positive)
    .option('--max-depth <n>', 'expand no states of this level', positive)
    .option('--max-seconds <n>', 'stop after this time', positive)
    .option('--memory <size>', 'stop at this size, such as 4G (default: three quarters of the memory)', memorySize)
    .option('--workers <n>', 'threads, once a run takes some time (default: one per processor)', whole)
    .option('--compact', 'keep 64 bits of hash of each state; says how likely it is that one was missed')
    .option(
      '--checkpoint <file>',
      'write there what is needed to go on later, now and then and when the run stops early',
    )
    .option('--checkpoint-seconds <n>', 'how often (default: 300)', positive)
    .option('--resume <file>', 'go on from a checkpoint')
    .option(
      '--coverage',
      'tell how often each action led somewhere and each expression was evaluated, and which never; slower',
    )
    .option(
      '--trace <file>',
      'write the counterexample there: .itf.json and .json (as TLC writes it) by the name, else text',
    )
    .action(async (file: string, options: CheckCommandOptions) => done(await long.check(file, options)));
  program
    .command('trace')
    .description('say whether a specification allows a recorded trace, which may leave variables out, and where not')
    .argument('<spec>', 'the .tla file of the root module')
    .argument('<file>', 'the trace: ITF, the JSON of TLC, or a JSON object with values of variables on each line')
    .option('--config <file>', 'the configuration (default: the .cfg of the same name)')
    .option('--json', 'print the result as JSON')
    .action(async (spec: string, file: string, options: TraceCommandOptions) => {
      const { traceCommand } = await import('./trace-command.js');
      done(traceCommand(spec, file, options));
    });
  program
    .command('eval')
    .description('print the values of constant expressions')
    .argument('<expressions...>', 'TLA+ expressions; the standard modules are known')
    .option('--module <file>', 'a .tla file whose definitions they may use')
    .option('--config <file>', 'a configuration with the values of its constants')
    .option('--json', 'print an object for each expression')
    .action(async (expressions: readonly string[], options: EvalOptions) => {
      const { evalCommand } = await import('./eval-command.js');
      done(evalCommand(expressions, options));
    });
  program
    .command('simulate')
    .description('walk random behaviours of a specification and test what its configuration names')
    .argument('<spec>', 'the .tla file of the root module')
    .option('--config <file>', 'the configuration (default: the .cfg of the same name)')
    .option('--depth <n>', 'states of a behaviour, at most (default: 100)', whole)
    .option('--num <n>', 'behaviours (default: 1000, or no limit with --seconds)', whole)
    .option('--seed <n>', 'the same seed gives the same run (default: another one each time)', seedNumber)
    .option('--seconds <n>', 'stop after this time', positive)
    .option('--json', 'print the result as JSON')
    .action(async (file: string, options: SimulateCommandOptions) => done(await long.simulate(file, options)));
  return program;
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('It has to be a number above 0.');
  return value;
}

function memorySize(text: string): number {
  const bytes = bytesFrom(text);
  if (bytes === undefined) throw new InvalidArgumentError('It has to be a size such as 512M or 4G.');
  return bytes;
}

function whole(text: string): number {
  const value = positive(text);
  if (!Number.isSafeInteger(value)) throw new InvalidArgumentError('It has to be a whole number above 0.');
  return value;
}

function seedNumber(text: string): number {
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(Number(text))) {
    throw new InvalidArgumentError('It has to be a whole number from 0 to 2^53.');
  }
  return Number(text);
}

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
