/**
 * The work on states: makes their successors, tests them, and has those that are new stored. It is done for a batch of successors at
 * a time; what is found does not depend on how many there are in one.
 */
import { type Batch, isKnown, isOutside, type LeftOut } from './batch.js';
import type { Emit, Model, StatePredicate, StepPredicate, Words } from './model.js';
import { type Fault, Faults } from './fault.js';
import { Recent } from './recent.js';
import { isOutOfMemory } from './space.js';
import type { Store } from './store.js';
import type { Tallies } from './tallies.js';
import { noParent, pathTo } from './trace.js';

/** Why no state can be added any more. */
export type Fullness = 'states' | 'memory';

/** How a batch is used. */
export interface BatchUse {
  /** Told that there is no room for another successor. */
  readonly whenFilled: (expander: Expander) => void;
  /** Successors that are stored at a time, at most, with those of other threads. */
  readonly reach: number;
  /** What is in the batch may be thrown away later, and with it what was left out. */
  readonly leftOut?: LeftOut;
}

/** See the head of the file. */
export class Expander {
  readonly faults = new Faults();
  full: Fullness | undefined = undefined;
  /** When it is full: all states before this one are expanded, and with `memory` none of the others; undefined where one is in part. */
  undone: number | undefined = undefined;
  /** Nothing more is taken from the model. */
  stopped = false;
  /** Where the model writes. */
  private readonly target: Words;
  private readonly stateWords: number;
  /** Level of the states that are expanded; 0 before there are any. */
  private level = 0;
  private parent = noParent;
  private action = 0;
  /** Steps from the parent so far, and those that the counts have. */
  private successors = 0;
  private counted = 0;
  private readonly judges: boolean;
  private readonly byPart: Int32Array;
  /** Nothing can be new about another step to one of these states. */
  private readonly recent: Recent | undefined;
  /** Successors that were met a short while ago are left out of this batch. */
  private leavesOut = false;
  /** The counts without the batch, and the state whose successors it begins with; undefined: in the midst of them. */
  private readonly settled: Float64Array;
  private firstParent: number | undefined = undefined;

  constructor(
    private readonly model: Model,
    private readonly store: Store,
    private readonly batch: Batch,
    readonly tallies: Tallies,
    private readonly use: BatchUse = { whenFilled: (expander) => expander.flush(), reach: batch.capacity },
  ) {
    const { constraint, stepConstraint, stepProperties = [], inOrder } = model;
    const dependsOnStep = stepConstraint !== undefined || stepProperties.length > 0;
    this.recent =
      dependsOnStep || inOrder === true ? undefined : new Recent(model.wordsPerState, model.view !== undefined);
    this.settled = new Float64Array(tallies.all.length);
    this.target = new Uint32Array(model.wordsPerState);
    this.stateWords = model.wordsPerState;
    this.byPart = new Int32Array(store.table.partMask + 1);
    this.judges = constraint !== undefined || dependsOnStep;
  }

  /** Finds the initial states. */
  begin(): void {
    const { model, target, accept } = this;
    this.start(noParent);
    model.atPath?.(undefined);
    try {
      model.atLevel?.(1);
      model.initial(target, 0, accept);
    } catch (thrown) {
      this.failed(thrown);
    }
    if (!this.stopped) this.flush();
  }

  /** Makes the successors of a state; they are in the batch then. */
  expand(index: number): void {
    const { model, store, target, accept } = this;
    const { actions } = model;
    const from = store.states;
    const at = store.offsetOf(index);
    this.start(index);
    this.tellPath();
    try {
      for (let i = 0; i < actions.length; i++) {
        this.action = i;
        actions[i]!.successors(from, at, target, 0, accept);
        this.count();
      }
    } catch (thrown) {
      this.count();
      return this.failed(thrown);
    }
    if (this.successors === 0 && model.checkDeadlock && !this.stopped) {
      this.faults.add({ result: 'deadlock', parent: index, action: 0, order: 0 });
    }
  }

  /** Looks up all successors in the batch and stores what is new. */
  flush(): void {
    const { batch, store, tallies } = this;
    this.count();
    this.judge(0);
    if (!this.reserve()) {
      if (this.firstParent !== noParent) this.undone = this.firstParent;
      tallies.all.set(this.settled);
      return void this.end('memory');
    }
    const end = store.absorb(batch);
    this.test(end);
    // The one that is too many was made, too.
    if (end < batch.count) {
      if (batch.parents[end] !== noParent) this.undone = batch.parents[end];
      this.uncount(end + 1);
      return void this.end('states');
    }
    batch.clear();
    batch.firstOrder = this.successors;
    this.firstParent = undefined;
    this.beginBatch();
  }

