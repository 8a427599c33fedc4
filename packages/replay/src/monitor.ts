/** Evaluates generated properties while programs run, and counts what they had to say. */
import type { Call, Profile, Result, Space } from '@vmacheck/model';
import type { Machine } from '@vmacheck/mremap';
import type { Observer } from './observer.js';

/** A property compiled from a specification. */
export interface Property<Args extends readonly unknown[]> {
  readonly name: string;
  /** The operator's own comment. */
  readonly doc: string;
  /** Where the operator stands: "specs/StepProperties.tla:41". */
  readonly source: string;
  readonly holds: (...args: Args) => boolean;
  /** The left side of `A => B`; true for a property of another form. */
  readonly antecedent: (...args: Args) => boolean;
}

/** The three kinds of properties and what each is evaluated on. */
export interface Properties {
  readonly state: readonly Property<[Space]>[];
  readonly step: readonly Property<[Space, Call, Result, Space, Profile]>[];
  readonly phase: readonly Property<[Space, Machine, Space, Machine]>[];
}

/** How often a property was evaluated, and how often its antecedent was true. */
export interface PropertyCount {
  readonly name: string;
  readonly kind: keyof Properties;
  readonly doc: string;
  readonly source: string;
  evaluated: number;
  antecedentTrue: number;
}

/** A property that does not hold. */
export interface PropertyViolation {
  readonly name: string;
  readonly kind: keyof Properties;
  readonly doc: string;
  readonly source: string;
}

/**
 * An observer that evaluates every property wherever it is meaningful: state invariants after every step, step
 * properties for every step of which the specifications speak, phase properties for every phase of mremap. The first violation of each run is kept.
 */
export class PropertyMonitor implements Observer {
  readonly counts: readonly PropertyCount[];
  /** The first violation since `reset`. */
  violation: PropertyViolation | undefined;
  readonly #state: readonly Counted<[Space]>[];
  readonly #step: readonly Counted<[Space, Call, Result, Space, Profile]>[];
  readonly #phase: readonly Counted<[Space, Machine, Space, Machine]>[];

  constructor(properties: Properties) {
    this.#state = properties.state.map((property) => new Counted('state', property));
    this.#step = properties.step.map((property) => new Counted('step', property));
    this.#phase = properties.phase.map((property) => new Counted('phase', property));
    this.counts = [...this.#state, ...this.#step, ...this.#phase].map(({ count }) => count);
  }

  /** Forgets the violation, for the next program. The counts go on. */
  reset(): void {
    this.violation = undefined;
  }

  step(before: Space, call: Call, result: Result, after: Space, profile: Profile): void {
    for (const property of this.#step) this.#see(property.evaluate(before, call, result, after, profile));
    this.state(after);
  }

  state(after: Space): void {
    for (const property of this.#state) this.#see(property.evaluate(after));
  }

  phase(before: Space, machine: Machine, after: Space, next: Machine): void {
    for (const property of this.#phase) this.#see(property.evaluate(before, machine, after, next));
  }

  #see(violation: PropertyViolation | undefined): void {
    this.violation ??= violation;
  }
}

class Counted<Args extends readonly unknown[]> {
  readonly count: PropertyCount;
  readonly #property: Property<Args>;

  constructor(kind: keyof Properties, property: Property<Args>) {
    this.#property = property;
    const { name, doc, source } = property;
    this.count = { name, kind, doc, source, evaluated: 0, antecedentTrue: 0 };
  }

  evaluate(...args: Args): PropertyViolation | undefined {
    this.count.evaluated += 1;
    if (!this.#property.antecedent(...args)) return undefined;
    this.count.antecedentTrue += 1;
    if (this.#property.holds(...args)) return undefined;
    const { name, kind, doc, source } = this.count;
    return { name, kind, doc, source };
  }
}
