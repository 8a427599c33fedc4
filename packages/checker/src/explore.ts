/**
 * Breadth-first exploration. The order of work and the counts are TLC's: every successor counts as generated; invariants
 * are tested on states that are new (or outside the constraint), step properties on every step; a state outside the
 * constraint is neither stored nor expanded; the first fault ends the run, and no shorter trace shows one.
 */
import type { Bound, Counts, Outcome, TraceState, Verdict } from './outcome.js';
import type { Emit, Model, StatePredicate, StepPredicate, Words } from './model.js';
import { noParent, pathTo, stepTo, traceOf } from './trace.js';
import { StateSet, type StateSetOptions, present } from './state-set.js';
import type { StoredStates } from './stored-states.js';
import { RecordList } from './chunks.js';

/** Bounds and observers of an exploration. A run that stops at a bound is inconclusive. */
export interface ExploreOptions {
  readonly maxStates?: number;
  /** States up to this level are found; those of the level itself are not expanded. */
  readonly maxDepth?: number;
  readonly maxBytes?: number;
  readonly maxSeconds?: number;
  /** Called about every `progressSeconds` (default 1); returning false interrupts the run. */
  readonly onProgress?: (counts: Counts) => boolean | void;
  readonly progressSeconds?: number;
  /** Seconds of some clock; default: `performance.now()`. */
  readonly clock?: () => number;
  readonly storage?: StateSetOptions;
}

/** What goes into an outcome beside the counts. */
type Finding = Pick<Outcome, 'violation' | 'failure' | 'bound' | 'trace'>;

/** States expanded between two looks at the clock. */
const statesPerLook = 64;

/** An exploration that is done bit by bit, so that whoever drives it can do something else in between. */
export class Exploration {
  private readonly states: StateSet;
  private readonly parents = new RecordList(1);
  /** Where the model writes: a state, then its view. */
  private readonly target: Words;
  private readonly parentWord: Words = new Uint32Array(1);
  private readonly generatedBy: Float64Array;
  private readonly distinctBy: Float64Array;
  private readonly reachedAt: (number | undefined)[];
  private readonly clock: () => number;
  private readonly started: number;
  private lastProgress: number;
  private begun = false;
  private generated = 0;
  /** The state to be expanded next, or being expanded; its words are `from[fromAt..]`. */
  private cursor = 0;
  private from: Words;
  private fromAt = 0;
  private action = 0;
  private successors = 0;
  /** Level of the state at the cursor, and the first state of the next level. */
  private level = 0;
  private levelEnd = 0;
  /** The first state of each level. */
  private readonly levels: number[] = [];
  /** The model is evaluating a property of the state in `target`, not making one. */
  private testing = false;
  private outcome: Outcome | undefined;

  constructor(
    private readonly model: Model,
    private readonly options: ExploreOptions = {},
  ) {
    const { wordsPerState, view } = model;
    const words = wordsPerState + (view?.words ?? 0);
    this.states = new StateSet(words, view ? wordsPerState : 0, view ? view.words : wordsPerState, options.storage);
    this.target = new Uint32Array(words);
    this.from = this.target;
    this.generatedBy = new Float64Array(model.actions.length);
    this.distinctBy = new Float64Array(model.actions.length);
    this.reachedAt = (model.sometimes ?? []).map(() => undefined);
    this.clock = options.clock ?? ((): number => performance.now() / 1000);
    this.started = this.clock();
    this.lastProgress = this.started;
  }

  /** Works for about `seconds`. @returns the outcome once there is one */
  advance(seconds = Infinity): Outcome | undefined {
    const until = this.clock() + seconds;
    try {
      if (!this.begun) this.begin();
      while (this.outcome === undefined) {
        this.expandSome();
        if (this.look() >= until) break;
      }
    } catch (thrown) {
      this.fail(thrown);
    }
    return this.outcome;
  }

  /** The counts so far. */
  counts(): Counts {
    const { size } = this.states;
    return {
      distinct: size,
      generated: this.generated,
      depth: this.depth(),
      queue: size - this.cursor,
      seconds: this.clock() - this.started,
      bytes: this.bytes(),
    };
  }

