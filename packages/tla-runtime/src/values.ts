/**
 * TLA+ values in JavaScript. Numbers, strings and booleans are themselves; tuples and sequences are arrays (element i of
 * TLA+ is `a[i - 1]`); records are plain objects; functions over other domains are `Map`s, or `TlaFunction`s where the
 * arguments are not numbers, strings or booleans; sets are `TlaSet`s. Values are never changed.
 */
import type { TlaFunction } from './functions.js';
import type { TlaSet } from './sets.js';

/** A value that is equal only to itself: what a configuration gives to a CONSTANT. */
export class ModelValue {
  constructor(readonly name: string) {}
}

/** A record: field names to values. */
export interface TlaRecord {
  readonly [field: string]: TlaValue;
}

/** A value of a type that is not known when code is generated. */
export type TlaValue =
  | number
  | string
  | boolean
  | ModelValue
  | readonly TlaValue[]
  | ReadonlyMap<number | string | boolean, TlaValue>
  | TlaFunction<TlaValue, TlaValue>
  | TlaSet<TlaValue>
  | TlaRecord;

/** What `apply`, `DOMAIN` and EXCEPT work on when nothing more is known. */
export type AnyFunction =
  readonly unknown[] | ReadonlyMap<unknown, unknown> | TlaFunction<unknown, unknown> | Readonly<Record<string, unknown>>;
