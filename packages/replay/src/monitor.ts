/** Evaluates generated properties while programs run, and counts what they had to say. */
import { type Call, Moment, type Profile, type Result, type Space } from '@vmacheck/model';
import type { Machine } from '@vmacheck/mremap';
import type { Observer } from './observer.js';
import type { Properties, PropertyGroup, PropertyViolation } from './properties.js';

/** How often a property was evaluated, and how often its antecedent was true. */
export interface PropertyCount extends PropertyViolation {
  readonly evaluated: number;
  readonly antecedentTrue: number;
}

/**
 * An observer that evaluates every property wherever it is meaningful: state invariants after every step, step
 * properties for every step of which the specifications speak, phase properties for every phase of mremap. The first violation of each run is kept.
 */
export class PropertyMonitor implements Observer {
  /** The first violation since `reset`. */
  violation: PropertyViolation | undefined;
  readonly #state: readonly Counted<[Space]>[];
  readonly #step: readonly Counted<[Space, Call, Result, Space, Profile]>[];
  readonly #phase: readonly Counted<[Space, Machine, Space, Machine]>[];

  constructor({ state, step, phase }: Properties) {
    this.#state = state.map((group) => new Counted('state', group));
    this.#step = step.map((group) => new Counted('step', group));
    this.#phase = phase.map((group) => new Counted('phase', group));
  }

  /** What every property had to say so far. */
  get counts(): readonly PropertyCount[] {
    return [...this.#state, ...this.#step, ...this.#phase].flatMap((group) => group.counts());
  }

  /** Forgets the violation, for the next program. The counts go on. */
  reset(): void {
    this.violation = undefined;
  }

  step(before: Space, call: Call, result: Result, after: Space, profile: Profile): void {
    for (const counted of this.#step) {
      this.#see(counted, counted.evaluate(counted.group.subject(plain(before), call, result, plain(after), profile)));
    }
    this.state(after);
  }

  state(after: Space): void {
    for (const counted of this.#state) this.#see(counted, counted.evaluate(counted.group.subject(plain(after))));
  }

  phase(before: Space, machine: Machine, after: Space, next: Machine): void {
    for (const counted of this.#phase) {
      this.#see(counted, counted.evaluate(counted.group.subject(plain(before), machine, plain(after), next)));
    }
  }

  #see(counted: Counted<never>, first: number): void {
    if (first >= 0) this.violation ??= counted.told(first);
  }
}

/** Objects of one shape are quicker to look at. */
const plain = (space: Space): Space => (space instanceof Moment ? space.state : space);

/** A group and what its properties said. */
class Counted<Args extends readonly unknown[]> {
  #evaluated = 0;
  readonly #said: Float64Array;

  constructor(
    readonly kind: keyof Properties,
    readonly group: PropertyGroup<Args>,
  ) {
    this.#said = new Float64Array(group.properties.length);
  }

  evaluate(on: unknown): number {
    this.#evaluated += 1;
    return this.group.evaluate(on, this.#said);
  }

  told(i: number): PropertyViolation {
    const { name, doc, source } = this.group.properties[i] as PropertyGroup<Args>['properties'][number];
    return { name, kind: this.kind, doc, source };
  }

  counts(): readonly PropertyCount[] {
    return this.group.properties.map((_, i) => ({
      ...this.told(i),
      evaluated: this.#evaluated,
      antecedentTrue: this.#said[i] as number,
    }));
  }
}
