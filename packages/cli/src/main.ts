/** The command line as a function: arguments in, text and an exit code out. */
import { Command, CommanderError } from 'commander';
import { readFileSync } from 'node:fs';
import { errorText, explained, Interrupted } from './errors.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { Terminal } from './terminal.js';

/** Adds a command to the program. */
type Add = (program: Command, terminal: Terminal, done: Done) => void;

/** Commands by their names, in the order of the help. What a command needs is loaded when it is given. */
const COMMANDS: ReadonlyMap<string, () => Promise<Add>> = new Map([
  ['check', async () => (await import('./commands/check.js')).addCheck],
  ['check-trace', async () => (await import('./commands/check-trace.js')).addCheckTrace],
  ['conform', async () => (await import('./commands/conform.js')).addConform],
  ['diff', async () => (await import('./commands/diff.js')).addDiff],
  ['explain', async () => (await import('./commands/explain.js')).addExplain],
  ['fuzz', async () => (await import('./commands/fuzz.js')).addFuzz],
  ['kernels', async () => (await import('./commands/kernels.js')).addKernels],
  ['record', async () => (await import('./commands/record.js')).addRecord],
  ['replay', async () => (await import('./commands/replay.js')).addReplay],
  ['simulate', async () => (await import('./commands/simulate.js')).addSimulate],
  ['specs', async () => (await import('./commands/specs.js')).addSpecs],
  ['verify', async () => (await import('./commands/verify.js')).addVerify],
]);

/** How a command hands back its exit code. */
export type Done = (code: ExitCode) => void;

/** Runs one command. Never rejects for what a user can cause. */
export async function main(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = EXIT.holds;
  try {
    const program = await makeProgram(args[0], terminal, (found) => (code = found));
    await program.parseAsync(args, { from: 'user' });
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

/** @param name the command that is given, if it is one */
async function makeProgram(name: string | undefined, terminal: Terminal, done: Done): Promise<Command> {
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
  const given = COMMANDS.get(name ?? '');
  for (const load of given === undefined ? COMMANDS.values() : [given]) (await load())(program, terminal, done);
  return program;
}

const EXIT_CODES = `
Exit codes: 0 holds; 1 violated or disagreement; 2 wrong usage or unreadable input; 3 inconclusive (a bound was reached);
            4 this machine lacks something; 130 interrupted`;

function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
