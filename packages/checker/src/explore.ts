/**
 * Breadth-first exploration. The order of work and the counts are TLC's: every successor counts as generated; invariants
 * are tested on states that are new (or outside the constraint), step properties on every step; a state outside the
 * constraint is neither stored nor expanded. A run that finds a fault finishes the level, so that verdict and counts do not
 * depend on who found it first; no shorter trace shows a fault.
 */
import type { Bound, Counts, Outcome, TraceState, Verdict } from './outcome.js';
import { type Crew, partBitsFor, Team } from './team.js';
import type { RoundSizes } from './round.js';
import { Expander, type Fullness } from './expander.js';
import { type Fault, Faults } from './fault.js';
import type { Model, Words } from './model.js';
import { type SavedSnapshot, type Snapshot, SnapshotError } from './snapshot.js';
import { mostRecords } from './table.js';
import { Store, type StoreMemory, type StoreOptions } from './store.js';
import { pathTo, stepTo, traceByKeys, traceThrough } from './trace.js';
import { Batch } from './batch.js';
import { isOutOfMemory } from './space.js';
import type { StoredStates } from './stored-states.js';
import { Tallies } from './tallies.js';

/** Bounds and observers of an exploration. A run that stops at a bound is inconclusive. */
export interface ExploreOptions extends StoreOptions {
  readonly maxStates?: number;
  /** States up to this level are found; those of the level itself are not expanded. */
  readonly maxDepth?: number;
  readonly maxBytes?: number;
  readonly maxSeconds?: number;
  /** Bytes that the process has, where they can be told; default: what the exploration knows of. */
  readonly bytesInUse?: () => number;
  /** Called about every `progressSeconds` (default 1); returning false interrupts the run. */
  readonly onProgress?: (counts: Counts) => boolean | void;
  readonly progressSeconds?: number;
  /** Seconds of some clock; default: `performance.now()`. */
  readonly clock?: () => number;
  /** Called about every `saveSeconds` (default: at the end only), and when a bound ends the run that another one may move. */
  readonly save?: (snapshot: Snapshot) => void;
  readonly saveSeconds?: number;
  /** Goes on from here. */
  readonly resume?: SavedSnapshot;
  /** Threads that help. */
  readonly crew?: Crew;
  /**
   * They are asked when states have been expanded for so many seconds (default 1) or those of a level will take as long: before that, another thread takes more
   * time than it saves. 0: at once, and waited for.
   */
  readonly secondsAlone?: number;
  /** For tests. */
  readonly roundSizes?: RoundSizes;
}

/** What goes into an outcome beside the counts. */
type Finding = Pick<Outcome, 'violation' | 'failure' | 'bound' | 'trace' | 'isTie'>;

/** States expanded between two looks at the clock. */
const statesPerLook = 128;

/** Successors that are looked up at a time, at most. */
const successorsPerBatch = 2048;

/** Seconds after which the time that states take can be told. */
const secondsOfFirst = 0.1;

/** Memory that threads share has to be reserved; this much when nobody says how much there is. */
const defaultBytes = 2 ** 33;

/** An exploration that is done bit by bit, so that whoever drives it can do something else in between. */
export class Exploration {
  private readonly store: Store;
  private readonly expander: Expander;
  private readonly clock: () => number;
  /** The time at which it began, as if it had not been stopped in between. */
  private started: number;
  private lastProgress: number;
  private lastSave: number;
  private saveTook = 0;
  private begun = false;
  /** The state to be expanded next. */
  private cursor = 0;
  /** Level of the state at the cursor, and the first state of the next level. */
  private level = 0;
  private levelEnd = 0;
  /** The first state of each level. */
  private readonly levels: number[] = [];
  private readonly faults = new Faults();
  private team: Team | undefined = undefined;
  /** States that were expanded by this thread alone, and the time that they took. */
  private readonly alone = { states: 0, seconds: 0 };
  private outcome: Outcome | undefined = undefined;

