/** Equality and order of values, whatever represents them. */
import { TlaError } from './errors.js';
import { brief } from './format.js';
import { ModelValue, TlaFunction, TlaSet } from './values.js';

/** Kinds of values in the order in which they are sorted when they are mixed; TLC puts model values before all others. */
const kinds = ['model', 'boolean', 'number', 'string', 'set', 'function'] as const;
export type Kind = (typeof kinds)[number];

/** Arrays, records, maps and functions are all functions. */
export function kindOf(value: unknown): Kind {
  switch (typeof value) {
    case 'number':
    case 'string':
    case 'boolean':
      return typeof value as 'number' | 'string' | 'boolean';
    default:
      if (value instanceof ModelValue) return 'model';
      return value instanceof TlaSet ? 'set' : 'function';
  }
}

/** `a = b`. Values of different kinds cannot be compared, as in TLC; model values differ from everything else. */
export function equals(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return listsEqual(a, b);
  const kind = kindOf(a);
  const other = kindOf(b);
  if (kind === 'model' || other === 'model') return false;
  if (kind !== other) {
    throw new TlaError('type', `${brief(a)} and ${brief(b)} cannot be compared: a ${kind} and a ${other}`);
  }
  if (kind === 'set') return setsEqual(a as TlaSet<unknown>, b as TlaSet<unknown>);
  if (kind !== 'function') return false;
  return isRecord(a) && isRecord(b) ? recordsEqual(a, b) : functionsEqual(a, b);
}

function listsEqual(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!equals(a[i], b[i])) return false;
  return true;
}

const identical = (a: unknown, b: unknown): boolean => a === b;

/** `s = t` for sequences whose items `same` compares; by default, of numbers, strings or Booleans. */
export function sameSequences<T>(a: readonly T[], b: readonly T[], same: (x: T, y: T) => boolean = identical): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!same(a[i] as T, b[i] as T)) return false;
  return true;
}

/** The same for functions over simple arguments, by their results. */
export function sameFunctions<K, V>(
  a: ReadonlyMap<K, V>,
  b: ReadonlyMap<K, V>,
  same: (x: V, y: V) => boolean = identical,
): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const [key, value] of a) {
    const other = b.get(key);
    if (other === undefined || !same(value, other)) return false;
  }
  return true;
}

type PlainRecord = Readonly<Record<string, unknown>>;

/** Is the value a plain object? */
export function isRecord(value: unknown): value is PlainRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Map) &&
    !(value instanceof TlaFunction) &&
    !(value instanceof TlaSet) &&
    !(value instanceof ModelValue)
  );
}

/** The domains first: a field that only one of them has makes them differ before any field is compared. */
function recordsEqual(a: PlainRecord, b: PlainRecord): boolean {
  let fields = 0;
  for (const name in a) {
    if (!Object.hasOwn(b, name)) return false;
    fields += 1;
  }
  if (fields !== Object.keys(b).length) return false;
  for (const name in a) if (!equals(a[name], b[name])) return false;
  return true;
}

/** Sets of one size are equal if the one has all that the other has. */
function setsEqual(a: TlaSet<unknown>, b: TlaSet<unknown>): boolean {
  if (a.size !== b.size) return false;
  for (const value of a.inAnyOrder()) if (!b.has(value)) return false;
  return true;
}

function functionsEqual(a: unknown, b: unknown): boolean {
  if (a instanceof Map && b instanceof Map) return mapsEqual(a, b);
  const left = sortedEntries(a);
  const right = sortedEntries(b);
  const [keys, otherKeys] = [left.map(([key]) => key), right.map(([key]) => key)];
  if (compareLists(keys, otherKeys) !== 0) return false;
  return left.every(([, value], i) => equals(value, right[i]?.[1]));
}

function mapsEqual(a: ReadonlyMap<unknown, unknown>, b: ReadonlyMap<unknown, unknown>): boolean {
  if (a.size !== b.size) return false;
  for (const key of a.keys()) if (!b.has(key)) return false;
  for (const [key, value] of a) if (!equals(value, b.get(key))) return false;
  return true;
}

/**
 * TLC's order: negative, 0 or positive. CHOOSE takes the least element, sets are kept in this order. Strings are in the
 * order of their characters; TLC's is that in which it met them, which no value shows.
 */
export function compare(a: unknown, b: unknown): number {
  if (a === b) return 0;
  const kind = kindOf(a);
  const other = kindOf(b);
  if (kind !== other) return kinds.indexOf(kind) - kinds.indexOf(other);
  switch (kind) {
    case 'number':
    case 'boolean':
      return Number(a) - Number(b);
    case 'string':
      return (a as string) < (b as string) ? -1 : 1;
    case 'model':
      return (a as ModelValue).name < (b as ModelValue).name ? -1 : 1;
    case 'set':
      return compareLists((a as TlaSet<unknown>).elements(), (b as TlaSet<unknown>).elements());
    case 'function':
      return compareFunctions(a, b);
  }
}

/** Shorter ones first. */
function compareLists(a: readonly unknown[], b: readonly unknown[]): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i++) {
    const order = compare(a[i], b[i]);
    if (order !== 0) return order;
  }
  return 0;
}

/** Smaller domains first, then by domain, then by results in the order of arguments. */
function compareFunctions(a: unknown, b: unknown): number {
  if (Array.isArray(a) && Array.isArray(b)) return compareLists(a, b);
  const left = sortedEntries(a);
  const right = sortedEntries(b);
  return (
    compareLists(
      left.map(([key]) => key),
      right.map(([key]) => key),
    ) ||
    compareLists(
      left.map(([, value]) => value),
      right.map(([, value]) => value),
    )
  );
}

export type Entry = readonly [unknown, unknown];

/** Arguments and results of a function in any representation, in the order of arguments. */
export function sortedEntries(value: unknown): readonly Entry[] {
  if (Array.isArray(value)) return value.map((item, i) => [i + 1, item] as const);
  if (value instanceof TlaFunction) return [...value.entries()];
  const entries: Entry[] = value instanceof Map ? [...value] : Object.entries(value as PlainRecord);
  return entries.sort((a, b) => compare(a[0], b[0]));
}

/** A number that equal values share, whatever represents them: a signed 32-bit integer. */
export function hash(value: unknown): number {
  switch (kindOf(value)) {
    case 'number':
      return mix(0x9e37, Math.trunc((value as number) / 0x1_0000_0000) ^ ((value as number) | 0));
    case 'boolean':
      return value === true ? 0x51ed : 0x51ec;
    case 'string':
      return hashText(value as string, 0x811c);
    case 'model':
      return hashText((value as ModelValue).name, 0x7f4a);
    case 'set':
      return hashList((value as TlaSet<unknown>).elements(), 0x2545);
    case 'function': {
      const entries = sortedEntries(value);
      const keys = entries.map(([key]) => key);
      return hashList(
        entries.map(([, result]) => result),
        hashList(keys, 0x6c07),
      );
    }
  }
}

function mix(seed: number, value: number): number {
  const mixed = Math.imul(seed ^ value, 0x85eb_ca6b);
  return mixed ^ (mixed >>> 13);
}

function hashText(text: string, seed: number): number {
  let result = seed;
  for (let i = 0; i < text.length; i++) result = mix(result, text.charCodeAt(i));
  return result;
}

function hashList(values: readonly unknown[], seed: number): number {
  return values.reduce((result: number, value) => mix(result, hash(value)), mix(seed, values.length));
}