  /** The states found so far. */
  stored(): StoredStates {
    const { states, levels, model } = this;
    return {
      size: states.size,
      levels,
      read: (index, to) => {
        const [chunk, at] = [states.records.chunkOf(index), states.records.offsetOf(index)];
        for (let i = 0; i < model.wordsPerState; i++) to[i] = chunk[at + i] as number;
      },
      indexOf: (words) => {
        model.view?.write(words, 0, words, model.wordsPerState);
        return states.find(words, 0);
      },
    };
  }

  /** Ends the run as inconclusive, unless it has ended already. */
  interrupt(): Outcome {
    return this.outcome ?? this.stop({ kind: 'interrupted', limit: 0 });
  }

  private begin(): void {
    this.begun = true;
    this.model.atLevel?.(1);
    this.model.initial(this.target, 0, this.acceptInitial);
  }

  private expandSome(): void {
    const { states, target, model, acceptStep } = this;
    const { actions } = model;
    for (let budget = statesPerLook; budget > 0 && this.outcome === undefined; budget--) {
      if (this.cursor === states.size) return void this.finish('success');
      if (this.cursor === this.levelEnd && !this.nextLevel()) return;
      this.from = states.records.chunkOf(this.cursor);
      this.fromAt = states.records.offsetOf(this.cursor);
      this.successors = 0;
      for (let i = 0; i < actions.length && this.outcome === undefined; i++) {
        this.action = i;
        actions[i]!.successors(this.from, this.fromAt, target, 0, acceptStep);
      }
      if (this.outcome !== undefined) return;
      if (this.successors === 0 && model.checkDeadlock) {
        return void this.finish('deadlock', { trace: this.traceTo(this.cursor) });
      }
      this.cursor++;
    }
  }

  /** @returns false when the bound on depth forbids to expand another level */
  private nextLevel(): boolean {
    const { maxDepth } = this.options;
    if (maxDepth !== undefined && this.level + 1 >= maxDepth) {
      this.stop({ kind: 'depth', limit: maxDepth });
      return false;
    }
    this.level++;
    this.levels.push(this.cursor);
    this.model.atLevel?.(this.level);
    this.levelEnd = this.states.size;
    return true;
  }

  /** Levels that hold a state. */
  private depth(): number {
    return this.level + (this.states.size > this.levelEnd ? 1 : 0);
  }

  private readonly acceptInitial: Emit = () => {
    if (this.outcome !== undefined) return false;
    this.generated++;
    const { model, target } = this;
    this.testing = true;
    const inside = model.constraint === undefined || model.constraint.holds(target, 0);
    if ((!inside || this.insert(noParent)) && this.testInvariants(noParent)) {
      for (const property of model.initialProperties ?? []) {
        if (!property.holds(target, 0)) return this.violated('initial', property, noParent);
      }
    }
    this.testing = false;
    return this.outcome === undefined;
  };

  private readonly acceptStep: Emit = () => {
    if (this.outcome !== undefined) return false;
    this.generated++;
    (this.generatedBy[this.action] as number)++;
    this.successors++;
    const { model, target, from, fromAt, cursor } = this;
    this.testing = true;
    model.atLevel?.(this.level + 1);
    let inside = model.constraint === undefined || model.constraint.holds(target, 0);
    model.atLevel?.(this.level);
    inside &&= model.stepConstraint === undefined || model.stepConstraint.holds(from, fromAt, target, 0);
    model.atLevel?.(this.level + 1);
    if ((!inside || this.insert(cursor)) && !this.testInvariants(cursor)) return false;
    model.atLevel?.(this.level);
    if (model.stepProperties !== undefined && this.outcome === undefined) {
      for (const property of model.stepProperties) {
        if (!property.holds(from, fromAt, target, 0)) return this.violated('step', property, cursor);
      }
    }
    this.testing = false;
    return this.outcome === undefined;
  };

  /** Stores the state in `target`. @returns whether it is new (and there was room for it) */
  private insert(parent: number): boolean {
    const { model, target, states } = this;
    if (model.view !== undefined) model.view.write(target, 0, target, model.wordsPerState);
    if (!this.roomFor()) return false;
    if (states.add(target, 0) === present) return false;
    this.parentWord[0] = parent;
    this.parents.push(this.parentWord, 0);
    if (parent !== noParent) (this.distinctBy[this.action] as number)++;
    return true;
  }

