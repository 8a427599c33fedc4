/**
 * What a search keeps of its states, in order of their discovery, which makes the list of a breadth-first search its own queue. In
 * the exact form these are the states themselves (and their views); in the compact form 64 bits of hash for each, and the states
 * are kept until they were expanded.
 */
import { type Batch, isKnown } from './batch.js';
import { fingerprint, fingerprintWords, type HashWords, hashWords } from './hash.js';
import type { Model, Words } from './model.js';
import { mostRecords, type SharedTable, Table } from './table.js';
import { NoRoom, Space } from './space.js';

/** How states are kept. */
export interface StoreOptions {
  /** Keep 64 bits of hash instead of states. */
  readonly compact?: boolean;
  /** For tests; the default is a good one. */
  readonly hash?: HashWords;
}

/** Where they are kept. */
export interface StoreMemory {
  /** How many there may be, where memory for them is to be reserved. */
  readonly records?: number;
  /** Bits of a hash by which threads divide the table; undefined: it is for one thread only. */
  readonly partBits?: number;
}

/** What another thread needs. */
export interface SharedStore {
  readonly table: SharedTable;
  readonly records: SharedArrayBuffer;
  readonly parents: SharedArrayBuffer;
  readonly frontier: readonly SharedArrayBuffer[];
}

/** Found for a state that is not there. */
export const absent = -1;

/** Bytes that a table may take although the bound on memory is near: there is always some room left for others. */
const alwaysAllowed = 2 ** 20;

/** See the head of the file. */
export class Store {
  /** Words of a successor: the state, then its view, then the hash. */
  readonly bufferWords: number;
  readonly compact: boolean;
  /** What is kept of all states, and the number of the state from which each was found. */
  readonly records: Space;
  readonly parents: Space;
  /** In the compact form: states of the levels with an even number, and of the others. */
  readonly frontier: readonly Space[];
  readonly table: Table;
  /** States found. */
  size = 0;
  /** No more states than this. */
  most = mostRecords;
  /** Whether there may be so many bytes more. */
  mayTake: (bytes: number) => boolean = () => true;
  /** Fills the table, which was emptied, with the numbers below `size`. */
  refill: () => void = () => this.fill();
  /** Where the record starts in a successor, and where the key of the state does; records have their key at `keyInRecord`. */
  readonly recordAt: number;
  readonly keyInRecord: number;
  readonly keyWords: number;
  readonly hash: HashWords;
  private readonly stateWords: number;
  private readonly viewAt: number;
  private readonly viewWords: number;
  private level = 0;
  /** What `touch` fetched: it would not be fetched for nobody. */
  touched = 0;
  /** The first state of the level that is expanded, and of the one that is found. */
  expandedFrom = 0;
  foundFrom = 0;

  constructor(
    private readonly model: Model,
    options: StoreOptions = {},
    { records, partBits }: StoreMemory = {},
    from?: SharedStore,
  ) {
    const { wordsPerState, view } = model;
    const viewWords = view?.words ?? 0;
    this.stateWords = wordsPerState;
    this.viewAt = view ? wordsPerState : 0;
    this.viewWords = view ? viewWords : wordsPerState;
    this.compact = options.compact === true;
    this.recordAt = this.compact ? wordsPerState + viewWords : 0;
    this.bufferWords = wordsPerState + viewWords + (this.compact ? fingerprintWords : 0);
    this.keyInRecord = this.compact ? 0 : this.viewAt;
    this.keyWords = this.compact ? fingerprintWords : this.viewWords;
    this.hash = options.hash ?? hashWords;
    const isShared = partBits !== undefined;
    const space = (words: number, buffer: SharedArrayBuffer | undefined): Space =>
      buffer === undefined ? new Space(words, records, isShared) : Space.of(words, buffer);
    this.records = space(this.compact ? fingerprintWords : wordsPerState + viewWords, from?.records);
    this.parents = space(1, from?.parents);
    this.frontier = this.compact ? [0, 1].map((i) => space(wordsPerState, from?.frontier[i])) : [];
    this.table = new Table(from?.table.partBits ?? partBits ?? 0, records, isShared, from?.table);
  }

  /** For other threads; the memory must be shared. */
  get shared(): SharedStore {
    const { table, records, parents, frontier } = this;
    const buffer = ({ words }: Space): SharedArrayBuffer => words.buffer as SharedArrayBuffer;
    return {
      table: table.shared,
      records: buffer(records),
      parents: buffer(parents),
      frontier: frontier.map(buffer),
    };
  }

  /** Bytes in use. */
  get bytes(): number {
    return this.bytesOf(this.size) + this.table.bytes;
  }

