/** Where values lie in packed states, and what happens to values that have no place. */
import { describe, expect, test } from 'vitest';
import { check, configOf, moduleOf } from '../run.js';
import {
  enumDomain,
  intDomain,
  productDomain,
  sequenceDomain,
  setDomain,
} from '../../../src/explore/packed/domains.js';
import { LayoutOverflow, StateLayout } from '../../../src/explore/packed/layout.js';
import { ValueTable } from '../../../src/explore/values/value-table.js';
import { makeLibrary } from '../../../src/explore/values/library.js';

const table = new ValueTable();
const library = makeLibrary(table);
const strings = (...names: string[]): ReturnType<typeof enumDomain> => enumDomain(names, table);
const numbers = enumDomain(
  Array.from({ length: 40 }, (_, i) => i),
  table,
);

const domains = [
  strings('red', 'green', 'blue'),
  intDomain(-3, 4),
  setDomain(numbers),
  productDomain(strings('a', 'b'), [intDomain(0, 1000), setDomain(strings('x', 'y'))]),
  sequenceDomain(strings('red', 'green', 'blue'), 5),
];

const state: readonly unknown[] = [
  'blue',
  -3,
  library.setOf([0, 31, 32, 39]),
  { a: 1000, b: library.setOf(['y']) },
  ['red', 'blue', 'red'],
];

describe('a state', () => {
  const layout = new StateLayout(domains, table);
  const pack = (values: readonly unknown[]): Uint32Array => {
    const words = new Uint32Array(layout.wordsPerState);
    layout.pack(Uint32Array.from(values, table.encode), words, 0);
    return words;
  };

  test('takes no more words than its bits need', () => {
    expect(layout.wordsPerState).toBe(3);
  });

  test('is the same after it was packed and unpacked', () => {
    const wide = new Uint32Array(domains.length);
    layout.unpack(pack(state), 0, wide);
    expect([...wide]).toEqual([...Uint32Array.from(state, table.encode)]);
  });

  test.each([
    [0, 'pink'],
    [1, 5],
    [2, library.setOf([40])],
    [3, { a: 0 }],
    [4, ['red', 'red', 'red', 'red', 'red', 'red']],
  ])('has no place for a value outside of the domain of variable %i', (variable, value) => {
    expect(() => pack(state.with(variable, value))).toThrow(LayoutOverflow);
  });
});

describe('a layout that is too small is made anew', () => {
  const both = (module: string, tried: { readonly trialStates?: number } = { trialStates: 3 }): void => {
    const [packed, onValues] = [tried, { packed: false }].map((options) =>
      check(module, configOf('CHECK_DEADLOCK FALSE'), options),
    );
    const of = (outcome: typeof packed): unknown => [
      outcome?.result,
      outcome?.distinct,
      outcome?.generated,
      outcome?.depth,
    ];
    expect(of(packed)).toEqual(of(onValues));
    expect(packed?.distinct).toBeGreaterThan(3);
  };

  test('for integers that grow', () => {
    both(moduleOf("Next == x < 1000000 /\\ x' = IF x > 100 THEN x * 2 ELSE x + 1"));
  });

  test('for sequences that grow', () => {
    both(moduleOf("Next == Len(x) < 30 /\\ x' = Append(x, Len(x))").replace('x = 0', 'x = <<>>'));
  });

  test.each([700, 2500])('for what a short trial does not show: the set after %i steps', (steps) => {
    const next = `[n |-> x.n + 1, s |-> IF x.n = ${steps} THEN {x.n * 100000} ELSE x.s]`;
    both(moduleOf(`Next == x.n < 3000 /\\ x' = ${next}`).replace('x = 0', 'x = [n |-> 0, s |-> {}]'), {});
  });

  test('and an invariant that speaks of types is violated as ever', () => {
    const outcome = check(moduleOf("TypeOK == x \\in 0..9\nNext == x' = x + 1"), configOf('INVARIANT TypeOK'), {
      trialStates: 3,
    });
    expect([outcome.result, outcome.violation?.name, outcome.trace?.length]).toEqual([
      'safety-violation',
      'TypeOK',
      11,
    ]);
  });
});
