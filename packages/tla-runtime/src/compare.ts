/** Equality and order of values, whatever represents them. */
import { TlaError } from './errors.js';
import { format } from './format.js';
import { ModelValue, TlaFunction, TlaSet } from './values.js';

/** Kinds of values in the order in which they are sorted when they are mixed. */
const kinds = ['boolean', 'number', 'string', 'model', 'set', 'function'] as const;
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
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!equals(a[i], b[i])) return false;
    return true;
  }
  const kind = kindOf(a);
  const other = kindOf(b);
  if (kind === 'model' || other === 'model') return false;
  if (kind !== other) {
    throw new TlaError('type', `${format(a)} and ${format(b)} cannot be compared: they are of different kinds`);
  }
  if (kind === 'set') return compareSets(a as TlaSet<unknown>, b as TlaSet<unknown>) === 0;
  if (kind !== 'function') return false;
  return isRecord(a) && isRecord(b) ? recordsEqual(a, b) : compareFunctions(a, b) === 0;
}

type PlainRecord = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is PlainRecord {
  return !Array.isArray(value) && !(value instanceof Map) && !(value instanceof TlaFunction);
}

function recordsEqual(a: PlainRecord, b: PlainRecord): boolean {
  let fields = 0;
  for (const name in a) {
    if (!Object.hasOwn(b, name) || !equals(a[name], b[name])) return false;
    fields += 1;
  }
  return fields === Object.keys(b).length;
}

/** TLC's order: negative, 0 or positive. CHOOSE takes the least element, sets are kept in this order. */
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
      return compareSets(a as TlaSet<unknown>, b as TlaSet<unknown>);
    case 'function':
      return compareFunctions(a, b);
  }
}

function compareSets(a: TlaSet<unknown>, b: TlaSet<unknown>): number {
  const left = a.elements();
  const right = b.elements();
  if (left.length !== right.length) return left.length - right.length;
  for (let i = 0; i < left.length; i++) {
    const order = compare(left[i], right[i]);
    if (order !== 0) return order;
  }
  return 0;
}

/** Smaller domains first, then by arguments and results in the order of arguments. */
function compareFunctions(a: unknown, b: unknown): number {
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) return a.length - b.length;
    for (let i = 0; i < a.length; i++) {
      const order = compare(a[i], b[i]);
      if (order !== 0) return order;
    }
    return 0;
  }
  const left = sortedEntries(a);
  const right = sortedEntries(b);
  if (left.length !== right.length) return left.length - right.length;
  for (let i = 0; i < left.length; i++) {
    const [key, value] = left[i] as Entry;
    const [otherKey, otherValue] = right[i] as Entry;
    const order = compare(key, otherKey) || compare(value, otherValue);
    if (order !== 0) return order;
  }
  return 0;
}

export type Entry = readonly [unknown, unknown];

/** Arguments and results of a function in any representation, in the order of arguments. */
export function sortedEntries(value: unknown): readonly Entry[] {
  if (Array.isArray(value)) return value.map((item, i) => [i + 1, item] as const);
  if (value instanceof TlaFunction) return [...value.entries()];
  const entries: Entry[] = value instanceof Map ? [...value] : Object.entries(value as PlainRecord);
  return entries.sort((a, b) => compare(a[0], b[0]));
}
