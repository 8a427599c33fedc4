/** Functions from their entries; those whose arguments are tuples, records, sets have the entries sorted by argument. */
import { compare } from './compare.js';
import { TlaError } from './errors.js';
import { type FunctionLike, TlaFunction, type TlaValue } from './values.js';

/** A function from entries in any order; of entries with equal arguments the first counts. */
export function functionWith<K, V>(entries: Iterable<readonly [K, V]>): TlaFunction<K, V> {
  const sorted = [...entries].sort((a, b) => compare(a[0], b[0]));
  const unique = sorted.filter(([key], i) => i === 0 || compare((sorted[i - 1] as readonly [K, V])[0], key) !== 0);
  return new SortedFunction(
    unique.map(([key]) => key),
    unique.map(([, value]) => value),
  );
}

class SortedFunction<K, V> extends TlaFunction<K, V> {
  constructor(
    /** Sorted by TLC's order. */
    readonly args: readonly K[],
    readonly results: readonly V[],
  ) {
    super();
  }

  get size(): number {
    return this.args.length;
  }

  #find(key: unknown): number {
    let low = 0;
    let high = this.args.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const order = compare(this.args[middle], key);
      if (order === 0) return middle;
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  has(key: unknown): boolean {
    return this.#find(key) >= 0;
  }

  get(key: unknown): V | undefined {
    const i = this.#find(key);
    return i < 0 ? undefined : this.results[i];
  }

  keys(): Iterable<K> {
    return this.args;
  }

  *entries(): Generator<[K, V]> {
    for (let i = 0; i < this.args.length; i++) yield [this.args[i] as K, this.results[i] as V];
  }

  with(key: K, value: V): TlaFunction<K, V> {
    const i = this.#find(key);
    if (i < 0) throw new TlaError('domain', 'EXCEPT outside of the domain');
    return new SortedFunction(this.args, this.results.with(i, value));
  }
}

/**
 * A function in its plainest representation: an array for the domain 1..n, a record for names, a `Map` for other simple
 * arguments, a `TlaFunction` for the rest.
 */
export function functionOf(entries: readonly (readonly [unknown, unknown])[]): TlaValue {
  const count = entries.length;
  if (entries.every(([key], i) => key === i + 1)) return entries.map(([, value]) => value);
  if (entries.every(([key]) => typeof key === 'string')) return Object.fromEntries(entries) as TlaValue;
  if (entries.every(([key]) => typeof key !== 'object')) {
    const map = new Map(entries);
    const values = Array.from({ length: count }, (_, i) => map.get(i + 1));
    return map.size === count && values.every((_, i) => map.has(i + 1)) ? values : map;
  }
  return functionWith(entries);
}

/** A function that has `get`, whatever its arguments are: a `Map`, or a `TlaFunction` for structured ones. */
export function keyedOf<K, V>(entries: Iterable<readonly [K, V]>): FunctionLike<K, V> {
  const map = new Map(entries);
  for (const key of map.keys()) if (typeof key === 'object') return functionWith(map);
  return map;
}
