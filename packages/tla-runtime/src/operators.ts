/** What generated code calls: function application, EXCEPT, sequences, CHOOSE, arithmetic with its errors. */
import { isRecord, sortedEntries } from './compare.js';
import { TlaError } from './errors.js';
import { brief, format } from './format.js';
import { functionOf, keyedOf } from './functions.js';
import { interval, setFrom, setOfUnique } from './sets.js';
import { type FunctionLike, TlaFunction, TlaSet, type TlaValue } from './values.js';

/** `s[i]` of a sequence: `i` counts from 1. */
export function at<T>(sequence: readonly T[], i: number, where?: string): T {
  const value = sequence[i - 1];
  if (value === undefined) throw outside(sequence, i, where);
  return value;
}

/** `f[x]` of a function. */
export function lookup<K, V>(f: FunctionLike<K, V>, x: K, where?: string): V {
  const value = f.get(x);
  if (value === undefined) throw outside(f, x, where);
  return value;
}

/** `f[x]` of a value of any type. */
export function apply(f: unknown, x: unknown, where?: string): TlaValue {
  let value: unknown;
  if (Array.isArray(f)) value = typeof x === 'number' ? f[x - 1] : undefined;
  else if (f instanceof Map || f instanceof TlaFunction) value = f.get(x);
  else if (!isRecord(f)) throw new TlaError('type', `${brief(f)} is no function, and is applied to ${brief(x)}`, where);
  else if (typeof x === 'string' && Object.hasOwn(f, x)) value = f[x];
  if (value === undefined) throw outside(f, x, where);
  return value as TlaValue;
}

function outside(f: unknown, x: unknown, where: string | undefined): TlaError {
  const message = `${brief(f)} is applied to ${brief(x)}, outside of its domain ${brief(domain(f))}`;
  return new TlaError('domain', message, where);
}

/** `DOMAIN f`. */
export function domain(f: unknown, where?: string): TlaSet<TlaValue> {
  if (Array.isArray(f)) return interval(1, f.length);
  if (f instanceof TlaFunction && f.over) return f.over as TlaSet<TlaValue>;
  if (f instanceof Map || f instanceof TlaFunction) return setFrom(f.keys() as Iterable<TlaValue>);
  if (isRecord(f)) return setFrom(Object.keys(f));
  throw new TlaError('type', `${brief(f)} is no function and has no DOMAIN`, where);
}

/** `[x \in S |-> e]` in its plainest representation. */
export function makeFunction<K>(set: Iterable<K>, result: (x: K) => unknown): TlaValue {
  const entries: (readonly [unknown, unknown])[] = [];
  for (const x of set) entries.push([x, result(x)]);
  return functionOf(entries);
}

/** `[x \in S |-> e]` with simple arguments, as a Map. */
export function makeMap<K, V>(set: Iterable<K>, result: (x: K) => V): ReadonlyMap<K, V> {
  const map = new Map<K, V>();
  for (const x of set instanceof TlaSet ? (set as TlaSet<K>).inAnyOrder() : set) map.set(x, result(x));
  return map;
}

/** `[x \in S |-> e]`, with `get`. */
export function makeKeyed<K, V>(set: Iterable<K>, result: (x: K) => V): FunctionLike<K, V> {
  const entries: (readonly [K, V])[] = [];
  for (const x of set) entries.push([x, result(x)]);
  return keyedOf(entries);
}

/**
 * `f[x \in S] == e`, where e may apply f: `result` gets f as a JavaScript function. Each result is computed when it is
 * needed first, and once. Arguments of the same text are the same.
 */
export function makeRecursive<K, V>(set: TlaSet<K>, result: (f: (x: K) => V, x: K) => V): (x: K) => V {
  const known = new Map<unknown, V>();
  const f = (x: K): V => {
    const key = typeof x === 'object' ? format(x) : x;
    const value = known.get(key);
    if (value !== undefined) return value;
    if (!set.has(x)) {
      throw new TlaError('domain', `a function is applied to ${brief(x)}, outside of its domain ${brief(set)}`);
    }
    const computed = result(f, x);
    known.set(key, computed);
    return computed;
  };
  return f;
}

