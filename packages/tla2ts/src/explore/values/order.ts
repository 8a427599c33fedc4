/** A total order of values, for CHOOSE and for printing: that of TLC, for which a tuple is a function over 1..n and a record one over its names. */
import { type Domain, LazyFunction, ModelValue, SetValue, TlaFunction } from './values.js';
import type { ValueTable } from './value-table.js';
import { WordSet } from './word-set.js';

/** Model values first, then as in the table of ranks; functions by size, domain, values. */
export const compareValues = (a: unknown, b: unknown, table: ValueTable): number => {
  if (a === b) return 0;
  const difference = rank(a) - rank(b);
  if (difference !== 0) return difference;
  if (typeof a === 'number') return a - (b as number);
  if (typeof a === 'boolean') return Number(a) - Number(b);
  if (typeof a === 'string') return table.textOrder(a, b as string);
  if (a instanceof ModelValue) return table.textOrder(a.id, (b as ModelValue).id);
  if (a instanceof WordSet && b instanceof WordSet && a.size !== b.size) return a.size - b.size;
  if (a instanceof SetValue) return compareLists(sorted(a, table), sorted(b as SetValue, table), table);
  if (Array.isArray(a) && Array.isArray(b)) return compareLists(a, b, table);
  const [x, y] = [parts(a, table), parts(b, table)];
  return (x.keys === y.keys ? 0 : compareLists(x.keys, y.keys, table)) || compareLists(x.values, y.values, table);
};

const rank = (value: unknown): number => {
  if (value instanceof ModelValue) return 0;
  if (typeof value === 'boolean') return 1;
  if (typeof value === 'number') return 2;
  if (typeof value === 'string') return 3;
  if (value instanceof SetValue) return 4;
  return 5;
};

const compareLists = (a: readonly unknown[], b: readonly unknown[], table: ValueTable): number => {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i++) {
    const difference = compareValues(a[i], b[i], table);
    if (difference !== 0) return difference;
  }
  return 0;
};

/** The elements of a set in this order. */
export const sorted = (set: SetValue, table: ValueTable): readonly unknown[] =>
  (set.ordered ??= [...set.elements()].sort((a, b) => compareValues(a, b, table)));

interface DomainOrder {
  readonly keys: readonly unknown[];
  /** Where each of the keys stands in the domain. */
  readonly order: readonly number[];
}

const orders = new WeakMap<Domain, DomainOrder>();

const orderOf = (domain: Domain, table: ValueTable): DomainOrder => {
  let known = orders.get(domain);
  if (known === undefined) {
    const { elements } = domain;
    const order = elements.map((_, i) => i).toSorted((i, j) => compareValues(elements[i], elements[j], table));
    known = { keys: order.map((i) => elements[i]), order };
    orders.set(domain, known);
  }
  return known;
};

/** Keys, in order, and values of a record or function. */
export const parts = (
  value: unknown,
  table: ValueTable,
): { readonly keys: readonly unknown[]; readonly values: readonly unknown[] } => {
  if (value instanceof LazyFunction) return parts(table.force(value), table);
  if (value instanceof TlaFunction) {
    const { keys, order } = orderOf(value.domain, table);
    const values = table.valuesOf(value);
    return { keys, values: order.map((i) => values[i]) };
  }
  if (Array.isArray(value)) return { keys: value.map((_, i) => i + 1), values: value };
  const keys = Object.keys(value as object).toSorted(table.textOrder);
  return { keys, values: keys.map((key) => (value as Record<string, unknown>)[key]) };
};
