import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../../src/config/parse-config.js';
import { checkSpec } from '../../../src/explore/check.js';
import { type CompiledSpec, compileForChecker } from '../../../src/explore/compile.js';
import type { CheckOutcome } from '../../../src/explore/outcome.js';
import { followTrace, UnknownVariable } from '../../../src/explore/traces/follow-trace.js';
import { readTrace, TraceFileError, traceText } from '../../../src/explore/traces/trace-file.js';
import { loadSpec } from '../../../src/names/load-spec.js';

/** Values of all kinds: integers beyond those that JSON has, tuples, records, sets, functions over model values and over integers. */
const module = `---- MODULE Kinds ----
EXTENDS Integers, Sequences
CONSTANT M
VARIABLES n, q, seen, of, big
vars == <<n, q, seen, of, big>>
Init == n = 0 /\\ q = <<>> /\\ seen = {} /\\ of = [m \\in M |-> [i \\in 0 .. 1 |-> TRUE]] /\\ big = -1
Put(m) == /\\ n < 3
          /\\ n' = n + 1
          /\\ q' = Append(q, [who |-> m, text |-> "a", pair |-> <<n, {}>>])
          /\\ seen' = seen \\cup {{m}, {n}}
          /\\ of' = [of EXCEPT ![m][1] = FALSE]
          /\\ big' = 2147483647 * n
Next == \\E m \\in M : Put(m)
Small == n < 3
====
`;

const load = (): { check: () => CheckOutcome; compiled: CompiledSpec } => {
  const { spec } = loadSpec('Kinds', {
    read: (name) => (name === 'Kinds' ? { file: 'Kinds.tla', text: module } : undefined),
  });
  const { config } = parseConfig('Kinds.cfg', 'CONSTANT M = {m1, m2}\nINIT Init\nNEXT Next\nINVARIANT Small\n');
  const compiled = compileForChecker(spec!, config);
  const check = (): CheckOutcome => {
    const outcome = checkSpec(spec!, config);
    if (!('result' in outcome)) throw new Error(outcome[0]?.message);
    return outcome;
  };
  if (!('program' in compiled)) throw new Error(compiled[0]?.message);
  return { check, compiled };
};

describe('a counterexample that was written', () => {
  const { check, compiled } = load();
  const outcome = check();

  test.each(['a.itf.json', 'a.json'])('is allowed when it comes back, and violates what it violated: %s', (file) => {
    const recorded = readTrace(traceText(file, outcome));
    const { isAllowed, trace, violated } = followTrace(compiled, recorded);
    expect([isAllowed, trace.length, violated]).toEqual([true, 4, ['Small']]);
    expect(trace.map(({ label }) => label)).toEqual(outcome.trace!.map(({ label }) => label));
  });

  test('tells sets and functions from sequences and records in ITF, and not in the JSON of TLC', () => {
    const last = (file: string): unknown => readTrace(traceText(file, outcome)).states.at(-1);
    expect(last('a.itf.json')).toMatchObject({
      seen: { '#set': expect.any(Array) },
      of: {
        '#map': [
          [
            'm1',
            {
              '#map': [
                [0, true],
                [1, false],
              ],
            },
          ],
          ['m2', expect.anything()],
        ],
      },
    });
    expect(last('a.json')).toMatchObject({ seen: expect.any(Array), of: { m1: { 0: true, 1: false } } });
  });

  test('is text under any other name', () => {
    expect(traceText('a.txt', outcome)).toMatch(/^ {2}1 {2}initial state\n {7}n = 0\n/);
  });
});

describe('a recorded trace', () => {
  const { compiled } = load();
  const follow = (...states: readonly object[]): ReturnType<typeof followTrace> =>
    followTrace(compiled, readTrace(states.map((state) => JSON.stringify(state)).join('\n')));

  test('may leave variables out, and may stay in a state', () => {
    const { isAllowed, trace } = follow({ n: 0 }, { big: 0 }, { n: 1 }, { seen: [['m2'], [0], [1]] });
    expect(isAllowed).toBe(true);
    expect(trace.map(({ label }) => label)).toEqual([undefined, 'Put(m2)', 'stuttering', 'Put(m2)']);
  });

  test('is followed in all ways at once: a later state may decide which step an earlier one was', () => {
    const { isAllowed, trace } = follow(
      { n: 0 },
      { n: 1 },
      { n: 2, of: { m1: { 0: true, 1: true }, m2: { 0: true, 1: false } } },
    );
    expect(isAllowed).toBe(true);
    expect(trace.map(({ label }) => label)).toEqual([undefined, 'Put(m2)', 'Put(m2)']);
  });

  test('that is not allowed names the first state that is not, and what comes nearest', () => {
    const { isAllowed, trace, nearest } = follow({ n: 0 }, { n: 1, big: 7 }, { n: 2 });
    expect([isAllowed, trace.length]).toEqual([false, 1]);
    expect(nearest).toMatchObject({ label: 'Put(m1)', differences: [{ variable: 'big', value: 0 }] });
    expect(follow({ n: 4 })).toMatchObject({ isAllowed: false, trace: [], nearest: { label: undefined } });
  });

  test.each<[Record<string, unknown>, string]>([
    [{ q: [[]] }, 'a tuple in the place of a record'],
    [{ seen: [['m1'], [0], [0]] }, 'an element twice'],
    [{ seen: { '#set': [['m1']] } }, 'an element too few'],
    [{ of: { '#map': [['m1', true]] } }, 'an argument too few'],
    [{ n: '1' }, 'text in the place of an integer'],
  ])('does not agree with other values: %j', (state) => {
    expect(follow({ n: 0 }, { n: 1, ...state }).isAllowed).toBe(false);
  });

  test('with a variable that the specification lacks, or that is none, is refused', () => {
    expect(() => follow({ n: 0, m: 0 })).toThrow(UnknownVariable);
    for (const text of ['', '7', '{"n":0}\nno', '[1]', '{"states":[[]]}']) {
      expect(() => readTrace(text)).toThrow(TraceFileError);
    }
  });
});
