/** The script of the thread that performs a command (command-thread.ts). */
import { parentPort, workerData } from 'node:worker_threads';
import { checkCommand, type CheckCommandOptions } from './check-command.js';
import type { SimulateCommandOptions } from './simulate-command.js';
import type { ExitCode } from './terminal.js';

/** What this thread cannot ask for itself. */
export interface CommandInput {
  /** Whether the user has asked to stop, and how the program ends. */
  readonly shared: Int32Array;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
}

export type LongCommand =
  | { readonly name: 'check'; readonly file: string; readonly options: CheckCommandOptions }
  | { readonly name: 'simulate'; readonly file: string; readonly options: SimulateCommandOptions };

const { shared, outIsTerminal, errIsTerminal } = workerData as CommandInput;
process.stdout.isTTY = outIsTerminal;
process.stderr.isTTY = errIsTerminal;

const isInterrupted = (): boolean => Atomics.load(shared, 0) !== 0;

const perform = async (command: LongCommand): Promise<ExitCode> => {
  if (command.name === 'check') return checkCommand(command.file, command.options, isInterrupted);
  const { simulateCommand } = await import('./simulate-command.js');
  return simulateCommand(command.file, command.options, isInterrupted);
};

parentPort?.once(
  'message',
  (command: LongCommand) => void perform(command).then((code) => Atomics.store(shared, 1, code)),
);