  /** @throws SnapshotError if the snapshot to be resumed does not fit */
  constructor(
    private readonly model: Model,
    private readonly options: ExploreOptions = {},
  ) {
    const { maxStates = Infinity, maxBytes } = options;
    const store = new Store(model, options, memoryFor(model, options));
    store.most = Math.min(store.most, Math.floor(maxStates));
    if (maxBytes !== undefined) store.mayTake = (bytes) => this.bytes() + bytes <= maxBytes;
    this.store = store;
    const batch = new Batch(model.inOrder === true ? 1 : successorsPerBatch, store.bufferWords);
    this.expander = new Expander(model, store, batch, new Tallies(model));
    this.clock = options.clock ?? ((): number => performance.now() / 1000);
    this.started = this.clock();
    if (options.resume !== undefined) this.restore(options.resume);
    this.lastProgress = this.clock();
    this.lastSave = this.clock();
  }

  /** Works for about `seconds`. @returns the outcome once there is one */
  advance(seconds = Infinity): Outcome | undefined {
    const until = this.clock() + seconds;
    try {
      if (!this.begun) this.begin();
      while (this.outcome === undefined) {
        if (this.cursor < this.levelEnd) {
          if (this.isWorthSharing()) this.callTeam();
          this.expandSome();
        } else this.endLevel();
        if (this.look() >= until) break;
      }
    } catch (thrown) {
      if (!isOutOfMemory(thrown)) {
        this.team?.end();
        throw thrown;
      }
      this.stop({ kind: 'memory', limit: this.bytes() }, false);
    } finally {
      if (this.outcome !== undefined) this.team?.end();
    }
    return this.outcome;
  }

  /** The counts so far. */
  counts(): Counts {
    const { size } = this.store;
    return {
      distinct: size,
      generated: this.tallies().generated[0] as number,
      depth: this.depth(),
      queue: size - this.cursor,
      seconds: this.clock() - this.started,
      bytes: this.bytes(),
    };
  }

  /** The states found so far. Not in the compact form. */
  stored(): StoredStates {
    const { store, levels, model } = this;
    return {
      size: store.size,
      levels,
      read: (index, to) => {
        const { states } = store;
        const at = store.offsetOf(index);
        for (let i = 0; i < model.wordsPerState; i++) to[i] = states[at + i] as number;
      },
      indexOf: (words) => {
        model.view?.write(words, 0, words, model.wordsPerState);
        return store.find(words);
      },
    };
  }

  /** Ends the run as inconclusive, unless it has ended already. */
  interrupt(): Outcome {
    return this.outcome ?? this.stop({ kind: 'interrupted', limit: 0 });
  }

  private begin(): void {
    this.begun = true;
    this.model.atStart?.(() => this.counts());
    this.expander.begin();
    this.afterWork(0, [], this.expander.full);
  }

  private expandSome(): void {
    const { team, levelEnd, cursor } = this;
    if (team?.isWorth(levelEnd - cursor) !== true) return this.expandAlone(Math.min(cursor + statesPerLook, levelEnd));
    const { from, faults, full } = team.round(cursor, levelEnd, () => this.progress(this.clock()));
    this.afterWork(from, faults, full);
    // A state with more successors than there is room for in a round.
    if (from === cursor && full === undefined) this.expandAlone(from + 1);
  }

  private expandAlone(end: number): void {
    const { expander, cursor, team, model, alone } = this;
    if (team?.makeRoom() === false)
      return void this.stop({ kind: 'memory', limit: this.options.maxBytes ?? this.bytes() });
    const before = this.clock();
    let next = cursor;
    while (next < end && !expander.stopped && model.isOver?.() !== true) expander.expand(next++);
    if (!expander.stopped) expander.flush();
    const seconds = this.clock() - before;
    alone.states += next - cursor;
    alone.seconds += seconds;
    team?.took(next - cursor, seconds);
    this.afterWork(expander.full === undefined ? next : (expander.undone ?? cursor), [], expander.full);
  }

  /** @param cursor all states before it are expanded */
  private afterWork(cursor: number, faults: readonly Fault[], full: Fullness | undefined): void {
    const { expander, options, store } = this;
    this.cursor = cursor;
    for (const fault of [...expander.faults.all, ...faults]) this.faults.add(fault);
    expander.faults.clear();
    if (full === 'states') this.stop({ kind: 'states', limit: options.maxStates ?? store.most }, false);
    if (full === 'memory') {
      const canGoOn = expander.full === undefined || expander.undone !== undefined;
      this.stop({ kind: 'memory', limit: options.maxBytes ?? this.bytes() }, canGoOn);
    }
    if (this.outcome === undefined && this.model.isOver?.() === true) this.exit();
  }

