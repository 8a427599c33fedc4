/** `vmacheck check`: explores a specification. */
import type { Command } from 'commander';
import type { Done } from '../main.js';
import type { Terminal } from '../terminal.js';

export function addCheck(program: Command, terminal: Terminal, done: Done): void {
  void [program, terminal, done];
}