  private bytesOf(states: number): number {
    const { records, parents, expandedFrom, stateWords } = this;
    const frontier = this.compact ? (states - expandedFrom) * stateWords * 4 : 0;
    return records.bytesOf(states) + parents.bytesOf(states) + frontier;
  }

  /** The memory with the states of the level that is expanded; in the exact form with all states. */
  get states(): Words {
    return (this.frontier[this.level & 1] ?? this.records).words;
  }

  /** Where a state starts there. */
  offsetOf(index: number): number {
    return this.compact ? (index - this.expandedFrom) * this.stateWords : index * this.records.wordsPerRecord;
  }

  parentOf(index: number): number {
    return this.parents.words[index] as number;
  }

  /** The words by which the state at `index` is known. */
  keyOf(index: number): Words {
    const { records, keyInRecord, keyWords } = this;
    const at = index * records.wordsPerRecord + keyInRecord;
    return records.words.slice(at, at + keyWords);
  }

  /** The words by which the state at the beginning of a buffer is known; they are written behind it. */
  keyIn(words: Words): Words {
    this.complete(words, 0);
    const at = this.recordAt + this.keyInRecord;
    return words.slice(at, at + this.keyWords);
  }

  /** The index of the state at the beginning of a buffer, or `absent`. */
  find(words: Words): number {
    const key = this.keyIn(words);
    const { slots, mask, low, partBits, partMask, regionBits } = this.table;
    const hash = this.hash(key, 0, key.length);
    const start = (hash & partMask) << regionBits;
    let slot = (hash >>> partBits) & mask;
    for (let entry = slots[start + slot] as number; entry !== 0; entry = slots[start + slot] as number) {
      const index = (entry & low) - 1;
      if (((entry ^ hash) & ~low) === 0 && this.keyOf(index).every((word, i) => word === key[i])) return index;
      slot = (slot + 1) & mask;
    }
    return absent;
  }

  /** Writes the view and the hash of a state behind it. */
  complete(words: Words, at: number): void {
    const { model, stateWords } = this;
    model.view?.write(words, at, words, at + stateWords);
    if (this.compact) fingerprint(words, at + this.viewAt, this.viewWords, at + this.recordAt);
  }

  /** Whether a state is found by the hash of its own words. */
  get hashesStates(): boolean {
    return !this.compact && this.model.view === undefined;
  }

  /** Writes the hashes of the successors from `from` on. A view is there already (`complete`). */
  prepare(batch: Batch, from = 0): void {
    const { count, words, stride, hashes } = batch;
    const { hash, keyWords, model } = this;
    const keyAt = this.recordAt + this.keyInRecord;
    if (this.compact && model.view === undefined) {
      for (let i = from; i < count; i++) this.complete(words, i * stride);
    }
    for (let i = from; i < count; i++) hashes[i] = hash(words, i * stride + keyAt, keyWords);
  }

  /**
   * Stores what is new of a batch that was prepared, for which there is room, and marks all of it.
   * @returns the first successor that was one state too many; the number of all if there was none
   */
  absorb(batch: Batch): number {
    const { count, words, stride, hashes, marks, parents } = batch;
    this.touch(batch);
    const { table, recordAt, keyInRecord, keyWords, most, foundFrom, stateWords } = this;
    const records = this.records.words;
    const parentOf = this.parents.words;
    const found = this.found?.words;
    const { wordsPerRecord } = this.records;
    const { slots, partMask, partBits, regionBits, mask, low, used } = table;
    const tagMask = ~low;
    let { size } = this;
    let i = 0;
    for (; i < count; i++) {
      if ((marks[i] as number) < 0) continue;
      const hash = hashes[i] as number;
      const start = (hash & partMask) << regionBits;
      const at = i * stride + recordAt;
      const keyAt = at + keyInRecord;
      let slot = (hash >>> partBits) & mask;
      let entry = slots[start + slot] as number;
      for (; entry !== 0; entry = slots[start + slot] as number) {
        if (((entry ^ hash) & tagMask) === 0) {
          const itsKey = ((entry & low) - 1) * wordsPerRecord + keyInRecord;
          let j = 0;
          while (j < keyWords && records[itsKey + j] === words[keyAt + j]) j++;
          if (j === keyWords) break;
        }
        slot = (slot + 1) & mask;
      }
      if (entry !== 0) {
        marks[i] = isKnown;
        continue;
      }
      if (size >= most) break;
      slots[start + slot] = (hash & tagMask) | (size + 1);
      used[hash & partMask]!++;
      const to = size * wordsPerRecord;
      for (let j = 0; j < wordsPerRecord; j++) records[to + j] = words[at + j] as number;
      parentOf[size] = parents[i] as number;
      if (found !== undefined) {
        for (let j = 0; j < stateWords; j++)
          found[(size - foundFrom) * stateWords + j] = words[i * stride + j] as number;
      }
      marks[i] = size++;
    }
    this.size = size;
    return i;
  }

