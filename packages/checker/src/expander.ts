/** Expands states: makes their successors, tests them, and stores those that are new. Each thread has one. */
import type { Emit, Model, StatePredicate, StepPredicate, Words } from './model.js';
import { type Fault, comesBefore } from './fault.js';
import type { Store } from './store.js';
import { TableFull } from './slots.js';
import { noParent } from './trace.js';

/** The counts of a thread, in memory that the others may read. */
export class Tallies {
  /** Initial states and successors. */
  readonly generated: Float64Array;
  /** Successors by action. */
  readonly generatedBy: Float64Array;
  /** States of which an action is the first, in the order of the model, of those that lead to it from the level before. */
  readonly distinctBy: Float64Array;
  /** The level at which a "sometimes" property was seen first; 0: not yet. */
  readonly reachedAt: Float64Array;

  constructor(
    model: Model,
    readonly all: Float64Array = new Float64Array(Tallies.length(model)),
  ) {
    const actions = model.actions.length;
    this.generated = all.subarray(0, 1);
    this.generatedBy = all.subarray(1, 1 + actions);
    this.distinctBy = all.subarray(1 + actions, 1 + 2 * actions);
    this.reachedAt = all.subarray(1 + 2 * actions);
  }

  static length({ actions, sometimes = [] }: Model): number {
    return 1 + 2 * actions.length + sometimes.length;
  }

  /** Adds the counts of another thread. */
  add(other: Tallies): void {
    const { all, reachedAt } = this;
    const counts = all.length - reachedAt.length;
    for (let i = 0; i < counts; i++) (all[i] as number) += other.all[i] as number;
    other.reachedAt.forEach((level, i) => {
      const mine = reachedAt[i] as number;
      if (level > 0 && (mine === 0 || level < mine)) reachedAt[i] = level;
    });
  }
}

/** See the head of the file. */
export class Expander {
  /** Level of the states that are expanded; 0 before there are any. */
  level = 0;
  /** The first fault of the level. */
  fault: Fault | undefined;
  /** There was no room for another state. */
  full = false;
  /** Where the model writes. */
  private readonly target: Words;
  private from: Words;
  private fromAt = 0;
  private parent = noParent;
  private action = 0;
  private successors = 0;
  /** The model is evaluating a property of the state in `target`, not making one. */
  private testing = false;

  constructor(
    private readonly model: Model,
    private readonly store: Store,
    readonly tallies: Tallies = new Tallies(model),
  ) {
    this.target = new Uint32Array(store.bufferWords);
    this.from = this.target;
  }

  /** Finds the initial states. */
  begin(): void {
    this.parent = noParent;
    this.guarded(() => {
      this.model.atLevel?.(1);
      this.model.initial(this.target, 0, this.acceptInitial);
    });
  }

  /** Finds the successors of a state. */
  expand(index: number): void {
    try {
      this.successorsOf(index);
    } catch (thrown) {
      this.caught(thrown);
    }
  }

  /** The memory is at its end, and the search with it. */
  private caught(thrown: unknown): void {
    if (thrown instanceof TableFull || isOutOfMemory(thrown)) this.full = true;
    else this.failed(thrown);
  }

  private guarded(work: () => void): void {
    try {
      work();
    } catch (thrown) {
      this.caught(thrown);
    }
  }

  private successorsOf(index: number): void {
    const { model, store, target, acceptStep } = this;
    const { actions } = model;
    this.from = store.chunkOf(index);
    this.fromAt = store.offsetOf(index);
    this.parent = index;
    this.successors = 0;
    this.testing = false;
    for (let i = 0; i < actions.length; i++) {
      this.action = i;
      actions[i]!.successors(this.from, this.fromAt, target, 0, acceptStep);
    }
    if (this.successors === 0 && model.checkDeadlock && !this.full) {
      this.found({ result: 'deadlock', parent: index, action: 0 });
    }
  }

