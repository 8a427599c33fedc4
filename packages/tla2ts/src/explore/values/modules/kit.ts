/** What the operators of all modules are made with. */
import type { Library } from '../library.js';
import type { ValueTable } from '../value-table.js';
import { RuleSet, isFiniteSet } from '../sets.js';
import { LazyFunction, TlaFunction, isRecord } from '../values.js';

/** An operator of a module on values; an operator among its arguments is a function of values. */
export type Operator = (...args: never[]) => unknown;

/** By `Module!Operator`. */
export type Operators = Readonly<Record<string, Operator>>;

export type Fn1 = (a: unknown) => unknown;
export type Fn2 = (a: unknown, b: unknown) => unknown;

export type Kit = ReturnType<typeof makeKit>;

export const makeKit = (lib: Library, table: ValueTable) => {
  const { add, apply, domainOf, equal, fail, int, makeFunction, set, setOf } = lib;
  const list = (of: unknown): readonly unknown[] => [...set(of).elements()];
  const sorted = (of: unknown): readonly unknown[] => lib.ordered(set(of));
  /** The values of a function, in the order in which its domain is stored. */
  const values = (f: unknown): readonly unknown[] => {
    if (Array.isArray(f)) return f as readonly unknown[];
    if (f instanceof TlaFunction) return table.valuesOf(f);
    return list(domainOf(f)).map((x) => apply(f, x));
  };
  return {
    ...lib,
    list,
    sorted,
    values,
    isFinite: isFiniteSet,
    /** The set that everything is in. */
    anything: new RuleSet(
      () => 'Any',
      () => true,
    ),
    range: (f: unknown) => setOf(values(f)),
    /** What a function is defined for, in the order of `values`. */
    argumentsOf: (f: unknown): readonly unknown[] =>
      Array.isArray(f) ? f.map((_, i) => i + 1) : f instanceof TlaFunction ? f.domain.elements : list(domainOf(f)),
    isFunction: (value: unknown): boolean =>
      Array.isArray(value) || value instanceof TlaFunction || value instanceof LazyFunction || isRecord(value),
    natural: (value: unknown): number => (int(value) >= 0 ? int(value) : fail(`${int(value)} is no natural number`)),
    /** The function on these keys. */
    onKeys: (keys: readonly unknown[], at: Fn1): unknown => makeFunction(setOf(keys), at),
    /** The function that has the value of each key in the same place of the other list. */
    fromLists: (keys: readonly unknown[], results: readonly unknown[]): unknown =>
      makeFunction(setOf(keys), (x) => results[keys.findIndex((key) => equal(key, x))]),
    sum: (numbers: Iterable<unknown>): number => {
      let total = 0;
      for (const value of numbers) total = add(total, value);
      return total;
    },
    /** `op(xn, ... op(x2, op(x1, base)))` */
    foldUp: (op: Fn2, base: unknown, items: readonly unknown[]): unknown =>
      items.reduce((result, item) => op(item, result), base),
    /** The functions from one set to another with a property. */
    functions: (from: unknown, to: unknown, test: (f: unknown) => boolean): unknown =>
      lib.filter(lib.functionSet(from, to), test),
    /** All ways to take one item of each list, the last of which varies fastest. */
    choices: (lists: readonly (readonly unknown[])[]): readonly (readonly unknown[])[] =>
      lists.reduce<readonly (readonly unknown[])[]>(
        (begun, items) => begun.flatMap((chosen) => items.map((item) => [...chosen, item])),
        [[]],
      ),
  };
};

/** All orders of some items. */
export const permutations = (items: readonly unknown[]): readonly (readonly unknown[])[] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));
