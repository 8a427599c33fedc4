/**
 * Breadth-first exploration. The order of work and the counts are TLC's: every successor counts as generated; invariants
 * are tested on states that are new (or outside the constraint), step properties on every step; a state outside the
 * constraint is neither stored nor expanded. A run that finds a fault finishes the level, so that verdict and counts do not
 * depend on who found it first; no shorter trace shows a fault.
 */
import type { Bound, Counts, Outcome, TraceState, Verdict } from './outcome.js';
import { type Crew, Team } from './team.js';
import { Expander, Tallies, isOutOfMemory } from './expander.js';
import { type Fault, comesBefore } from './fault.js';
import type { Model, Words } from './model.js';
import { type SavedSnapshot, type Snapshot, SnapshotError } from './snapshot.js';
import { Store, type StoreOptions } from './store.js';
import { pathTo, stepTo, traceByKeys, traceThrough } from './trace.js';
import type { StoredStates } from './stored-states.js';

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
  /** They are asked when the run has taken so many seconds (default 0.25) or a level is large; 0: at once, and waited for. */
  readonly secondsAlone?: number;
}

/** What goes into an outcome beside the counts. */
type Finding = Pick<Outcome, 'violation' | 'failure' | 'bound' | 'trace'>;

/** States expanded between two looks at the clock. */
const statesPerLook = 64;

/** Helpers are asked when a level has so many states, however short the run was. */
const statesAlone = 4096;

/** States that there is room for when nobody says how much memory there is. */
const defaultBytes = 2 ** 33;

/** An exploration that is done bit by bit, so that whoever drives it can do something else in between. */
export class Exploration {
  private readonly store: Store;
  private readonly expander: Expander;
  private readonly clock: () => number;
  /** The time at which it began, as if it had not been stopped in between. */
  private started: number;
  private readonly began: number;
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
  private fault: Fault | undefined;
  private team: Team | undefined;
  private outcome: Outcome | undefined;

  /** @throws SnapshotError if the snapshot to be resumed does not fit */
  constructor(
    private readonly model: Model,
    private readonly options: ExploreOptions = {},
  ) {
    this.store = new Store(model, options);
    this.store.limit(options.maxStates ?? Infinity);
    this.expander = new Expander(model, this.store);
    this.clock = options.clock ?? ((): number => performance.now() / 1000);
    this.began = this.clock();
    this.started = this.began;
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
      this.stop({ kind: 'memory', limit: this.bytes() });
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
      queue: size - this.expanded(),
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
        const [chunk, at] = [store.chunkOf(index), store.offsetOf(index)];
        for (let i = 0; i < model.wordsPerState; i++) to[i] = chunk[at + i] as number;
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
    this.expander.begin();
    this.afterWork([]);
  }

  private expandSome(): void {
    const { expander, team } = this;
    if (team === undefined) {
      const end = Math.min(this.cursor + statesPerLook, this.levelEnd);
      while (this.cursor < end && !expander.full) expander.expand(this.cursor++);
      this.afterWork([]);
      return;
    }
    const range = team.full ? undefined : team.take();
    if (range === undefined) return void this.gather();
    for (let index = range[0]; index < range[1] && !expander.full; index++) expander.expand(index);
    if (expander.full) this.gather();
  }

  /** Waits until all states that were handed out are expanded. */
  private gather(): void {
    const { team } = this;
    if (team?.isOpened !== true) return;
    const { from, faults } = team.close(() => this.progress(this.clock()));
    this.cursor = from;
    this.afterWork(faults);
  }

  private afterWork(faults: readonly Fault[]): void {
    const { expander, options, store } = this;
    for (const fault of [expander.fault, ...faults]) {
      if (fault !== undefined && comesBefore(fault, this.fault)) this.fault = fault;
    }
    if (!expander.full && this.team?.full !== true) return;
    const { maxStates } = options;
    if (maxStates !== undefined && store.size >= maxStates) this.stop({ kind: 'states', limit: maxStates }, false);
    else this.stop({ kind: 'memory', limit: options.maxBytes ?? this.bytes() }, false);
  }

  private endLevel(): void {
    const { maxDepth } = this.options;
    const { store, model, expander } = this;
    if (this.fault !== undefined) return void this.finishWith(this.fault);
    if (this.cursor === store.size) return void this.finish('success');
    if (maxDepth !== undefined && this.level + 1 >= maxDepth) return void this.stop({ kind: 'depth', limit: maxDepth });
    store.collect();
    const before = this.levelEnd;
    this.levels.push(before);
    this.level++;
    this.levelEnd = store.size;
    store.enter(this.level, before, this.levelEnd);
    expander.level = this.level;
    model.atLevel?.(this.level);
    this.handOut();
  }

