/** Values as TLA+ text. */
import { LazyFunction, ModelValue, SetValue, TlaFunction } from './values.js';
import { Interval, RuleSet } from './sets.js';
import { parts, sorted } from './order.js';
import type { ValueTable } from './value-table.js';

/** A set of consecutive integers that is longer than this is written `a..b`. */
const longInterval = 8;

/** The text of a value; sets and functions in the order of their elements. */
export const formatValue = (value: unknown, table: ValueTable): string => {
  const text = (part: unknown): string => formatValue(part, table);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'string') return `"${value.replaceAll('\\', '\\\\').replaceAll('"', String.raw`\"`)}"`;
  if (value instanceof ModelValue) return value.id;
  if (value instanceof RuleSet) return '(an infinite set)';
  if (value instanceof Interval && value.size > longInterval) return `${value.low}..${value.high}`;
  if (value instanceof SetValue) return `{${sorted(value, table).map(text).join(', ')}}`;
  if (Array.isArray(value)) return `<<${value.map(text).join(', ')}>>`;
  if (value instanceof TlaFunction || value instanceof LazyFunction) {
    const { keys, values } = parts(value, table);
    return `(${keys.map((key, i) => `${text(key)} :> ${text(values[i])}`).join(' @@ ')})`;
  }
  if (typeof value === 'object' && value !== null) {
    return `[${Object.entries(value)
      .map(([key, part]) => `${key} |-> ${text(part)}`)
      .join(', ')}]`;
  }
  return String(value);
};
