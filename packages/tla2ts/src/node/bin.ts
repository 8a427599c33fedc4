#!/usr/bin/env node
/** The program `tla2ts`. */
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { parseCommand, type ParseOptions } from './parse-command.js';
import type { ExitCode } from './terminal.js';

function makeProgram(done: (code: ExitCode) => void): Command {
  const program = new Command('tla2ts')
    .description('TLA+ read, checked and compiled to TypeScript')
    .version(version())
    .showHelpAfterError('(tla2ts --help shows the commands and options)')
    .exitOverride();
  program
    .command('parse')
    .description('read one module and show what it declares and defines')
    .argument('<file>', 'a .tla file')
    .option('--json', 'print the syntax tree')
    .action((file: string, options: ParseOptions) => done(parseCommand(file, options)));
  return program;
}

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

try {
  await makeProgram((code) => (process.exitCode = code)).parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
