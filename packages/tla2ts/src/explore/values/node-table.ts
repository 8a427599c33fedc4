/**
 * An exact table of tuples of words: each different (tag, words) has a number, in order of insertion. Tuples lie one after
 * the other in an arena, each behind a head word (tag and length); an open-addressing table of their numbers finds them.
 */

import { NoRoom } from '@vmacheck/checker';

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

/** In the place of a tuple that another thread added first. */
const hole = 0xffff_ffff;

/** Slots of a table that threads share, at least, and its load when it grows; it cannot grow while they are at work. */
const leastShared = 2 ** 22;
const sharedLoad = 0.3;
const mostSharedLoad = 0.9;

/** Words that threads share: the end of the arena, the number of tuples, the slots in use without one. */
const endWord = 0;
const countWord = 1;
const maskWord = 2;
/** Threads that add something although nobody waits for them; -1: the table is growing. */
const guestsWord = 3;

/** A table that threads share. */
export interface SharedNodes {
  readonly arena: SharedArrayBuffer;
  readonly starts: SharedArrayBuffer;
  readonly slots: SharedArrayBuffer;
  readonly control: SharedArrayBuffer;
}

/** See the head of the file. `hash` is for tests. */
export class NodeTable {
  arena: Uint32Array = new Uint32Array(1024);
  private arenaEnd = 0;
  private starts: Uint32Array = new Uint32Array(256);
  private slots: Uint32Array = new Uint32Array(512);
  private limit = Math.floor(512 * maxLoad);
  private count = 0;
  /** Where threads share the table. */
  private control: Int32Array | undefined = undefined;

  constructor(
    private readonly hash: (tag: number, words: Uint32Array, at: number, length: number) => number = hashTuple,
  ) {}

  /** The table that another thread has shared. */
  static of({ arena, starts, slots, control }: SharedNodes): NodeTable {
    const table = new NodeTable();
    table.arena = new Uint32Array(arena);
    table.starts = new Uint32Array(starts);
    table.slots = new Uint32Array(slots);
    table.control = new Int32Array(control);
    return table;
  }

  /** Moves the table to memory that threads share, with room for so many words. The operating system gives what is used of it. */
  share(words: number): SharedNodes {
    if (this.control === undefined) this.moveToShared(words);
    const { arena, starts, slots, control } = this as unknown as Readonly<Record<keyof SharedNodes, Uint32Array>>;
    const buffer = (array: Uint32Array): SharedArrayBuffer => array.buffer as SharedArrayBuffer;
    return { arena: buffer(arena), starts: buffer(starts), slots: buffer(slots), control: buffer(control) };
  }

  private moveToShared(words: number): void {
    const most = Math.min(Math.max(words, 4 * this.arenaEnd), 2 ** 31);
    const mostCount = Math.ceil(most / 3);
    const copied = (from: Uint32Array, length: number): Uint32Array<SharedArrayBuffer> => {
      const copy = new Uint32Array(new SharedArrayBuffer(4 * length));
      copy.set(from);
      return copy;
    };
    const arena = copied(this.words(), most);
    const starts = copied(this.starts.subarray(0, this.count), mostCount);
    const slots = new Uint32Array(new SharedArrayBuffer(4 * Math.max(leastShared, powerOfTwo(mostCount * 2))));
    const control = new Int32Array(new SharedArrayBuffer(16));
    control[endWord] = this.arenaEnd;
    control[countWord] = this.count;
    control[maskWord] = leastShared - 1;
    this.arena = arena;
    this.starts = starts;
    this.slots = slots;
    this.control = control;
    this.fill();
    this.makeRoom();
  }

  /** Does something that adds tuples, in a thread that those at work do not wait for: the table does not grow meanwhile. */
  asGuest<T>(work: () => T): T {
    const control = this.control as Int32Array;
    for (let guests = Atomics.load(control, guestsWord); ; guests = Atomics.load(control, guestsWord)) {
      if (guests < 0) Atomics.wait(control, guestsWord, guests, 10);
      else if (Atomics.compareExchange(control, guestsWord, guests, guests + 1) === guests) break;
    }
    try {
      return work();
    } finally {
      Atomics.sub(control, guestsWord, 1);
    }
  }

  /**
   * To be called now and then while no other thread adds something, but for guests: a table that threads share grows only here.
   * @returns whether there is room for more
   */
  makeRoom(): boolean {
    const { control } = this;
    if (control === undefined) return true;
    const mask = control[maskWord] as number;
    if (this.size > sharedLoad * (mask + 1) && Atomics.compareExchange(control, guestsWord, 0, -1) === 0) {
      this.growShared(control);
      Atomics.store(control, guestsWord, 0);
      Atomics.notify(control, guestsWord);
    }
    const isCrowded = this.size > mostSharedLoad * 0.9 * ((control[maskWord] as number) + 1);
    return !isCrowded && (control[endWord] as number) < 0.95 * this.arena.length;
  }

