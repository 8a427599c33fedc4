#!/usr/bin/env node
/** The program `tla2ts`. */
import { run } from './program.js';

process.exitCode = await run(process.argv.slice(2));
