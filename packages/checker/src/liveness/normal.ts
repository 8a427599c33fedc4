/**
 * Temporal formulas in negation normal form, with what is decided by one step taken together as a condition, and with
 * `[]<>c` and `<>[]c` told apart: they depend on the end of a behaviour only, and need no automaton.
 *
 * Every `[]<>f` and `<>[]f` becomes a combination of these, however deep f is: where []a holds once it holds for ever, and
 * where <>b holds again and again, b does.
 */
import { type Condition, allOf, anyOf, literal, no, yes } from './condition.js';
import type { Formula } from './formula.js';

export type Normal =
  | { readonly kind: 'now' | 'often' | 'finally'; readonly key: string; readonly condition: Condition }
  | { readonly kind: 'always' | 'eventually'; readonly key: string; readonly of: Normal }
  | { readonly kind: 'and' | 'or'; readonly key: string; readonly of: readonly Normal[] };

/** The condition holds in the first step. */
export const now = (condition: Condition): Normal => leaf('now', condition);

const leaf = (kind: 'now' | 'often' | 'finally', condition: Condition): Normal =>
  condition.kind === 'constant'
    ? { kind: 'now', key: condition.key, condition }
    : { kind, key: kind === 'now' ? condition.key : `${kind} ${condition.key}`, condition };

/** The formula, or its negation. */
export const normalForm = (formula: Formula, negated = false): Normal => {
  switch (formula.kind) {
    case 'state':
    case 'step':
      return now(literal(formula, negated));
    case 'not':
      return normalForm(formula.of, !negated);
    case 'and':
    case 'or': {
      const parts = formula.of.map((part) => normalForm(part, negated));
      return (formula.kind === 'and') === negated ? either(parts) : both(parts);
    }
    case 'always':
    case 'eventually': {
      const inner = normalForm(formula.of, negated);
      return (formula.kind === 'always') === negated ? eventually(inner) : always(inner);
    }
  }
};

export const both = (parts: readonly Normal[]): Normal => join('and', parts);

export const either = (parts: readonly Normal[]): Normal => join('or', parts);

/** `c /\ d`, and `<>[]c /\ <>[]d`, are taken together in a conjunction; `c \/ d`, and `[]<>c \/ []<>d`, in a disjunction. */
const join = (kind: 'and' | 'or', given: readonly Normal[]): Normal => {
  const [combine, merged, neutral, final] =
    kind === 'and' ? ([allOf, 'finally', yes, no] as const) : ([anyOf, 'often', no, yes] as const);
  const parts = given.flatMap((part) => (part.kind === kind ? part.of : [part]));
  const conditions = (of: 'now' | 'often' | 'finally'): Condition[] =>
    parts.flatMap((part) => (part.kind === of ? [part.condition] : []));
  const first = now(combine(conditions('now')));
  const tails = conditions(merged);
  const tail = tails.length === 0 ? now(neutral) : leaf(merged, combine(tails));
  const rest = parts.filter((part) => part.kind !== 'now' && part.kind !== merged);
  const all = new Map([first, tail, ...rest].map((part) => [part.key, part]));
  if (all.has(final.key)) return now(final);
  all.delete(neutral.key);
  const of = [...all.values()];
  const [only] = of;
  if (only === undefined) return now(neutral);
  return of.length === 1 ? only : { kind, key: `${kind}(${of.map(({ key }) => key).join()})`, of };
};

/** Whether the formula says the same of a behaviour and of all that remains of it after some steps. */
const isOfEnd = (f: Normal): boolean =>
  f.kind === 'often' ||
  f.kind === 'finally' ||
  (f.kind === 'now' && f.condition.kind === 'constant') ||
  ((f.kind === 'and' || f.kind === 'or') && f.of.every(isOfEnd));

const always = (f: Normal): Normal => {
  if (isOfEnd(f) || f.kind === 'always') return f;
  if (f.kind === 'and') return both(f.of.map(always));
  if (f.kind === 'eventually') return infinitelyOften(f.of);
  const ends = f.kind === 'or' ? f.of.filter(isOfEnd) : [];
  if (f.kind === 'or' && ends.length > 0) {
    return either([...ends, always(either(f.of.filter((part) => !isOfEnd(part))))]);
  }
  return { kind: 'always', key: `always ${f.key}`, of: f };
};

const eventually = (f: Normal): Normal => {
  if (isOfEnd(f) || f.kind === 'eventually') return f;
  if (f.kind === 'or') return either(f.of.map(eventually));
  if (f.kind === 'always') return finallyAlways(f.of);
  const ends = f.kind === 'and' ? f.of.filter(isOfEnd) : [];
  if (f.kind === 'and' && ends.length > 0) {
    return both([...ends, eventually(both(f.of.filter((part) => !isOfEnd(part))))]);
  }
  return { kind: 'eventually', key: `eventually ${f.key}`, of: f };
};

/** `[]<>f` */
const infinitelyOften = (f: Normal): Normal => {
  switch (f.kind) {
    case 'now':
      return leaf('often', f.condition);
    case 'often':
    case 'finally':
      return f;
    case 'or':
      return either(f.of.map(infinitelyOften));
    case 'always':
      return finallyAlways(f.of);
    case 'eventually':
      return infinitelyOften(f.of);
    case 'and': {
      const choice = f.of.find((part) => part.kind === 'or');
      if (choice?.kind !== 'or') return both(f.of.map(infinitelyOften));
      const others = f.of.filter((part) => part !== choice);
      return either(choice.of.map((part) => infinitelyOften(both([...others, part]))));
    }
  }
};

/** `<>[]f` */
const finallyAlways = (f: Normal): Normal => {
  switch (f.kind) {
    case 'now':
      return leaf('finally', f.condition);
    case 'often':
    case 'finally':
      return f;
    case 'and':
      return both(f.of.map(finallyAlways));
    case 'eventually':
      return infinitelyOften(f.of);
    case 'always':
      return finallyAlways(f.of);
    case 'or': {
      const group = f.of.find((part) => part.kind === 'and');
      if (group?.kind !== 'and') return either(f.of.map(finallyAlways));
      const others = f.of.filter((part) => part !== group);
      return both(group.of.map((part) => finallyAlways(either([...others, part]))));
    }
  }
};
