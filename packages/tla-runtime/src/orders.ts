/** Orders of things: what the module TLC has on them. */
import { functionOf } from './functions.js';
import { setFrom } from './sets.js';
import type { TlaSet, TlaValue } from './values.js';

/** `Permutations(S)`: all bijections of S and S. */
export function permutations(set: TlaSet<unknown>): TlaSet<TlaValue> {
  const keys = set.elements();
  return setFrom(orders(keys).map((order) => functionOf(keys.map((key, i) => [key, order[i]]))));
}

function orders(items: readonly unknown[]): readonly (readonly unknown[])[] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, i) => orders(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));
}

/** `SortSeq(s, Op)`: equal items keep their order. */
export function sortSeq<T>(sequence: readonly T[], before: (a: T, b: T) => boolean): readonly T[] {
  return sequence.toSorted((a, b) => (before(a, b) ? -1 : Number(before(b, a))));
}
