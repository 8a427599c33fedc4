/**
 * Boolean combinations of atoms: what can be decided of one step without looking at the rest of the behaviour. They are in
 * negation normal form, and equal ones have equal keys.
 */
import type { Atom } from './formula.js';

export type Condition =
  | { readonly kind: 'constant'; readonly key: string; readonly value: boolean }
  | { readonly kind: 'atom'; readonly key: string; readonly atom: Atom; readonly negated: boolean }
  | { readonly kind: 'and' | 'or'; readonly key: string; readonly of: readonly Condition[] };

export const yes: Condition = { kind: 'constant', key: 'T', value: true };

export const no: Condition = { kind: 'constant', key: 'F', value: false };

const numbers = new WeakMap<Atom, number>();
let atoms = 0;

/** The condition that is just this atom, or its negation. */
export const literal = (atom: Atom, negated: boolean): Condition => {
  let number = numbers.get(atom);
  if (number === undefined) numbers.set(atom, (number = atoms++));
  return { kind: 'atom', key: `${negated ? '-' : ''}${number}`, atom, negated };
};

export const allOf = (conditions: readonly Condition[]): Condition => join('and', conditions, yes, no);

export const anyOf = (conditions: readonly Condition[]): Condition => join('or', conditions, no, yes);

/** @param neutral the value without any condition; @param final the value that decides */
const join = (
  kind: 'and' | 'or',
  conditions: readonly Condition[],
  neutral: Condition,
  final: Condition,
): Condition => {
  const parts = new Map<string, Condition>();
  for (const condition of conditions.flatMap((c) => (c.kind === kind ? c.of : [c]))) {
    if (condition.key !== neutral.key) parts.set(condition.key, condition);
  }
  for (const key of parts.keys()) if (key === final.key || parts.has(`-${key}`)) return final;
  const of = [...parts.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  const [only] = of;
  if (only === undefined) return neutral;
  return of.length === 1 ? only : { kind, key: `${kind}(${of.map(({ key }) => key).join()})`, of };
};

export const negation = (condition: Condition): Condition => {
  switch (condition.kind) {
    case 'constant':
      return condition.value ? no : yes;
    case 'atom':
      return literal(condition.atom, !condition.negated);
    case 'and':
      return anyOf(condition.of.map(negation));
    case 'or':
      return allOf(condition.of.map(negation));
  }
};

/** Whether the condition depends on the step, not only on the state before it. */
export const isOfStep = (condition: Condition): boolean => {
  switch (condition.kind) {
    case 'constant':
      return false;
    case 'atom':
      return condition.atom.kind === 'step';
    default:
      return condition.of.some(isOfStep);
  }
};
