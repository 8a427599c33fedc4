/** What a specification may ask of the run that evaluates it, and how it ends that run. What TLC prints for the same modules stands in the expectations. */
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../src/config/parse-config.js';
import type { CheckOptions, CheckOutcome } from '../../src/explore/index.js';
import { simulateSpec } from '../../src/explore/simulate.js';
import { loadSpec } from '../../src/names/load-spec.js';
import { check, configOf } from './run.js';

const module = (body: string): string =>
  `---- MODULE M ----\nEXTENDS Integers, Sequences, TLC, TLCExt\nVARIABLE x\nInit == x \\in {0, 5}\n${body}\n====\n`;

/** An outcome with what was printed. */
const printed = (body: string, config: string, options: CheckOptions = {}): CheckOutcome & { lines: string[] } => {
  const lines: string[] = [];
  const outcome = check(module(body), configOf(config), { ...options, print: (line: string) => lines.push(line) });
  return { ...outcome, lines };
};

const walk = (body: string, config: string, lines: string[] = []): ReturnType<typeof simulateSpec> => {
  const text = module(body);
  const { spec } = loadSpec('M', { read: (name) => (name === 'M' ? { file: 'M.tla', text } : undefined) });
  if (spec === undefined) throw new Error('the module is wrong');
  return simulateSpec(spec, parseConfig('M.cfg', configOf(config)).config, {
    seed: 1,
    behaviours: 5,
    print: (line) => lines.push(line),
  });
};

/** The ways to the states, and what TLC prints of those of the module below. */
const next = "Next == x < 3 /\\ x' = x + 1";
const ways = ['<<[x |-> 0]>>', '<<[x |-> 5]>>', '<<[x |-> 0], [x |-> 1]>>', '<<[x |-> 0], [x |-> 1], [x |-> 2]>>'];
const last = '<<[x |-> 0], [x |-> 1], [x |-> 2], [x |-> 3]>>';

describe('Trace', () => {
  test.each([[{}], [{ trialStates: 1 }]])('of an invariant leads to the state that is tested (%o)', (options) => {
    const { lines, result } = printed(`${next}\nInv == PrintT(Trace)`, 'INVARIANT Inv\nCHECK_DEADLOCK FALSE', options);
    expect(lines.slice(-5)).toEqual([...ways, last]);
    expect(result).toBe('success');
  });

  test('of an action leads to the state that it steps from', () => {
    const { lines } = printed("Next == x < 3 /\\ PrintT(Trace) /\\ x' = x + 1", 'CHECK_DEADLOCK FALSE');
    expect(lines).toEqual(ways.filter((way) => !way.includes('5')));
  });

  test('of constraints leads to the state, or to where the step begins', () => {
    const constraints = 'Con == x = 3 => PrintT(Trace)\nAct == x = 2 => PrintT(Trace)';
    const config = 'CONSTRAINT Con\nACTION_CONSTRAINT Act\nCHECK_DEADLOCK FALSE';
    expect(printed(`${next}\n${constraints}`, config).lines).toEqual([last, ways[3]]);
  });

  test('of an ALIAS leads to the state that is shown', () => {
    const body = "Next == x' = IF Len(Trace) = 2 THEN 7 ELSE x + 1\nInv == x # 7\nShown == [n |-> Len(Trace), x |-> x]";
    const { trace } = printed(body, 'INVARIANT Inv\nALIAS Shown');
    expect(trace?.map(({ values, label }) => [label, values])).toEqual([
      [undefined, { n: 1, x: 0 }],
      ['Next', { n: 2, x: 1 }],
      ['Next', { n: 3, x: 7 }],
    ]);
  });

  test('of a simulation is the behaviour', () => {
    const lines: string[] = [];
    walk(`${next}\nInv == x = 3 => PrintT(Trace)`, 'INVARIANT Inv\nCHECK_DEADLOCK FALSE', lines);
    expect(new Set(lines)).toEqual(new Set([last]));
  });

  test('has no value where no state is evaluated', () => {
    const { result, failure } = printed(`${next}\nPost == Trace = << >>`, 'POSTCONDITION Post\nCHECK_DEADLOCK FALSE');
    expect([result, failure?.message]).toEqual(['error', 'Trace has a value only where a state is evaluated']);
  });
});

describe('TLCSet("exit", TRUE)', () => {
  test('of an invariant ends the search when the state at hand is expanded', () => {
    const body = 'Next == x\' = x + 1\nInv == x # 8 \\/ TLCSet("exit", TRUE)';
    expect(printed(body, 'INVARIANT Inv')).toMatchObject({
      result: 'success',
      distinct: 8,
      generated: 8,
      depth: 4,
      queue: 2,
      bound: { kind: 'exit' },
    });
  });

  test('of an action does, too', () => {
    const body = 'Next == (TLCGet("level") = 3 => TLCSet("exit", TRUE)) /\\ \\E d \\in 1..3 : x\' = x + d';
    expect(printed(`${body}\nFrom0 == x # 5`, 'CONSTRAINT From0')).toMatchObject({ result: 'success', depth: 4 });
  });

  test('does nothing with FALSE', () => {
    const { result, bound } = printed(`${next}\nInv == TLCSet("exit", x = 9)`, 'INVARIANT Inv\nCHECK_DEADLOCK FALSE');
    expect([result, bound]).toEqual(['success', undefined]);
  });

  test('hides no fault that was found before', () => {
    const body = 'Next == x\' = x + 1\nInv == x < 7 /\\ (x # 6 \\/ TLCSet("exit", TRUE))\nOdd == x # 6';
    expect(printed(body, 'INVARIANT Inv Odd')).toMatchObject({
      result: 'safety-violation',
      violation: { name: 'Odd' },
    });
  });

  test('says nothing of whole behaviours', () => {
    const body = 'Next == x\' = x\nInv == TLCSet("exit", TRUE)\nProp == <>(x = 9)';
    expect(printed(body, 'INVARIANT Inv\nPROPERTY Prop')).toMatchObject({ result: 'inconclusive' });
  });

  test('ends a simulation', () => {
    const body = 'Next == x\' = x + 1\nInv == x # 8 \\/ TLCSet("exit", TRUE)';
    expect(walk(body, 'INVARIANT Inv')).toMatchObject({ result: 'success', behaviours: 1, bound: { kind: 'exit' } });
  });
});

test('TLCGet tells how far the search has got', () => {
  const asked = '<<x, TLCGet("distinct"), TLCGet("generated"), TLCGet("diameter")>>';
  const body = `Next == \\E d \\in 1..3 : TLCSet(1, 0) /\\ x' = x + d\nInv == PrintT(${asked})\nCon == x < 5`;
  const { lines } = printed(body, 'INVARIANT Inv\nCONSTRAINT Con');
  expect(lines.slice(2, 6)).toEqual(['<<1, 2, 3, 2>>', '<<2, 3, 4, 2>>', '<<3, 4, 5, 2>>', '<<4, 5, 8, 3>>']);
});
