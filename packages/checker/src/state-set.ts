/**
 * An exact set of records of words. Records lie in order of insertion (which makes the list of a breadth-first search its
 * own queue); a hash table of their indices (slots.ts) finds them again. A record is read only when all bits of the hash
 * that the table has agree.
 */
import { RecordList, type SharedRecords } from './chunks.js';
import { type HashWords, hashWords } from './hash.js';
import { type SharedSlots, type SlotSizes, Slots, TableFull } from './slots.js';
import type { Words } from './model.js';

/** Sizes that tests make small. */
export interface StateSetOptions {
  readonly hash?: HashWords;
  readonly slots?: SlotSizes;
  readonly recordsPerChunk?: number;
}

/** What threads share. */
export interface SharedStates {
  readonly records: SharedRecords;
  readonly slots: SharedSlots;
  /** The number of records. */
  readonly count: SharedArrayBuffer;
}

/** Records there can be: an index + 1 has 31 bits. */
const mostRecords = 2 ** 31 - 2;

/** Returned for a record that is not in the set. */
export const absent = -1;

/** The records of `keyAt .. keyAt + keyWords` are compared; what is outside the key goes with the first of its kind. */
export class StateSet {
  readonly records: RecordList;
  private readonly slots: Slots;
  private readonly hash: HashWords;
  /** The number of records, where threads share them. */
  private count: Int32Array | undefined;

  constructor(
    wordsPerRecord: number,
    private readonly keyAt = 0,
    private readonly keyWords = wordsPerRecord,
    options: StateSetOptions = {},
    shared?: SharedStates,
  ) {
    this.records = shared ? RecordList.of(shared.records) : new RecordList(wordsPerRecord, options.recordsPerChunk);
    this.hash = options.hash ?? hashWords;
    const hashOf = (index: number): number => this.hashAt(index);
    this.slots = shared ? Slots.of(hashOf, shared.slots) : new Slots(hashOf, options.slots);
    this.count = shared && new Int32Array(shared.count);
  }

  /** Records in the set. */
  get size(): number {
    return this.count === undefined ? this.records.length : Atomics.load(this.count, 0);
  }

  /** Bytes in use. */
  get bytes(): number {
    return this.records.bytesOf(this.size) + this.slots.bytes;
  }

  /** A 32-bit hash of the key of `words[at..]`. */
  hashOf(words: Words, at: number): number {
    return this.hash(words, at + this.keyAt, this.keyWords);
  }

  /** The index of the record with the key of `words[at..]`, which has this hash, or `absent`. */
  find(words: Words, at: number, hash: number): number {
    const { slots } = this;
    const segment = slots.segmentOf(hash);
    const low = slots.lowOf(segment);
    // Another thread has not finished to make it.
    if (low === 0) return absent;
    const entries = slots.slabOf(segment);
    const start = slots.startOf(segment);
    const { segmentBits, mask } = slots;
    const tag = (hash << segmentBits) & ~low;
    let slot = hash >>> (32 - segmentBits);
    for (let entry = entries[start + slot] as number; entry !== 0; entry = entries[start + slot] as number) {
      if ((entry & ~low) === tag && this.equals((entry & low) - 1, words, at)) return (entry & low) - 1;
      slot = (slot + 1) & mask;
    }
    return absent;
  }

  /** Adds a record that `find` did not find. @returns its index */
  add(words: Words, at: number, hash: number): number {
    const index = this.records.length;
    if (index >= mostRecords) throw new TableFull();
    this.records.push(words, at);
    this.slots.insert(hash, index);
    return index;
  }

  /**
   * Adds a record unless another thread has done so meanwhile.
   * @param written told the index before others can find it
   * @returns the index, or `~index` if the record was there
   */
  addShared(words: Words, at: number, hash: number, most: number, written: (index: number) => void): number {
    const { slots, records } = this;
    slots.lock(hash);
    try {
      const known = this.find(words, at, hash);
      if (known !== absent) return ~known;
      const index = Atomics.add(this.count as Int32Array, 0, 1);
      if (index >= Math.min(most, records.capacity)) {
        Atomics.sub(this.count as Int32Array, 0, 1);
        throw new TableFull();
      }
      records.write(index, words, at);
      written(index);
      slots.insert(hash, index);
      return index;
    } finally {
      slots.unlock(hash);
    }
  }

  /** Moves the set to memory that threads share, with room for so many records. */
  share(most: number): SharedStates {
    const count = new SharedArrayBuffer(4);
    const { length } = this.records;
    const shared = { records: this.records.share(most), slots: this.slots.share(most), count };
    this.count = new Int32Array(count);
    this.count[0] = length;
    return shared;
  }

  /** To be called now and then when no other thread is at work. */
  collect(): void {
    this.slots.collect();
  }

  private hashAt(index: number): number {
    return this.hash(this.records.chunkOf(index), this.records.offsetOf(index) + this.keyAt, this.keyWords);
  }

  private equals(index: number, words: Words, at: number): boolean {
    const chunk = this.records.chunkOf(index);
    const a = this.records.offsetOf(index) + this.keyAt;
    const b = at + this.keyAt;
    for (let i = 0; i < this.keyWords; i++) if (chunk[a + i] !== words[b + i]) return false;
    return true;
  }
}