  /** The level of the states that are expanded from now on. A constraint may speak of it. */
  enter(level: number): void {
    if (level !== this.level && this.model.constraint !== undefined) this.forget();
    this.level = level;
  }

  /** What was made so far may have been thrown away. */
  forget(): void {
    this.recent?.forget();
  }

  /** Tests what does not depend on whether a successor is new, and tells the store what is to be looked up. */
  judge(first: number): void {
    const { batch, store, model, judges } = this;
    if (judges) for (let i = first; i < batch.count; i++) if (batch.marks[i] === 0) this.judgeOne(i);
    // The hashes of the states are there already.
    if (store.hashesStates) return;
    if (model.view === undefined) return store.prepare(batch, first);
    // A view is text of the model and may fail.
    for (let i = first; i < batch.count; i++) {
      if (batch.marks[i] === 0 && !this.guarded(i, () => store.complete(batch.words, i * batch.stride))) {
        batch.marks[i] = isOutside;
      }
    }
    return store.prepare(batch, first);
  }

  /** Tests the states of the batch that are new, up to one. */
  test(end: number, first = 0): void {
    const { batch, tallies, model } = this;
    const { marks, actions, parents } = batch;
    model.atLevel?.(this.level + 1);
    for (let i = first; i < end; i++) {
      if ((marks[i] as number) < 0) continue;
      if (parents[i] !== noParent) tallies.distinctBy[actions[i] as number]!++;
      this.testState(i);
    }
    model.atLevel?.(this.level);
  }

  /** Takes back what was counted for some successors that were left out. */
  uncountLeftOut(first: number, end: number): void {
    const { use, tallies } = this;
    for (let i = first; i < end; i++) {
      tallies.generated[0]!--;
      tallies.generatedBy[use.leftOut!.actions[i] as number]!--;
    }
  }

  /** Takes back what was counted for some successors. */
  uncount(first: number, end = this.batch.count): void {
    const { batch, tallies } = this;
    for (let i = first; i < end; i++) {
      tallies.generated[0]!--;
      if (batch.parents[i] !== noParent) tallies.generatedBy[batch.actions[i] as number]!--;
    }
  }

  private start(parent: number): void {
    this.parent = parent;
    this.action = 0;
    this.successors = 0;
    this.counted = 0;
    if (this.batch.count > 0) return;
    this.batch.firstOrder = 0;
    this.firstParent = parent;
    this.beginBatch();
  }

  private beginBatch(): void {
    const { store, recent, use, settled, tallies } = this;
    settled.set(tallies.all);
    // Where it is told which successor is one state too many, all of them are needed.
    this.leavesOut = recent !== undefined && store.size + use.reach <= store.most;
  }

  private count(): void {
    const { tallies, successors } = this;
    const more = successors - this.counted;
    tallies.generated[0]! += more;
    if (this.parent !== noParent) tallies.generatedBy[this.action]! += more;
    this.counted = successors;
  }

  private readonly accept: Emit = () => {
    if (this.stopped) return false;
    const { batch, store, target, stateWords, recent } = this;
    this.successors++;
    const hash = store.hash(target, 0, stateWords);
    const isMet = recent?.meets(target, hash) === true;
    if (isMet && this.leavesOut) return this.leaveOut();
    const i = batch.count;
    // Of a state that was met it only counts that it was made.
    if (!isMet) {
      const { words } = batch;
      const at = i * batch.stride;
      for (let k = 0; k < stateWords; k++) words[at + k] = target[k] as number;
    }
    batch.parents[i] = this.parent;
    batch.actions[i] = this.action;
    batch.hashes[i] = hash;
    batch.marks[i] = isMet ? isKnown : 0;
    batch.count = i + 1;
    if (i + 1 === batch.capacity) this.use.whenFilled(this);
    return !this.stopped;
  };

  private leaveOut(): boolean {
    const { leftOut, whenFilled } = this.use;
    if (leftOut?.add(this.action) === false) whenFilled(this);
    return !this.stopped;
  }

  /** Each part of the table may get all of the batch. */
  private reserve(): boolean {
    const { store, batch, byPart } = this;
    try {
      store.ensure(store.size + batch.count);
      return store.reserve(byPart.fill(batch.count));
    } catch (thrown) {
      if (isOutOfMemory(thrown)) return false;
      throw thrown;
    }
  }

