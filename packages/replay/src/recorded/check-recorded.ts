/**
 * Evaluates the generated properties on what a kernel did, with no model between: states are what was recorded, and a property that
 * needs more than a kernel shows has nothing to say there.
 */
import type { Profile } from '@vmacheck/model';
import type { Program } from '@vmacheck/trace';
import type { Properties, Property, PropertyGroup, PropertyViolation } from '../properties.js';
import { NotShown } from './not-shown.js';
import { Walk } from './walk.js';

/** What one property had to say. */
export interface RecordedCount {
  readonly name: string;
  readonly kind: 'state' | 'step';
  readonly doc: string;
  readonly source: string;
  /** States or steps for which it could be told whether the property holds. */
  evaluated: number;
  /** Those of them at which its antecedent was true. */
  antecedentTrue: number;
  /** States or steps for which it depends on what a kernel does not show. */
  notShown: number;
}

/** A step of a recorded program after which a property does not hold. */
export interface RecordedViolation extends PropertyViolation {
  /** Counts from 0. */
  readonly step: number;
}

/** See the head of the file. Counts add up over programs. */
export class RecordedChecker {
  readonly counts: readonly RecordedCount[];
  readonly #properties: Properties;
  readonly #countOf = new Map<string, RecordedCount>();

  constructor(properties: Properties) {
    this.#properties = properties;
    const counted = (kind: 'state' | 'step', { name, doc, source }: Property): RecordedCount => {
      const count = { name, kind, doc, source, evaluated: 0, antecedentTrue: 0, notShown: 0 };
      this.#countOf.set(`${kind} ${name}`, count);
      return count;
    };
    this.counts = [
      ...properties.state.flatMap((group) => group.properties.map((property) => counted('state', property))),
      ...properties.step.flatMap((group) => group.properties.map((property) => counted('step', property))),
    ];
  }

  /** @returns the first violation; steps that nobody looked at, and those of other processes, are left out */
  check(program: Program, profile: Profile): RecordedViolation | undefined {
    const walk = new Walk(program);
    for (const [index, step] of program.steps.entries()) {
      const seen = walk.next(step);
      if (seen === undefined) continue;
      const { step: judged, after } = seen;
      const violation =
        (judged === undefined
          ? undefined
          : this.#evaluate('step', this.#properties.step, [
              judged.before,
              judged.call,
              judged.result,
              after,
              profile,
            ])) ?? this.#evaluate('state', this.#properties.state, [after]);
      if (violation !== undefined) return { ...violation, step: index };
    }
    return undefined;
  }

  #evaluate<Args extends readonly unknown[]>(
    kind: 'state' | 'step',
    groups: readonly PropertyGroup<Args>[],
    args: Args,
  ): PropertyViolation | undefined {
    for (const group of groups) {
      const on = group.subject(...args);
      for (const property of group.properties) {
        const { name, doc, source } = property;
        if (NEEDS_FRAMES_APART.has(name)) continue;
        const count = this.#countOf.get(`${kind} ${name}`) as RecordedCount;
        try {
          const verdict = property.check(on);
          count.evaluated += 1;
          if (verdict !== 0) count.antecedentTrue += 1;
          if (verdict < 0) return { name, kind, doc, source };
        } catch (error) {
          if (!(error instanceof NotShown)) throw error;
          count.notShown += 1;
        }
      }
    }
    return undefined;
  }
}

/** Two pages may have the same bytes: what is recorded does not tell frames apart. */
const NEEDS_FRAMES_APART: ReadonlySet<string> = new Set(['FramesNotDoubled']);
