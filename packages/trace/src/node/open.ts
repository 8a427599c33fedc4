import { createReadStream } from 'node:fs';
import { Readable, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { TraceError } from '../errors.js';
import { readPrograms, splitLines } from '../reader.js';
import type { Program } from '../types.js';

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

/** Says in the format's own error what the file system or zlib said. */
function asTraceError(error: unknown, file: string): unknown {
  if (error instanceof TraceError) return error.inFile(file);
  const code = codeOf(error);
  if (code.startsWith('Z_')) {
    const message = `${file} is not a whole gzip file: ${reason(error)}`;
    return new TraceError({ code: 'TRACE1014', message, help: 'copy or record the file again' }, 0, file);
  }
  if (code === '') return error;
  const help = code === 'ENOENT' ? 'check the name' : 'check that it is a file that you may read';
  return new TraceError({ code: 'TRACE1013', message: `cannot read ${file}: ${reason(error)}`, help }, 0, file);
}

/** The bytes of a trace, unpacked if they begin as gzip does, whatever the file is called. */
async function* unpacked(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = input[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await iterator.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  const whole = async function* (): AsyncGenerator<Uint8Array> {
    yield head;
    yield* { [Symbol.asyncIterator]: () => iterator };
  };
  if (head[0] !== 0x1f || head[1] !== 0x8b) {
    yield* whole();
    return;
  }
  const gunzip = createGunzip();
  // An error of the input destroys gunzip with it, and the loop over gunzip throws it.
  pipeline(Readable.from(whole()), gunzip, () => undefined);
  yield* gunzip as AsyncIterable<Uint8Array>;
}

/**
 * Reads the programs of a file, one after the other. gzip is recognised by its first bytes.
 *
 * @param file a path, or "-" for standard input
 * @throws TraceError also for a file that cannot be read; it names the file and the line
 */
export async function* openPrograms(file: string): AsyncGenerator<Program> {
  const name = file === '-' ? 'standard input' : file;
  try {
    const input: AsyncIterable<Uint8Array> = file === '-' ? process.stdin : createReadStream(file);
    yield* readPrograms(splitLines(unpacked(input)));
  } catch (error) {
    throw asTraceError(error, name);
  }
}
