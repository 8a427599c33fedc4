/** Runs the command line for `bin.ts`. */
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { main } from './main.js';
import type { Output } from './terminal.js';

/** What the worker cannot ask for itself. */
export interface WorkerInput {
  readonly args: readonly string[];
  /** Not 0: the user has asked to stop. */
  readonly flag: Int32Array;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  readonly folder: string;
}

function output(stream: NodeJS.WriteStream, isTerminal: boolean): Output {
  return {
    isTerminal,
    write: (text) => stream.write(text),
    drained: async () => {
      if (stream.writableNeedDrain) await once(stream, 'drain');
    },
  };
}

const { args, flag, outIsTerminal, errIsTerminal, folder } = workerData as WorkerInput;
const code = await main(args, {
  out: output(process.stdout, outIsTerminal),
  err: output(process.stderr, errIsTerminal),
  environment: process.env,
  folder,
  interrupted: () => Atomics.load(flag, 0) !== 0,
});
parentPort?.postMessage(code);
