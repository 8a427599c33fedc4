/** Properties that were compiled from specifications, in groups that are evaluated together. */
import type { Call, Profile, Result, Space } from '@vmacheck/model';
import type { Machine } from '@vmacheck/mremap';

/** 1 the property holds, -1 it does not, 0 it says nothing: the left side of its implication is false. */
export type PropertyVerdict = -1 | 0 | 1;

/** A property compiled from a specification. `On`: an object that it is evaluated on. */
export interface Property<On = unknown> {
  readonly name: string;
  /** The operator's own comment. */
  readonly doc: string;
  /** Where the operator stands: "specs/StepProperties.tla:41". */
  readonly source: string;
  check(on: On): PropertyVerdict;
}

/** The properties of one module, which compute once what several of them need. */
export interface PropertyGroup<Args extends readonly unknown[], On = unknown> {
  readonly properties: readonly Property<On>[];
  /** What all of them can be evaluated on. It must not change as long as it is used. */
  subject(...args: Args): On;
  /**
   * Evaluates them all. `said`, by the number of the property: how often it said something, which grows.
   * @returns the number of the first that does not hold, -1: all hold
   */
  evaluate(on: On, said: number[] | Float64Array): number;
}

/** A property that is written by hand. */
export interface OwnProperty<Args extends readonly unknown[]> extends Omit<Property, 'check'> {
  readonly check: (...args: Args) => PropertyVerdict;
}

/** A group of properties that have nothing in common. */
export function groupOf<Args extends readonly unknown[]>(
  ...properties: readonly OwnProperty<Args>[]
): PropertyGroup<Args> {
  return {
    properties: properties.map((property) => ({ ...property, check: (on) => property.check(...(on as Args)) })),
    subject: (...args) => args,
    evaluate: (on, said) => {
      const verdicts = properties.map(({ check }) => check(...(on as Args)));
      verdicts.forEach((verdict, i) => {
        if (verdict !== 0) said[i] = (said[i] as number) + 1;
      });
      return verdicts.indexOf(-1);
    },
  };
}

export type StateGroup = PropertyGroup<[Space]>;
export type StepGroup = PropertyGroup<[Space, Call, Result, Space, Profile]>;
export type PhaseGroup = PropertyGroup<[Space, Machine, Space, Machine]>;

/** The three kinds of properties and what each is evaluated on. */
export interface Properties {
  readonly state: readonly StateGroup[];
  readonly step: readonly StepGroup[];
  readonly phase: readonly PhaseGroup[];
}

/** What is told of a property that does not hold. */
export interface PropertyViolation {
  readonly name: string;
  readonly kind: keyof Properties;
  readonly doc: string;
  readonly source: string;
}
