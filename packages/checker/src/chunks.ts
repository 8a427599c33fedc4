/**
 * A list of records of equal size, in chunks: it grows without copying, its total may exceed what one typed array can hold,
 * and a record never moves, so that (chunk, offset) stays good while the list grows.
 */
import type { Words } from './model.js';

/** Words of a chunk, about; a chunk holds a power of two of records, at least one. */
const chunkWords = 1 << 18;

/** The same for memory that threads share: chunks are reserved beforehand, and the operating system gives what is used. */
const sharedChunkWords = 1 << 24;

/** A list in memory that threads share. */
export interface SharedRecords {
  readonly wordsPerRecord: number;
  readonly recordsPerChunk: number;
  readonly buffers: readonly SharedArrayBuffer[];
}

/** Records of `wordsPerRecord` words. */
export class RecordList {
  readonly wordsPerRecord: number;
  private chunks: Words[] = [];
  private shift: number;
  private mask: number;
  private count = 0;

  /** @param recordsPerChunk a power of two; the default makes chunks of about a megabyte */
  constructor(wordsPerRecord: number, recordsPerChunk = powerOfTwo(chunkWords / wordsPerRecord)) {
    this.wordsPerRecord = wordsPerRecord;
    this.shift = Math.log2(recordsPerChunk);
    this.mask = recordsPerChunk - 1;
  }

  /** A list in memory that another thread has shared. */
  static of({ wordsPerRecord, recordsPerChunk, buffers }: SharedRecords): RecordList {
    const list = new RecordList(wordsPerRecord, recordsPerChunk);
    list.chunks = buffers.map((buffer) => new Uint32Array(buffer));
    return list;
  }

  /** Records in the list. */
  get length(): number {
    return this.count;
  }

  /** Records that there is memory for. */
  get capacity(): number {
    return this.chunks.length * (this.mask + 1);
  }

  /** The chunk that holds the record. */
  chunkOf(index: number): Words {
    return this.chunks[index >>> this.shift] as Words;
  }

  /** Where the record starts in its chunk. */
  offsetOf(index: number): number {
    return (index & this.mask) * this.wordsPerRecord;
  }

  /** Writes the record at `words[at..]` to a place for which there is memory. */
  write(index: number, words: Words, at: number): void {
    const chunk = this.chunkOf(index);
    const offset = this.offsetOf(index);
    for (let i = 0; i < this.wordsPerRecord; i++) chunk[offset + i] = words[at + i] as number;
  }

  /** Appends a copy of the record at `words[at..]`. */
  push(words: Words, at: number): void {
    const index = this.count;
    if (index >= this.capacity) this.chunks.push(new Uint32Array((this.mask + 1) * this.wordsPerRecord));
    this.write(index, words, at);
    this.count = index + 1;
  }

  /** Appends many records. */
  pushAll(words: Words): void {
    for (let at = 0; at < words.length; at += this.wordsPerRecord) this.push(words, at);
  }

  /** Forgets the records; their memory is used again. */
  clear(): void {
    this.count = 0;
  }

  /** The records `from .. to - 1`, as parts of chunks. */
  *parts(from: number, to: number): Generator<Words> {
    for (let at = from; at < to;) {
      const end = Math.min(to, (at | this.mask) + 1);
      const offset = this.offsetOf(at);
      yield this.chunkOf(at).subarray(offset, offset + (end - at) * this.wordsPerRecord);
      at = end;
    }
  }

  /** Bytes of so many records, in whole chunks; `length` of them unless other threads have added more. */
  bytesOf(records = this.count): number {
    return Math.ceil(records / (this.mask + 1)) * (this.mask + 1) * this.wordsPerRecord * 4;
  }

  /** Moves the list to memory that threads share, with room for so many records. */
  share(records: number): SharedRecords {
    const { wordsPerRecord, count } = this;
    const recordsPerChunk = powerOfTwo(sharedChunkWords / wordsPerRecord);
    const bytes = recordsPerChunk * wordsPerRecord * 4;
    const wanted = Math.max(1, Math.ceil(records / recordsPerChunk));
    const buffers = Array.from({ length: wanted }, () => new SharedArrayBuffer(bytes));
    const shared = RecordList.of({ wordsPerRecord, recordsPerChunk, buffers });
    for (const part of this.parts(0, count)) shared.pushAll(part);
    this.chunks = shared.chunks;
    this.shift = shared.shift;
    this.mask = shared.mask;
    return { wordsPerRecord, recordsPerChunk, buffers };
  }
}

const powerOfTwo = (most: number): number => 2 ** Math.max(0, Math.floor(Math.log2(most)));