  /** The model wants no more states. */
  private exit(): void {
    const { first } = this.faults;
    if (first === undefined) this.finish('success', { bound: { kind: 'exit', limit: 0 } });
    else this.finishWith(first);
  }

  private endLevel(): void {
    const { maxDepth } = this.options;
    const { store, model, expander, team } = this;
    const { first } = this.faults;
    if (first !== undefined) return void this.finishWith(first);
    if (this.cursor === store.size) return void this.finish('success');
    if (maxDepth !== undefined && this.level + 1 >= maxDepth) return void this.stop({ kind: 'depth', limit: maxDepth });
    const before = this.levelEnd;
    this.levels.push(before);
    this.level++;
    this.levelEnd = store.size;
    store.enter(this.level, before, this.levelEnd);
    expander.enter(this.level);
    model.atLevel?.(this.level);
    team?.enter(this.level, before, this.levelEnd);
  }

  /** Whether there is a crew that is not at work yet, and enough to do for it. */
  private isWorthSharing(): boolean {
    const { options, team, levelEnd, cursor } = this;
    if (team !== undefined || options.crew === undefined || options.crew.helpers === 0) return false;
    const { states, seconds } = this.alone;
    // The first states take longer than all others.
    const left = seconds < secondsOfFirst ? 0 : ((levelEnd - cursor) * seconds) / states;
    return Math.max(seconds, left) >= (options.secondsAlone ?? 1);
  }

  private callTeam(): void {
    const { model, store, options, level, alone } = this;
    const eager = options.secondsAlone === 0;
    const secondsPerState = alone.seconds / Math.max(alone.states, 1);
    this.team = new Team(model, store, options.crew as Crew, { sizes: options.roundSizes, eager, secondsPerState });
    this.team.enter(level, this.levels.at(-1) as number, this.levelEnd);
    if (eager) this.team.awaitHelpers();
  }

  /** Levels that hold a state. */
  private depth(): number {
    return this.level + (this.store.size > this.levelEnd ? 1 : 0);
  }

  private tallies(): Tallies {
    const { team, model } = this;
    const { tallies } = this.expander;
    if (team === undefined) return tallies;
    const all = new Tallies(model, tallies.all.slice());
    all.add(team.tallies());
    return all;
  }

  /** Looks at clock and memory. @returns the time */
  private look(): number {
    const now = this.clock();
    const { maxSeconds, maxBytes, save, saveSeconds } = this.options;
    if (this.outcome !== undefined) return now;
    if (maxSeconds !== undefined && now - this.started >= maxSeconds) this.stop({ kind: 'time', limit: maxSeconds });
    else if (maxBytes !== undefined && this.bytes() > maxBytes) this.stop({ kind: 'memory', limit: maxBytes });
    else if (this.team?.isTired === true) this.stop({ kind: 'memory', limit: maxBytes ?? this.bytes() });
    else if (this.progress(now) === false) this.interrupt();
    // At most a twentieth of the time goes into saving.
    else if (save && saveSeconds !== undefined && now - this.lastSave >= Math.max(saveSeconds, 20 * this.saveTook)) {
      this.save();
    }
    return now;
  }

  private progress(now: number): boolean | void {
    const { onProgress, progressSeconds = 1 } = this.options;
    if (onProgress === undefined || now - this.lastProgress < progressSeconds) return;
    this.lastProgress = now;
    return onProgress(this.counts());
  }

  private bytes(): number {
    const own = this.store.bytes + (this.model.memoryInUse?.() ?? 0);
    return Math.max(own, this.options.bytesInUse?.() ?? 0);
  }

  /** Hands over all that is needed to go on later, unless a fault is known: it will be told soon. */
  private save(): void {
    const { model, store, level, levels, levelEnd, options } = this;
    if (options.save === undefined || !this.faults.isEmpty || this.outcome !== undefined || level === 0) return;
    const now = this.clock();
    const remembered = model.remembered?.save() ?? new Uint32Array();
    const { size, compact } = store;
    options.save({
      head: {
        form: 2,
        compact,
        size,
        level,
        levels,
        foundFrom: levelEnd,
        cursor: this.cursor,
        tallies: [...this.tallies().all],
        seconds: now - this.started,
        modelWords: remembered.length,
        stateWords: store.wordsOfParts(size, levels.at(-1) as number),
      },
      words: (function* (): Generator<Words> {
        yield remembered;
        yield* store.parts();
      })(),
    });
    this.lastSave = this.clock();
    this.saveTook = this.lastSave - now;
  }

