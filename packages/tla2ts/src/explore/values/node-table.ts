/**
 * An exact table of tuples of words: each different (tag, words) has a number, in order of insertion. Tuples lie one after
 * the other in an arena, each behind a head word (tag and length); an open-addressing table of their numbers finds them.
 */

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

/** See the head of the file. `hash` is for tests. */
export class NodeTable {
  arena: Uint32Array = new Uint32Array(1024);
  private arenaEnd = 0;
  private starts: Uint32Array = new Uint32Array(256);
  private slots: Uint32Array = new Uint32Array(512);
  private limit = Math.floor(512 * maxLoad);
  private count = 0;

  constructor(
    private readonly hash: (tag: number, words: Uint32Array, at: number, length: number) => number = hashTuple,
  ) {}

  /** Tuples in the table. */
  get size(): number {
    return this.count;
  }

  /** Bytes allocated. */
  get bytes(): number {
    return (this.arena.length + this.starts.length + this.slots.length) * 4;
  }

  /** All tuples in order, each behind its head word. */
  words(): Uint32Array {
    return this.arena.subarray(0, this.arenaEnd);
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
    this.arena[start] = (length << tagBits) | tag;
    for (let i = 0; i < length; i++) this.arena[start + 1 + i] = words[at + i] as number;
    this.arenaEnd = end;
    this.starts[node] = start;
    this.count = node + 1;
    return node;
  }

  private growSlots(): void {
    const slots = new Uint32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    for (let node = 0; node < this.count; node++) {
      const hash = this.hash(this.tagOf(node), this.arena, this.startOf(node), this.lengthOf(node));
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
