/** Values as TLA+ expressions, written as TLC writes them. */
import { ModelValue, TlaFunction, TlaSet } from './values.js';

/** The TLA+ text of a value. */
export function format(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'string') return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  if (value instanceof ModelValue) return value.name;
  if (value instanceof TlaSet) return value.notation ?? `{${value.elements().map(format).join(', ')}}`;
  if (Array.isArray(value)) return value.length === 0 ? '<<>>' : `<<${value.map(format).join(', ')}>>`;
  if (value instanceof Map || value instanceof TlaFunction) {
    const entries: (readonly [unknown, unknown])[] = [...value.entries()];
    if (entries.length === 0) return '<<>>';
    return `(${entries.map(([key, result]) => `${format(key)} :> ${format(result)}`).join(' @@ ')})`;
  }
  if (typeof value === 'object' && value !== null) {
    return `[${Object.entries(value)
      .map(([name, field]) => `${name} |-> ${format(field)}`)
      .join(', ')}]`;
  }
  return String(value);
}
