/**
 * A hash table of numbers that grows by one small segment at a time (extendible hashing, Fagin and others 1979), so that
 * there is never an old table beside a new one. The low bits of a hash choose an entry of the directory, which names a
 * segment; its highest bits choose a slot there, from which the search is linear.
 *
 * A slot is 0 (empty) or a number + 1 in its low bits and as much of the directory's part of the hash as there is room for
 * above them. How many bits the number has is told for each segment and does not change: when numbers grow, the segment is
 * copied.
 *
 * Threads share the table by shards: the lowest bits of a hash choose one, which has a part of the directory and a lock of its
 * own. They may look up without the lock: what they find is right, and where they find nothing they look again under it.
 */

/** Sizes that tests make small. */
export interface SlotSizes {
  /** Slots of a segment, as a power of two. */
  readonly segmentBits: number;
  /** Bits of a hash that the directory uses, at most. */
  readonly directoryBits: number;
}

/** 2^18 segments of 2^14 slots (64 KiB): 2^32 slots. */
export const defaultSizes: SlotSizes = { segmentBits: 14, directoryBits: 18 };

const shardBits = 6;
const shards = 2 ** shardBits;

/** Segments in one piece of memory that threads share, as a power of two. */
const slabBits = 6;

/** Words about a segment: the slots in use, the bits of the directory that it stands for, the bits of a number as a mask. */
const aboutWords = 4;
const used = 0;
const depth = 1;
const lowMask = 2;

/** Words about the table. */
const segmentCount = 0;
const freeCount = 1;
const abandonedCount = 2;
const firstLock = 16;

const mostFilled = 0.75;
const firstLow = 2 ** 16 - 1;
const mostLow = 2 ** 31 - 1;

/** What threads share. */
export interface SharedSlots {
  readonly sizes: SlotSizes;
  readonly parts: Readonly<Record<keyof Parts, SharedArrayBuffer>>;
  readonly slabs: readonly SharedArrayBuffer[];
}

/** What there is beside the slots. */
interface Parts {
  readonly control: Int32Array;
  /** Segments by the low bits of a hash, of which each shard uses as many as it needs. */
  readonly directory: Int32Array;
  /** These bits, by shard, as masks. */
  readonly masks: Int32Array;
  /** Segments that may be used again, and those that will be when no thread can be reading them. */
  readonly free: Int32Array;
  readonly abandoned: Int32Array;
  /** Of each segment, `aboutWords` words. */
  readonly about: Int32Array;
}

/** Words of each part for so many segments, and as many bits of the directory. */
const wordsOfParts = (segments: number, entries: number): Readonly<Record<keyof Parts, number>> => ({
  control: firstLock + shards,
  directory: entries,
  masks: shards,
  free: segments,
  abandoned: segments,
  about: segments * aboutWords,
});

const names = ['control', 'directory', 'masks', 'free', 'abandoned', 'about'] as const;

/** Thrown where there is no more room. */
export class TableFull extends RangeError {
  constructor() {
    super('the table of states cannot grow any more');
  }
}

/** See the head of the file. The owner knows the hash of a number. */
export class Slots {
  readonly segmentBits: number;
  /** Slots of a segment, without one. */
  readonly mask: number;
  private slabs: Int32Array[] = [];
  /** A piece of memory holds 2^slabShift segments. */
  private slabShift = 0;
  private shardMask = 0;
  private readonly mostFilled: number;
  private control!: Int32Array;
  private directory!: Int32Array;
  private masks!: Int32Array;
  private free!: Int32Array;
  private abandoned!: Int32Array;
  private about!: Int32Array;
  private readonly scratch: Int32Array;
  private readonly hashes: Int32Array;
  private shared = false;

  constructor(
    private readonly hashOf: (number: number) => number,
    private readonly sizes: SlotSizes = defaultSizes,
  ) {
    this.segmentBits = sizes.segmentBits;
    this.mask = 2 ** sizes.segmentBits - 1;
    this.mostFilled = Math.max(1, Math.floor((this.mask + 1) * mostFilled));
    this.scratch = new Int32Array(this.mask + 1);
    this.hashes = new Int32Array(this.mask + 1);
    this.use(partsFrom(wordsOfParts(16, 16), (_, words) => new Int32Array(words)));
    this.directory[0] = this.newSegment(0, firstLow);
  }

  /** The table that another thread has shared. */
  static of(hashOf: (number: number) => number, { sizes, parts, slabs }: SharedSlots): Slots {
    const table = new Slots(hashOf, sizes);
    table.use(partsFrom(wordsOfParts(0, 0), (name) => new Int32Array(parts[name])));
    table.slabs = slabs.map((slab) => new Int32Array(slab));
    table.slabShift = slabBits;
    table.shardMask = shards - 1;
    table.shared = true;
    return table;
  }

  /** Bytes of the segments. */
  get bytes(): number {
    const { control, mask } = this;
    return ((control[segmentCount] as number) - (control[freeCount] as number)) * (mask + 1) * 4;
  }

  /** The segment where a hash belongs. */
  segmentOf(hash: number): number {
    return this.directory[hash & (this.masks[hash & this.shardMask] as number)] as number;
  }

