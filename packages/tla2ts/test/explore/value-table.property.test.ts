import { describe, expect, test } from 'vitest';
import { NodeTable } from '../../src/explore/values/node-table.js';
import { ModelValue, SetValue, TlaFunction } from '../../src/explore/values/values.js';
import { ValueTable } from '../../src/explore/values/value-table.js';
import { makeLibrary } from '../../src/explore/values/library.js';
import * as fc from 'fast-check';

/** The model value of a name, for a table. */
const made = new WeakMap<ValueTable, Map<string, ModelValue>>();
const modelValue = (table: ValueTable, name: string): ModelValue => {
  const known = made.get(table) ?? new Map<string, ModelValue>();
  made.set(table, known);
  const value = known.get(name) ?? new ModelValue(name);
  known.set(name, value);
  return value;
};

/** A value as a recipe, so that it can be built for any table. */
type Recipe = (table: ValueTable) => unknown;

const setOf = (table: ValueTable, items: readonly unknown[]): unknown =>
  makeLibrary(table).setOfWords(items.map(table.encode));

const recipes: fc.Arbitrary<Recipe> = fc.letrec<{ value: Recipe }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(fc.integer(), fc.boolean(), fc.string({ maxLength: 2 }), fc.constant(2 ** 40)).map((value) => () => value),
    fc.constantFrom('m', 'n').map((name) => (t: ValueTable) => modelValue(t, name)),
    fc.array(tie('value'), { maxLength: 4 }).map((items) => (t: ValueTable) => items.map((item) => item(t))),
    fc.array(tie('value'), { maxLength: 40 }).map(
      (items) => (t: ValueTable) =>
        setOf(
          t,
          items.map((item) => item(t)),
        ),
    ),
    fc.tuple(fc.array(fc.nat(9), { maxLength: 4 }), tie('value')).map(
      ([keys, value]) =>
        (t: ValueTable) =>
          makeLibrary(t).makeFunction(setOf(t, keys), (x) => [x, value(t)]),
    ),
    fc
      .dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { noNullPrototype: true, minKeys: 1 })
      .map((fields) => (t: ValueTable) => Object.fromEntries(Object.entries(fields).map(([k, v]) => [k, v(t)]))),
  ),
})).value;

/** A text that is the same for equal values only, made the slow way. */
const canonical = (value: unknown, table: ValueTable): string => {
  const text = (part: unknown): string => canonical(part, table);
  if (value instanceof ModelValue) return `@${value.id}`;
  if (Array.isArray(value)) return `<${value.map(text).join(',')}>`;
  if (value instanceof SetValue) return `{${[...value.elements()].map(text).toSorted().join(',')}}`;
  if (value instanceof TlaFunction) {
    const { elements } = value.domain;
    const values = table.valuesOf(value);
    return `(${elements
      .map((x, i) => `${text(x)}:${text(values[i])}`)
      .toSorted()
      .join(',')})`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `[${Object.entries(value)
    .map(([k, v]) => `${k}:${text(v)}`)
    .toSorted()
    .join(',')}]`;
};

describe('ValueTable', () => {
  test('gives equal values equal words and different values different words', () => {
    fc.assert(
      fc.property(fc.array(recipes, { maxLength: 20 }), (made) => {
        const table = new ValueTable();
        const list = made.map((recipe) => recipe(table));
        const words = new Map<string, number>();
        for (const value of [...list, ...list]) {
          const key = canonical(value, table);
          const word = table.encode(value);
          expect(words.get(key) ?? word).toBe(word);
          words.set(key, word);
        }
        expect(new Set(words.values()).size).toBe(words.size);
      }),
      { numRuns: 200 },
    );
  });

  test('gives back what was put in, also when the values were dropped meanwhile', () => {
    fc.assert(
      fc.property(fc.array(recipes, { maxLength: 20 }), fc.constantFrom(1, 3, 1000), (made, kept) => {
        const table = new ValueTable(kept);
        const list = made.map((recipe) => recipe(table));
        const words = Uint32Array.from(list.map((value) => table.encode(value)));
        const back = [...words].map((word) => table.decode(word));
        const text = (value: unknown): string => canonical(value, table);
        expect(back.map(text)).toEqual(list.map(text));
        expect([...Uint32Array.from(back.map((value) => table.encode(value)))]).toEqual([...words]);
      }),
      { numRuns: 200 },
    );
  });

  test('words mean the same in a table that was given the nodes only', () => {
    fc.assert(
      fc.property(fc.array(recipes, { maxLength: 20 }), (made) => {
        const table = new ValueTable();
        const list = made.map((recipe) => recipe(table));
        const words = list.map((value) => table.encode(value));
        const other = new ValueTable();
        expect(other.nodes.restore(table.nodes.words().slice())).toBe(true);
        expect(words.map((word) => canonical(other.decode(word), other))).toEqual(
          list.map((value) => canonical(value, table)),
        );
        expect(made.map((recipe) => other.encode(recipe(other)))).toEqual(words);
        expect(other.nodes.size).toBe(table.nodes.size);
      }),
      { numRuns: 200 },
    );
  });

  test('records are equal whatever the order of their fields', () => {
    const table = new ValueTable();
    expect(table.encode({ b: 2, a: 1 })).toBe(table.encode({ a: 1, b: 2 }));
    expect(table.encode({ a: 1 })).not.toBe(table.encode({ a: 1, b: 2 }));
    expect(table.encode({})).not.toBe(table.encode([]));
  });

  test('integers at the edges of what a word holds', () => {
    const table = new ValueTable();
    for (const n of [0, -1, 1, 2 ** 29 - 1, 2 ** 29, -(2 ** 29), -(2 ** 29) - 1, 2 ** 31, 2 ** 53 - 1]) {
      expect(table.decode(Uint32Array.of(table.encode(n))[0]!)).toBe(n);
    }
  });
});

describe('NodeTable', () => {
  test('is exact when every hash is the same', () => {
    const nodes = new NodeTable(() => 42);
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 700; i++) expect(nodes.add(i % 2, Uint32Array.of(i, i, i), 0, i % 3)).toBe(indexOf(i));
    }
  });

  test('grows and keeps every tuple', () => {
    const nodes = new NodeTable();
    for (let i = 0; i < 5000; i++) nodes.add(i & 7, Uint32Array.of(9, i, i + 1), 1, 2);
    expect([nodes.size, nodes.tagOf(4999), nodes.lengthOf(4999)]).toEqual([5000, 4999 & 7, 2]);
    expect([...nodes.arena.subarray(nodes.startOf(4999), nodes.startOf(4999) + 2)]).toEqual([4999, 5000]);
  });
});

/** The number of the tuple made from i: empty tuples are the same for equal tags. */
const firsts = new Map<string, number>();
function indexOf(i: number): number {
  const key = `${i % 2}/${i % 3 === 0 ? '' : `${i},${i % 3}`}`;
  if (!firsts.has(key)) firsts.set(key, firsts.size);
  return firsts.get(key)!;
}
