/**
 * Threads that expand the states of a level together. They share memory; states are handed out in small ranges by one counter, so
 * that whoever is quick takes more. A thread that is late, or still compiling its model, joins in when it is ready.
 *
 * The thread that leads opens a level, takes ranges like the others, and closes it: then nothing more is handed out, and all
 * states before the counter are expanded.
 */
import type { Fault } from './fault.js';
import { Expander, Tallies, isOutOfMemory } from './expander.js';
import { type SharedStore, Store, type StoreOptions } from './store.js';
import type { Model } from './model.js';

/** Threads to be had, made by somebody who knows how (src/node). */
export interface Crew {
  /** How many there are beside the one that leads. */
  readonly helpers: number;
  /** Starts them; each makes the model anew and calls `help`. */
  readonly start: (shared: SharedSearch) => void;
  /** What the threads have said since the last call. */
  readonly receive: () => readonly Report[];
  /** The exception that a thread ended with. */
  readonly exception: (report: Crash) => unknown;
}

/** What a thread says about the states that it expanded, where something is wrong with them. */
export type Report = { readonly fault: Fault } | Crash;

/** An exception that the model does not explain. */
export interface Crash {
  readonly crash: string;
  /** What the thread's own `explain` made of it. */
  readonly cause: unknown;
}

/** What threads share. */
export interface SharedSearch {
  readonly control: SharedArrayBuffer;
  readonly store: SharedStore;
  /** The counts of each helper. */
  readonly tallies: readonly SharedArrayBuffer[];
  readonly options: Pick<StoreOptions, 'compact'>;
  readonly mostStates: number;
}

/** Words of `control`. */
const isOpen = 0;
const atWork = 1;
const cursor = 2;
const end = 3;
const step = 4;
const level = 5;
const expandedFrom = 6;
const foundFrom = 7;
const isFull = 8;
const rounds = 9;
const isOver = 10;
const isTired = 11;
const ready = 12;
const controlWords = 16;

/** States handed out at a time, at most; ranges are smaller when the level is. */
const longestRange = 64;

/** Levels with fewer states are left to the thread that leads. */
const worthSharing = 8;

/** Tenths of a second that are waited for helpers, at most. */
const mostTries = 300;

/** What the leader needs to know about a level. */
export interface Level {
  readonly level: number;
  readonly expandedFrom: number;
  readonly foundFrom: number;
  /** The first state that was not expanded yet. */
  readonly from: number;
}

/** The side of the thread that leads. */
export class Team {
  private readonly control: Int32Array;
  private readonly tallies: readonly Tallies[];
  /** States are being handed out. */
  isOpened = false;

  constructor(
    model: Model,
    store: Store,
    private readonly crew: Crew,
    options: { readonly capacity: number; readonly mostStates: number },
  ) {
    const control = new SharedArrayBuffer(controlWords * 4);
    this.control = new Int32Array(control);
    const buffers = Array.from({ length: crew.helpers }, () => new SharedArrayBuffer(8 * Tallies.length(model)));
    this.tallies = buffers.map((buffer) => new Tallies(model, new Float64Array(buffer)));
    const { compact } = store;
    const shared = shareOf(store, options.capacity);
    crew.start({ control, store: shared, tallies: buffers, options: { compact }, mostStates: options.mostStates });
  }

  /** Waits until every helper has made its model, but not for one that cannot be started. */
  awaitHelpers(): void {
    const { control, crew } = this;
    for (let tries = 0; tries < mostTries && Atomics.load(control, ready) < crew.helpers; tries++) {
      Atomics.wait(control, ready, Atomics.load(control, ready), 100);
    }
  }

  /** Starts to hand out the states `from .. foundFrom - 1`. */
  open({ level: itsLevel, expandedFrom: first, foundFrom: last, from }: Level): void {
    const { control } = this;
    const states = last - from;
    control[cursor] = from;
    control[end] = last;
    control[step] = Math.max(1, Math.min(longestRange, Math.ceil(states / ((this.crew.helpers + 1) * 8))));
    control[level] = itsLevel;
    control[expandedFrom] = first;
    control[foundFrom] = last;
    this.isOpened = true;
    if (states < worthSharing) return;
    Atomics.store(control, isOpen, 1);
    Atomics.add(control, rounds, 1);
    Atomics.notify(control, rounds);
  }

  /** @returns the states to be expanded, `[from, to)`; undefined: all were handed out */
  take(): readonly [from: number, to: number] | undefined {
    return takeRange(this.control);
  }

