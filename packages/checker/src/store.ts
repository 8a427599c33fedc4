/**
 * What a search keeps of its states: the set that knows which were seen, the parent of each, and for the states of the level
 * that is being found the least of the actions that lead to them. In the exact form the set holds the states themselves
 * (and their views); in the compact form 64 bits of hash for each, and the states are kept until they were expanded.
 */
import { type SharedStates, StateSet, type StateSetOptions, absent } from './state-set.js';
import { type SharedRecords, RecordList } from './chunks.js';
import { fingerprint, fingerprintWords } from './hash.js';
import type { Model, Words } from './model.js';
import { noParent } from './trace.js';

/** How states are kept. */
export interface StoreOptions {
  readonly storage?: StateSetOptions;
  /** Keep 64 bits of hash instead of states. */
  readonly compact?: boolean;
}

/** What threads share. */
export interface SharedStore {
  readonly states: SharedStates;
  readonly parents: SharedRecords;
  readonly finders: SharedRecords;
  /** The states of two levels, of which one is expanded and one is found; none in the exact form. */
  readonly frontier: readonly SharedRecords[];
}

/** See the head of the file. */
export class Store {
  /** Words of the buffer that a model writes to: the state, then its view, then the hash. */
  readonly bufferWords: number;
  readonly compact: boolean;
  private readonly set: StateSet;
  private readonly parents: RecordList;
  private readonly finders: RecordList;
  /** States of the levels with an even number, and of the others. */
  private readonly frontier: readonly RecordList[];
  private readonly parentWord: Words = new Uint32Array(1);
  private readonly finderWord: Words = new Uint32Array(1);
  /** Where the record starts in the buffer of a model, and where the key of the state does. */
  private readonly recordAt: number;
  private readonly keyAt: number;
  private readonly keyWords: number;
  private readonly stateWords: number;
  private shared = false;
  /** No more states than this. */
  private most = Infinity;
  /** The state that is being added to memory that threads share. */
  private added: Words = this.parentWord;
  private level = 0;
  /** The first state of the level that is expanded, and of the one that is found. */
  private expandedFrom = 0;
  private foundFrom = 0;

  constructor(model: Model, options: StoreOptions = {}, shared?: SharedStore) {
    const { wordsPerState, view } = model;
    const viewWords = view?.words ?? 0;
    this.stateWords = wordsPerState;
    this.compact = options.compact === true;
    this.keyAt = view ? wordsPerState : 0;
    this.keyWords = view ? viewWords : wordsPerState;
    this.recordAt = this.compact ? wordsPerState + viewWords : 0;
    this.bufferWords = wordsPerState + viewWords + (this.compact ? fingerprintWords : 0);
    const list = (words: number, from: SharedRecords | undefined): RecordList =>
      from === undefined ? new RecordList(words, options.storage?.recordsPerChunk) : RecordList.of(from);
    this.set = this.compact
      ? new StateSet(fingerprintWords, 0, fingerprintWords, options.storage, shared?.states)
      : new StateSet(wordsPerState + viewWords, this.keyAt, this.keyWords, options.storage, shared?.states);
    this.parents = list(1, shared?.parents);
    this.finders = list(1, shared?.finders);
    this.frontier = this.compact ? [0, 1].map((i) => list(wordsPerState, shared?.frontier[i])) : [];
    this.shared = shared !== undefined;
  }

  /** States found. */
  get size(): number {
    return Math.min(this.set.size, this.most);
  }

  /** Bytes in use. */
  get bytes(): number {
    const { set, parents, finders, size, foundFrom } = this;
    const expanded = this.expanded?.bytesOf(foundFrom - this.expandedFrom) ?? 0;
    const found = finders.bytesOf(size - foundFrom) + (this.found?.bytesOf(size - foundFrom) ?? 0);
    return set.bytes + parents.bytesOf(size) + expanded + found;
  }

  /** Refuses states beyond this number. */
  limit(states: number): void {
    this.most = states;
  }

  /** Where the words of a state of the level that is expanded are; in the exact form of any state. */
  chunkOf(index: number): Words {
    const { expanded } = this;
    return expanded === undefined ? this.set.records.chunkOf(index) : expanded.chunkOf(index - this.expandedFrom);
  }

  /** Where it starts there. */
  offsetOf(index: number): number {
    const { expanded } = this;
    return expanded === undefined ? this.set.records.offsetOf(index) : expanded.offsetOf(index - this.expandedFrom);
  }

  /** The words by which the state at `index` is known. */
  keyOf(index: number): Words {
    const { records } = this.set;
    const at = records.offsetOf(index) + (this.compact ? 0 : this.keyAt);
    return records.chunkOf(index).slice(at, at + (this.compact ? fingerprintWords : this.keyWords));
  }

  /** The words by which the state in the buffer is known; its view is there already. */
  keyIn(words: Words): Words {
    if (!this.compact) return words.slice(this.keyAt, this.keyAt + this.keyWords);
    fingerprint(words, this.keyAt, this.keyWords, this.recordAt);
    return words.slice(this.recordAt, this.recordAt + fingerprintWords);
  }

  parentOf(index: number): number {
    return this.parents.chunkOf(index)[this.parents.offsetOf(index)] as number;
  }