  /** Where the slots of a segment start in the array that holds them. */
  startOf(segment: number): number {
    return (segment & ((1 << this.slabShift) - 1)) << this.segmentBits;
  }

  /** The array that holds the slots of a segment. */
  slabOf(segment: number): Int32Array {
    return this.slabs[segment >>> this.slabShift] as Int32Array;
  }

  /** The bits of a slot that hold the number + 1, as a mask; 0 for a segment that is not yet to be seen. */
  lowOf(segment: number): number {
    return this.about[segment * aboutWords + lowMask] as number;
  }

  /** Adds a number that is not there. With threads: only under the lock of its shard. */
  insert(hash: number, number: number): void {
    let segment = this.segmentOf(hash);
    while (number >= this.lowOf(segment)) segment = this.widen(hash, segment);
    while ((this.about[segment * aboutWords + used] as number) >= this.mostFilled && this.split(hash, segment)) {
      segment = this.segmentOf(hash);
      while (number >= this.lowOf(segment)) segment = this.widen(hash, segment);
    }
    this.place(segment, hash, number);
  }

  /** Waits for the lock of the hash's shard. */
  lock(hash: number): void {
    const { control } = this;
    const at = firstLock + (hash & this.shardMask);
    for (let tries = 0; Atomics.compareExchange(control, at, 0, 1) !== 0; tries++) {
      if (tries > 100) Atomics.wait(control, at, 1, 1);
    }
  }

  unlock(hash: number): void {
    Atomics.store(this.control, firstLock + (hash & this.shardMask), 0);
  }

  /** To be called now and then when no other thread is at work: segments that were copied are used again. */
  collect(): void {
    const { control, free, abandoned } = this;
    const count = control[abandonedCount] as number;
    for (let i = 0; i < count; i++) free[(control[freeCount] as number) + i] = abandoned[i] as number;
    (control[freeCount] as number) += count;
    control[abandonedCount] = 0;
  }

  /** Moves the table to memory that threads share, with room for about so many numbers. */
  share(numbers: number): SharedSlots {
    const { sizes, mask } = this;
    const bytes = 2 ** slabBits * (mask + 1) * 4;
    // Segments are more than a third full; those that were copied come on top.
    const enough = Math.ceil((numbers * 14) / bytes) + 4;
    const most = Math.min(2 ** (sizes.directoryBits + 1 - slabBits), Math.max(enough, 2));
    const slabs = Array.from({ length: most }, () => new Int32Array(new SharedArrayBuffer(bytes)));
    const parts = partsFrom(wordsOfParts(2 ** (sizes.directoryBits + 1), 2 ** sizes.directoryBits), (name, words) => {
      const copy = new Int32Array(new SharedArrayBuffer(words * 4));
      copy.set(this[name]);
      return copy;
    });
    const [old, { slabShift }] = [this.slabs, this];
    const count = this.control[segmentCount] as number;
    for (let segment = 0; segment < count; segment++) {
      const start = this.startOf(segment);
      const from = (old[segment >>> slabShift] as Int32Array).subarray(start, start + mask + 1);
      slabs[segment >>> slabBits]!.set(from, (segment & (2 ** slabBits - 1)) << this.segmentBits);
    }
    this.use(parts);
    this.slabs = slabs;
    this.slabShift = slabBits;
    if (!this.shared) this.divide();
    return {
      sizes,
      parts: partsFrom(wordsOfParts(0, 0), (name) => parts[name].buffer as SharedArrayBuffer),
      slabs: slabs.map(({ buffer }) => buffer),
    };
  }

  private use({ control, directory, masks, free, abandoned, about }: Parts): void {
    this.control = control;
    this.directory = directory;
    this.masks = masks;
    this.free = free;
    this.abandoned = abandoned;
    this.about = about;
  }

  /** Gives each shard segments and a part of the directory of its own. */
  private divide(): void {
    for (let hash = 0; hash < shards; hash++) {
      for (let segment = this.segmentOf(hash); this.depthOf(segment) < shardBits; segment = this.segmentOf(hash)) {
        this.split(hash, segment);
      }
    }
    this.masks.fill(this.masks[0] as number);
    this.shardMask = shards - 1;
    this.shared = true;
  }

  private depthOf(segment: number): number {
    return this.about[segment * aboutWords + depth] as number;
  }

  private place(segment: number, hash: number, number: number): void {
    const { segmentBits, about, mask } = this;
    const slots = this.slabOf(segment);
    const start = this.startOf(segment);
    const filled = about[segment * aboutWords + used] as number;
    if (filled >= mask) throw new TableFull();
    let slot = hash >>> (32 - segmentBits);
    while (slots[start + slot] !== 0) slot = (slot + 1) & mask;
    about[segment * aboutWords + used] = filled + 1;
    const entry = ((hash << segmentBits) & ~this.lowOf(segment)) | (number + 1);
    // Whoever sees the slot sees what was written before it.
    if (this.shared) Atomics.store(slots, start + slot, entry);
    else slots[start + slot] = entry;
  }