  /** The first state that was not handed out yet. */
  handedOut(): number {
    return Math.min(Atomics.load(this.control, cursor), this.control[end] as number);
  }

  /** Some thread had no room for a state. */
  get full(): boolean {
    return Atomics.load(this.control, isFull) !== 0;
  }

  /** Some thread is near the end of its own memory. */
  get tired(): boolean {
    return Atomics.load(this.control, isTired) !== 0;
  }

  /**
   * Hands out nothing more and waits for the others.
   * @param waiting called now and then meanwhile
   * @returns the first state that was not expanded, and the faults that were found
   */
  close(waiting: () => void): { readonly from: number; readonly faults: readonly Fault[] } {
    const { control } = this;
    this.isOpened = false;
    const last = control[end] as number;
    const from = Math.min(Atomics.exchange(control, cursor, last), last);
    Atomics.store(control, isOpen, 0);
    for (let busy = Atomics.load(control, atWork); busy > 0; busy = Atomics.load(control, atWork)) {
      if (Atomics.wait(control, atWork, busy, 100) === 'timed-out') waiting();
    }
    const faults: Fault[] = [];
    for (const report of this.crew.receive()) {
      if ('crash' in report) throw this.crew.exception(report);
      faults.push(report.fault);
    }
    return { from, faults };
  }

  /** The counts of all helpers, added to those of the leader. */
  addTo(tallies: Tallies): void {
    for (const theirs of this.tallies) tallies.add(theirs);
  }

  /** Ends the threads. */
  end(): void {
    const { control } = this;
    Atomics.store(control, cursor, control[end] as number);
    Atomics.store(control, isOver, 1);
    Atomics.add(control, rounds, 1);
    Atomics.notify(control, rounds);
  }
}

/** Memory is only reserved, but there are machines where it counts at once: less will do for a while. */
const shareOf = (store: Store, capacity: number): SharedStore => {
  try {
    return store.share(capacity);
  } catch (thrown) {
    if (!isOutOfMemory(thrown) || capacity < 2 * store.size + 2 ** 20) throw thrown;
    return shareOf(store, Math.floor(capacity / 2));
  }
};

const takeRange = (control: Int32Array): readonly [number, number] | undefined => {
  const size = control[step] as number;
  const from = Atomics.add(control, cursor, size);
  const last = control[end] as number;
  return from >= last ? undefined : [from, Math.min(from + size, last)];
};

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

/** The side of a helper: expands states until the search is over. */
export const help = (
  model: Model,
  { control: buffer, store: shared, tallies, options, mostStates }: SharedSearch,
  { helper, say, hasRoom, explain }: HelperOptions,
): void => {
  const control = new Int32Array(buffer);
  const store = new Store(model, options, shared);
  store.limit(mostStates);
  const expander = new Expander(
    model,
    store,
    new Tallies(model, new Float64Array(tallies[helper] as SharedArrayBuffer)),
  );
  Atomics.add(control, ready, 1);
  Atomics.notify(control, ready);
  while (Atomics.load(control, isOver) === 0) {
    const round = Atomics.load(control, rounds);
    // Whoever opens waits for all that are at work: this thread says that it is before it looks.
    Atomics.add(control, atWork, 1);
    try {
      if (Atomics.load(control, isOpen) === 1) workOn(control, store, expander, hasRoom, say);
    } catch (thrown) {
      const crash = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
      say({ crash, cause: explain(thrown) });
      Atomics.store(control, isFull, 1);
    }
    Atomics.sub(control, atWork, 1);
    Atomics.notify(control, atWork);
    Atomics.wait(control, rounds, round);
  }
};

const workOn = (
  control: Int32Array,
  store: Store,
  expander: Expander,
  hasRoom: () => boolean,
  say: (report: Report) => void,
): void => {
  expander.level = control[level] as number;
  store.enter(expander.level, control[expandedFrom] as number, control[foundFrom] as number);
  expander.fault = undefined;
  for (let range = takeRange(control); range !== undefined; range = takeRange(control)) {
    for (let index = range[0]; index < range[1] && !expander.full; index++) expander.expand(index);
    if (expander.full) Atomics.store(control, isFull, 1);
    if (!hasRoom()) Atomics.store(control, isTired, 1);
    if (Atomics.load(control, isFull) + Atomics.load(control, isTired) > 0) break;
  }
  if (expander.fault !== undefined) say({ fault: expander.fault });
};
