/** The thread that leads a search, and those that help; what they do together is in round.ts. */
import {
  helperWords,
  Member,
  ofHelper,
  type RoundSizes,
  type SharedSearch,
  shareSearch,
  talliesIn,
  task,
  type Task,
  word,
} from './round.js';
import type { Fault } from './fault.js';
import type { Fullness } from './expander.js';
import { isOutOfMemory } from './space.js';
import type { Model } from './model.js';
import { Store } from './store.js';
import { Tallies } from './tallies.js';

/** Threads to be had, made by somebody who knows how (`node/` of whoever uses this). */
export interface Crew {
  /** How many there are beside the one that leads. */
  readonly helpers: number;
  /** Starts them; each makes the model anew and calls `help`. */
  readonly start: (shared: SharedSearch) => void;
  /** What the threads have said since the last call. */
  readonly receive: () => readonly Report[];
  /** The exception that a thread ended with. */
  readonly exception: (report: Crash) => unknown;
  /** Whether a helper's thread still exists, where that can be told. */
  readonly isAlive?: (helper: number) => boolean;
  /** Called while no helper is at work: what the models of all threads share may grow. @returns false: it cannot */
  readonly makeRoom?: () => boolean;
}

/** What a thread says about the states that it expanded, where something is wrong with them. */
export type Report = { readonly fault: Fault } | Crash;

/** An exception that the model does not explain. */
export interface Crash {
  readonly crash: string;
  /** What the thread's own `explain` made of it. */
  readonly cause: unknown;
}

/** Bits of a hash by which the table is divided. */
export const partBitsFor = ({ helpers }: Crew): number => Math.max(4, Math.ceil(Math.log2(4 * (helpers + 1))));

/** Rounds with less work than this are left to one thread. */
const worthSharing = 0.0003;

/** States handed out at a time, at most. */
const longestStep = 256;

/** Tenths of a second that are waited for helpers, at most. */
const mostTries = 300;

/** Tenths of a second after which it is asked whether the threads that are waited for still exist. */
const patience = 10;

export interface TeamOptions {
  readonly sizes?: RoundSizes | undefined;
  /** Every round is shared, however small. */
  readonly eager: boolean;
  /** What a state took so far. */
  readonly secondsPerState: number;
}

/** What came of a round. */
export interface RoundResult {
  /** All states before this one are expanded. */
  readonly from: number;
  readonly faults: readonly Fault[];
  readonly full: Fullness | undefined;
}

/** See the head of the file. */
export class Team {
  private readonly control: Int32Array;
  private readonly member: Member;
  private readonly helpers: readonly Tallies[];
  private readonly byPart: Int32Array;
  private members: readonly number[] = [];
  private secondsPerState: number;
  private faults: Fault[] = [];
  /** The counts before the round in which a thread was lost. */
  private last: Tallies | undefined = undefined;

  constructor(
    private readonly model: Model,
    private readonly store: Store,
    private readonly crew: Crew,
    private readonly options: TeamOptions,
  ) {
    const shared = shareSearch(model, store, crew.helpers + 1, options.sizes);
    this.control = new Int32Array(shared.control);
    this.member = new Member(model, store, shared, 0);
    this.helpers = shared.tallies.slice(1).map((buffer) => talliesIn(model, buffer));
    this.byPart = new Int32Array(store.table.partMask + 1);
    this.secondsPerState = options.secondsPerState;
    this.capacity = (crew.helpers + 1) * 2 ** shared.sizes.capacityBits;
    this.control[word.mostStates] = store.most;
    crew.start(shared);
  }

  /** Successors of all batches. */
  private readonly capacity: number;

  /** Waits until every helper has made its model, but not for one that cannot be started. */
  awaitHelpers(): void {
    const { control, crew } = this;
    for (let tries = 0; tries < mostTries && Atomics.load(control, word.ready) < crew.helpers; tries++) {
      Atomics.wait(control, word.ready, Atomics.load(control, word.ready), 100);
    }
  }

