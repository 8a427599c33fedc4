/**
 * How threads expand a level together, in rounds of four steps that each thread begins when all have ended the one before. No memory
 * is written by one thread while another one may read it, so that no locks are needed:
 *
 *   expand    Ranges of states are handed out by a counter. Each thread makes the successors of its ranges, into a batch of its own.
 *   resolve   Parts of the table are handed out. Whoever has a part looks up the successors that belong there, in the order in which
 *             one thread would have made them; new ones get a slot.
 *   commit    The new states are numbered in that order, too. Each thread stores those of its own batch and tests them.
 *   fill      Before `resolve`, if the table has become too small: each thread fills some parts of the larger one.
 *
 * So numbers of states, parents, counts, and what is found wrong are those of one thread, whoever does what and when.
 */
import { Batch, isKnown, LeftOut, type SharedBatch } from './batch.js';
import { Expander } from './expander.js';
import type { Fault } from './fault.js';
import { isOutOfMemory } from './space.js';
import type { Model } from './model.js';
import type { SharedStore, Store, StoreOptions } from './store.js';
import { Tallies } from './tallies.js';

/** The steps. */
export const task = { expand: 1, fill: 2, resolve: 3, commit: 4 } as const;
export type Task = (typeof task)[keyof typeof task];

/** Words of `control`. */
export const word = {
  task: 0,
  /** Threads that have not ended the step. */
  left: 1,
  /** The next state or part to be handed out, and the end of the states. */
  next: 2,
  until: 3,
  /** States handed out at a time, at most. */
  step: 4,
  level: 5,
  expandedFrom: 6,
  foundFrom: 7,
  /** States before the round. */
  size: 8,
  /** Nothing more is to be handed out. */
  stop: 9,
  /** The first state that was not expanded to its end; what was made of the states from there on is thrown away. */
  cut: 10,
  /** Ranges in the list. */
  listed: 11,
  /** Threads at work, by which the parts are divided. */
  members: 12,
  /** Some thread is near the end of its own memory. */
  isTired: 13,
  isOver: 14,
  mostStates: 15,
  /** The state with the successor that is one state too many. */
  undone: 16,
  /** Helpers that have made their model. */
  ready: 17,
  /** From here on three words for each helper: see below. */
  helpers: 18,
} as const;

/** Words of a helper in `control`: it is ready; it is woken when this changes; which of those at work it is, or -1. */
export const helperWords = 3;
export const ofHelper = { isReady: 0, wake: 1, rank: 2 } as const;

/** Words about a range: its states, its successors in the batch, the number of the first of them that is new, and those that were left out. */
const rangeWords = 8;
const itsFrom = 0;
const itsTo = 1;
const itsFirst = 2;
const itsEnd = 3;
const itsBase = 4;
/** Not all of its states were expanded. */
const isCut = 5;
const itsFirstLeft = 6;
const itsEndLeft = 7;

/** Sizes that tests make small. */
export interface RoundSizes {
  /** Successors of a batch, as a power of two: a state with more of them is expanded by one thread alone. */
  readonly capacityBits: number;
  /** A thread that has so many takes no more states. */
  readonly enough: number;
  /** Ranges of a thread in a round, at most. */
  readonly ranges: number;
}

export const defaultSizes: RoundSizes = { capacityBits: 18, enough: 2 ** 16, ranges: 2 ** 12 };

/** What a thread needs to take part. */
export interface SharedSearch {
  readonly sizes: RoundSizes;
  readonly control: SharedArrayBuffer;
  readonly store: SharedStore;
  readonly options: Pick<StoreOptions, 'compact'>;
  /** By thread, the one that leads first. */
  readonly batches: readonly SharedBatch[];
  readonly ranges: readonly SharedArrayBuffer[];
  /** Where the successors of each part start among those of a range, and these by part. */
  readonly groups: readonly SharedArrayBuffer[];
  readonly sorted: readonly SharedArrayBuffer[];
  readonly tallies: readonly SharedArrayBuffer[];
  /** Thread and range of each range that counts, in order of their states, and how many new states it has. */
  readonly list: SharedArrayBuffer;
  readonly fresh: SharedArrayBuffer;
}

/** What one thread writes all the time has cache lines of its own: otherwise the processors would take them from each other. */
const lineBytes = 128;

/** The counts of a thread in the memory that it shares. */
export const talliesIn = (model: Model, buffer: SharedArrayBuffer): Tallies =>
  new Tallies(model, new Float64Array(buffer, lineBytes, Tallies.size(model)));

