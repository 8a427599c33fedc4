/** Values as text of several lines, where one line would be too long. */
import { LazyFunction, SetValue, TlaFunction, isRecord } from './values.js';
import { parts, sorted } from './order.js';
import { formatValue } from './format.js';
import { RuleSet } from './sets.js';
import type { ValueTable } from './value-table.js';

/** The text of a value in lines of about `width` characters; what is inside brackets is set under their first line. */
export const layoutValue = (value: unknown, table: ValueTable, width: number): string => {
  const line = formatValue(value, table);
  if (line.length <= width) return line;
  const inner = (part: unknown, used: number): string =>
    indent(layoutValue(part, table, Math.max(width - used, 20)), used);
  const list = (items: readonly unknown[], open: string, close: string): string =>
    `${open}${fill(
      items.map((item) => inner(item, open.length)),
      width - open.length,
      open.length,
    )}${close}`;
  if (Array.isArray(value)) return list(value, '<<', '>>');
  if (value instanceof RuleSet) return line;
  if (value instanceof SetValue) return line.startsWith('{') ? list(sorted(value, table), '{', '}') : line;
  if (value instanceof TlaFunction || value instanceof LazyFunction) {
    const { keys, values } = parts(value, table);
    const pairs = keys.map((key, i) => {
      const head = `${formatValue(key, table)} :> `;
      return head + inner(values[i], head.length + 1);
    });
    return `(${pairs.join('\n @@ ')})`;
  }
  if (!isRecord(value)) return line;
  const fields = Object.entries(value).map(([key, part]) => {
    const head = `${key} |-> `;
    return head + inner(part, head.length + 1);
  });
  return `[${fill(fields, width - 1, 1)}]`;
};

const indent = (text: string, by: number): string => text.replaceAll('\n', `\n${' '.repeat(by)}`);

/** Items with commas, as many on a line as fit. */
const fill = (items: readonly string[], width: number, by: number): string => {
  let text = '';
  let used = 0;
  items.forEach((item, i) => {
    const last = item.slice(item.lastIndexOf('\n') + 1).length;
    const comma = i < items.length - 1 ? ',' : '';
    const breaks = i > 0 && (used + 1 + item.length + 1 > width || item.includes('\n'));
    text += i === 0 ? item : breaks ? `\n${' '.repeat(by)}${item}` : ` ${item}`;
    used = breaks || i === 0 || item.includes('\n') ? last + 1 : used + 1 + last + 1;
    text += comma;
  });
  return text;
};
