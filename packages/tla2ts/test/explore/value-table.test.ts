import { describe, expect, test } from 'vitest';
import { NodeTable } from '../../src/explore/node-table.js';
import { type ValueKinds, ValueTable } from '../../src/explore/value-table.js';
import * as fc from 'fast-check';

class Atom {
  constructor(readonly name: string) {}
}

const kinds: ValueKinds = {
  isSet: (value) => value instanceof Set,
  elements: (set) => set as Set<unknown>,
  makeSet: (elements) => new Set(elements),
  isFunction: (value) => value instanceof Map,
  entries: (fn) => fn as Map<unknown, unknown>,
  makeFunction: (entries) => new Map(entries),
  isAtom: (value) => value instanceof Atom,
};

const atoms = [new Atom('a'), new Atom('b')];

const values: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(fc.integer(), fc.boolean(), fc.string({ maxLength: 2 }), fc.constantFrom(...atoms), fc.constant(2 ** 40)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(tie('value'), { maxLength: 40 }).map((items) => new Set(items)),
    fc.array(fc.tuple(fc.nat(9), tie('value')), { maxLength: 4 }).map((entries) => new Map(entries)),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { noNullPrototype: true }),
  ),
})).value;

/** A text that is the same for equal values only, made the slow way. */
const canonical = (value: unknown): string => {
  if (value instanceof Atom) return `@${atoms.indexOf(value)}`;
  if (Array.isArray(value)) return `<${value.map(canonical).join(',')}>`;
  if (value instanceof Set) return `{${[...new Set([...value].map(canonical))].toSorted().join(',')}}`;
  if (value instanceof Map)
    return `(${[...value]
      .map(([k, v]) => `${k}:${canonical(v)}`)
      .toSorted()
      .join(',')})`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `[${Object.entries(value)
    .map(([k, v]) => `${k}:${canonical(v)}`)
    .toSorted()
    .join(',')}]`;
};

describe('ValueTable', () => {
  test('gives equal values equal words and different values different words', () => {
    fc.assert(
      fc.property(fc.array(values, { maxLength: 20 }), (list) => {
        const table = new ValueTable(kinds);
        const words = new Map<string, number>();
        for (const value of [...list, ...list]) {
          const key = canonical(value);
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
      fc.property(fc.array(values, { maxLength: 20 }), fc.constantFrom(1, 3, 1000), (list, kept) => {
        const table = new ValueTable(kinds, kept);
        const words = Uint32Array.from(list.map((value) => table.encode(value)));
        const back = [...words].map((word) => table.decode(word));
        expect(back.map(canonical)).toEqual(list.map(canonical));
        expect([...Uint32Array.from(back.map((value) => table.encode(value)))]).toEqual([...words]);
      }),
      { numRuns: 200 },
    );
  });

  test('records are equal whatever the order of their fields', () => {
    const table = new ValueTable(kinds);
    expect(table.encode({ b: 2, a: 1 })).toBe(table.encode({ a: 1, b: 2 }));
    expect(table.encode({ a: 1 })).not.toBe(table.encode({ a: 1, b: 2 }));
    expect(table.encode({})).not.toBe(table.encode([]));
  });

  test('integers at the edges of what a word holds', () => {
    const table = new ValueTable(kinds);
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