  /** The level whose states are expanded from now on. */
  enter(level: number, expandedFrom: number, foundFrom: number): void {
    const { control } = this;
    control[word.level] = level;
    control[word.expandedFrom] = expandedFrom;
    control[word.foundFrom] = foundFrom;
  }

  /** While no helper is at work. @returns false: what the models of all threads share is full */
  makeRoom(): boolean {
    return this.crew.makeRoom?.() !== false;
  }

  /** Told how long this thread took for some states. */
  took(states: number, seconds: number): void {
    if (states > 0) this.secondsPerState = 0.5 * this.secondsPerState + (0.5 * seconds) / states;
  }

  /** Whether there is somebody to help, and enough to do. */
  isWorth(states: number): boolean {
    if (this.last !== undefined || Atomics.load(this.control, word.ready) === 0) return false;
    return this.options.eager || (states > 1 && states * this.secondsPerState > worthSharing);
  }

  /** Some thread is near the end of its own memory. */
  get isTired(): boolean {
    return Atomics.load(this.control, word.isTired) !== 0;
  }

  /** The counts of all threads. */
  tallies(): Tallies {
    if (this.last !== undefined) return this.last;
    const all = new Tallies(this.model, this.member.tallies.all.slice());
    for (const theirs of this.helpers) all.add(theirs);
    return all;
  }

  /**
   * Expands states from one on.
   * @param waiting called now and then meanwhile
   */
  round(from: number, until: number, waiting: () => void): RoundResult {
    const before = this.tallies();
    const began = performance.now();
    try {
      const result = this.tryRound(from, until, waiting);
      this.took((result.from - from) / this.members.length, (performance.now() - began) / 1000);
      return result;
    } catch (thrown) {
      if (!(thrown instanceof Lost)) throw thrown;
      this.last = before;
      return { from, faults: [], full: 'memory' };
    }
  }

  private tryRound(from: number, until: number, waiting: () => void): RoundResult {
    const { control, member, store, byPart } = this;
    this.assemble();
    this.faults = [];
    const step = Math.min(longestStep, (until - from) / (this.members.length * 8));
    control[word.until] = until;
    control[word.step] = Math.max(1, Math.floor(step));
    control[word.stop] = 0;
    control[word.size] = store.size;
    this.run(task.expand, from, waiting);
    const all = this.members.flatMap((thread) => member.rangesOf(thread)).sort((a, b) => a.from - b.from);
    const cut = Math.min(...all.filter((range) => range.isCut).map(({ to }) => to), all.at(-1)?.to ?? from);
    const kept = all.filter((range) => range.from < cut);
    byPart.fill(0);
    for (const range of kept) member.addParts(range, byPart);
    if (!this.makeRoom() || !this.reserve(byPart, waiting)) return this.giveUp(from, waiting);
    member.enlist(kept);
    this.run(task.resolve, 0, waiting);
    const found = member.number(kept, store.size);
    if (!this.ensure(Math.min(store.size + found, store.most))) return this.giveUp(from, waiting);
    control[word.cut] = cut;
    this.run(task.commit, 0, waiting);
    const isFull = store.size + found > store.most;
    store.size = Math.min(store.size + found, store.most);
    const faults = this.faults.filter(({ parent }) => parent < cut);
    return isFull
      ? { from: control[word.undone] as number, faults, full: 'states' }
      : { from: cut, faults, full: undefined };
  }

  /** Takes back what was counted in the round. */
  private giveUp(from: number, waiting: () => void): RoundResult {
    this.control[word.cut] = from;
    this.run(task.commit, 0, waiting);
    return { from, faults: [], full: 'memory' };
  }

  private reserve(byPart: Int32Array, waiting: () => void): boolean {
    const { store } = this;
    store.refill = () => this.run(task.fill, 0, waiting);
    try {
      store.table.widen(store.size + this.capacity + 1);
      return store.reserve(byPart);
    } catch (thrown) {
      if (isOutOfMemory(thrown)) return false;
      throw thrown;
    } finally {
      store.refill = () => store.fill();
    }
  }

  private ensure(states: number): boolean {
    try {
      this.store.ensure(states);
      return true;
    } catch (thrown) {
      if (isOutOfMemory(thrown)) return false;
      throw thrown;
    }
  }

