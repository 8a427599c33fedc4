/** What changed between two values, as paths into them: a person reads `space.vmas[2].end = 5`, not the whole space. */

import { TlaFunction, isRecord } from './values/values.js';
import type { ValueTable } from './values/value-table.js';
import { formatValue } from './values/format.js';
import { layoutValue } from './values/layout.js';
import { parts } from './values/order.js';

/** A part of a value and what it is after the step. */
export interface Change {
  readonly path: string;
  readonly after: unknown;
}

/** How the values of an outcome are read. */
export interface Reader {
  readonly table: ValueTable;
  readonly equal: (a: unknown, b: unknown) => boolean;
  /** The value as TLA+ text in one line. */
  readonly format: (value: unknown) => string;
  /** The same in lines of about `width` characters. */
  readonly layout: (value: unknown, width: number) => string;
  /** Key texts and values of a function that is neither a tuple nor a record; undefined for other values. */
  readonly pairs: (value: object) => ReadonlyMap<string, unknown> | undefined;
  readonly isRecord: (value: object) => value is Readonly<Record<string, unknown>>;
}

/** A value whose text is shorter than this is shown as a whole. */
const shortText = 24;

/** The changes from `before` to `after`; none when they are equal. */
export const changes = (path: string, before: unknown, after: unknown, reader: Reader): readonly Change[] => {
  if (reader.equal(before, after)) return [];
  const parts = reader.format(after).length < shortText ? undefined : commonParts(before, after, reader);
  if (parts === undefined) return [{ path, after }];
  const inside = parts.flatMap(([step, a, b]) => changes(path + step, a, b, reader));
  return inside.length * 2 > parts.length + 1 && parts.length > 3 ? [{ path, after }] : inside;
};

/** The parts of two values of the same form: how to get there, before, after. */
const commonParts = (
  before: unknown,
  after: unknown,
  reader: Reader,
): readonly (readonly [string, unknown, unknown])[] | undefined => {
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return undefined;
  if (Array.isArray(before) || Array.isArray(after)) {
    if (!Array.isArray(before) || !Array.isArray(after) || before.length !== after.length) return undefined;
    return before.map((part: unknown, i) => [`[${i + 1}]`, part, after[i] as unknown] as const);
  }
  const [a, b] = [reader.pairs(before), reader.pairs(after)];
  if (a !== undefined && b !== undefined) {
    if (a.size !== b.size || [...a.keys()].some((key) => !b.has(key))) return undefined;
    return [...a].map(([key, part]) => [`[${key}]`, part, b.get(key)] as const);
  }
  if (!reader.isRecord(before) || !reader.isRecord(after)) return undefined;
  const keys = Object.keys(before);
  const other = after;
  if (keys.length !== Object.keys(after).length || keys.some((key) => !(key in other))) return undefined;
  return keys.map((key) => [`.${key}`, before[key], other[key]] as const);
};

/** The reader for values of a table. */
export const readerOf = (table: ValueTable): Reader => ({
  table,
  equal: (a, b) => table.encode(a) === table.encode(b),
  format: (value) => formatValue(value, table),
  layout: (value, width) => layoutValue(value, table, width),
  pairs: (value) => {
    if (!(value instanceof TlaFunction)) return undefined;
    const { keys, values } = parts(value, table);
    return new Map(keys.map((key, i) => [formatValue(key, table), values[i]]));
  },
  isRecord,
});
