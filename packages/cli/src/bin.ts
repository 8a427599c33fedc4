#!/usr/bin/env node
/**
 * The program `vmacheck`. The commands run in a worker, because an exploration computes for minutes without a pause: this thread stays
 * free to see signals, and tells the worker through shared memory.
 */
import { Worker } from 'node:worker_threads';
import { EXIT } from './exit-codes.js';
import { SHARED, type WorkerInput } from './worker-input.js';

const shared = new Int32Array(new SharedArrayBuffer(8));

const interrupt = (): void => {
  // The second time the user does not want to wait for the totals.
  if (Atomics.exchange(shared, SHARED.interrupted, 1) === 1) process.exit(EXIT.interrupted);
};
process.on('SIGINT', interrupt);
process.on('SIGTERM', interrupt);

for (const stream of [process.stdout, process.stderr]) {
  // The reader went away (`vmacheck ... | head`): there is nobody left to write for.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.holds);
    throw error;
  });
}

const workerData: WorkerInput = {
  args: process.argv.slice(2),
  shared,
  outIsTerminal: process.stdout.isTTY,
  errIsTerminal: process.stderr.isTTY,
  // npm moves to the root of the workspace and leaves the user's folder here.
  folder: process.env['INIT_CWD'] ?? process.cwd(),
};
const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData, stdin: true });
// Only `-` reads it, and reading it for nothing would keep this thread waiting for its end.
if (process.argv.includes('-')) process.stdin.pipe(worker.stdin as NodeJS.WritableStream);
else worker.stdin?.end();
worker.on('exit', () => (process.exitCode = Atomics.load(shared, SHARED.exitCode)));