/** Makes what threads share. */
export const shareSearch = (
  model: Model,
  store: Store,
  threads: number,
  sizes: RoundSizes = defaultSizes,
): SharedSearch => {
  const words = (count: number): SharedArrayBuffer => new SharedArrayBuffer(4 * count);
  const each = <T>(make: () => T): T[] => Array.from({ length: threads }, make);
  const parts = store.table.partMask + 1;
  const capacity = 2 ** sizes.capacityBits;
  return {
    sizes,
    control: words(word.helpers + helperWords * threads),
    store: store.shared,
    options: { compact: store.compact },
    batches: each(() => new Batch(capacity, store.bufferWords, (count) => new Uint32Array(words(count))).shared),
    ranges: each(() => words(sizes.ranges * rangeWords)),
    groups: each(() => words(sizes.ranges * (parts + 1))),
    sorted: each(() => words(capacity)),
    tallies: each(() => new SharedArrayBuffer(8 * Tallies.size(model) + 2 * lineBytes)),
    list: words(2 * threads * sizes.ranges),
    fresh: words(threads * sizes.ranges),
  };
};

/** A range of states and what was made of it, for the thread that leads. */
export interface Range {
  readonly thread: number;
  readonly range: number;
  readonly from: number;
  readonly to: number;
  readonly isCut: boolean;
}

/** The work of one thread. */
export class Member {
  readonly tallies: Tallies;
  private readonly control: Int32Array;
  private readonly batches: readonly Batch[];
  private readonly ranges: readonly Int32Array[];
  private readonly groups: readonly Int32Array[];
  private readonly sorted: readonly Int32Array[];
  private readonly list: Int32Array;
  private readonly fresh: Int32Array;
  private readonly sizes: RoundSizes;
  private readonly expander: Expander;
  private readonly batch: Batch;
  private readonly leftOut: LeftOut;
  private readonly parts: number;
  private counts: Int32Array;
  /** Ranges of this thread in the round. */
  private taken = 0;
  /** States that this thread expands in a millisecond: few at first, as its code is not optimised yet. */
  private pace = 0;
  /** Some of what this thread made in the round was thrown away. */
  private isIncomplete = false;

  /** @param me the number of the thread; 0: it leads */
  constructor(
    private readonly model: Model,
    private readonly store: Store,
    shared: SharedSearch,
    private readonly me: number,
  ) {
    const views = (buffers: readonly SharedArrayBuffer[]): Int32Array[] => buffers.map((b) => new Int32Array(b));
    this.sizes = shared.sizes;
    this.control = new Int32Array(shared.control);
    this.batches = shared.batches.map((batch) => Batch.of(batch));
    this.ranges = views(shared.ranges);
    this.groups = views(shared.groups);
    this.sorted = views(shared.sorted);
    this.list = new Int32Array(shared.list);
    this.fresh = new Int32Array(shared.fresh);
    this.tallies = talliesIn(model, shared.tallies[me] as SharedArrayBuffer);
    this.batch = this.batches[me] as Batch;
    this.parts = store.table.partMask + 1;
    this.counts = new Int32Array(this.parts);
    this.leftOut = new LeftOut(this.batch.capacity);
    this.expander = new Expander(model, store, this.batch, this.tallies, {
      whenFilled: (expander) => (expander.stopped = true),
      reach: shared.batches.length * this.batch.capacity,
      leftOut: this.leftOut,
    });
  }

  /** Does this thread's share of a step. @returns what it found wrong */
  perform(what: Task, rank: number): readonly Fault[] {
    const { control, store, expander } = this;
    const level = control[word.level] as number;
    store.enter(level, control[word.expandedFrom] as number, control[word.foundFrom] as number);
    store.size = control[word.size] as number;
    store.most = control[word.mostStates] as number;
    expander.enter(level);
    expander.faults.clear();
    this.model.atLevel?.(level);
    switch (what) {
      case task.expand:
        this.expand();
        break;
      case task.fill:
        store.fill((part) => part % (control[word.members] as number) === rank);
        break;
      case task.resolve:
        this.resolve();
        break;
      case task.commit:
        this.commit();
    }
    return expander.faults.all;
  }

  /** The ranges that a thread has taken; for the thread that leads. */
  rangesOf(thread: number): Range[] {
    const about = this.ranges[thread] as Int32Array;
    const found: Range[] = [];
    for (let range = 0; range < this.sizes.ranges; range++) {
      const at = range * rangeWords;
      const [from, to] = [about[at + itsFrom] as number, about[at + itsTo] as number];
      if (from < 0) break;
      found.push({ thread, range, from, to, isCut: about[at + isCut] === 1 });
    }
    return found;
  }