  private testInvariants(parent: number): boolean {
    const { model, target } = this;
    for (const invariant of model.invariants) {
      if (!invariant.holds(target, 0)) return this.violated('invariant', invariant, parent);
    }
    model.sometimes?.forEach((predicate, i) => {
      if (this.reachedAt[i] === undefined && predicate.holds(target, 0)) this.reachedAt[i] = this.depth();
    });
    return true;
  }

  private roomFor(): boolean {
    const { states, target, options } = this;
    const { maxStates, maxBytes } = options;
    if (maxStates !== undefined && states.size >= maxStates && states.find(target, 0) < 0) {
      this.stop({ kind: 'states', limit: maxStates });
    } else if (maxBytes !== undefined && states.bytesToGrow > 0 && this.bytes() + states.bytesToGrow > maxBytes) {
      this.stop({ kind: 'memory', limit: maxBytes });
    }
    return this.outcome === undefined;
  }

  /** Looks at clock and memory. @returns the time */
  private look(): number {
    const now = this.clock();
    const { maxSeconds, maxBytes, onProgress, progressSeconds = 1 } = this.options;
    if (this.outcome !== undefined) return now;
    if (maxSeconds !== undefined && now - this.started >= maxSeconds) this.stop({ kind: 'time', limit: maxSeconds });
    else if (maxBytes !== undefined && this.bytes() > maxBytes) this.stop({ kind: 'memory', limit: maxBytes });
    else if (onProgress !== undefined && now - this.lastProgress >= progressSeconds) {
      this.lastProgress = now;
      if (onProgress(this.counts()) === false) this.interrupt();
    }
    return now;
  }

  private bytes(): number {
    return this.states.bytes + this.parents.bytes + (this.model.memoryInUse?.() ?? 0);
  }

  private violated(
    kind: 'invariant' | 'initial' | 'step',
    property: StatePredicate | StepPredicate,
    parent: number,
  ): false {
    const { name, location } = property;
    const violation = location === undefined ? { kind, name } : { kind, name, location };
    this.finish('safety-violation', { violation, trace: this.traceToTarget(parent) });
    return false;
  }

  private fail(thrown: unknown): void {
    const bound =
      thrown instanceof RangeError && /allocation|invalid (typed )?array|table of states/i.test(thrown.message);
    if (bound) return void this.stop({ kind: 'memory', limit: this.bytes() });
    const failure = this.model.failure?.(thrown);
    if (failure === undefined) throw thrown;
    const parent = this.level === 0 ? noParent : this.cursor;
    const trace = this.testing ? this.traceToTarget(parent) : this.traceTo(parent);
    this.finish(failure.kind, { failure, trace });
  }

  /** A shortest trace to a state that was found. */
  traceTo(index: number): TraceState[] {
    return traceOf(this.model, this.states.records, pathTo(this.parents, index));
  }

  private traceToTarget(parent: number): TraceState[] {
    const words = this.target.slice(0, this.model.wordsPerState);
    const trace = this.traceTo(parent);
    const before = trace.at(-1)?.words;
    trace.push(before === undefined ? { words } : stepTo(this.model, before, words, this.action));
    return trace;
  }

  private stop(bound: Bound): Outcome {
    return this.finish('inconclusive', { bound });
  }

  private finish(result: Verdict, finding: Finding = {}): Outcome {
    const { model } = this;
    this.outcome = {
      result,
      ...this.counts(),
      ...finding,
      coverage: model.actions.map(({ name, location }, i) => ({
        name,
        ...(location === undefined ? {} : { location }),
        generated: this.generatedBy[i] as number,
        distinct: this.distinctBy[i] as number,
      })),
      sometimes: (model.sometimes ?? []).map(({ name }, i) => {
        const depth = this.reachedAt[i];
        return depth === undefined ? { name, reached: false } : { name, reached: true, depth };
      }),
    };
    return this.outcome;
  }
}

/** Explores the whole model, or until something is wrong or a bound is met. */
export const explore = (model: Model, options: ExploreOptions = {}): Outcome => {
  const exploration = new Exploration(model, options);
  return exploration.advance() ?? exploration.interrupt();
};