  /** Has the processor fetch the slots where the search for each successor begins, several at a time. */
  private touch({ count, hashes }: Batch): void {
    const { slots, partMask, partBits, regionBits, mask } = this.table;
    let all = 0;
    for (let i = 0; i < count; i++) {
      const hash = hashes[i] as number;
      all ^= slots[((hash & partMask) << regionBits) + ((hash >>> partBits) & mask)] as number;
    }
    this.touched = all;
  }

  /**
   * Makes room for so many states more, by part of the table.
   * @returns whether there is memory for them
   * @throws NoRoom, RangeError if there is none to be had
   */
  reserve(byPart: ArrayLike<number>): boolean {
    const { table, size } = this;
    let more = 0;
    for (let part = 0; part <= table.partMask; part++) more += byPart[part] as number;
    if (size + more > mostRecords) throw new NoRoom();
    while (!table.hasRoom(byPart)) {
      if (table.bytesToGrow > alwaysAllowed && !this.mayTake(table.bytesToGrow)) {
        if (!table.canSqueeze(byPart)) return false;
        break;
      }
      table.enlarge();
      table.widen(size + more + 1);
      this.refill();
    }
    table.widen(size + more + 1);
    return true;
  }

  /** Makes room for the records of so many states. */
  ensure(states: number): void {
    this.records.ensure(states);
    this.parents.ensure(states);
    this.found?.ensure(states - this.foundFrom);
  }

  /** Puts the states that belong to some parts of the table into these, which are empty. */
  fill(isMine?: (part: number) => boolean): void {
    const { table, hash, keyInRecord, keyWords, size } = this;
    const { wordsPerRecord, words } = this.records;
    const { slots, partMask, partBits, regionBits, mask, low, used } = table;
    const mine = isMine && Array.from({ length: partMask + 1 }, (_, part) => isMine(part));
    for (let index = 0, at = keyInRecord; index < size; index++, at += wordsPerRecord) {
      const its = hash(words, at, keyWords);
      const part = its & partMask;
      if (mine !== undefined && mine[part] === false) continue;
      const start = part << regionBits;
      let slot = (its >>> partBits) & mask;
      while (slots[start + slot] !== 0) slot = (slot + 1) & mask;
      slots[start + slot] = (its & ~low) | (index + 1);
      used[part]!++;
    }
  }

  /** States of the level that is found; undefined in the exact form. */
  get found(): Space | undefined {
    return this.frontier[(this.level + 1) & 1];
  }

  /** The level that is expanded, whose states are `expandedFrom .. foundFrom - 1`. Each thread has to be told. */
  enter(level: number, expandedFrom: number, foundFrom: number): void {
    this.level = level;
    this.expandedFrom = expandedFrom;
    this.foundFrom = foundFrom;
  }

  /** The words that say all about the store, in parts that are good until the next state is added. */
  *parts(): Generator<Words> {
    for (const [space, count] of this.contents()) {
      for (let at = 0; at < count; at += perPart) yield space.part(at, Math.min(count, at + perPart));
    }
  }

  /** Words of what `parts` gives for so many states. */
  wordsOfParts(size: number, expandedFrom: number): number {
    const frontier = this.compact ? (size - expandedFrom) * this.stateWords : 0;
    return size * (this.records.wordsPerRecord + 1) + frontier;
  }

  /** Fills an empty store with what `parts` gave, by way of a function that reads so many words. */
  restore(level: number, size: number, expandedFrom: number, foundFrom: number, read: (words: number) => Words): void {
    const { table } = this;
    this.enter(level, expandedFrom, foundFrom);
    this.size = size;
    for (const [space, count] of this.contents()) {
      space.ensure(count);
      for (let at = 0; at < count; at += perPart) {
        const part = space.part(at, Math.min(count, at + perPart));
        part.set(read(part.length));
      }
    }
    const each = Array.from({ length: table.partMask + 1 }, () => Math.ceil((size / (table.partMask + 1)) * 1.1));
    while (!table.hasRoom(each)) table.enlarge();
    table.widen(size + 1);
    this.fill();
  }

  private contents(): readonly (readonly [Space, number])[] {
    const { records, parents, frontier, level, size, expandedFrom, foundFrom } = this;
    const [expanded, found] = [frontier[level & 1], frontier[(level + 1) & 1]];
    const all: (readonly [Space, number])[] = [
      [records, size],
      [parents, size],
    ];
    if (expanded && found) all.push([expanded, foundFrom - expandedFrom], [found, size - foundFrom]);
    return all;
  }
}

/** Records that are read or written at a time. */
const perPart = 2 ** 16;
