#!/usr/bin/env node
/** The program `vmacheck`. */
import { once } from 'node:events';
import { main } from './main.js';
import { EXIT } from './exit-codes.js';
import type { Output, Terminal } from './terminal.js';

function output(stream: NodeJS.WriteStream): Output {
  // The reader went away (`vmacheck ... | head`): there is nobody left to write for.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
    throw error;
  });
  return {
    isTerminal: stream.isTTY,
    write: (text) => stream.write(text),
    drained: async () => {
      if (stream.writableNeedDrain) await once(stream, 'drain');
    },
  };
}

let interrupted = false;
const interrupt = (): void => {
  // The second time the user does not want to wait for the totals.
  if (interrupted) process.exit(EXIT.interrupted);
  interrupted = true;
};
process.on('SIGINT', interrupt);
process.on('SIGTERM', interrupt);

const terminal: Terminal = {
  out: output(process.stdout),
  err: output(process.stderr),
  environment: process.env,
  // npm moves to the root of the workspace and leaves the user's folder here.
  folder: process.env['INIT_CWD'] ?? process.cwd(),
  interrupted: () => interrupted,
};

process.exitCode = await main(process.argv.slice(2), terminal);
