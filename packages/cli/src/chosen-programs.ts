/** The programs of traces that a command line names. */
import type { Program } from '@vmacheck/trace';
import { openPrograms } from '@vmacheck/trace/node';
import { CliError } from './errors.js';
import { type Terminal, userPath } from './terminal.js';

/** One program, and where it stands. */
export interface ChosenProgram {
  readonly file: string;
  /** In its file, from 0. */
  readonly index: number;
  readonly program: Program;
}

/**
 * All programs of the files, or those that are meant.
 *
 * @param wanted an id, or an index from 0
 * @throws CliError when there is none that was wanted, after all files were read
 */
export async function* chosenPrograms(
  terminal: Terminal,
  files: readonly string[],
  wanted: string | undefined,
): AsyncGenerator<ChosenProgram> {
  let found = false;
  for (const file of files) {
    let index = -1;
    for await (const program of openPrograms(userPath(terminal, file))) {
      index += 1;
      if (wanted !== undefined && program.id !== wanted && String(index) !== wanted) continue;
      found = true;
      yield { file, index, program };
    }
  }
  if (found || wanted === undefined) return;
  const help = 'give the `id` of a program record, or its index from 0';
  throw new CliError('CLI1004', `no program is called ${wanted}`, { place: files.join(', '), help });
}
