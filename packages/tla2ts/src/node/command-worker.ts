/** The script of the thread that performs a command (command-thread.ts). */
import { parentPort, workerData } from 'node:worker_threads';
import { checkCommand, type CheckCommandOptions } from './check-command.js';
import type { SimulateCommandOptions } from './simulate-command.js';
import type { ExitCode } from './terminal.js';

export type LongCommand =
  | { readonly name: 'check'; readonly file: string; readonly options: CheckCommandOptions }
  | { readonly name: 'simulate'; readonly file: string; readonly options: SimulateCommandOptions };

export interface CommandInput {
  readonly command: LongCommand;
  /** What this thread cannot ask for itself. */
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
}

/** Whether the user has asked to stop, and how the program ends. */
const shared = workerData as Int32Array;

const isInterrupted = (): boolean => Atomics.load(shared, 0) !== 0;

const perform = async (command: LongCommand): Promise<ExitCode> => {
  if (command.name === 'check') return checkCommand(command.file, command.options, isInterrupted);
  const { simulateCommand } = await import('./simulate-command.js');
  return simulateCommand(command.file, command.options, isInterrupted);
};

parentPort?.once('message', ({ command, outIsTerminal, errIsTerminal }: CommandInput) => {
  process.stdout.isTTY = outIsTerminal;
  process.stderr.isTTY = errIsTerminal;
  void perform(command).then((code) => Atomics.store(shared, 1, code));
});
