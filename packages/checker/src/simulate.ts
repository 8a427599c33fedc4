/**
 * Random behaviours: from a random initial state, each step to one of the distinct successors, all equally likely. What is
 * tested on the way is what an exploration tests, and on every successor, not only on the one that is taken. A fault
 * does not end the run: the behaviours after it look for a shorter way to one.
 *
 * A behaviour that comes back to a state goes on as if it had never left it, so that no trace has a loop. The level that
 * the model is told is the length of the way without the loops: what is shown is a behaviour of the model also where
 * actions depend on the level.
 */
import { Candidates } from './candidates.js';
import type { Emit, Failure, Model, StatePredicate, StepPredicate, Words } from './model.js';
import type { Bound, TraceState, Verdict, Violation } from './outcome.js';
import { type RandomBelow, randomStream } from './random.js';
import { stepTo } from './trace.js';

/** How long to walk, and which way. */
export interface SimulateOptions {
  /** The same seed gives the same behaviours. A whole number from 0 to 2^53. */
  readonly seed: number;
  /** States of a behaviour with its loops, at most (default 100). */
  readonly depth?: number;
  /** Behaviours to walk (default: 1000, or no limit if a time is given). */
  readonly behaviours?: number;
  /** The walk ends after this time, also in the middle of a behaviour. A run without a fault is inconclusive if not even all initial states were found. */
  readonly maxSeconds?: number;
  /** Seconds of some clock; default: `performance.now()`. */
  readonly clock?: () => number;
  /** Called about every second; returning false ends the run. */
  readonly onProgress?: (counts: SimulationCounts) => boolean | void;
}

/** What a simulation did so far. */
export interface SimulationCounts {
  readonly behaviours: number;
  /** Steps that were taken. */
  readonly steps: number;
  /** States that were tested: initial states, and the distinct successors of every state that was walked through. */
  readonly tested: number;
  /** States of the longest behaviour. */
  readonly longest: number;
  readonly seconds: number;
}

/** The result of a simulation; `success` means that no fault was met. */
export interface SimulationOutcome extends SimulationCounts {
  readonly seed: number;
  readonly result: Verdict;
  readonly violation?: Violation;
  readonly failure?: Failure;
  readonly bound?: Bound;
  /** The shortest behaviour with a fault that was met. */
  readonly trace?: readonly TraceState[];
  /** Names of the "sometimes" properties that no state showed. */
  readonly unreached: readonly string[];
}

type Fault = Pick<SimulationOutcome, 'result' | 'violation' | 'failure' | 'trace'>;

/** A state of the behaviour being walked, with the action that led to it. */
interface Visited {
  readonly words: Words;
  readonly action: number | undefined;
}

/** States made between two looks at the clock. */
const statesPerLook = 256;

/** Walks random behaviours of the model. */
export const simulate = (model: Model, options: SimulateOptions): SimulationOutcome =>
  new Simulation(model, options).run();

class Simulation {
  private readonly clock: () => number;
  private readonly started: number;
  /** Where the model writes. */
  private readonly target: Words;
  private readonly unreached: Set<StatePredicate>;
  private readonly initial: Candidates;
  private readonly successors: Candidates;
  /** Of the states in `initial` and `successors` those that the constraints allow, by index. */
  private readonly initialAllowed: number[] = [];
  private readonly allowed: number[] = [];
  /** The action that made each of `successors` first. */
  private readonly actionOf: number[] = [];
  private behaviours = 0;
  private steps = 0;
  private tested = 0;
  private longest = 0;
  /** States that a trace may have, at most: fewer than the shortest one with a fault. */
  private limit = Infinity;
  private fault: Fault | undefined = undefined;
  /** The behaviour being walked, without its loops. */
  private path: Visited[] = [];
  /** The action being done. */
  private action = 0;
  private emitted = false;
  /** The model is evaluating a property of the state in `target`, not making one. */
  private testing = false;
  /** The behaviour being walked is over. */
  private over = false;
  /** So is the time. */
  private late = false;
  private untilLook = statesPerLook;

  constructor(
    private readonly model: Model,
    private readonly options: SimulateOptions,
  ) {
    this.clock = options.clock ?? ((): number => performance.now() / 1000);
    this.started = this.clock();
    this.target = new Uint32Array(model.wordsPerState);
    this.unreached = new Set(model.sometimes);
    this.initial = new Candidates(model.wordsPerState);
    this.successors = new Candidates(model.wordsPerState);
  }

  run(): SimulationOutcome {
    const { behaviours, maxSeconds, onProgress, seed } = this.options;
    const wanted = behaviours ?? (maxSeconds === undefined ? 1000 : Infinity);
    let lastProgress = this.started;
    this.attempt(() => this.begin());
    this.model.atStart?.(() => {
      const { tested, longest, seconds } = this.counts();
      return { distinct: tested, generated: tested, queue: 0, depth: longest, seconds };
    });
    let bound: Bound | undefined = this.late ? { kind: 'time', limit: maxSeconds ?? 0 } : undefined;
    const isOver = (): boolean => this.late || this.limit <= 0 || this.model.isOver?.() === true;
    while (!isOver() && this.behaviours < wanted && this.initialAllowed.length > 0) {
      this.attempt(() => this.walk(randomStream(seed, this.behaviours++)));
      const now = this.look();
      if (onProgress === undefined || now - lastProgress < 1) continue;
      lastProgress = now;
      if (onProgress(this.counts()) !== false) continue;
      bound = { kind: 'interrupted', limit: 0 };
      break;
    }
    const result = bound === undefined ? 'success' : 'inconclusive';
    if (this.model.isOver?.() === true) bound ??= { kind: 'exit', limit: 0 };
    return {
      seed,
      ...this.counts(),
      ...(this.fault ?? { result }),
      ...(bound === undefined ? {} : { bound }),
      unreached: [...this.unreached].map(({ name }) => name),
    };
  }

