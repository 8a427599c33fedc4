/** Values as TLA+ expressions, written as TLC writes them. */
import { ModelValue, TlaFunction, TlaSet } from './values.js';

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
  '\f': '\\f',
};

/** The TLA+ text of a value. */
export function format(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'string') return `"${value.replaceAll(/[\\"\n\t\r\f]/g, (c) => escapes[c] ?? c)}"`;
  if (value instanceof ModelValue) return value.name;
  if (value instanceof TlaSet) return value.notation ?? `{${value.elements().map(format).join(', ')}}`;
  if (Array.isArray(value)) return value.length === 0 ? '<<>>' : `<<${value.map(format).join(', ')}>>`;
  if (value instanceof TlaFunction && value.over) return `[x \\in ${format(value.over)} |-> ...]`;
  if (value instanceof Map || value instanceof TlaFunction) return formatFunction([...value.entries()]);
  if (typeof value === 'object' && value !== null) {
    return `[${Object.entries(value)
      .map(([name, field]) => `${name} |-> ${format(field)}`)
      .join(', ')}]`;
  }
  return String(value);
}

/** `(2 :> 4 @@ 5 :> 1)`; as a sequence or a record where the function is one. */
function formatFunction(entries: readonly (readonly [unknown, unknown])[]): string {
  if (entries.length === 0) return '<<>>';
  const [first] = entries as readonly [readonly [unknown, unknown]];
  // The entries of a Map are in the order in which they came.
  const sorted =
    typeof first[0] === 'number' || typeof first[0] === 'string'
      ? [...entries].sort(([a], [b]) => ((a as number) < (b as number) ? -1 : 1))
      : entries;
  if (sorted.every(([key], i) => key === i + 1)) return format(sorted.map(([, result]) => result));
  if (sorted.every(([key]) => typeof key === 'string')) return format(Object.fromEntries(sorted));
  return `(${sorted.map(([key, result]) => `${format(key)} :> ${format(result)}`).join(' @@ ')})`;
}

const LONGEST = 120;

/** The TLA+ text of a value, cut off where a message would get too long. */
export function brief(value: unknown): string {
  const text = format(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}...` : text;
}
