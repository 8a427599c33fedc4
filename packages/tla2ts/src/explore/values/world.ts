/** Operators of modules that look outside of the specification: files of JSON, the environment; and the order of logged events. */
import { SetValue, TlaFunction, isRecord, ModelValue } from './values.js';
import type { Library } from './library.js';
import type { ValueTable } from './value-table.js';

/** What there is outside. */
export interface World {
  readonly environment: Readonly<Record<string, string>>;
  /** The text of a file; undefined: there is none. */
  readonly readFile: (path: string) => string | undefined;
}

/** Nothing. */
export const emptyWorld: World = { environment: {}, readFile: () => undefined };

type Fn1 = (a: unknown) => unknown;

export const worldOperators = (
  lib: Library,
  table: ValueTable,
  { environment, readFile }: World,
): Readonly<Record<string, (...args: never[]) => unknown>> => {
  const { apply, domainOf, fail, int, seq } = lib;
  const textOf = (path: unknown): string =>
    (typeof path === 'string' ? readFile(path) : undefined) ?? fail(`there is no file ${String(path)}`);

  const fromJson = (json: unknown): unknown => {
    if (Array.isArray(json)) return json.map(fromJson);
    if (typeof json === 'number' && !Number.isSafeInteger(json)) return fail(`${json} is no integer of the checker`);
    if (json === null) return fail('null is no value of TLA+');
    if (typeof json !== 'object') return json;
    return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, fromJson(value)]));
  };
  const parsed = (text: string): unknown => {
    try {
      return JSON.parse(text) as unknown;
    } catch (error) {
      return fail(`not JSON: ${(error as Error).message}`);
    }
  };

  const toJson = (value: unknown): unknown => {
    if (value instanceof ModelValue) return value.id;
    if (value instanceof SetValue) return lib.ordered(value).map(toJson);
    if (Array.isArray(value)) return value.map(toJson);
    if (value instanceof TlaFunction) {
      const results = table.valuesOf(value);
      return Object.fromEntries(value.domain.elements.map((x, i) => [keyOf(x), toJson(results[i])]));
    }
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, toJson(field)]));
  };
  const keyOf = (x: unknown): string => (typeof x === 'string' ? x : JSON.stringify(toJson(x)));
  const json = (value: unknown): string => JSON.stringify(toJson(value));

  return {
    'Json!ToJson': json,
    'Json!ToJsonArray': json,
    'Json!ToJsonObject': json,
    'Json!JsonDeserialize': (path: unknown) => fromJson(parsed(textOf(path))),
    'Json!ndJsonDeserialize': (path: unknown) =>
      textOf(path)
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => fromJson(parsed(line))),
    'IOUtils!IOEnv': () => environment,
    'IOUtils!IOEnvGet': (name: unknown) => environment[String(name)] ?? '',
    'IOUtils!atoi': (text: unknown) => {
      const value = Number(text);
      return Number.isSafeInteger(value) ? value : fail(`${String(text)} is no integer`);
    },
    // An event that happened before another has a smaller clock in some place and a larger one in none: the sum is smaller.
    'VectorClocks!CausalOrder': (log: unknown, clock: Fn1, _node: Fn1, nodes: Fn1) => {
      const sum = (event: unknown): number => {
        const time = clock(event);
        const own = nodes(time);
        const keys = own instanceof SetValue ? own : domainOf(time);
        return [...keys.elements()].reduce((total: number, node) => total + int(apply(time, node)), 0);
      };
      const events = seq(log).map((event) => ({ event, sum: sum(event) }));
      return events.toSorted((a, b) => a.sum - b.sum).map(({ event }) => event);
    },
  };
};
