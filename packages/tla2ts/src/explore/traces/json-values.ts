/**
 * Values as JSON, in the two forms that tools for TLA+ exchange: ITF (Apalache's Informal Trace Format), which tells sets and
 * functions from sequences and records, and that of TLC's `-dumpTrace json`, which does not.
 */
import { LazyFunction, ModelValue, SetValue, TlaFunction, isRecord } from '../values/values.js';
import { parts, sorted } from '../values/order.js';
import { formatValue } from '../values/format.js';
import type { ValueTable } from '../values/value-table.js';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

export type JsonForm = 'itf' | 'tlc';

/** Integers that every reader of JSON takes as they are. */
const isPlain = (value: number): boolean => Math.abs(value) < 2 ** 53;

export const jsonOf = (value: unknown, table: ValueTable, form: JsonForm): Json => {
  const inside = (part: unknown): Json => jsonOf(part, table, form);
  if (typeof value === 'number') return form === 'tlc' || isPlain(value) ? value : { '#bigint': String(value) };
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (value instanceof ModelValue) return value.id;
  if (Array.isArray(value)) return value.map(inside);
  if (value instanceof SetValue) {
    const elements = sorted(value, table).map(inside);
    return form === 'itf' ? { '#set': elements } : elements;
  }
  if (value instanceof TlaFunction || value instanceof LazyFunction) {
    const { keys, values } = parts(value, table);
    if (form === 'itf') return { '#map': keys.map((key, i) => [inside(key), inside(values[i])]) };
    return Object.fromEntries(keys.map((key, i) => [nameOf(key, table), inside(values[i])]));
  }
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, inside(part)]));
  return formatValue(value, table);
};

/** An argument as the name of a field. */
const nameOf = (key: unknown, table: ValueTable): string => (typeof key === 'string' ? key : formatValue(key, table));

/** Whether a value is what some JSON says, in either form; text stands for model values, too. */
export const isValueOf = (json: Json | undefined, value: unknown, table: ValueTable): boolean => {
  if (json === undefined) return false;
  const same = (part: Json | undefined, of: unknown): boolean => isValueOf(part, of, table);
  if (typeof value === 'number') return json === value || (isObject(json) && json['#bigint'] === String(value));
  if (typeof value === 'boolean' || typeof value === 'string') return json === value;
  if (value instanceof ModelValue) return json === value.id;
  if (Array.isArray(value)) {
    const items = isObject(json) ? json['#tup'] : json;
    return isList(items) && items.length === value.length && value.every((part, i) => same(items[i], part));
  }
  if (value instanceof SetValue) {
    const items = isObject(json) ? json['#set'] : json;
    const elements = [...value.elements()];
    // Elements differ from each other, so that each has an item of its own.
    return (
      isList(items) && items.length === elements.length && elements.every((e) => items.some((item) => same(item, e)))
    );
  }
  if (value instanceof TlaFunction || value instanceof LazyFunction) {
    const { keys, values } = parts(value, table);
    if (!isObject(json)) return false;
    const pairs = json['#map'];
    if (pairs === undefined) {
      return (
        Object.keys(json).length === keys.length && keys.every((key, i) => same(json[nameOf(key, table)], values[i]))
      );
    }
    const at = (key: unknown): Json | undefined => {
      const found = isList(pairs) ? pairs.find((pair) => isList(pair) && same(pair[0], key)) : undefined;
      return isList(found) ? found[1] : undefined;
    };
    return isList(pairs) && pairs.length === keys.length && keys.every((key, i) => same(at(key), values[i]));
  }
  if (!isRecord(value) || !isObject(json)) return false;
  const names = Object.keys(value);
  return names.length === Object.keys(json).length && names.every((name) => same(json[name], value[name]));
};

export const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

export const isList = (json: Json | undefined): json is readonly Json[] => Array.isArray(json);
