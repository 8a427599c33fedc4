/**
 * An append-only list of records of equal size, in chunks: it grows without copying, its total may exceed what one
 * typed array can hold, and a record never moves, so that (chunk, offset) stays good while the list grows.
 */
import type { Words } from './model.js';

/** Words of a chunk, about; a chunk holds a power of two of records, at least one. */
const chunkWords = 1 << 18;

/** Records of `wordsPerRecord` words. */
export class RecordList {
  readonly wordsPerRecord: number;
  private readonly chunks: Words[] = [];
  private readonly shift: number;
  private readonly mask: number;
  private count = 0;

  /** @param recordsPerChunk a power of two; the default makes chunks of about a megabyte */
  constructor(wordsPerRecord: number, recordsPerChunk = defaultRecordsPerChunk(wordsPerRecord)) {
    this.wordsPerRecord = wordsPerRecord;
    this.shift = Math.log2(recordsPerChunk);
    this.mask = recordsPerChunk - 1;
  }

  /** Records in the list. */
  get length(): number {
    return this.count;
  }

  /** The chunk that holds the record. */
  chunkOf(index: number): Words {
    return this.chunks[index >>> this.shift] as Words;
  }

  /** Where the record starts in its chunk. */
  offsetOf(index: number): number {
    return (index & this.mask) * this.wordsPerRecord;
  }

  /** Appends a copy of the record at `words[at..]`. */
  push(words: Words, at: number): void {
    const index = this.count;
    if ((index & this.mask) === 0) this.chunks.push(new Uint32Array((this.mask + 1) * this.wordsPerRecord));
    const chunk = this.chunkOf(index);
    const offset = this.offsetOf(index);
    for (let i = 0; i < this.wordsPerRecord; i++) chunk[offset + i] = words[at + i] as number;
    this.count = index + 1;
  }

  /** Bytes allocated. */
  get bytes(): number {
    return this.chunks.length * (this.mask + 1) * this.wordsPerRecord * 4;
  }

  /** Bytes that the next `push` allocates. */
  get bytesToGrow(): number {
    return (this.count & this.mask) === 0 ? (this.mask + 1) * this.wordsPerRecord * 4 : 0;
  }
}

const defaultRecordsPerChunk = (wordsPerRecord: number): number =>
  2 ** Math.max(0, Math.floor(Math.log2(chunkWords / wordsPerRecord)));