  private growShared(control: Int32Array): void {
    const { slots } = this;
    let mask = control[maskWord] as number;
    while (this.size > sharedLoad * (mask + 1) && 2 * (mask + 1) <= slots.length) mask = 2 * mask + 1;
    const before = control[maskWord] as number;
    if (mask === before) return;
    slots.fill(0, 0, before + 1);
    control[maskWord] = mask;
    this.fill();
  }

  /** Tuples in the table. */
  get size(): number {
    return this.control === undefined ? this.count : Atomics.load(this.control, countWord);
  }

  /** Bytes in use. */
  get bytes(): number {
    const { control } = this;
    if (control === undefined) return (this.arena.length + this.starts.length + this.slots.length) * 4;
    return ((control[endWord] as number) + this.size + (control[maskWord] as number)) * 4;
  }

  /** All tuples in order, each behind its head word. */
  words(): Uint32Array {
    const { control, starts, arena } = this;
    if (control === undefined) return arena.subarray(0, this.arenaEnd);
    // Threads may have written them in another order.
    const words = new Uint32Array((control[endWord] as number) + this.size);
    let end = 0;
    for (let node = 0; node < this.size; node++) {
      const start = starts[node] as number;
      const length = start === hole ? 1 : 1 + this.lengthOf(node);
      words.set(start === hole ? [hole] : arena.subarray(start, start + length), end);
      end += length;
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
      const length = head === hole ? 0 : head >>> tagBits;
      if (at + 1 + length > words.length) return false;
      const found = head === hole ? this.holeAt(node) : this.add(head & ((1 << tagBits) - 1), words, at + 1, length);
      if (found !== node) return false;
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
    if (this.control !== undefined) return this.addShared(this.control, hash, tag, words, at, length);
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

  /** Other threads may add the same tuple at the same time: of these one gets the slot, and all take the number that is in it. */
  private addShared(
    control: Int32Array,
    hash: number,
    tag: number,
    words: Uint32Array,
    at: number,
    length: number,
  ): number {
    const { slots } = this;
    const mask = control[maskWord] as number;
    const slotTag = (hash & ~mask) >>> 0;
    let made = -1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      let entry = Atomics.load(slots, slot);
      if (entry === 0) {
        if (made < 0) made = this.make(control, tag, words, at, length);
        // Whoever sees the slot sees what was written before it.
        entry = Atomics.compareExchange(slots, slot, 0, slotTag | (made + 1));
        if (entry === 0) return made;
      }
      const node = (entry & mask) - 1;
      if ((entry & ~mask) >>> 0 === slotTag && this.equals(node, tag, words, at, length)) {
        if (made >= 0) this.starts[made] = hole;
        return node;
      }
    }
  }

  /** A tuple that no slot names yet. */
  private make(control: Int32Array, tag: number, words: Uint32Array, at: number, length: number): number {
    const node = Atomics.add(control, countWord, 1);
    const isFull = node >= Math.min(this.starts.length, maxNodes, mostSharedLoad * (control[maskWord] as number));
    const start = isFull ? 0 : Atomics.add(control, endWord, 1 + length);
    if (isFull || start < 0 || start + 1 + length > this.arena.length) {
      if (node < this.starts.length) this.starts[node] = hole;
      throw new NoRoom();
    }
    this.write(node, start, tag, words, at, length);
    return node;
  }

  /** @returns the number of a hole that is there already, or of a new one */
  private holeAt(wanted: number): number {
    if (wanted < this.size) return this.starts[wanted] === hole ? wanted : -1;
    const node = this.control === undefined ? this.count++ : Atomics.add(this.control, countWord, 1);
    if (node >= this.starts.length) this.starts = grown(this.starts, node + 1);
    this.starts[node] = hole;
    return node;
  }

  /** Puts all tuples into slots, which are empty. */
  private fill(): void {
    const { slots, starts } = this;
    const mask = (this.control as Int32Array)[maskWord] as number;
    for (let node = 0; node < this.size; node++) {
      if (starts[node] === hole) continue;
      const hash = this.hashAt(node);
      let slot = hash & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = (hash & ~mask) | (node + 1);
    }
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
    if (node >= maxNodes) throw new NoRoom();
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
      if (this.starts[node] === hole) continue;
      const hash = this.hashAt(node);
      let slot = hash & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = (hash & ~mask) | (node + 1);
    }
    this.slots = slots;
    this.limit = Math.floor(slots.length * maxLoad);
  }
}

const powerOfTwo = (least: number): number => 2 ** Math.ceil(Math.log2(least));

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