  /** Adds up the successors of a range by part. */
  addParts({ thread, range }: Range, byPart: Int32Array): void {
    const { parts } = this;
    const starts = this.groups[thread] as Int32Array;
    for (let part = 0, at = range * (parts + 1); part < parts; part++, at++) {
      byPart[part]! += (starts[at + 1] as number) - (starts[at] as number);
    }
  }

  /** Puts the ranges that count in order. */
  enlist(ranges: readonly Range[]): void {
    const { list, fresh, control } = this;
    ranges.forEach(({ thread, range }, i) => {
      list[2 * i] = thread;
      list[2 * i + 1] = range;
    });
    fresh.fill(0, 0, ranges.length);
    control[word.listed] = ranges.length;
  }

  /** Numbers the new states of the ranges from one on. @returns how many there are */
  number(ranges: readonly Range[], first: number): number {
    let next = first;
    ranges.forEach(({ thread, range }, i) => {
      (this.ranges[thread] as Int32Array)[range * rangeWords + itsBase] = next;
      next += this.fresh[i] as number;
    });
    return next - first;
  }

  private expand(): void {
    const { control, batch, leftOut, sizes, expander } = this;
    const until = control[word.until] as number;
    const longest = control[word.step] as number;
    let now = performance.now();
    const deadline = this.me === 0 ? now + roundMilliseconds : Infinity;
    batch.clear();
    leftOut.count = 0;
    expander.stopped = false;
    if (this.isIncomplete) expander.forget();
    this.isIncomplete = false;
    this.taken = 0;
    while (Atomics.load(control, word.stop) === 0) {
      const step = Math.max(1, Math.min(longest, Math.floor(this.pace * millisecondsOfStep)));
      const from = Atomics.add(control, word.next, step);
      if (from >= until) break;
      const isWhole = this.expandRange(from, Math.min(from + step, until));
      const before = now;
      now = performance.now();
      this.pace = step / Math.max(now - before, shortest);
      // Nobody waits for one who has room for more.
      const isFull = batch.count >= sizes.enough || this.taken >= sizes.ranges;
      if (!isWhole || isFull || now > deadline) Atomics.store(control, word.stop, 1);
    }
    // Behind the last one.
    if (this.taken < sizes.ranges) (this.ranges[this.me] as Int32Array)[this.taken * rangeWords + itsFrom] = -1;
  }

  /** @returns whether all of it was expanded */
  private expandRange(from: number, to: number): boolean {
    const { batch, leftOut, expander } = this;
    const first = batch.count;
    const firstLeft = leftOut.count;
    let index = from;
    for (; index < to; index++) {
      const before = batch.count;
      const leftBefore = leftOut.count;
      try {
        expander.expand(index);
      } catch (thrown) {
        if (!isOutOfMemory(thrown)) throw thrown;
        expander.stopped = true;
      }
      if (expander.stopped) {
        expander.uncount(before);
        expander.uncountLeftOut(leftBefore, leftOut.count);
        batch.count = before;
        leftOut.count = leftBefore;
        this.isIncomplete = true;
        break;
      }
    }
    expander.judge(first);
    this.group(first);
    const about = this.ranges[this.me] as Int32Array;
    const numbers = [from, index, first, batch.count, 0, Number(index < to), firstLeft, leftOut.count];
    about.set(numbers, this.taken * rangeWords);
    this.taken++;
    return index === to;
  }

  /** Sorts the successors from one on by the parts of the table where they belong. */
  private group(first: number): void {
    const { batch, parts, counts, taken } = this;
    const { hashes, marks, count } = batch;
    const mask = parts - 1;
    counts.fill(0);
    for (let i = first; i < count; i++) if (marks[i] === 0) counts[(hashes[i] as number) & mask]!++;
    const starts = this.groups[this.me] as Int32Array;
    const sorted = this.sorted[this.me] as Int32Array;
    let next = first;
    for (let part = 0, at = taken * (parts + 1); part < parts; part++, at++) {
      starts[at] = next;
      next += counts[part] as number;
      counts[part] = starts[at] as number;
    }
    starts[taken * (parts + 1) + parts] = next;
    for (let i = first; i < count; i++) if (marks[i] === 0) sorted[counts[(hashes[i] as number) & mask]!++] = i;
  }

  private resolve(): void {
    const { control, parts } = this;
    for (let part = Atomics.add(control, word.next, 1); part < parts; part = Atomics.add(control, word.next, 1)) {
      this.resolvePart(part);
    }
  }

  private resolvePart(part: number): void {
    const { control, list, fresh, groups, sorted, batches, parts, sizes } = this;
    const listed = control[word.listed] as number;
    for (let i = 0; i < listed; i++) {
      const thread = list[2 * i] as number;
      const at = (list[2 * i + 1] as number) * (parts + 1) + part;
      const starts = groups[thread] as Int32Array;
      const some = (sorted[thread] as Int32Array).subarray(starts[at], starts[at + 1]);
      if (some.length === 0) continue;
      const found = this.lookUp(batches[thread] as Batch, some, thread << sizes.capacityBits);
      if (found > 0) Atomics.add(fresh, i, found);
    }
  }

