/** Runs a command of `tla2ts` for bin.ts. */
import { workerData } from 'node:worker_threads';
import { run } from './program.js';

/** What this thread cannot ask for itself. */
export interface CommandInput {
  readonly args: readonly string[];
  /** Whether the user has asked to stop, and how the program ends. */
  readonly shared: Int32Array;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
}

const { args, shared, outIsTerminal, errIsTerminal } = workerData as CommandInput;
process.stdout.isTTY = outIsTerminal;
process.stderr.isTTY = errIsTerminal;
Atomics.store(shared, 1, await run(args, () => Atomics.load(shared, 0) !== 0));
