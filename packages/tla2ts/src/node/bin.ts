#!/usr/bin/env node
/**
 * The program `tla2ts`. What may compute for long without a pause runs in a thread of its own: this one stays free to see signals, and
 * tells the other through shared memory.
 */
import { Worker } from 'node:worker_threads';
import type { CommandInput } from './command-worker.js';

const args = process.argv.slice(2);

if (['check', 'simulate'].includes(args[0] ?? '')) {
  const shared = new Int32Array(new SharedArrayBuffer(8));
  const interrupt = (): void => {
    // The second time the user does not want to wait for the totals.
    if (Atomics.exchange(shared, 0, 1) === 1) process.exit(130);
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  for (const stream of [process.stdout, process.stderr]) {
    // The reader went away: there is nobody left to write for.
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
      throw error;
    });
  }
  const workerData: CommandInput = {
    args,
    shared,
    outIsTerminal: process.stdout.isTTY,
    errIsTerminal: process.stderr.isTTY,
  };
  new Worker(new URL('./command-worker.js', import.meta.url), { workerData, execArgv: [] }).on(
    'exit',
    () => (process.exitCode = Atomics.load(shared, 1)),
  );
} else {
  const { run } = await import('./program.js');
  process.exitCode = await run(args);
}
