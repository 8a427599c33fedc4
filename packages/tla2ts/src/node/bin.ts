#!/usr/bin/env node
/** The program `tla2ts`. */
import { startThread } from './command-thread.js';

const args = process.argv.slice(2);

// A thread takes a while to start: meanwhile the arguments are read.
const thread = ['check', 'simulate'].includes(args[0] ?? '') ? startThread() : undefined;
void import('./program.js').then(async ({ run }) => (process.exitCode = await run(args, thread)));