  /** Whether there is a crew that is not at work yet, and enough to do for it. */
  private isWorthSharing(): boolean {
    const { options, team, levelEnd, cursor } = this;
    if (team !== undefined || options.crew === undefined || options.crew.helpers === 0) return false;
    return levelEnd - cursor >= statesAlone || this.clock() - this.began >= (options.secondsAlone ?? 0.25);
  }

  private callTeam(): void {
    const { model, store, options } = this;
    const bytes = options.maxBytes ?? defaultBytes;
    const capacity = Math.min(Math.floor(bytes / (4 * (store.bufferWords + 3))), 2 ** 31 - 2);
    this.team = new Team(model, store, options.crew as Crew, {
      capacity: Math.max(capacity, 2 * store.size),
      mostStates: options.maxStates ?? Infinity,
    });
    if (options.secondsAlone === 0) this.team.awaitHelpers();
    this.handOut();
  }

  private handOut(): void {
    const { level, levelEnd, cursor } = this;
    this.team?.open({ level, expandedFrom: this.levels.at(-1) as number, foundFrom: levelEnd, from: cursor });
  }

  /** States that were expanded, or are being expanded. */
  private expanded(): number {
    return this.team?.isOpened === true ? this.team.handedOut() : this.cursor;
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
    team.addTo(all);
    return all;
  }

  /** Looks at clock and memory. @returns the time */
  private look(): number {
    const now = this.clock();
    const { maxSeconds, maxBytes, save, saveSeconds } = this.options;
    if (this.outcome !== undefined) return now;
    if (maxSeconds !== undefined && now - this.started >= maxSeconds) this.stop({ kind: 'time', limit: maxSeconds });
    else if (maxBytes !== undefined && this.bytes() > maxBytes) this.stop({ kind: 'memory', limit: maxBytes });
    else if (this.team?.tired === true) this.stop({ kind: 'memory', limit: maxBytes ?? this.bytes() });
    else if (this.progress(now) === false) this.interrupt();
    // At most a twentieth of the time goes into saving.
    else if (save && saveSeconds !== undefined && now - this.lastSave >= Math.max(saveSeconds, 20 * this.saveTook)) {
      this.save();
      this.handOut();
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
    this.gather();
    if (options.save === undefined || this.fault !== undefined || this.outcome !== undefined || level === 0) return;
    const now = this.clock();
    const remembered = model.remembered?.save() ?? new Uint32Array();
    const { size, compact } = store;
    options.save({
      head: {
        form: 1,
        compact,
        size,
        level,
        levels,
        foundFrom: levelEnd,
        cursor: this.cursor,
        tallies: [...this.tallies().all],
        seconds: now - this.started,
        modelWords: remembered.length,
        stateWords: store.wordsOfParts(size, levels.at(-1) as number, levelEnd),
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
      form === 1 &&
      compact === store.compact &&
      tallies.length === Tallies.length(model) &&
      head.stateWords === store.wordsOfParts(size, expandedFrom, foundFrom);
    if (!fits) throw new SnapshotError('it is of another model or of another version of the checker');
    const remembered = read(head.modelWords);
    if (model.remembered?.restore(remembered) === false) {
      throw new SnapshotError('its values are not those of this version of the checker');
    }
    store.restore(level, size, expandedFrom, foundFrom, read);
    expander.tallies.all.set(tallies);
    expander.level = level;
    this.level = level;
    this.levels.push(...levels);
    this.levelEnd = foundFrom;
    this.cursor = cursor;
    this.started -= seconds;
    this.begun = true;
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
        return store.chunkOf(state).slice(at, at + model.wordsPerState);
      }),
    );
  }

  private finishWith(fault: Fault): Outcome {
    const { result, violation, failure, parent, target, action } = fault;
    const trace = this.traceTo(parent);
    const before = trace.at(-1)?.words;
    if (target !== undefined) {
      trace.push(before === undefined ? { words: target } : stepTo(this.model, before, target, action));
    }
    return this.finish(result, { ...(violation && { violation }), ...(failure && { failure }), trace });
  }

  /** @param canGoOn whether every state before the cursor was expanded, and none after it */
  private stop(bound: Bound, canGoOn = true): Outcome {
    if (canGoOn) this.save();
    if (this.outcome !== undefined) return this.outcome;
    this.gather();
    return this.fault === undefined ? this.finish('inconclusive', { bound }) : this.finishWith(this.fault);
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

/** That among so many states two have the same 64 bits of hash, if all hashes are equally likely: pairs by hashes. */
const missProbability = (states: number): number => (states * (states - 1)) / 2 / 2 ** 64;

/** Explores the whole model, or until something is wrong or a bound is met. */
export const explore = (model: Model, options: ExploreOptions = {}): Outcome => {
  const exploration = new Exploration(model, options);
  return exploration.advance() ?? exploration.interrupt();
};
