/**
 * Checkpoints of a search in a file: a line of JSON, then the words of the snapshot, then a checksum of them. A file is written
 * beside the old one and takes its place when it is complete, so that there is always one to go on from.
 */
import { closeSync, fstatSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { endianness } from 'node:os';
import type { Snapshot, SnapshotHead, Words } from '@vmacheck/checker';
import type { SavedSearch } from '../explore/search.js';
import { crypto } from './late.js';

/** What a checkpoint belongs to: digests of the texts by what they are called, such as `the module Stack`. */
export type Origin = Readonly<Record<string, string>>;

/** The first line of a file. */
interface FileHead {
  readonly vmacheck: 'checkpoint';
  readonly origin: Origin;
  readonly head: SnapshotHead;
  readonly recipe: SavedSearch['recipe'];
}

/** A file that cannot be used, and why. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';
}

/** A text as `Origin` knows it. */
export const digestOf = (text: string): string => crypto().createHash('sha256').update(text).digest('hex');

const bytesOf = (words: Words): Uint8Array => new Uint8Array(words.buffer, words.byteOffset, words.byteLength);

const checksum = (before: number, words: Words): number => {
  let sum = before;
  for (let i = 0; i < words.length; i++) sum = Math.imul(sum ^ (words[i] as number), 0x9e3779b1) ^ (sum >>> 15);
  return sum;
};

/** Words of a machine that has their bytes in the other order cannot be read here. */
const order = endianness();

/** Writes a checkpoint; the file is replaced at once or not at all. */
export const writeCheckpoint = (
  path: string,
  origin: Origin,
  { head, words }: Snapshot,
  recipe: SavedSearch['recipe'],
): void => {
  const temporary = `${path}.${process.pid}.part`;
  const file = openSync(temporary, 'w');
  try {
    const first: FileHead = {
      vmacheck: 'checkpoint',
      origin: { ...origin, 'the order of bytes': order },
      head,
      recipe,
    };
    writeAll(file, Buffer.from(`${JSON.stringify(first)}\n`));
    let sum = 0;
    for (const part of words) {
      sum = checksum(sum, part);
      writeAll(file, bytesOf(part));
    }
    writeAll(file, bytesOf(Uint32Array.of(sum)));
    fsyncSync(file);
  } catch (error) {
    closeSync(file);
    rmSync(temporary, { force: true });
    throw error;
  }
  closeSync(file);
  renameSync(temporary, path);
};

const writeAll = (file: number, bytes: Uint8Array): void => {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at, Math.min(bytes.length - at, 2 ** 26));
};

/** A checkpoint to go on from. */
export interface OpenCheckpoint {
  readonly search: SavedSearch;
  readonly close: () => void;
}

/**
 * Opens a checkpoint, all of which was read once and is as it was written.
 * @throws CheckpointError if it belongs to something else, is damaged, or is no checkpoint
 */
export const openCheckpoint = (path: string, origin: Origin): OpenCheckpoint => {
  const file = openSync(path, 'r');
  try {
    const line = firstLine(file);
    const { origin: theirs, head, recipe } = headOf(line);
    const ours: Origin = { ...origin, 'the order of bytes': order };
    const names = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
    const other = [...names].filter((name) => ours[name] !== theirs[name]);
    if (other.length > 0) throw new CheckpointError(`${other.join(', ')}: not as when the checkpoint was made`);
    let at = line.length + 1;
    test(file, at, head.modelWords + head.stateWords);
    const read = (count: number): Words => {
      const words = new Uint32Array(count);
      at = readAll(file, bytesOf(words), at);
      return words;
    };
    return { search: { recipe, snapshot: { head, read } }, close: () => closeSync(file) };
  } catch (error) {
    closeSync(file);
    throw error;
  }
};

/** Words that are tested at a time. */
const perTest = 2 ** 20;

const test = (file: number, from: number, count: number): void => {
  let at = from;
  let sum = 0;
  for (let left = count; left > 0; left -= perTest) {
    const words = new Uint32Array(Math.min(left, perTest));
    at = readAll(file, bytesOf(words), at);
    sum = checksum(sum, words);
  }
  const last = new Uint32Array(1);
  if (readAll(file, bytesOf(last), at) !== fstatSync(file).size || last[0] !== sum >>> 0) {
    throw new CheckpointError('the file is damaged');
  }
};

const longestLine = 2 ** 24;

const firstLine = (file: number): Buffer => {
  const parts: Buffer[] = [];
  for (let at = 0; at < longestLine;) {
    const part = Buffer.alloc(2 ** 16);
    const count = readSync(file, part, 0, part.length, at);
    const end = part.subarray(0, count).indexOf(10);
    parts.push(part.subarray(0, end < 0 ? count : end));
    if (end >= 0) return Buffer.concat(parts);
    if (count === 0) break;
    at += count;
  }
  throw new CheckpointError('it is no checkpoint');
};

const headOf = (line: Buffer): FileHead => {
  try {
    const first = JSON.parse(line.toString('utf8')) as Partial<FileHead> | null;
    if (first?.vmacheck === 'checkpoint' && first.origin && first.head) return first as FileHead;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new CheckpointError('it is no checkpoint');
};

const readAll = (file: number, bytes: Uint8Array, from: number): number => {
  let read = 0;
  while (read < bytes.length) {
    const count = readSync(file, bytes, read, Math.min(bytes.length - read, 2 ** 26), from + read);
    if (count === 0) throw new CheckpointError('the file is damaged: it ends too early');
    read += count;
  }
  return from + read;
};
