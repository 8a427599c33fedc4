import { createWriteStream } from 'node:fs';
import { realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Program } from '../types.js';
import { formatProgram } from '../writer.js';

async function* lines(programs: Iterable<Program> | AsyncIterable<Program>): AsyncGenerator<string> {
  for await (const program of programs) {
    // A program's lines in one piece: a stream handles one large string much faster than many small ones.
    yield [...formatProgram(program)].join('');
  }
}

/** Where the bytes of `file` go: through symbolic links, and whether a device or pipe stands there, which cannot be replaced. */
async function destination(file: string): Promise<{ readonly path: string; readonly special: boolean }> {
  try {
    const path = await realpath(file);
    return { path, special: !(await stat(path)).isFile() };
  } catch {
    return { path: file, special: false };
  }
}

/**
 * Writes programs to a file as they come; a name that ends in .gz is compressed. The file appears under its name only when all of it
 * is written: an error, also one of `programs`, leaves what was there before. A device or pipe is written to directly.
 */
export async function savePrograms(file: string, programs: Iterable<Program> | AsyncIterable<Program>): Promise<void> {
  const { path, special } = await destination(file);
  const written = special ? path : join(dirname(path), `.${basename(path)}.${process.pid}.${Date.now().toString(36)}`);
  try {
    const source = Readable.from(lines(programs));
    const target = createWriteStream(written, { flags: special ? 'w' : 'wx' });
    await (file.endsWith('.gz') ? pipeline(source, createGzip(), target) : pipeline(source, target));
    if (!special) await rename(written, path);
  } catch (error) {
    if (!special) await rm(written, { force: true });
    throw error;
  }
}
