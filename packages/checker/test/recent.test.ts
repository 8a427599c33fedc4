import { expect, test } from 'vitest';
import { hashWords } from '../src/hash.js';
import { Recent } from '../src/recent.js';
import { explore, type Model } from '../src/index.js';

const words = (...all: number[]): Uint32Array => new Uint32Array(all);

test('a state is met once it was there, and not after all was forgotten', () => {
  const recent = new Recent(2);
  const meets = (a: number, b: number): boolean => recent.meets(words(a, b), hashWords(words(a, b), 0, 2));
  expect(meets(0, 0)).toBe(false);
  expect(meets(0, 0)).toBe(true);
  expect(meets(0, 1)).toBe(false);
  recent.forget();
  expect(meets(0, 0)).toBe(false);
});

test('states with the same hash are told apart', () => {
  const recent = new Recent(1);
  expect(recent.meets(words(7), 1)).toBe(false);
  expect(recent.meets(words(8), 1)).toBe(false);
  expect(recent.meets(words(7), 1)).toBe(false);
  expect(recent.meets(words(7), 1)).toBe(true);
});

/** Every state leads to all states up to twice its number, each of them twice. */
const dense: Model = {
  name: 'dense',
  wordsPerState: 1,
  checkDeadlock: true,
  initial: (to, at, emit) => {
    to[at] = 1;
    emit();
  },
  actions: ['Once', 'Again'].map((name) => ({
    name,
    successors: (from, at, to, toAt, emit) => {
      for (let i = 1; i <= Math.min(2 * from[at]!, 200); i++) {
        to[toAt] = i;
        emit();
      }
    },
  })),
  invariants: [],
};

test('steps to states that were just met are counted, by action', () => {
  const from = Array.from({ length: 200 }, (_, i) => Math.min(2 * (i + 1), 200));
  const steps = from.reduce((sum, count) => sum + count, 0);
  const { distinct, generated, coverage } = explore(dense);
  expect({ distinct, generated }).toEqual({ distinct: 200, generated: 1 + 2 * steps });
  expect(coverage).toEqual([
    { name: 'Once', generated: steps, distinct: 199 },
    { name: 'Again', generated: steps, distinct: 0 },
  ]);
});

test('where the last state that there may be is found, no step after it counts', () => {
  for (const maxStates of [2, 3, 77, 150, 199]) {
    const { distinct, generated } = explore(dense, { maxStates });
    const steps = (state: number): number => Math.min(2 * state, 200);
    let expected = 1;
    let found = 1;
    for (let state = 1; found <= maxStates; state++) {
      // The first action finds all states up to the last one; the one beyond the bound is made, too.
      if (steps(state) > maxStates) {
        expected += maxStates + 1;
        break;
      }
      expected += 2 * steps(state);
      found = Math.max(found, steps(state));
    }
    expect({ distinct, generated }).toEqual({ distinct: maxStates, generated: expected });
  }
});
