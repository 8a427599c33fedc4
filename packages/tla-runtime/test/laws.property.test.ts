import fc from 'fast-check';
import { compare, difference, equals, hash, intersection, isSubset, setFrom, type TlaSet, union } from 'tla2ts-runtime';
import { describe, expect, it } from 'vitest';
import { comparable, numbers, otherwise, sequences } from './values.js';

const pairs = comparable.chain((of) => fc.tuple(of, of));
const triples = comparable.chain((of) => fc.tuple(of, of, of));

describe('equality, order and hash', () => {
  it('agree: values are equal if and only if neither is before the other', () => {
    fc.assert(fc.property(pairs, ([a, b]) => equals(a, b) === (compare(a, b) === 0)));
  });

  it('equal values have one hash', () => {
    fc.assert(fc.property(pairs, ([a, b]) => !equals(a, b) || hash(a) === hash(b)));
  });

  it('the order is total', () => {
    fc.assert(
      fc.property(triples, ([a, b, c]) => {
        expect(Math.sign(compare(a, b))).toBe(-Math.sign(compare(b, a)) + 0);
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('a value equals itself in another representation', () => {
    fc.assert(
      fc.property(
        comparable.chain((of) => of),
        (value) => {
          const other = otherwise(value);
          expect(equals(value, other)).toBe(true);
          expect(equals(other, value)).toBe(true);
          expect(compare(value, other)).toBe(0);
          expect(hash(value)).toBe(hash(other));
        },
      ),
    );
  });
});

describe('sets', () => {
  const values = fc.oneof(fc.array(numbers, { maxLength: 6 }), fc.array(sequences(numbers), { maxLength: 6 }));
  const three = fc.constantFrom(numbers, sequences(numbers)).chain((of) => {
    const list = fc.array(of, { maxLength: 6 }).map(setFrom);
    return fc.tuple(list, list, list);
  });

  it('list each element once, in order', () => {
    fc.assert(
      fc.property(values, (list) => {
        const elements = setFrom(list).elements();
        for (let i = 1; i < elements.length; i++) expect(compare(elements[i - 1], elements[i])).toBeLessThan(0);
        expect(list.every((value) => setFrom(list).has(value))).toBe(true);
        expect(elements.every((value) => list.some((item) => equals(item, value)))).toBe(true);
        expect(setFrom(list).size).toBe(elements.length);
      }),
    );
  });

  it('obey the laws of set algebra', () => {
    fc.assert(
      fc.property(three, ([a, b, c]) => {
        const same = (x: TlaSet<unknown>, y: TlaSet<unknown>): void => expect(equals(x, y)).toBe(true);
        same(union(a, b), union(b, a));
        same(union(a, union(b, c)), union(union(a, b), c));
        same(intersection(a, union(b, c)), union(intersection(a, b), intersection(a, c)));
        same(difference(a, union(b, c)), intersection(difference(a, b), difference(a, c)));
        same(union(difference(a, b), intersection(a, b)), a);
        expect(isSubset(a, b)).toBe(equals(union(a, b), b));
        expect(union(a, b).size + intersection(a, b).size).toBe(a.size + b.size);
      }),
    );
  });
});