  /**
   * Gives a slot to each of some successors that is new: its mark then. The number in the slot is that of the states before the round
   * and, added to it, that of the successor in the batches of all threads, one after the other.
   * @returns how many are new
   */
  private lookUp({ words, hashes, marks, stride }: Batch, some: Int32Array, firstOfBatch: number): number {
    const { store, batches, sizes } = this;
    const { recordAt, keyInRecord, keyWords, size } = store;
    const { capacityBits } = sizes;
    const records = store.records.words;
    const { wordsPerRecord } = store.records;
    const { slots, partMask, partBits, regionBits, mask, low, used } = store.table;
    const tagMask = ~low;
    const keyInBatch = recordAt + keyInRecord;
    let found = 0;
    for (let k = 0; k < some.length; k++) {
      const i = some[k] as number;
      const hash = hashes[i] as number;
      const start = (hash & partMask) << regionBits;
      const keyAt = i * stride + keyInBatch;
      let slot = (hash >>> partBits) & mask;
      let entry = slots[start + slot] as number;
      for (; entry !== 0; entry = slots[start + slot] as number) {
        if (((entry ^ hash) & tagMask) === 0) {
          const index = (entry & low) - 1;
          let its = records;
          let itsKey = index * wordsPerRecord + keyInRecord;
          if (index >= size) {
            its = (batches[(index - size) >>> capacityBits] as Batch).words;
            itsKey = ((index - size) & (2 ** capacityBits - 1)) * stride + keyInBatch;
          }
          let j = 0;
          while (j < keyWords && its[itsKey + j] === words[keyAt + j]) j++;
          if (j === keyWords) break;
        }
        slot = (slot + 1) & mask;
      }
      if (entry !== 0) {
        marks[i] = isKnown;
        continue;
      }
      slots[start + slot] = (hash & tagMask) | (size + firstOfBatch + i + 1);
      used[hash & partMask]!++;
      marks[i] = start + slot;
      found++;
    }
    return found;
  }

  private commit(): void {
    const { control, expander } = this;
    const about = this.ranges[this.me] as Int32Array;
    const cut = control[word.cut] as number;
    for (let range = 0; range < this.taken; range++) {
      const at = range * rangeWords;
      const [first, end] = [about[at + itsFirst] as number, about[at + itsEnd] as number];
      const isKept = (about[at + itsFrom] as number) < cut;
      const counted = isKept ? this.storeRange(first, end, about[at + itsBase] as number) : first;
      expander.uncount(counted, end);
      if (!isKept) expander.uncountLeftOut(about[at + itsFirstLeft] as number, about[at + itsEndLeft] as number);
      this.isIncomplete ||= !isKept || counted < end;
      if (counted > first) expander.test(counted, first);
    }
  }

  /**
   * Stores the new states of a range, whose numbers start at `base`.
   * @returns the end of the successors that count: behind the one that is one state too many
   */
  private storeRange(first: number, end: number, base: number): number {
    const { store, batch } = this;
    const { marks, hashes, words, stride, parents } = batch;
    const { slots, low } = store.table;
    const { recordAt, most, foundFrom } = store;
    const { wordsPerRecord } = store.records;
    const records = store.records.words;
    const parentOf = store.parents.words;
    const found = store.found?.words;
    const { wordsPerState } = this.model;
    if (base > most) return first;
    let index = base;
    for (let i = first; i < end; i++) {
      const slot = marks[i] as number;
      if (slot < 0) continue;
      if (index >= most) {
        marks[i] = isKnown;
        this.control[word.undone] = parents[i] as number;
        return i + 1;
      }
      slots[slot] = ((hashes[i] as number) & ~low) | (index + 1);
      const at = i * stride + recordAt;
      for (let j = 0; j < wordsPerRecord; j++) records[index * wordsPerRecord + j] = words[at + j] as number;
      parentOf[index] = parents[i] as number;
      if (found !== undefined) {
        for (let j = 0; j < wordsPerState; j++) {
          found[(index - foundFrom) * wordsPerState + j] = words[i * stride + j] as number;
        }
      }
      marks[i] = index++;
    }
    return end;
  }
}

/** The time that the states should take that are handed out at a time, and the shortest time that is told from none. */
const millisecondsOfStep = 1;
const shortest = 0.005;

/** The thread that leads ends the handing out of states after so long, to look at the clock. */
const roundMilliseconds = 100;
