/**
 * What may compute for long without a pause runs in a thread of its own (command-worker.ts): this one stays free to see signals, and tells the other through
 * shared memory.
 */
import { Worker } from 'node:worker_threads';
import type { CommandInput, LongCommand } from './command-worker.js';
import type { LongCommands } from './program.js';
import type { ExitCode } from './terminal.js';

/** The thread waits for one command; nobody waits for the thread until it has one. */
export const startThread = (): LongCommands => {
  const shared = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(new URL('./command-worker.js', import.meta.url), { workerData: shared, execArgv: [] });
  worker.unref();
  const perform = (command: LongCommand): Promise<ExitCode> => {
    watchSignals(shared);
    watchReaders();
    worker.ref();
    const input: CommandInput = { command, outIsTerminal: process.stdout.isTTY, errIsTerminal: process.stderr.isTTY };
    worker.postMessage(input);
    return new Promise((done) => worker.once('exit', () => done(Atomics.load(shared, 1) as ExitCode)));
  };
  return {
    check: (file, options) => perform({ name: 'check', file, options }),
    simulate: (file, options) => perform({ name: 'simulate', file, options }),
  };
};

const watchSignals = (shared: Int32Array): void => {
  const interrupt = (): void => {
    // The second time the user does not want to wait for the totals.
    if (Atomics.exchange(shared, 0, 1) === 1) process.exit(130);
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
};

const watchReaders = (): void => {
  for (const stream of [process.stdout, process.stderr]) {
    // The reader went away: there is nobody left to write for.
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
      throw error;
    });
  }
};