  private newSegment(itsDepth: number, low: number): number {
    const segment = this.shared ? this.nextShared() : this.next();
    const { about } = this;
    about[segment * aboutWords + used] = 0;
    about[segment * aboutWords + depth] = itsDepth;
    about[segment * aboutWords + lowMask] = low;
    return segment;
  }

  private next(): number {
    const { control, mask } = this;
    if ((control[freeCount] as number) > 0) return this.cleared(this.free[--control[freeCount]!] as number);
    const segment = control[segmentCount]!++;
    if (segment * aboutWords >= this.about.length) {
      this.about = doubled(this.about);
      this.free = doubled(this.free);
      this.abandoned = doubled(this.abandoned);
    }
    if (segment >>> this.slabShift >= this.slabs.length) this.slabs.push(new Int32Array(mask + 1));
    return segment;
  }

  private nextShared(): number {
    const { control } = this;
    const left = Atomics.sub(control, freeCount, 1);
    if (left > 0) return this.cleared(this.free[left - 1] as number);
    Atomics.add(control, freeCount, 1);
    const segment = Atomics.add(control, segmentCount, 1);
    if (segment >>> slabBits >= this.slabs.length) throw new TableFull();
    return segment;
  }

  private cleared(segment: number): number {
    const start = this.startOf(segment);
    this.slabOf(segment).fill(0, start, start + this.mask + 1);
    return segment;
  }

  /** Names another segment in all places of the directory that belong to the first bits of the hash. */
  private point(hash: number, itsDepth: number, segment: number): void {
    const { directory } = this;
    const end = this.masks[hash & this.shardMask] as number;
    for (let entry = hash & (2 ** itsDepth - 1); entry <= end; entry += 2 ** itsDepth) directory[entry] = segment;
  }

  /** A copy of the segment with larger numbers. */
  private widen(hash: number, segment: number): number {
    const low = this.lowOf(segment);
    if (low === mostLow) throw new TableFull();
    const itsDepth = this.depthOf(segment);
    const copy = this.newSegment(itsDepth, Math.min(low * 4 + 3, mostLow));
    const { about } = this;
    const [from, to] = [this.slabOf(segment), this.slabOf(copy)];
    const [start, toStart] = [this.startOf(segment), this.startOf(copy)];
    const newLow = this.lowOf(copy);
    for (let i = 0; i <= this.mask; i++) {
      const entry = from[start + i] as number;
      to[toStart + i] = (entry & ~newLow) | (entry & low);
    }
    about[copy * aboutWords + used] = about[segment * aboutWords + used] as number;
    this.point(hash, itsDepth, copy);
    this.abandon(segment);
    return copy;
  }

  private abandon(segment: number): void {
    const { control, abandoned } = this;
    const at = this.shared ? Atomics.add(control, abandonedCount, 1) : control[abandonedCount]!++;
    abandoned[at] = segment;
    if (!this.shared) this.collect();
  }

  /** Moves half of a segment to a new one. @returns whether there was a bit left to divide by */
  private split(hash: number, segment: number): boolean {
    const { scratch, hashes } = this;
    const itsDepth = this.depthOf(segment);
    if (itsDepth >= this.sizes.directoryBits) return false;
    const bit = 2 ** itsDepth;
    this.deepen(hash & this.shardMask, bit);
    const low = this.lowOf(segment);
    const other = this.newSegment(itsDepth + 1, low);
    const slots = this.slabOf(segment);
    const start = this.startOf(segment);
    const end = start + this.mask + 1;
    scratch.set(slots.subarray(start, end));
    slots.fill(0, start, end);
    this.about[segment * aboutWords + used] = 0;
    this.about[segment * aboutWords + depth] = itsDepth + 1;
    let count = 0;
    for (let i = 0; i < scratch.length; i++) {
      const entry = scratch[i] as number;
      if (entry !== 0) scratch[count++] = (entry & low) - 1;
    }
    // In a loop of its own, so that the processor can fetch several records at a time.
    for (let i = 0; i < count; i++) hashes[i] = this.hashOf(scratch[i] as number);
    for (let i = 0; i < count; i++) {
      const itsHash = hashes[i] as number;
      this.place((itsHash & bit) === 0 ? segment : other, itsHash, scratch[i] as number);
    }
    this.point(hash | bit, itsDepth + 1, other);
    return true;
  }

  /** Lets a shard use this bit of a hash. */
  private deepen(shard: number, bit: number): void {
    if (this.masks[shard] !== bit - 1) return;
    if (2 * bit > this.directory.length) this.directory = doubled(this.directory);
    const { directory, shardMask } = this;
    for (let entry = shard; entry < bit; entry += shardMask + 1) directory[entry + bit] = directory[entry] as number;
    this.masks[shard] = 2 * bit - 1;
  }
}

const partsFrom = <T>(
  words: Readonly<Record<keyof Parts, number>>,
  make: (name: keyof Parts, words: number) => T,
): Record<keyof Parts, T> =>
  Object.fromEntries(names.map((name) => [name, make(name, words[name])])) as Record<keyof Parts, T>;

const doubled = (words: Int32Array): Int32Array => {
  const larger = new Int32Array(words.length * 2);
  larger.set(words);
  return larger;
};