/** `[x \in S |-> e]` where S is 1..n. */
export function makeSequenceOver<T>(set: Iterable<number>, item: (i: number) => T): readonly T[] {
  return [...set].map((i) => item(i));
}

/** `[i \in 1..n |-> e]`. */
export function makeSequence<T>(length: number, item: (i: number) => T): readonly T[] {
  const made: T[] = [];
  for (let i = 1; i <= length; i++) made.push(item(i));
  return made;
}

/** `[s EXCEPT ![i] = v]` of a sequence. */
export function withItem<T>(sequence: readonly T[], i: number, value: (old: T) => T): readonly T[] {
  const old = sequence[i - 1];
  return old === undefined ? sequence : sequence.with(i - 1, value(old));
}

/** `[f EXCEPT ![x] = v]` of a function over simple arguments. */
export function withEntry<K, V>(f: ReadonlyMap<K, V>, x: K, value: (old: V) => V): ReadonlyMap<K, V> {
  const old = f.get(x);
  return old === undefined ? f : new Map(f).set(x, value(old));
}

/** `[f EXCEPT ![x] = v]` of a function. */
export function withResult<K, V>(f: FunctionLike<K, V>, x: K, value: (old: V) => V): FunctionLike<K, V> {
  if (!(f instanceof TlaFunction)) return withEntry(f as ReadonlyMap<K, V>, x, value);
  const old = f.get(x) as V | undefined;
  return old === undefined ? f : (f.with(x, value(old)) as FunctionLike<K, V>);
}

/** `[f EXCEPT ![x] = v]` of a value of any type. Outside of the domain nothing changes. */
export function except(f: unknown, x: unknown, change: (old: TlaValue) => unknown, where?: string): TlaValue {
  const value = change as (old: unknown) => TlaValue;
  if (Array.isArray(f)) return typeof x === 'number' ? withItem(f, x, value) : f;
  if (f instanceof Map || f instanceof TlaFunction) return withResult(f as FunctionLike<unknown, unknown>, x, value);
  if (!isRecord(f)) throw new TlaError('type', `${brief(f)} is no function, and EXCEPT cannot change it`, where);
  return typeof x === 'string' && Object.hasOwn(f, x) ? { ...f, [x]: value(f[x]) } : f;
}

/** `s \o t`, for sequences and strings. */
export function concat<T extends readonly unknown[] | string>(a: T, b: T): T {
  return (typeof a === 'string' ? a + (b as string) : joined(a, b as readonly unknown[])) as T;
}

/** Longer sequences than this are better copied as a whole. */
const FEW = 64;

function joined<T>(a: readonly T[], b: readonly T[]): readonly T[] {
  if (a.length + b.length > FEW) return a.concat(b);
  const made: T[] = [];
  for (let i = 0; i < a.length; i++) made.push(a[i] as T);
  for (let i = 0; i < b.length; i++) made.push(b[i] as T);
  return made;
}

/** `Append(s, e)`. */
export function append<T>(sequence: readonly T[], item: T): readonly T[] {
  return [...sequence, item];
}

/** `Head(s)`. */
export function head<T>(sequence: readonly T[], where?: string): T {
  const [first] = sequence;
  if (first === undefined) throw new TlaError('empty', 'Head of an empty sequence', where);
  return first;
}

/** `Tail(s)`. */
export function tail<T>(sequence: readonly T[], where?: string): readonly T[] {
  if (sequence.length === 0) throw new TlaError('empty', 'Tail of an empty sequence', where);
  return sequence.slice(1);
}