  /** The index of the state in the buffer, or `absent`. */
  find(words: Words): number {
    const { recordAt } = this;
    if (this.compact) fingerprint(words, this.keyAt, this.keyWords, recordAt);
    return this.set.find(words, recordAt, this.set.hashOf(words, recordAt));
  }

  /**
   * Adds the state in the buffer, whose view is there already.
   * @returns its index, or `~index` if it was there, or undefined if there may be no more states
   */
  add(words: Words, parent: number, finder: number): number | undefined {
    const { set, recordAt } = this;
    if (this.compact) fingerprint(words, this.keyAt, this.keyWords, recordAt);
    const hash = set.hashOf(words, recordAt);
    const known = set.find(words, recordAt, hash);
    if (known !== absent) return ~known;
    if (set.size >= this.most) return undefined;
    this.parentWord[0] = parent;
    this.finderWord[0] = finder;
    if (this.shared) {
      this.added = words;
      return set.addShared(words, recordAt, hash, this.most, this.writeBeside);
    }
    const index = set.add(words, recordAt, hash);
    this.parents.push(this.parentWord, 0);
    this.finders.push(this.finderWord, 0);
    this.found?.push(words, 0);
    return index;
  }

  /** What is kept of a state beside the set. */
  private readonly writeBeside = (index: number): void => {
    this.parents.write(index, this.parentWord, 0);
    this.finders.write(index - this.foundFrom, this.finderWord, 0);
    this.found?.write(index - this.foundFrom, this.added, 0);
  };

  /** The states of the level that is found, and of the one that is expanded; undefined in the exact form. */
  private get found(): RecordList | undefined {
    return this.frontier[(this.level + 1) & 1];
  }

  private get expanded(): RecordList | undefined {
    return this.frontier[this.level & 1];
  }

  /** Whether the state was found on the level that is being found. */
  isNew(index: number): boolean {
    return index >= this.foundFrom;
  }

  /** Notes that a smaller action leads to a state of the level that is being found. @returns the one before, if it was larger */
  lowerFinder(index: number, finder: number): number | undefined {
    const chunk = this.finders.chunkOf(index - this.foundFrom);
    const at = this.finders.offsetOf(index - this.foundFrom);
    for (;;) {
      const before = chunk[at] as number;
      if (before <= finder || before === noParent) return undefined;
      if (!this.shared) {
        chunk[at] = finder;
        return before;
      }
      if (Atomics.compareExchange(chunk, at, before, finder) === before) return before;
    }
  }

  /** The level that is expanded, whose states are `expandedFrom .. foundFrom - 1`. Each thread has to be told. */
  enter(level: number, expandedFrom: number, foundFrom: number): void {
    this.level = level;
    this.expandedFrom = expandedFrom;
    this.foundFrom = foundFrom;
    this.finders.clear();
    this.found?.clear();
  }

  /** Between two levels, by one thread. */
  collect(): void {
    this.set.collect();
  }

  /** Moves everything to memory that threads share, with room for so many states. */
  share(states: number): SharedStore {
    this.shared = true;
    return {
      states: this.set.share(states),
      parents: this.parents.share(states),
      finders: this.finders.share(states),
      frontier: this.frontier.map((list) => list.share(states)),
    };
  }

  /** The words that say all about the store, in parts that are good until the next state is added. */
  *parts(): Generator<Words> {
    const { set, parents, finders, size, expandedFrom, foundFrom } = this;
    yield* set.records.parts(0, size);
    yield* parents.parts(0, size);
    yield* finders.parts(0, size - foundFrom);
    if (this.expanded) yield* this.expanded.parts(0, foundFrom - expandedFrom);
    if (this.found) yield* this.found.parts(0, size - foundFrom);
  }

  /** Words of what `parts` gives for so many states. */
  wordsOfParts(size: number, expandedFrom: number, foundFrom: number): number {
    const frontier = this.compact ? (size - expandedFrom) * this.stateWords : 0;
    return size * (this.set.records.wordsPerRecord + 1) + (size - foundFrom) + frontier;
  }

  /** Fills an empty store with what `parts` gave, by way of a function that reads so many words. */
  restore(level: number, size: number, expandedFrom: number, foundFrom: number, read: (words: number) => Words): void {
    const { set, stateWords } = this;
    const { wordsPerRecord } = set.records;
    this.enter(level, expandedFrom, foundFrom);
    const each = (count: number, words: number, add: (words: Words) => void): void => {
      for (let at = 0; at < count; at += perRead) add(read(Math.min(perRead, count - at) * words));
    };
    each(size, wordsPerRecord, (words) => {
      for (let at = 0; at < words.length; at += wordsPerRecord) set.add(words, at, set.hashOf(words, at));
    });
    each(size, 1, (words) => this.parents.pushAll(words));
    each(size - foundFrom, 1, (words) => this.finders.pushAll(words));
    if (this.expanded) each(foundFrom - expandedFrom, stateWords, (words) => this.expanded?.pushAll(words));
    if (this.found) each(size - foundFrom, stateWords, (words) => this.found?.pushAll(words));
  }
}

/** Records that are read from a checkpoint at a time. */
const perRead = 1 << 16;
