/**
 * Takes a formula apart into ways to satisfy it. Of each way most is said by conditions on the end of a behaviour, that is, on
 * the cycle of a lasso; only the rest needs an automaton.
 */
import { type Condition, allOf } from './condition.js';
import type { Normal } from './normal.js';

/** `<>[]c \/ []<>d`: if c is false again and again, then d holds again and again. Strong fairness. */
export interface Answered {
  readonly always: Condition;
  readonly answer: Condition;
}

/** All of it together is one way to satisfy a formula. */
export interface Obligation {
  /** Each holds again and again. */
  readonly often: readonly Condition[];
  /** Holds from some point on. */
  readonly finally: Condition;
  readonly answered: readonly Answered[];
  /** What is left. */
  readonly rest: readonly Normal[];
}

/** The ways to satisfy all of the formulas. */
export const obligationsOf = (formulas: readonly Normal[]): readonly Obligation[] => {
  const parts = formulas.flatMap((f) => (f.kind === 'and' ? f.of : [f]));
  const often: Condition[] = [];
  const tails: Condition[] = [];
  const answered: Answered[] = [];
  const rest: Normal[] = [];
  for (const [i, part] of parts.entries()) {
    if (part.kind === 'often') often.push(part.condition);
    else if (part.kind === 'finally') tails.push(part.condition);
    else if (part.kind === 'now' && part.condition.kind === 'constant') {
      if (!part.condition.value) return [];
    } else if (part.kind === 'or') {
      const pair = pairOf(part.of);
      if (pair === undefined) return part.of.flatMap((choice) => obligationsOf(parts.with(i, choice)));
      answered.push(pair);
    } else rest.push(part);
  }
  return [{ often, finally: allOf(tails), answered, rest }];
};

const pairOf = ([a, b, ...more]: readonly Normal[]): Answered | undefined => {
  if (more.length > 0) return undefined;
  if (a?.kind === 'finally' && b?.kind === 'often') return { always: a.condition, answer: b.condition };
  if (a?.kind === 'often' && b?.kind === 'finally') return { always: b.condition, answer: a.condition };
  return undefined;
};