/** `SubSeq(s, m, n)`. */
export function subSeq<T>(sequence: readonly T[], from: number, to: number, where?: string): readonly T[] {
  if (from > to) return [];
  if (from < 1 || to > sequence.length) {
    throw new TlaError('domain', `SubSeq from ${from} to ${to} of a sequence of length ${sequence.length}`, where);
  }
  return sequence.slice(from - 1, to);
}

/** `CHOOSE x \in S : P(x)`: the least element in TLC's order. */
export function choose<T>(set: TlaSet<T>, test: (value: T) => boolean, where?: string): T {
  for (const value of set.elements()) if (test(value)) return value;
  throw new TlaError('choose', `no element of ${format(set)} satisfies the predicate of CHOOSE`, where);
}

/** `\A x \in S : P(x)`. */
export function every<T>(set: Iterable<T>, test: (value: T) => boolean): boolean {
  for (const value of set) if (!test(value)) return false;
  return true;
}

/** `\E x \in S : P(x)`. */
export function some<T>(set: Iterable<T>, test: (value: T) => boolean): boolean {
  for (const value of set) if (test(value)) return true;
  return false;
}

/** `\A i \in low..high : P(i)`, without a set. */
export function everyBetween(low: number, high: number, test: (i: number) => boolean): boolean {
  for (let i = low; i <= high; i++) if (!test(i)) return false;
  return true;
}

/** `\E i \in low..high : P(i)`, without a set. */
export function someBetween(low: number, high: number, test: (i: number) => boolean): boolean {
  for (let i = low; i <= high; i++) if (test(i)) return true;
  return false;
}

/** Those of the values that pass a test. */
export function where<T>(values: Iterable<T>, test: (value: T) => boolean): readonly T[] {
  const found: T[] = [];
  for (const value of values) if (test(value)) found.push(value);
  return found;
}

/** `{e : x \in S}`. */
export function mapSet<T, U>(set: Iterable<T>, element: (value: T) => U): TlaSet<U> {
  const values = new Set<U>();
  for (const value of set) values.add(element(value));
  return setOfUnique(values);
}

/** `{e : i \in low..high}`, without the set of the numbers. */
export function mapBetween<U>(low: number, high: number, element: (i: number) => U): TlaSet<U> {
  const values = new Set<U>();
  for (let i = low; i <= high; i++) values.add(element(i));
  return setOfUnique(values);
}

/** An integer that numbers represent exactly. */
export function exact(value: number, where?: string): number {
  if (!Number.isSafeInteger(value)) throw new TlaError('range', 'an integer beyond 2^53', where);
  return value;
}

/** `a \div b`, rounded down. */
export function div(a: number, b: number, where?: string): number {
  if (b === 0) throw new TlaError('domain', 'division by zero', where);
  return Math.floor(a / b) + 0;
}

/** `a \div 2`. */
export function half(a: number): number {
  return a === (a | 0) ? a >> 1 : Math.floor(a / 2);
}

/** `a % b`: never negative. */
export function mod(a: number, b: number, where?: string): number {
  if (b <= 0) throw new TlaError('domain', `${a} % ${b}: the divisor is not positive`, where);
  const rest = a % b;
  return rest < 0 ? rest + b : rest + 0;
}

/** `a + b`. */
export function add(a: number, b: number): number {
  const sum = a + b;
  return sum <= Number.MAX_SAFE_INTEGER && sum >= Number.MIN_SAFE_INTEGER ? sum : exact(sum);
}

/** `a - b`. */
export function subtract(a: number, b: number): number {
  const rest = a - b;
  return rest <= Number.MAX_SAFE_INTEGER && rest >= Number.MIN_SAFE_INTEGER ? rest : exact(rest);
}

/** `a * b`. */
export function multiply(a: number, b: number): number {
  // + 0: JavaScript's -0 is no integer of TLA+.
  return exact(a * b) + 0;
}

