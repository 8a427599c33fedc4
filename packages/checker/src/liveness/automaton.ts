/**
 * The automaton of a formula. A state is a set of formulas that have to hold from here on; a transition is a way to let them
 * hold: a condition on the step, and what has to hold after it. `<>f` can be postponed; a behaviour is accepted when no
 * `<>f` is postponed for ever. (The construction of Gerth, Peled, Vardi and Wolper 1995, with acceptance on transitions as
 * in Couvreur 1999.)
 */
import { type Condition, allOf, anyOf, negation, yes } from './condition.js';
import type { Normal } from './normal.js';

export interface Transition {
  readonly condition: Condition;
  readonly next: number;
  /** The `<>f`, by number, that this transition does not fulfil. */
  readonly postponed: ReadonlySet<number>;
}

export interface Automaton {
  /** The transitions of each state; the first state is the initial one. */
  readonly states: readonly (readonly Transition[])[];
  /** How many `<>f` there are. */
  readonly promises: number;
}

/** One way to satisfy a set of formulas. */
interface Way {
  readonly now: readonly Condition[];
  readonly next: ReadonlyMap<string, Normal>;
  readonly postponed: ReadonlySet<string>;
}

export const automatonOf = (formulas: readonly Normal[]): Automaton => {
  const promises = new Map<string, number>();
  const numbers = new Map<string, number>();
  const sets: (readonly Normal[])[] = [];
  const numberOf = (set: readonly Normal[]): number => {
    const key = set
      .map((f) => f.key)
      .sort()
      .join(' & ');
    let number = numbers.get(key);
    if (number === undefined) {
      number = sets.push(set) - 1;
      numbers.set(key, number);
    }
    return number;
  };
  const promiseOf = (key: string): number => {
    if (!promises.has(key)) promises.set(key, promises.size);
    return promises.get(key) as number;
  };
  numberOf(formulas);
  const states: (readonly Transition[])[] = [];
  for (let state = 0; state < sets.length; state++) {
    const merged = new Map<string, Transition>();
    for (const way of waysOf(sets[state] as readonly Normal[])) {
      const condition = allOf(way.now);
      if (condition.kind === 'constant' && !condition.value) continue;
      const next = numberOf([...way.next.values()]);
      const postponed = new Set([...way.postponed].map(promiseOf));
      const key = `${next} ${[...postponed].sort((a, b) => a - b).join()}`;
      const other = merged.get(key);
      merged.set(key, { condition: other ? anyOf([other.condition, condition]) : condition, next, postponed });
    }
    states.push([...merged.values()]);
  }
  return { states, promises: promises.size };
};

const waysOf = (formulas: readonly Normal[]): readonly Way[] => {
  const ways: Way[] = [];
  const visit = (todo: readonly Normal[], done: ReadonlySet<string>, way: Way): void => {
    const [f, ...others] = todo;
    if (f === undefined) return void ways.push(way);
    if (done.has(f.key)) return visit(others, done, way);
    const seen = new Set(done).add(f.key);
    const later = (postponed: boolean, condition: Condition = yes): Way => ({
      now: [...way.now, condition],
      next: new Map(way.next).set(f.key, f),
      postponed: postponed ? new Set(way.postponed).add(f.key) : way.postponed,
    });
    switch (f.kind) {
      case 'now':
        return visit(others, seen, { ...way, now: [...way.now, f.condition] });
      case 'and':
        return visit([...f.of, ...others], seen, way);
      case 'or':
        for (const choice of f.of) visit([choice, ...others], seen, way);
        return;
      case 'always':
        return visit([f.of, ...others], seen, later(false));
      case 'eventually':
        visit([f.of, ...others], seen, way);
        return visit(others, seen, later(true, f.of.kind === 'now' ? negation(f.of.condition) : yes));
      case 'often':
      case 'finally':
        return visit([unfolded(f), ...others], seen, way);
    }
  };
  visit(formulas, new Set(), { now: [], next: new Map(), postponed: new Set() });
  return ways;
};

/** `[]<>c` and `<>[]c` inside of another formula, written out. */
const unfolded = (f: Extract<Normal, { readonly condition: Condition }>): Normal => {
  const inner: Normal = { kind: 'now', key: f.condition.key, condition: f.condition };
  const [first, second] =
    f.kind === 'often' ? (['eventually', 'always'] as const) : (['always', 'eventually'] as const);
  const middle: Normal = { kind: first, key: `${first} ${inner.key}`, of: inner };
  return { kind: second, key: `${second} ${middle.key}`, of: middle };
};