  private end(why: Fullness): void {
    this.full = why;
    this.stopped = true;
  }

  private judgeOne(i: number): void {
    const { batch, model, level } = this;
    const { words, stride, parents, marks } = batch;
    const at = i * stride;
    const parent = parents[i] as number;
    this.guarded(i, () => {
      marks[i] = isOutside;
      model.atLevel?.(level + 1);
      this.tellPath(i);
      let inside = model.constraint === undefined || model.constraint.holds(words, at);
      if (parent !== noParent) {
        model.atLevel?.(level);
        this.tellPath();
        inside &&= model.stepConstraint === undefined || model.stepConstraint.holds(...this.stepTo(i));
      }
      if (inside) marks[i] = 0;
      else {
        model.atLevel?.(level + 1);
        this.testState(i);
      }
    });
    model.atLevel?.(level);
    this.tellPath();
    if (parent === noParent) return;
    for (const property of model.stepProperties ?? []) {
      this.guarded(i, () => {
        if (!property.holds(...this.stepTo(i))) this.violated('step', property, i);
      });
    }
  }

  private stepTo(i: number): Parameters<StepPredicate['holds']> {
    const { batch, store } = this;
    const parent = batch.parents[i] as number;
    return [store.states, store.offsetOf(parent), batch.words, i * batch.stride];
  }

  private testState(i: number): void {
    this.tellPath(i);
    try {
      this.testProperties(i);
    } catch (thrown) {
      this.failed(thrown, i);
    }
    this.tellPath();
  }

  /** Tells the model the way to the state that is expanded, or to one of its successors. */
  private tellPath(i?: number): void {
    const { model, parent } = this;
    model.atPath?.(i === undefined && parent === noParent ? undefined : () => this.pathTo(i));
  }

  private pathTo(i: number | undefined): Words[] {
    const { store, batch, parent, stateWords } = this;
    const path = pathTo(store, parent).map((index) => {
      const at = store.offsetOf(index);
      return store.states.slice(at, at + stateWords);
    });
    return i === undefined ? path : [...path, batch.words.slice(i * batch.stride, i * batch.stride + stateWords)];
  }

  private testProperties(i: number): void {
    const { model, batch, tallies } = this;
    const { words, stride } = batch;
    const { invariants, sometimes, initialProperties } = model;
    const at = i * stride;
    for (let k = 0; k < invariants.length; k++) {
      const invariant = invariants[k] as StatePredicate;
      if (!invariant.holds(words, at)) {
        this.violated('invariant', invariant, i);
        break;
      }
    }
    if (sometimes !== undefined) {
      for (let k = 0; k < sometimes.length; k++) {
        if (tallies.reachedAt[k] === 0 && (sometimes[k] as StatePredicate).holds(words, at)) {
          tallies.reachedAt[k] = this.level + 1;
        }
      }
    }
    if (batch.parents[i] !== noParent) return;
    initialProperties?.forEach((property) => {
      if (!property.holds(words, at)) this.violated('initial', property, i);
    });
  }

  private violated(kind: 'invariant' | 'initial' | 'step', property: StatePredicate | StepPredicate, i: number): void {
    const { name, location } = property;
    const violation = location === undefined ? { kind, name } : { kind, name, location };
    this.faults.add({ result: 'safety-violation', violation, ...this.where(i, kind === 'step') });
  }

  /** Does a part of the work on a successor. @returns whether the model made no error */
  private guarded(i: number, work: () => void): boolean {
    try {
      work();
      return true;
    } catch (thrown) {
      this.failed(thrown, i);
      return false;
    }
  }

  /** @param i the successor that was tested; undefined: successors were being made */
  private failed(thrown: unknown, i?: number): void {
    const failure = this.model.failure?.(thrown);
    if (failure === undefined) throw thrown;
    const { parent, action, successors } = this;
    const where = i === undefined ? { parent, action, order: 2 * successors } : this.where(i);
    this.faults.add({ result: failure.kind, failure, ...where });
  }

  private where(i: number, isStep = false): Pick<Fault, 'parent' | 'action' | 'target' | 'order'> {
    const { batch, stateWords } = this;
    const target = batch.words.slice(i * batch.stride, i * batch.stride + stateWords);
    const order = 2 * batch.orderOf(i) + Number(isStep);
    return { parent: batch.parents[i] as number, action: batch.actions[i] as number, target, order };
  }
}