  private readonly acceptInitial: Emit = () => {
    if (this.full) return false;
    const { model, target, tallies } = this;
    tallies.generated[0]!++;
    this.testing = true;
    const inside = model.constraint === undefined || model.constraint.holds(target, 0);
    if (!inside || this.insert()) {
      this.testInvariants();
      model.initialProperties?.forEach((property) => {
        if (!property.holds(target, 0)) this.violated('initial', property);
      });
    }
    this.testing = false;
    return !this.full;
  };

  private readonly acceptStep: Emit = () => {
    if (this.full) return false;
    const { model, target, from, fromAt, tallies } = this;
    tallies.generated[0]!++;
    tallies.generatedBy[this.action]!++;
    this.successors++;
    this.testing = true;
    model.atLevel?.(this.level + 1);
    let inside = model.constraint === undefined || model.constraint.holds(target, 0);
    model.atLevel?.(this.level);
    inside &&= model.stepConstraint === undefined || model.stepConstraint.holds(from, fromAt, target, 0);
    model.atLevel?.(this.level + 1);
    if (!inside || this.insert()) this.testInvariants();
    model.atLevel?.(this.level);
    const { stepProperties } = model;
    if (stepProperties !== undefined) {
      for (let i = 0; i < stepProperties.length; i++) {
        const property = stepProperties[i] as StepPredicate;
        if (!property.holds(from, fromAt, target, 0)) this.violated('step', property);
      }
    }
    this.testing = false;
    return !this.full;
  };

  /** Stores the state in `target`. @returns whether it is new (and there was room for it) */
  private insert(): boolean {
    const { model, target, store, parent, action, tallies } = this;
    if (model.view !== undefined) model.view.write(target, 0, target, model.wordsPerState);
    const isInitial = parent === noParent;
    const index = store.add(target, parent, isInitial ? noParent : action);
    if (index === undefined) {
      this.full = true;
      return false;
    }
    if (index >= 0) {
      if (!isInitial) tallies.distinctBy[action]!++;
      return true;
    }
    if (!isInitial && store.isNew(~index)) {
      const before = store.lowerFinder(~index, action);
      if (before !== undefined) {
        tallies.distinctBy[before]!--;
        tallies.distinctBy[action]!++;
      }
    }
    return false;
  }

  private testInvariants(): void {
    const { model, target, tallies } = this;
    const { invariants, sometimes } = model;
    for (let i = 0; i < invariants.length; i++) {
      const invariant = invariants[i] as StatePredicate;
      if (!invariant.holds(target, 0)) {
        this.violated('invariant', invariant);
        break;
      }
    }
    if (sometimes === undefined) return;
    for (let i = 0; i < sometimes.length; i++) {
      if (tallies.reachedAt[i] === 0 && (sometimes[i] as StatePredicate).holds(target, 0)) {
        tallies.reachedAt[i] = this.level + 1;
      }
    }
  }

  private violated(kind: 'invariant' | 'initial' | 'step', property: StatePredicate | StepPredicate): void {
    const { name, location } = property;
    const violation = location === undefined ? { kind, name } : { kind, name, location };
    const { parent, action, target, model } = this;
    const fault: Fault = { result: 'safety-violation', violation, parent, action, target };
    if (comesBefore(fault, this.fault)) this.fault = { ...fault, target: target.slice(0, model.wordsPerState) };
  }

  private failed(thrown: unknown): void {
    const { model, parent, action, target, testing } = this;
    const failure = model.failure?.(thrown);
    if (failure === undefined) throw thrown;
    const where = testing ? { target: target.slice(0, model.wordsPerState) } : {};
    this.found({ result: failure.kind, failure, parent, action, ...where });
  }

  private found(fault: Fault): void {
    if (comesBefore(fault, this.fault)) this.fault = fault;
  }
}

/** Whether there was no memory for an array. */
export const isOutOfMemory = (thrown: unknown): boolean =>
  thrown instanceof RangeError &&
  /allocation|invalid (typed )?array|maximum size|table of states/i.test(thrown.message);
