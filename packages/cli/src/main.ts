/** The command line as a function: arguments in, text and an exit code out. */
import { Command, CommanderError } from 'commander';
import { readFileSync } from 'node:fs';
import { addCheck } from './commands/check.js';
import { addCheckTrace } from './commands/check-trace.js';
import { addConform } from './commands/conform.js';
import { addDiff } from './commands/diff.js';
import { addExplain } from './commands/explain.js';
import { addFuzz } from './commands/fuzz.js';
import { addKernels } from './commands/kernels.js';
import { addRecord } from './commands/record.js';
import { addReplay } from './commands/replay.js';
import { addSimulate } from './commands/simulate.js';
import { addSpecs } from './commands/specs.js';
import { addVerify } from './commands/verify.js';
import { errorText, explained, Interrupted } from './errors.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { Terminal } from './terminal.js';

const COMMANDS = [
  addCheck,
  addCheckTrace,
  addConform,
  addDiff,
  addExplain,
  addFuzz,
  addKernels,
  addRecord,
  addReplay,
  addSimulate,
  addSpecs,
  addVerify,
];

/** How a command hands back its exit code. */
export type Done = (code: ExitCode) => void;

/** Runs one command. Never rejects for what a user can cause. */
export async function main(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = EXIT.holds;
  try {
    await makeProgram(terminal, (found) => (code = found)).parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.holds : EXIT.usage;
    if (error instanceof Interrupted) return EXIT.interrupted;
    const found = explained(error);
    if (found === undefined) throw error;
    terminal.err.write(`${found.text}\n`);
    return found.exitCode;
  }
}

function makeProgram(terminal: Terminal, done: Done): Command {
  const program = new Command('vmacheck')
    .description("The executable, formally specified model of Linux's memory mappings and of mremap()")
    .version(version())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void terminal.out.write(text),
      writeErr: (text) => void terminal.err.write(text),
      outputError: (text, write) => {
        const message = text
          .replace(/^error: /, '')
          .trim()
          .replaceAll('\n', ' ')
          .replace(/\.$/, '');
        write(
          `${errorText('CLI1001', message, undefined, 'vmacheck --help shows the commands, vmacheck COMMAND --help their options')}\n`,
        );
      },
    })
    .addHelpText('after', EXIT_CODES);
  for (const add of COMMANDS) add(program, terminal, done);
  return program;
}

const EXIT_CODES = `
Exit codes: 0 holds; 1 violated or disagreement; 2 wrong usage or unreadable input; 3 inconclusive (a bound was reached);
            4 this machine lacks something; 130 interrupted`;

function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
