/** Runs the command line for `bin.ts`. */
import { once } from 'node:events';
import { workerData } from 'node:worker_threads';
import { main } from './main.js';
import type { Output } from './terminal.js';
import { SHARED, type WorkerInput } from './worker-input.js';

function output(stream: NodeJS.WriteStream, isTerminal: boolean): Output {
  return {
    isTerminal,
    write: (text) => stream.write(text),
    drained: async () => {
      if (stream.writableNeedDrain) await once(stream, 'drain');
    },
  };
}

const { args, shared, outIsTerminal, errIsTerminal, folder } = workerData as WorkerInput;
const code = await main(args, {
  out: output(process.stdout, outIsTerminal),
  err: output(process.stderr, errIsTerminal),
  environment: process.env,
  folder,
  interrupted: () => Atomics.load(shared, SHARED.interrupted) !== 0,
});
Atomics.store(shared, SHARED.exitCode, code);
