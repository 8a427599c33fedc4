/**
 * An exact set of records of words. Records lie in order of insertion (which makes the list of a breadth-first search its
 * own queue); an open-addressing table of their indices finds them again.
 *
 * A slot of the table with 2^k slots is 0 (empty) or a 32-bit number: k low bits are the record's index + 1, the rest are
 * the high bits of the hash. The low k bits of the hash choose the slot, so that a record is read only when all bits that
 * are known agree.
 */
import { RecordList } from './chunks.js';
import { type HashWords, hashWords } from './hash.js';
import type { Words } from './model.js';

/** Sizes that tests make small. */
export interface StateSetOptions {
  readonly hash?: HashWords;
  /** Slots to start with, as a power of two. */
  readonly initialBits?: number;
  readonly recordsPerChunk?: number;
}

const maxLoad = 0.6;

/** More slots than this need a typed array of more than 2^31 elements. */
const maxBits = 31;

/** Returned by `add` for a record that is there already. */
export const present = -1;

/** The records of `keyAt .. keyAt + keyWords` are compared; what is outside the key goes with the first of its kind. */
export class StateSet {
  readonly records: RecordList;
  private readonly keyAt: number;
  private readonly keyWords: number;
  private readonly hash: HashWords;
  private bits: number;
  private slots: Uint32Array;
  private limit: number;

  constructor(wordsPerRecord: number, keyAt = 0, keyWords = wordsPerRecord, options: StateSetOptions = {}) {
    this.records = new RecordList(wordsPerRecord, options.recordsPerChunk);
    this.keyAt = keyAt;
    this.keyWords = keyWords;
    this.hash = options.hash ?? hashWords;
    this.bits = options.initialBits ?? 12;
    this.slots = new Uint32Array(2 ** this.bits);
    this.limit = Math.floor(2 ** this.bits * maxLoad);
  }

  /** Records in the set. */
  get size(): number {
    return this.records.length;
  }

  /** Bytes allocated. */
  get bytes(): number {
    return this.records.bytes + this.slots.byteLength;
  }

  /** Bytes that the next `add` allocates at most (the old table lives until the new one is filled). */
  get bytesToGrow(): number {
    return this.records.bytesToGrow + (this.size < this.limit ? 0 : this.slots.byteLength * 2);
  }

  /** @returns the index of the new record, or `present` */
  add(words: Words, at: number): number {
    if (this.size >= this.limit) this.grow();
    const slots = this.slots;
    const mask = slots.length - 1;
    const hash = this.hash(words, at + this.keyAt, this.keyWords);
    const tag = (hash & ~mask) >>> 0;
    let slot = hash & mask;
    for (let entry = slots[slot] as number; entry !== 0; entry = slots[slot] as number) {
      if ((entry & ~mask) >>> 0 === tag && this.equals((entry & mask) - 1, words, at)) return present;
      slot = (slot + 1) & mask;
    }
    const index = this.size;
    this.records.push(words, at);
    slots[slot] = tag | (index + 1);
    return index;
  }

  /** @returns the index of the record with the key of `words[at..]`, or -1 */
  find(words: Words, at: number): number {
    const slots = this.slots;
    const mask = slots.length - 1;
    const hash = this.hash(words, at + this.keyAt, this.keyWords);
    const tag = (hash & ~mask) >>> 0;
    for (let slot = hash & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const entry = slots[slot] as number;
      if ((entry & ~mask) >>> 0 === tag && this.equals((entry & mask) - 1, words, at)) return (entry & mask) - 1;
    }
    return -1;
  }

  private equals(index: number, words: Words, at: number): boolean {
    const chunk = this.records.chunkOf(index);
    const a = this.records.offsetOf(index) + this.keyAt;
    const b = at + this.keyAt;
    for (let i = 0; i < this.keyWords; i++) if (chunk[a + i] !== words[b + i]) return false;
    return true;
  }

  private grow(): void {
    if (this.bits >= maxBits) throw new RangeError('the table of states cannot grow any more');
    this.bits++;
    const slots = new Uint32Array(2 ** this.bits);
    const mask = slots.length - 1;
    const { records, keyAt, keyWords } = this;
    for (let index = 0; index < records.length; index++) {
      const hash = this.hash(records.chunkOf(index), records.offsetOf(index) + keyAt, keyWords);
      let slot = hash & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = (hash & ~mask) | (index + 1);
    }
    this.slots = slots;
    this.limit = Math.floor(2 ** this.bits * maxLoad);
  }
}
