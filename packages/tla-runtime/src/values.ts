/**
 * TLA+ values in JavaScript. Numbers, strings and booleans are themselves; tuples and sequences are arrays (element i of
 * TLA+ is `a[i - 1]`); records are plain objects; functions over other domains are `Map`s, or `TlaFunction`s where the
 * arguments are not numbers, strings or booleans; sets are `TlaSet`s. Values are never changed.
 */

/** A value that is equal only to itself: what a configuration gives to a CONSTANT. */
export class ModelValue {
  constructor(readonly name: string) {}
}

/** A set of values. */
export abstract class TlaSet<T> {
  abstract has(value: unknown): boolean;
  /** The elements, sorted, without duplicates. Throws for a set without end. */
  abstract elements(): readonly T[];
  /** How the set is written where its elements are not listed: `Nat`, `1..3`; undefined: list them. */
  abstract readonly notation: string | undefined;

  get size(): number {
    return this.elements().length;
  }

  /** The elements, as they are stored, for whom the order makes no difference. */
  inAnyOrder(): Iterable<T> {
    return this.elements();
  }

  [Symbol.iterator](): Iterator<T> {
    return this.elements()[Symbol.iterator]();
  }
}

/** A function: a `Map` is one, and so is a `TlaFunction`. */
export interface FunctionLike<K, V> {
  readonly size: number;
  has(key: K): boolean;
  get(key: K): V | undefined;
  keys(): Iterable<K>;
  entries(): Iterable<[K, V]>;
}

/** A function whose arguments are tuples, records or sets: entries sorted by argument. */
export abstract class TlaFunction<K, V> implements FunctionLike<K, V> {
  abstract readonly size: number;
  abstract has(key: unknown): boolean;
  abstract get(key: unknown): V | undefined;
  abstract keys(): Iterable<K>;
  abstract entries(): Iterable<[K, V]>;
  abstract with(key: K, value: V): TlaFunction<K, V>;

  /** The domain, where it has no end and the entries cannot be listed. */
  get over(): TlaSet<K> | undefined {
    return undefined;
  }
}

/**
 * A value of a type that is not known when code is generated: a number, a string, a Boolean, a `ModelValue`, an array, a `Map` or a `TlaFunction`, a
 * `TlaSet`, or a plain object for a record. The code looks at it.
 */
export type TlaValue = unknown;