/** `a ^ b`. */
export function power(a: number, b: number, where?: string): number {
  if (b < 0) throw new TlaError('domain', `${a}^${b}: the exponent is negative`, where);
  if (a === 0 && b === 0) throw new TlaError('domain', '0^0 has no value', where);
  return exact(a ** b, where);
}

/** A Boolean, or the error for another value. */
export function bool(value: unknown, where?: string): boolean {
  if (typeof value !== 'boolean') throw new TlaError('type', `${brief(value)} is no Boolean`, where);
  return value;
}

/** A number, or the error for another value. */
export function int(value: unknown, where?: string): number {
  if (typeof value !== 'number') throw new TlaError('type', `${brief(value)} is no number`, where);
  return value;
}

/** A sequence in any representation, or the error for another value. Strings have a length and are joined too. */
export function seq<T>(value: readonly T[], where?: string): readonly T[];
export function seq(value: unknown, where?: string): readonly TlaValue[];
export function seq(value: unknown, where?: string): readonly TlaValue[] {
  if (Array.isArray(value) || typeof value === 'string') return value as readonly TlaValue[];
  if (value instanceof Map || value instanceof TlaFunction || isRecord(value)) {
    const entries = sortedEntries(value);
    if (entries.every(([key], i) => key === i + 1)) return entries.map(([, item]) => item as TlaValue);
  }
  throw new TlaError('type', `${brief(value)} is no sequence`, where);
}

/** A set, or the error for another value. */
export function set<T>(value: TlaSet<T>, where?: string): TlaSet<T>;
export function set(value: unknown, where?: string): TlaSet<TlaValue>;
export function set(value: unknown, where?: string): TlaSet<TlaValue> {
  if (value instanceof TlaSet) return value as TlaSet<TlaValue>;
  throw new TlaError('type', `${brief(value)} is no set`, where);
}

/** `r.name` of a record of unknown type. */
export function field(record: unknown, name: string, where?: string): TlaValue {
  return apply(record, name, where);
}

/** Throws. */
export function fail(code: ConstructorParameters<typeof TlaError>[0], message: string, where?: string): never {
  throw new TlaError(code, message, where);
}

/** A value that is computed when it is used for the first time. */
export function lazy<T>(compute: () => T): () => T {
  let value: T | undefined;
  let known = false;
  return () => {
    if (!known) {
      value = compute();
      known = true;
    }
    return value as T;
  };
}

/** A function of the constants of a specification whose value is computed once for each of them. */
export function remembered<C extends object, T>(compute: (constants: C) => T): (constants: C) => T {
  const values = new WeakMap<C, () => T>();
  return (constants) => {
    const known = values.get(constants) ?? lazy(() => compute(constants));
    values.set(constants, known);
    return known();
  };
}

/** `f @@ g`: f where it is defined, else g; in its plainest representation. */
export function override(f: unknown, g: unknown): TlaValue {
  const left = domain(f);
  const keys = setFrom([...left, ...domain(g)]).elements();
  return functionOf(keys.map((key) => [key, left.has(key) ? apply(f, key) : apply(g, key)]));
}

/** `f @@ g` of functions over simple arguments. */
export function overrideMap<K, V>(f: ReadonlyMap<K, V>, g: ReadonlyMap<K, V>): ReadonlyMap<K, V> {
  return new Map([...g, ...f]);
}

/** `f @@ g` of functions. */
export function overrideKeyed<K, V>(f: FunctionLike<K, V>, g: FunctionLike<K, V>): FunctionLike<K, V> {
  return keyedOf([...f.entries(), ...[...g.entries()].filter(([key]) => !f.has(key))]);
}

/** Entries as a function over simple arguments. */
export function mapOf<K, V>(entries: Iterable<readonly [K, V]>): ReadonlyMap<K, V> {
  return new Map(entries);
}

/** A string, or the error for another value. */
export function str(value: unknown, where?: string): string {
  if (typeof value !== 'string') throw new TlaError('type', `${brief(value)} is no string`, where);
  return value;
}
