import {
  add,
  append,
  apply,
  at,
  bigUnion,
  BOOLEAN,
  choose,
  compare,
  concat,
  difference,
  div,
  domain,
  equals,
  except,
  filterSet,
  format,
  functionOf,
  functionSet,
  functionWith,
  head,
  Int,
  interval,
  lazy,
  lookup,
  makeMap,
  makeRecursive,
  makeSequence,
  mod,
  ModelValue,
  multiply,
  Nat,
  power,
  powerSet,
  product,
  recordSet,
  sequencesOver,
  setFrom,
  setOf,
  STRING,
  subSeq,
  subtract,
  tail,
  TlaError,
  type TlaErrorCode,
  union,
} from 'tla2ts-runtime';
import { describe, expect, it } from 'vitest';

/** The code and text of the error that a computation ends with. */
function errorOf(compute: () => unknown): { readonly code: TlaErrorCode; readonly message: string } {
  try {
    compute();
  } catch (error) {
    if (error instanceof TlaError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('there was no error');
}

describe('equality across representations', () => {
  it('tuples, sequences and functions over 1..n are one kind of value', () => {
    expect(
      equals(
        [4, 5],
        new Map([
          [2, 5],
          [1, 4],
        ]),
      ),
    ).toBe(true);
    expect(equals([], new Map())).toBe(true);
    expect(equals([], {})).toBe(true);
    expect(
      equals(
        [4, 5],
        new Map([
          [0, 4],
          [1, 5],
        ]),
      ),
    ).toBe(false);
  });

  it('records and functions over strings are one kind of value', () => {
    expect(equals({ a: 1 }, new Map([['a', 1]]))).toBe(true);
    expect(equals({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true);
    expect(equals({ a: 1 }, { a: 1, b: 2 })).toBe(false);
    expect(equals({ a: 1 }, [1])).toBe(false);
  });

  it('sets are equal whatever they are made of', () => {
    expect(equals(interval(1, 3), setOf(3, 1, 2))).toBe(true);
    expect(equals(interval(3, 1), setOf())).toBe(true);
    expect(equals(powerSet(setOf(1)), setOf(setOf(), setOf(1)))).toBe(true);
    expect(
      equals(
        setOf<unknown>([1, 2]),
        setOf<unknown>(
          new Map([
            [1, 1],
            [2, 2],
          ]),
        ),
      ),
    ).toBe(true);
  });

  it('values of different kinds cannot be compared', () => {
    expect(errorOf(() => equals(1, 'a')).code).toBe('type');
    expect(errorOf(() => equals(setOf(1), [1])).code).toBe('type');
    expect(errorOf(() => equals([1], ['a'])).message).toBe('1 and "a" cannot be compared: a number and a string');
    expect(errorOf(() => setOf(1, 2).has('a')).code).toBe('type');
    expect(errorOf(() => setOf<unknown>([1]).has(1)).code).toBe('type');
  });

  it('a model value equals itself only, and is before all other values', () => {
    const [a, b] = [new ModelValue('a'), new ModelValue('b')];
    expect(equals(a, a)).toBe(true);
    expect(equals(a, b)).toBe(false);
    expect(equals(a, 1)).toBe(false);
    expect(setFrom<unknown>([1, b, a]).elements()).toEqual([a, b, 1]);
  });
});

describe("TLC's order", () => {
  it('puts shorter sequences, smaller sets and smaller domains first', () => {
    expect(compare([9], [1, 1])).toBeLessThan(0);
    expect(compare(setOf(9), setOf(1, 2))).toBeLessThan(0);
    expect(compare({ b: 0 }, { a: 0, b: 0 })).toBeLessThan(0);
  });

  it('compares domains before results', () => {
    expect(
      compare(
        new Map([
          [1, 9],
          [3, 9],
        ]),
        new Map([
          [2, 0],
          [3, 0],
        ]),
      ),
    ).toBeLessThan(0);
    expect(compare({ a: 9, c: 0 }, { a: 0, d: 0 })).toBeLessThan(0);
  });

  it('decides what CHOOSE takes', () => {
    expect(choose(setOf(5, 3, 9), (x) => x > 3)).toBe(5);
    expect(choose(setOf<readonly number[]>([2, 1], [1, 2], [3]), () => true)).toEqual([3]);
    expect(errorOf(() => choose(setOf(1), () => false, 'M.tla:1:2')).message).toBe(
      'M.tla:1:2: no element of {1} satisfies the predicate of CHOOSE',
    );
  });
});

describe('sets that are not listed', () => {
  it('know their members', () => {
    expect([Nat.has(0), Nat.has(-1), Int.has(-1), Int.has('a'), STRING.has('a'), BOOLEAN.has(true)]).toEqual([
      true,
      false,
      true,
      false,
      true,
      true,
    ]);
    expect(sequencesOver(Nat).has([1, 2])).toBe(true);
    expect(
      sequencesOver(Nat).has(
        new Map([
          [1, 1],
          [2, 2],
        ]),
      ),
    ).toBe(true);
    expect(sequencesOver(Nat).has(new Map([[2, 2]]))).toBe(false);
    expect(recordSet({ a: Nat, b: STRING }).has({ b: 'x', a: 1 })).toBe(true);
    expect(recordSet({ a: Nat }).has({ a: 1, b: 1 })).toBe(false);
    expect(functionSet(setOf(1, 2), Nat).has([4, 5])).toBe(true);
    expect(functionSet(setOf(4), Nat).has(new Map([[4, 0]]))).toBe(true);
    expect(product(Nat, STRING).has([1, 'a'])).toBe(true);
    expect(powerSet(Nat).has(setOf(1, 2))).toBe(true);
  });

  it('can be filtered, joined and reduced', () => {
    expect(filterSet(Nat, (x) => x > 2).has(3)).toBe(true);
    expect(filterSet(Nat, (x) => x > 2).has(2)).toBe(false);
    expect(union(Nat, setOf(-1)).has(-1)).toBe(true);
    expect(difference(Nat, setOf(0)).has(0)).toBe(false);
    expect(errorOf(() => Nat.elements()).code).toBe('infinite');
  });

  it('list themselves where they have an end', () => {
    expect(format(powerSet(setOf(1, 2)))).toBe('{{}, {1}, {2}, {1, 2}}');
    expect(format(functionSet(setOf(1, 2), setOf(0, 1)))).toBe('{<<0, 0>>, <<0, 1>>, <<1, 0>>, <<1, 1>>}');
    expect(format(recordSet({ a: setOf(1, 2), b: setOf('x') }))).toBe('{[a |-> 1, b |-> "x"], [a |-> 2, b |-> "x"]}');
    expect(format(product(setOf(1, 2), setOf(3)))).toBe('{<<1, 3>>, <<2, 3>>}');
    expect(format(bigUnion(setOf(setOf(1), setOf(2, 3))))).toBe('{1, 2, 3}');
    expect(powerSet(interval(1, 10)).size).toBe(1024);
  });
});

describe('functions', () => {
  it('say where they are applied outside of their domain', () => {
    expect(errorOf(() => apply([4, 5, 6], 7, 'Vma.tla:41:3')).message).toBe(
      'Vma.tla:41:3: <<4, 5, 6>> is applied to 7, outside of its domain 1..3',
    );
    expect(errorOf(() => at([4], 0)).code).toBe('domain');
    expect(errorOf(() => lookup(new Map([[2, 1]]), 1)).message).toContain('outside of its domain {2}');
    expect(errorOf(() => apply({ a: 1 }, 'b')).code).toBe('domain');
    expect(errorOf(() => apply({ a: 1 }, 'toString')).code).toBe('domain');
    expect(errorOf(() => apply(3, 1)).code).toBe('type');
    expect(errorOf(() => domain(3)).code).toBe('type');
  });

  it('take the plainest representation', () => {
    expect(
      functionOf([
        [1, 'a'],
        [2, 'b'],
      ]),
    ).toEqual(['a', 'b']);
    expect(
      functionOf([
        [2, 'b'],
        [1, 'a'],
      ]),
    ).toEqual(['a', 'b']);
    expect(functionOf([['x', 1]])).toEqual({ x: 1 });
    expect(functionOf([[0, 1]])).toEqual(new Map([[0, 1]]));
    expect(apply(functionOf([[[1, 2], 'p']]), [1, 2])).toBe('p');
    expect(makeMap(setOf(2, 3), (x) => x * x)).toEqual(
      new Map([
        [2, 4],
        [3, 9],
      ]),
    );
    expect(makeSequence(3, (i) => i * i)).toEqual([1, 4, 9]);
  });

  it('may use themselves', () => {
    const fib = makeRecursive<number, number>(interval(0, 60), (f, n) => (n < 2 ? n : f(n - 1) + f(n - 2)));
    expect(fib(60)).toBe(1548008755920);
    expect(errorOf(() => fib(61)).code).toBe('domain');
  });

  it('can have structured arguments', () => {
    const f = functionWith<unknown, number>([
      [setOf(1), 1],
      [setOf(2), 2],
    ]);
    expect(format(except(f, setOf(1), () => 5))).toBe('({1} :> 5 @@ {2} :> 2)');
    expect(
      format(
        new Map([
          [5, 0],
          [2, 2],
        ]),
      ),
    ).toBe('(2 :> 2 @@ 5 :> 0)');
    expect(
      format(
        new Map([
          [2, 2],
          [1, 1],
        ]),
      ),
    ).toBe('<<1, 2>>');
    expect(format(new Map())).toBe('<<>>');
  });
});

describe('sequences', () => {
  it('are joined, cut and extended', () => {
    expect(concat([1], [2])).toEqual([1, 2]);
    const long = Array.from({ length: 100 }, (_, i) => i);
    expect(concat(long, long)).toEqual([...long, ...long]);
    expect(concat('ab', 'c')).toBe('abc');
    expect(append([1], 2)).toEqual([1, 2]);
    expect(tail([1, 2])).toEqual([2]);
    expect(subSeq([1, 2, 3], 2, 3)).toEqual([2, 3]);
    expect(subSeq([1, 2, 3], 3, 2)).toEqual([]);
    expect(subSeq([1], 9, 2)).toEqual([]);
  });

  it('have errors', () => {
    expect(errorOf(() => head([])).code).toBe('empty');
    expect(errorOf(() => tail([])).code).toBe('empty');
    expect(errorOf(() => subSeq([1, 2], 0, 1)).code).toBe('domain');
  });
});

describe('integers', () => {
  it('are divided downwards, and remainders are never negative', () => {
    expect([div(7, 2), div(-7, 2), mod(7, 3), mod(-7, 3)]).toEqual([3, -4, 1, 2]);
    expect(errorOf(() => div(1, 0)).code).toBe('domain');
    expect(errorOf(() => mod(1, 0)).code).toBe('domain');
  });

  it('are exact to 2^53, and an error beyond', () => {
    expect(add(2 ** 53 - 2, 1)).toBe(2 ** 53 - 1);
    for (const compute of [
      () => add(2 ** 53 - 1, 1),
      () => subtract(-(2 ** 53) + 1, 1),
      () => multiply(2 ** 30, 2 ** 30),
      () => power(3, 40),
    ]) {
      expect(errorOf(compute).code).toBe('range');
    }
  });

  it('have one zero', () => {
    expect(Object.is(multiply(0, -1), 0)).toBe(true);
    expect(Object.is(mod(-4, 2), 0)).toBe(true);
    expect(Object.is(div(0, -5), 0)).toBe(true);
  });
});

describe('lazy values', () => {
  it('are computed when they are needed, and once', () => {
    let count = 0;
    const value = lazy(() => (count += 1));
    expect(count).toBe(0);
    expect([value(), value()]).toEqual([1, 1]);
  });
});