  private restore({ head, read }: SavedSnapshot): void {
    const { store, model, expander } = this;
    const { form, compact, size, level, levels, foundFrom, cursor, tallies, seconds } = head;
    const expandedFrom = levels.at(-1) ?? 0;
    const fits =
      form === 2 &&
      compact === store.compact &&
      tallies.length === Tallies.size(model) &&
      head.stateWords === store.wordsOfParts(size, expandedFrom);
    if (!fits) throw new SnapshotError('it is of another model or of another version of the checker');
    const remembered = read(head.modelWords);
    if (model.remembered?.restore(remembered) === false) {
      throw new SnapshotError('its values are not those of this version of the checker');
    }
    store.restore(level, size, expandedFrom, foundFrom, read);
    expander.tallies.all.set(tallies);
    expander.enter(level);
    this.level = level;
    this.levels.push(...levels);
    this.levelEnd = foundFrom;
    this.cursor = cursor;
    this.started -= seconds;
    this.begun = true;
    model.atStart?.(() => this.counts());
    model.atLevel?.(level);
  }

  /** A shortest trace to a state that was found. */
  traceTo(index: number): TraceState[] {
    const { store, model } = this;
    const path = pathTo(store, index);
    if (store.compact) return traceByKeys(model, store, path);
    return traceThrough(
      model,
      path.map((state) => {
        const at = store.offsetOf(state);
        return store.states.slice(at, at + model.wordsPerState);
      }),
    );
  }

  private finishWith(fault: Fault): Outcome {
    const { result, violation, failure, parent, target, action } = fault;
    const trace = this.traceTo(parent);
    if (target !== undefined) {
      const before = trace.map(({ words }) => words);
      trace.push(stepTo(this.model, before, before.length, target, action));
    }
    const isTie = this.faults.isTie && this.team !== undefined;
    return this.finish(result, {
      ...(violation && { violation }),
      ...(failure && { failure }),
      trace,
      ...(isTie && { isTie }),
    });
  }

  /** @param canGoOn whether every state before the cursor was expanded, and none after it */
  private stop(bound: Bound, canGoOn = true): Outcome {
    if (canGoOn) this.save();
    if (this.outcome !== undefined) return this.outcome;
    const { first } = this.faults;
    return first === undefined ? this.finish('inconclusive', { bound }) : this.finishWith(first);
  }

  private finish(result: Verdict, finding: Finding = {}): Outcome {
    const { model, store } = this;
    const { generatedBy, distinctBy, reachedAt } = this.tallies();
    this.outcome = {
      result,
      ...this.counts(),
      ...finding,
      ...(store.compact && { missProbability: missProbability(store.size) }),
      coverage: model.actions.map(({ name, location }, i) => ({
        name,
        ...(location === undefined ? {} : { location }),
        generated: generatedBy[i] as number,
        distinct: distinctBy[i] as number,
      })),
      sometimes: (model.sometimes ?? []).map(({ name }, i) => {
        const depth = reachedAt[i] as number;
        return depth === 0 ? { name, reached: false } : { name, reached: true, depth };
      }),
    };
    return this.outcome;
  }
}

/** Memory is reserved for as many states as there may be where somebody said how many bytes there are. */
const memoryFor = (
  { wordsPerState, view }: Model,
  { maxBytes, maxStates = Infinity, crew }: ExploreOptions,
): StoreMemory => {
  const bytesPerState = 4 * (wordsPerState + (view?.words ?? 0) + 1);
  const bytes = maxBytes ?? (crew === undefined ? undefined : defaultBytes);
  const records = bytes && Math.min(mostRecords, Math.floor(bytes / bytesPerState), maxStates) + successorsPerBatch;
  return {
    ...(records !== undefined && { records }),
    ...(crew && crew.helpers > 0 && { partBits: partBitsFor(crew) }),
  };
};

/** That among so many states two have the same 64 bits of hash, if all hashes are equally likely: pairs by hashes. */
const missProbability = (states: number): number => (states * (states - 1)) / 2 / 2 ** 64;

/** Explores the whole model, or until something is wrong or a bound is met. */
export const explore = (model: Model, options: ExploreOptions = {}): Outcome => {
  const exploration = new Exploration(model, options);
  return exploration.advance() ?? exploration.interrupt();
};
