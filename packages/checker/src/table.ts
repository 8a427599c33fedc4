/**
 * Finds records by their hashes: open addressing of the numbers of records. A slot is 0 (empty) or a number + 1 in its low bits and as
 * much of the hash as there is room for above them; a record is read only when these bits agree. A table grows in its place: it is
 * emptied and filled again, larger.
 *
 * There is a part of the table for each value of the lowest bits of a hash, so that several threads can fill it, each some parts.
 */
import { NoRoom, reserved } from './space.js';

/** Numbers there can be: a number + 1 has 31 bits. */
export const mostRecords = 2 ** 31 - 2;

/** Slots of a table to begin with, as a power of two. */
const firstBits = 12;
const mostBits = 31;

/** More is reserved than an even division among the parts takes. */
const leastReserved = 18;
const spareBits = 1;

/** Below this number of slots a table grows to four times its size. */
const isSmall = 2 ** 22;

/** Slots in use, at most, before a table grows; and where there is no memory for a larger one. */
const mostFilled = 0.65;
const mostCrowded = 0.93;

/** Words that threads share beside the slots: `sizes` below, then the slots in use of each part. */
const maskWord = 0;
const lowWord = 1;
const firstUsed = 2;

/** What another thread needs. */
export interface SharedTable {
  readonly partBits: number;
  readonly slots: SharedArrayBuffer;
  readonly about: SharedArrayBuffer;
}

/** See the head of the file. */
export class Table {
  slots: Int32Array;
  /** Slots in use, by part. */
  readonly used: Int32Array;
  /** The bits of a hash that choose the part. */
  readonly partMask: number;
  /** Where part `p` starts: `p << regionBits`. */
  regionBits: number;
  private readonly about: Int32Array;

  /** @param records how many there may be, where memory for them is to be reserved */
  constructor(
    readonly partBits: number,
    records: number | undefined,
    private readonly isShared: boolean,
    from?: SharedTable,
  ) {
    const parts = 2 ** partBits;
    this.partMask = parts - 1;
    if (from !== undefined) {
      this.slots = new Int32Array(from.slots);
      this.about = new Int32Array(from.about);
    } else {
      const bits = records === undefined ? firstBits : Math.log2(records / mostFilled) + spareBits;
      const size = 2 ** Math.min(mostBits, Math.max(records === undefined ? 0 : leastReserved, Math.ceil(bits)));
      this.slots = new Int32Array(reserved(size, 2 ** firstBits, isShared).buffer);
      this.about = new Int32Array(reserved(firstUsed + parts, firstUsed + parts, isShared).buffer);
      this.about[maskWord] = 2 ** (firstBits - partBits) - 1;
      this.about[lowWord] = 2 ** 16 - 1;
    }
    this.used = this.about.subarray(firstUsed);
    this.regionBits = Math.floor(Math.log2(this.slots.length)) - partBits;
  }

  get shared(): SharedTable {
    const { partBits, slots, about } = this;
    return { partBits, slots: slots.buffer as SharedArrayBuffer, about: about.buffer as SharedArrayBuffer };
  }

  /** Slots of a part, without one. */
  get mask(): number {
    return this.about[maskWord] as number;
  }

  /** The bits of a slot that hold the number + 1. */
  get low(): number {
    return this.about[lowWord] as number;
  }

  get bytes(): number {
    return (this.partMask + 1) * (this.mask + 1) * 4;
  }

  /** Bytes more that it takes when it grows. */
  get bytesToGrow(): number {
    return this.bytes * (this.growth - 1);
  }

  private get growth(): number {
    return this.bytes / 4 < isSmall ? 4 : 2;
  }

  /** Whether each part may take so many numbers more before the table has to grow. */
  hasRoom(byPart: ArrayLike<number>): boolean {
    return this.isBelow(byPart, mostFilled);
  }

  /** The same where there is no memory to grow. */
  canSqueeze(byPart: ArrayLike<number>): boolean {
    return this.isBelow(byPart, mostCrowded);
  }

  private isBelow(byPart: ArrayLike<number>, load: number): boolean {
    const most = Math.floor((this.mask + 1) * load);
    for (let part = 0; part <= this.partMask; part++) {
      if ((this.used[part] as number) + (byPart[part] as number) > most) return false;
    }
    return true;
  }

  /** Makes slots wide enough for numbers below this one. */
  widen(numbers: number): void {
    const before = this.low;
    if (numbers <= before) return;
    if (numbers > mostRecords) throw new NoRoom();
    let low = before;
    // Not again soon.
    while (numbers > low >>> 1 && low < 2 ** 31 - 1) low = low * 2 + 1;
    const { slots } = this;
    for (let part = 0; part <= this.partMask; part++) {
      const start = part << this.regionBits;
      for (let at = start, end = start + this.mask; at <= end; at++) {
        const entry = slots[at] as number;
        if (entry !== 0) slots[at] = (entry & ~low) | (entry & before);
      }
    }
    this.about[lowWord] = low;
  }

  /** Gets more slots, all of them empty: `fill` is next. */
  enlarge(): void {
    const { slots, isShared, about } = this;
    const bits = Math.log2((this.mask + 1) * this.growth);
    const isFuller = bits > this.regionBits;
    if (isFuller && (isShared || bits + this.partBits > mostBits)) throw new NoRoom();
    if (isFuller) {
      this.slots = new Int32Array(2 ** (bits + this.partBits));
      this.regionBits = bits;
    } else {
      for (let part = 0; part <= this.partMask; part++) {
        const start = part << this.regionBits;
        slots.fill(0, start, start + this.mask + 1);
      }
    }
    about[maskWord] = 2 ** bits - 1;
    this.used.fill(0);
  }
}
