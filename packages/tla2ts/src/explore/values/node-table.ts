/**
 * An exact table of tuples of words: each different (tag, words) has a number, in order of insertion. Tuples lie one after
 * the other in an arena, each behind a head word (tag and length); an open-addressing table of their numbers finds them.
 */

import { type SharedSlots, Slots, TableFull } from '@vmacheck/checker';

const maxLoad = 0.6;

/** Numbers below 2^30, so that they fit a word beside the bits that tell what a word is. */
const maxNodes = 2 ** 30;

/** Bits of the head word that hold the tag; the rest is the length. */
const tagBits = 3;

const grown = (words: Uint32Array, needed: number): Uint32Array => {
  const larger = new Uint32Array(Math.max(words.length * 2, needed));
  larger.set(words);
  return larger;
};

/** A table that threads share. */
export interface SharedNodes {
  readonly arena: SharedArrayBuffer;
  readonly starts: SharedArrayBuffer;
  readonly ends: SharedArrayBuffer;
  readonly slots: SharedSlots;
}

/** See the head of the file. `hash` is for tests. */
export class NodeTable {
  arena: Uint32Array = new Uint32Array(1024);
  private arenaEnd = 0;
  private starts: Uint32Array = new Uint32Array(256);
  private slots: Uint32Array = new Uint32Array(512);
  private limit = Math.floor(512 * maxLoad);
  private count = 0;
  /** Where threads share the table: the words and tuples in use, and the numbers by their hashes. */
  private ends: Uint32Array | undefined;
  private index: Slots | undefined;

  constructor(
    private readonly hash: (tag: number, words: Uint32Array, at: number, length: number) => number = hashTuple,
  ) {}

  /** The table that another thread has shared. */
  static of({ arena, starts, ends, slots }: SharedNodes): NodeTable {
    const table = new NodeTable();
    table.arena = new Uint32Array(arena);
    table.starts = new Uint32Array(starts);
    table.ends = new Uint32Array(ends);
    table.index = Slots.of((node) => table.hashAt(node), slots);
    return table;
  }

  /** Moves the table to memory that threads share, with room for so many words. */
  share(words: number): SharedNodes {
    const most = Math.min(Math.max(words, 4 * this.arenaEnd), 2 ** 31);
    const copied = (from: Uint32Array, length: number): Uint32Array<SharedArrayBuffer> => {
      const copy = new Uint32Array(new SharedArrayBuffer(4 * length));
      copy.set(from);
      return copy;
    };
    const arena = copied(this.words(), most);
    const starts = copied(this.starts.subarray(0, this.count), Math.ceil(most / 3));
    const ends = copied(Uint32Array.of(this.arenaEnd, this.count), 2);
    this.arena = arena;
    this.starts = starts;
    const index = new Slots((node) => this.hashAt(node));
    for (let node = 0; node < this.count; node++) index.insert(this.hashAt(node), node);
    const slots = index.share(Math.ceil(most / 8));
    this.ends = ends;
    this.index = index;
    this.slots = new Uint32Array();
    return { arena: arena.buffer, starts: starts.buffer, ends: ends.buffer, slots };
  }

  /** Tuples in the table. */
  get size(): number {
    return this.ends === undefined ? this.count : Atomics.load(this.ends, 1);
  }

  /** Bytes in use. */
  get bytes(): number {
    if (this.ends !== undefined) return ((this.ends[0] as number) + this.size) * 4 + (this.index as Slots).bytes;
    return (this.arena.length + this.starts.length + this.slots.length) * 4;
  }

  /** All tuples in order, each behind its head word. */
  words(): Uint32Array {
    if (this.ends === undefined) return this.arena.subarray(0, this.arenaEnd);
    // Threads may have written them in another order.
    const words = new Uint32Array(this.ends[0] as number);
    let end = 0;
    for (let node = 0; node < this.size; node++) {
      const start = this.starts[node] as number;
      words.set(this.arena.subarray(start, start + 1 + this.lengthOf(node)), end);
      end += 1 + this.lengthOf(node);
    }
    return words.subarray(0, end);
  }

  /**
   * Adds what `words()` of another table gave. The tuples that are here already must be the first of them.
   * @returns whether every tuple has the number that it had there
   */
  restore(words: Uint32Array): boolean {
    let node = 0;
    for (let at = 0; at < words.length; node++) {
      const head = words[at] as number;
      const length = head >>> tagBits;
      if (at + 1 + length > words.length) return false;
      if (this.add(head & ((1 << tagBits) - 1), words, at + 1, length) !== node) return false;
      at += 1 + length;
    }
    return true;
  }

  /** Where the words of a tuple start in the arena. */
  startOf(node: number): number {
    return (this.starts[node] as number) + 1;
  }

