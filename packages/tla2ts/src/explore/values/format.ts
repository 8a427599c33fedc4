/** Values as TLA+ text. */
import { FunctionSet, Interval, PowerSet, ProductSet, RecordSet, RuleSet } from './sets.js';
import { LazyFunction, ModelValue, SetValue, SpecError, TlaFunction } from './values.js';
import { parts, sorted } from './order.js';
import type { ValueTable } from './value-table.js';

/** A set of more elements than this is written as its rule. */
const mostListed = 1_000_000;

/** The text of a value; sets and functions in the order of their elements. */
export const formatValue = (value: unknown, table: ValueTable): string => {
  const text = (part: unknown): string => formatValue(part, table);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'string') return `"${value.replaceAll(/[\\"\n\t\r\f]/g, (c) => escapes[c] ?? c)}"`;
  if (value instanceof ModelValue) return value.id;
  if (value instanceof Interval && value.size > 0) return `${value.low}..${value.high}`;
  const rule = value instanceof SetValue ? ruleOf(value, text) : undefined;
  if (rule !== undefined) return rule;
  if (value instanceof SetValue) return `{${sorted(value, table).map(text).join(', ')}}`;
  if (Array.isArray(value)) return `<<${value.map(text).join(', ')}>>`;
  if (value instanceof LazyFunction && value.domain instanceof RuleSet) return `[x \\in ${text(value.domain)} |-> ...]`;
  if (value instanceof TlaFunction || value instanceof LazyFunction) {
    const { keys, values } = parts(value, table);
    return `(${keys.map((key, i) => `${text(key)} :> ${text(values[i])}`).join(' @@ ')})`;
  }
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value);
    // Names that no field can have are those of a function.
    if (!fields.every(([key]) => /^\w*[a-zA-Z]\w*$/.test(key))) {
      return `(${fields.map(([key, part]) => `${text(key)} :> ${text(part)}`).join(' @@ ')})`;
    }
    return `[${fields.map(([key, part]) => `${key} |-> ${text(part)}`).join(', ')}]`;
  }
  return String(value);
};

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
  '\f': '\\f',
};

/** The text of a set that is too large to be listed; undefined for others. */
const ruleOf = (set: SetValue, text: (part: unknown) => string): string | undefined => {
  if (set instanceof RuleSet) return set.text();
  if (!(set instanceof PowerSet || set instanceof FunctionSet || set instanceof RecordSet || set instanceof ProductSet))
    return undefined;
  // A size that is no number is that of a part without an end.
  const size = sizeOf(set);
  if (size !== undefined && size <= mostListed) return undefined;
  const operand = (part: SetValue): string => (/^[{(]|^\w+$/.test(text(part)) ? text(part) : `(${text(part)})`);
  if (set instanceof PowerSet) return `SUBSET ${operand(set.base)}`;
  if (set instanceof FunctionSet) return `[${text(set.domain)} -> ${text(set.range)}]`;
  if (set instanceof ProductSet) return set.factors.map(operand).join(' \\X ');
  return `[${Object.entries(set.fields)
    .map(([key, part]) => `${key} : ${text(part)}`)
    .join(', ')}]`;
};

const sizeOf = (set: SetValue): number | undefined => {
  try {
    return set.size;
  } catch (error) {
    if (error instanceof SpecError) return undefined;
    throw error;
  }
};