  /** All that are ready take part in the round. */
  private assemble(): void {
    const { control, crew } = this;
    const members = [0];
    for (let helper = 0; helper < crew.helpers; helper++) {
      const at = word.helpers + helper * helperWords;
      const isReady = Atomics.load(control, at + ofHelper.isReady) === 1;
      control[at + ofHelper.rank] = isReady ? members.length : -1;
      if (isReady) members.push(helper + 1);
    }
    this.members = members;
    control[word.members] = members.length;
  }

  /** Has all members do a step, and waits for its end. */
  private run(what: Task, next: number, waiting: () => void): void {
    const { control, members, crew } = this;
    control[word.task] = what;
    control[word.next] = next;
    Atomics.store(control, word.left, members.length - 1);
    for (const thread of members.slice(1)) {
      const wake = word.helpers + (thread - 1) * helperWords + ofHelper.wake;
      Atomics.add(control, wake, 1);
      Atomics.notify(control, wake);
    }
    let broken: unknown;
    try {
      this.faults.push(...this.member.perform(what, 0));
    } catch (thrown) {
      broken = thrown;
      Atomics.store(control, word.stop, 1);
    }
    this.wait(waiting);
    for (const report of crew.receive()) {
      if ('crash' in report) broken ??= crew.exception(report);
      else this.faults.push(report.fault);
    }
    if (broken !== undefined) throw broken;
  }

  private wait(waiting: () => void): void {
    const { control, crew } = this;
    let tries = 0;
    for (let left = Atomics.load(control, word.left); left > 0; left = Atomics.load(control, word.left)) {
      if (Atomics.wait(control, word.left, left, 100) !== 'timed-out') continue;
      waiting();
      if (++tries % patience !== 0) continue;
      if (this.members.slice(1).some((thread) => crew.isAlive?.(thread - 1) === false)) throw new Lost();
    }
  }

  /** Ends the threads. */
  end(): void {
    const { control, crew } = this;
    Atomics.store(control, word.isOver, 1);
    for (let helper = 0; helper < crew.helpers; helper++) {
      const wake = word.helpers + helper * helperWords + ofHelper.wake;
      Atomics.add(control, wake, 1);
      Atomics.notify(control, wake);
    }
  }
}

/** A thread has ended without a word: it had no memory any more. */
class Lost extends Error {}

/** What a helper's thread knows. */
export interface HelperOptions {
  /** Which of the helpers it is, from 0 on. */
  readonly helper: number;
  readonly say: (report: Report) => void;
  /** Asked now and then; false: this thread is near the end of its memory. */
  readonly hasRoom: () => boolean;
  /** What the thread that leads is told of an exception; it can be cloned. */
  readonly explain: (thrown: unknown) => unknown;
}

/** The side of a helper: works until the search is over. */
export const help = (model: Model, shared: SharedSearch, options: HelperOptions): void => {
  const { helper, say, hasRoom, explain } = options;
  const control = new Int32Array(shared.control);
  const store = new Store(model, shared.options, {}, shared.store);
  const member = new Member(model, store, shared, helper + 1);
  const at = word.helpers + helper * helperWords;
  const wake = at + ofHelper.wake;
  let woken = Atomics.load(control, wake);
  Atomics.store(control, at + ofHelper.isReady, 1);
  Atomics.add(control, word.ready, 1);
  Atomics.notify(control, word.ready);
  for (;;) {
    Atomics.wait(control, wake, woken);
    const now = Atomics.load(control, wake);
    if (Atomics.load(control, word.isOver) !== 0) return;
    if (now === woken) continue;
    woken = now;
    try {
      const faults = member.perform(control[word.task] as Task, control[at + ofHelper.rank] as number);
      for (const fault of faults) say({ fault });
      if (!hasRoom()) Atomics.store(control, word.isTired, 1);
    } catch (thrown) {
      const crash = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
      say({ crash, cause: explain(thrown) });
      Atomics.store(control, word.stop, 1);
    }
    if (Atomics.sub(control, word.left, 1) === 1) Atomics.notify(control, word.left);
  }
};
