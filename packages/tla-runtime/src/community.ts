/** Operators of the community's modules FiniteSetsExt, SequencesExt, Functions and Folds that specifications use most. */
import { equals } from './compare.js';
import { TlaError } from './errors.js';
import { apply, domain, subSeq } from './operators.js';
import { setFrom } from './sets.js';
import type { FunctionLike, TlaSet } from './values.js';

/** A function in any representation. */
type AnyFunction<K, T> = FunctionLike<K, T> | readonly T[];

/** `Max(S)`. */
export function max(set: TlaSet<number>, where?: string): number {
  return last(set.elements(), where);
}

/** `Min(S)`. */
export function min(set: TlaSet<number>, where?: string): number {
  const [first] = set.elements();
  if (first === undefined) throw new TlaError('empty', 'Min of an empty set', where);
  return first;
}

/** `FoldSet(op, base, S)`. */
export function foldSet<T, R>(op: (x: T, result: R) => R, base: R, set: TlaSet<T>): R {
  return set.elements().reduce((result, x) => op(x, result), base);
}

/** `FoldFunctionOnSet(op, base, f, S)`; without a set that of all arguments. `FoldSeq(op, base, s)`, too. */
export function foldFunction<K, T, R>(
  op: (x: T, result: R) => R,
  base: R,
  f: AnyFunction<K, T>,
  set: TlaSet<unknown> = domain(f),
): R {
  return set.elements().reduce((result: R, x) => op(apply(f, x) as T, result), base);
}

/** `FoldLeft(op, base, s)`. */
export function foldLeft<T, R>(op: (result: R, x: T) => R, base: R, sequence: readonly T[]): R {
  return sequence.reduce((result, x) => op(result, x), base);
}

/** `FoldRight(op, s, base)`. */
export function foldRight<T, R>(op: (x: T, result: R) => R, base: R, sequence: readonly T[]): R {
  return sequence.reduceRight((result, x) => op(x, result), base);
}

/** `Range(f)`. */
export function range<K, T>(f: AnyFunction<K, T>): TlaSet<T> {
  return setFrom(
    domain(f)
      .elements()
      .map((x) => apply(f, x) as T),
  );
}

/** `IsInjective(f)`. */
export function isInjective<K>(f: AnyFunction<K, unknown>): boolean {
  return range(f).size === domain(f).size;
}

/** `Last(s)`. */
export function last<T>(sequence: readonly T[], where?: string): T {
  const item = sequence.at(-1);
  if (item === undefined) throw new TlaError('empty', 'the last of nothing', where);
  return item;
}

/** `Front(s)`. */
export function front<T>(sequence: readonly T[]): readonly T[] {
  return sequence.slice(0, -1);
}

/** `Reverse(s)`. */
export function reverse<T>(sequence: readonly T[]): readonly T[] {
  return sequence.toReversed();
}

/** `Contains(s, e)`. */
export function contains(sequence: readonly unknown[], item: unknown): boolean {
  return sequence.some((one) => equals(one, item));
}

/** `IsPrefix(s, t)`. */
export function isPrefix(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length <= b.length && a.every((item, i) => equals(item, b[i]));
}

/** `RemoveAt(s, i)`. */
export function removeAt<T>(sequence: readonly T[], i: number, where?: string): readonly T[] {
  return subSeq(sequence, 1, i - 1, where).concat(subSeq(sequence, i + 1, sequence.length, where));
}
