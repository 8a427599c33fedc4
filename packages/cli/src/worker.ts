/** Runs the command line for `bin.ts`. */
import { once } from 'node:events';
import { writeSync } from 'node:fs';
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

/** Threads have streams of their own, but the descriptors of the process. */
const STDERR = 2;

/** A terminal gets it at once: what a thread writes to its streams is handed on when it pauses, and a search does not. */
function atOnce(stream: Output): Output {
  if (!stream.isTerminal) return stream;
  return {
    ...stream,
    write: (text) => {
      try {
        writeSync(STDERR, text);
        return true;
      } catch {
        return stream.write(text);
      }
    },
  };
}

const { args, shared, outIsTerminal, errIsTerminal, folder } = workerData as WorkerInput;
const code = await main(args, {
  out: output(process.stdout, outIsTerminal),
  err: atOnce(output(process.stderr, errIsTerminal)),
  environment: process.env,
  folder,
  interrupted: () => Atomics.load(shared, SHARED.interrupted) !== 0,
});
Atomics.store(shared, SHARED.exitCode, code);