  /** @returns the time */
  private look(): number {
    const now = this.clock();
    const { maxSeconds } = this.options;
    if (maxSeconds !== undefined && now - this.started >= maxSeconds) this.late = this.over = true;
    this.untilLook = statesPerLook;
    return now;
  }

  private counts(): SimulationCounts {
    const { behaviours, steps, tested, longest } = this;
    return { behaviours, steps, tested, longest, seconds: this.clock() - this.started };
  }

  private begin(): void {
    this.model.atLevel?.(1);
    this.model.initial(this.target, 0, this.acceptInitial);
  }

  private walk(random: RandomBelow): void {
    const { model, target, initial, initialAllowed, successors, allowed, path } = this;
    this.over = false;
    path.length = 0;
    path.push({ words: initial.at(initialAllowed[random(initialAllowed.length)] as number), action: undefined });
    const { depth = 100 } = this.options;
    for (let length = 1; ; length++) {
      this.longest = Math.max(this.longest, length);
      if (length >= depth || path.length >= this.limit) return;
      model.atLevel?.(path.length);
      this.tellPath();
      const from = (path.at(-1) as Visited).words;
      this.emitted = false;
      successors.clear();
      allowed.length = 0;
      for (let i = 0; i < model.actions.length; i++) {
        this.action = i;
        model.actions[i]!.successors(from, 0, target, 0, this.acceptStep);
        if (this.over) return;
      }
      if (!this.emitted && model.checkDeadlock) return this.found({ result: 'deadlock', trace: this.trace() });
      if (allowed.length === 0) return;
      const chosen = allowed[random(allowed.length)] as number;
      this.goTo({ words: successors.at(chosen), action: this.actionOf[chosen] });
      this.steps++;
    }
  }

  /** Goes on from a state; one that was passed before is gone back to. */
  private goTo(state: Visited): void {
    const { path } = this;
    const before = path.findIndex(({ words }) => words.every((word, i) => word === state.words[i]));
    if (before < 0) path.push(state);
    else path.length = before + 1;
  }

  private readonly acceptInitial: Emit = () => {
    if (--this.untilLook === 0) this.look();
    if (this.over) return false;
    const { model, target, initial } = this;
    if (!initial.add(target)) return true;
    this.tested++;
    this.testing = true;
    this.tellPath('target');
    if (model.constraint === undefined || model.constraint.holds(target, 0))
      this.initialAllowed.push(initial.count - 1);
    this.testState();
    if (!this.over) {
      const failed = model.initialProperties?.find((p) => !p.holds(target, 0));
      if (failed !== undefined) this.violated('initial', failed);
    }
    this.testing = false;
    if (model.isOver?.() === true) this.over = true;
    return !this.over;
  };

  private readonly acceptStep: Emit = () => {
    if (--this.untilLook === 0) this.look();
    if (this.over) return false;
    this.emitted = true;
    const { model, target, successors, path } = this;
    if (!successors.add(target)) return true;
    this.actionOf[successors.count - 1] = this.action;
    this.tested++;
    const level = path.length;
    const from = (path.at(-1) as Visited).words;
    this.testing = true;
    model.atLevel?.(level + 1);
    this.tellPath('target');
    let inside = model.constraint === undefined || model.constraint.holds(target, 0);
    model.atLevel?.(level);
    this.tellPath();
    inside &&= model.stepConstraint === undefined || model.stepConstraint.holds(from, 0, target, 0);
    if (inside) this.allowed.push(successors.count - 1);
    model.atLevel?.(level + 1);
    this.tellPath('target');
    this.testState();
    model.atLevel?.(level);
    this.tellPath();
    if (!this.over) {
      const failed = model.stepProperties?.find((p) => !p.holds(from, 0, target, 0));
      if (failed !== undefined) this.violated('step', failed);
    }
    this.testing = false;
    if (model.isOver?.() === true) this.over = true;
    return !this.over;
  };

  /** Tells the model the behaviour being walked, and the state in `target` as its last one. */
  private tellPath(end?: 'target'): void {
    const { model, path, target } = this;
    model.atPath?.(() => [...path.map(({ words }) => words), ...(end === undefined ? [] : [target.slice()])]);
  }

  private testState(): void {
    const { model, target, unreached } = this;
    const failed = model.invariants.find((p) => !p.holds(target, 0));
    if (failed !== undefined) return this.violated('invariant', failed);
    for (const predicate of unreached) if (predicate.holds(target, 0)) unreached.delete(predicate);
  }

  private violated(kind: Violation['kind'], { name, location }: StatePredicate | StepPredicate): void {
    const violation = location === undefined ? { kind, name } : { kind, name, location };
    this.found({ result: 'safety-violation', violation, trace: this.traceToTarget() });
  }

  private found(fault: Fault): void {
    this.fault = fault;
    this.limit = (fault.trace?.length ?? 0) - 1;
    this.over = true;
  }

  private attempt(part: () => void): void {
    try {
      part();
    } catch (thrown) {
      const failure = this.model.failure?.(thrown);
      if (failure === undefined) throw thrown;
      const trace = this.testing ? this.traceToTarget() : this.trace();
      this.testing = false;
      this.found({ result: failure.kind, failure, trace });
    }
  }

  private trace(): TraceState[] {
    const { path, model } = this;
    const states = path.map(({ words }) => words);
    return path.map(({ words, action }, i) =>
      action === undefined ? { words } : stepTo(model, states, i, words, action),
    );
  }

  private traceToTarget(): TraceState[] {
    const states = this.path.map(({ words }) => words);
    return [...this.trace(), stepTo(this.model, states, states.length, this.target.slice(), this.action)];
  }
}
