/** Packed states, words of values, and values evaluated anew each time, counted or not: a random specification has the same states in all. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CheckOptions, CheckOutcome } from '../../../src/explore/index.js';
import { check } from '../run.js';
import { randomSpec } from './random-spec.js';

/** `PACKED_RUNS=1000` makes more specifications. */
const numRuns = Number(process.env['PACKED_RUNS'] ?? 150);

/** States up to which a specification is explored, to the end of none: beyond, what was found first decides. */
const maxStates = 3000;

/** What the order in which states are found does not change. */
const resultOf = ({ result, distinct, generated, depth, violation, trace, failure, coverage, bound }: CheckOutcome) => {
  if (bound !== undefined) return { result, bound };
  if (result === 'success') return { result, distinct, generated, depth, coverage };
  return { result, violated: violation?.name === undefined, length: trace?.length, code: failure?.code };
};

describe('three ways to explore', () => {
  test(`find the same in ${numRuns} random specifications`, { timeout: 600_000 }, () => {
    let [packed, finished] = [0, 0];
    const property = fc.property(fc.array(fc.nat(5039), { minLength: 150, maxLength: 400 }), (choices) => {
      const { module, config } = randomSpec(choices);
      const run = (options: CheckOptions): CheckOutcome => check(module, config, { maxStates, ...options });
      const first = run({
        trialStates: 1,
        packAlways: true,
        onUnpacked: (what) => (packed += Number(what === 'layout')),
      });
      finished += Number(first.bound === undefined && first.distinct > 1);
      expect(resultOf(first)).toEqual(resultOf(run({ trialStates: 1 })));
      expect(resultOf(first)).toEqual(resultOf(run({ packed: false })));
      expect(resultOf(first)).toEqual(resultOf(run({ packed: false, remember: false })));
      expect(resultOf(first)).toEqual(resultOf(run({ coverage: true })));
    });
    fc.assert(property, { seed: Number(process.env['PACKED_SEED'] ?? 5), numRuns, endOnFailure: true });
    // The comparison means something: packed states were explored, and often to the end.
    expect(packed).toBeGreaterThan(numRuns / 4);
    expect(finished).toBeGreaterThan(numRuns / 10);
  });
});