  /** Its number of words. */
  lengthOf(node: number): number {
    return (this.arena[this.starts[node] as number] as number) >>> tagBits;
  }

  /** The tag that it was added with. */
  tagOf(node: number): number {
    return (this.arena[this.starts[node] as number] as number) & ((1 << tagBits) - 1);
  }

  /** The number of the tuple `words[at .. at + length)` with the tag; it is added when it is new (`size` grows then). */
  add(tag: number, words: Uint32Array, at: number, length: number): number {
    const hash = this.hash(tag, words, at, length);
    if (this.index !== undefined) return this.addShared(this.index, hash, tag, words, at, length);
    const mask = this.slots.length - 1;
    const slotTag = (hash & ~mask) >>> 0;
    let slot = hash & mask;
    for (let entry = this.slots[slot] as number; entry !== 0; entry = this.slots[slot] as number) {
      if ((entry & ~mask) >>> 0 === slotTag && this.equals((entry & mask) - 1, tag, words, at, length)) {
        return (entry & mask) - 1;
      }
      slot = (slot + 1) & mask;
    }
    const node = this.append(tag, words, at, length);
    this.slots[slot] = slotTag | (node + 1);
    if (this.count >= this.limit) this.growSlots();
    return node;
  }

  /** Other threads may add the same tuple at the same time. */
  private addShared(index: Slots, hash: number, tag: number, words: Uint32Array, at: number, length: number): number {
    const known = this.lookUp(index, hash, tag, words, at, length);
    if (known >= 0) return known;
    index.lock(hash);
    try {
      const again = this.lookUp(index, hash, tag, words, at, length);
      if (again >= 0) return again;
      const ends = this.ends as Uint32Array;
      const start = Atomics.add(ends, 0, 1 + length);
      const node = Atomics.add(ends, 1, 1);
      if (start + 1 + length > this.arena.length || node >= Math.min(this.starts.length, maxNodes))
        throw new TableFull();
      this.write(node, start, tag, words, at, length);
      index.insert(hash, node);
      return node;
    } finally {
      index.unlock(hash);
    }
  }

  private lookUp(index: Slots, hash: number, tag: number, words: Uint32Array, at: number, length: number): number {
    const segment = index.segmentOf(hash);
    const low = index.lowOf(segment);
    if (low === 0) return -1;
    const entries = index.slabOf(segment);
    const start = index.startOf(segment);
    const { segmentBits, mask } = index;
    const slotTag = (hash << segmentBits) & ~low;
    let slot = hash >>> (32 - segmentBits);
    for (let entry = entries[start + slot] as number; entry !== 0; entry = entries[start + slot] as number) {
      if ((entry & ~low) === slotTag && this.equals((entry & low) - 1, tag, words, at, length))
        return (entry & low) - 1;
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  private hashAt(node: number): number {
    return this.hash(this.tagOf(node), this.arena, this.startOf(node), this.lengthOf(node));
  }

  private write(node: number, start: number, tag: number, words: Uint32Array, at: number, length: number): void {
    const { arena } = this;
    arena[start] = (length << tagBits) | tag;
    for (let i = 0; i < length; i++) arena[start + 1 + i] = words[at + i] as number;
    this.starts[node] = start;
  }

  private equals(node: number, tag: number, words: Uint32Array, at: number, length: number): boolean {
    const { arena } = this;
    const start = this.starts[node] as number;
    if (arena[start] !== ((length << tagBits) | tag) >>> 0) return false;
    for (let i = 0; i < length; i++) if (arena[start + 1 + i] !== words[at + i]) return false;
    return true;
  }

  private append(tag: number, words: Uint32Array, at: number, length: number): number {
    const node = this.count;
    if (node >= maxNodes) throw new RangeError('the table of states cannot grow any more: too many different values');
    const start = this.arenaEnd;
    const end = start + 1 + length;
    if (end > this.arena.length) this.arena = grown(this.arena, end);
    if (node >= this.starts.length) this.starts = grown(this.starts, node + 1);
    this.write(node, start, tag, words, at, length);
    this.arenaEnd = end;
    this.count = node + 1;
    return node;
  }

  private growSlots(): void {
    const slots = new Uint32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    for (let node = 0; node < this.count; node++) {
      const hash = this.hashAt(node);
      let slot = hash & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = (hash & ~mask) | (node + 1);
    }
    this.slots = slots;
    this.limit = Math.floor(slots.length * maxLoad);
  }
}

const hashTuple = (tag: number, words: Uint32Array, at: number, length: number): number => {
  let hash = Math.imul(length, 8) + tag;
  for (let i = at, end = at + length; i < end; i++) {
    hash = Math.imul(hash ^ (words[i] as number), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
};
