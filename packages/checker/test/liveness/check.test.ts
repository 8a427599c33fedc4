import { describe, expect, test } from 'vitest';
import {
  Exploration,
  type ExploreOptions,
  type Formula,
  type Model,
  type Outcome,
  type StateAtom,
  type StepAtom,
  checkTemporal,
  leadsTo,
  strongFairness,
  weakFairness,
} from '../../src/index.js';
import { counter } from '../models.js';

const is = (n: number): StateAtom => ({ kind: 'state', holds: (words, at) => words[at] === n });

/** The counter goes up, or back to zero. */
const moves: StepAtom = { kind: 'step', holds: (words, at, to, toAt) => words[at] !== to[toAt] };

const often = (of: Formula): Formula => ({ kind: 'always', of: { kind: 'eventually', of } });

const always: StateAtom = { kind: 'state', holds: () => true };

const check = (
  model: Model,
  formula: Formula,
  assumptions: readonly Formula[] = [],
  options: ExploreOptions = {},
): Outcome => {
  const exploration = new Exploration(model, options);
  const safe = exploration.advance() ?? exploration.interrupt();
  const properties = [{ name: 'P', location: 'here', formula }];
  return checkTemporal(model, { assumptions, properties }, exploration, safe, options);
};

const path = ({ trace = [], loop }: Outcome): { states: (number | undefined)[]; loop: number | undefined } => ({
  states: trace.map(({ words }) => words[0]),
  loop,
});

describe('a counter', () => {
  test('that may stop does so in the first state in which that is wrong', () => {
    const outcome = check(counter(9), often(is(0)));
    expect(outcome).toMatchObject({
      result: 'liveness-violation',
      violation: { kind: 'temporal', name: 'P', location: 'here' },
      distinct: 10,
      queue: 0,
    });
    expect(path(outcome)).toEqual({ states: [0, 1], loop: 1 });
    expect(outcome.trace?.map(({ label }) => label)).toEqual([undefined, 'Up']);
  });

  test('that is fair comes back to every number', () => {
    const fair = weakFairness(always, moves);
    for (let n = 0; n < 10; n++) expect(check(counter(9), often(is(n)), [fair]).result).toBe('success');
    const never: Formula = { kind: 'always', of: { kind: 'not', of: is(7) } };
    expect(path(check(counter(9), never, [fair]))).toEqual({ states: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], loop: 0 });
  });

  test('whose steps out of the constraint do not exist stays inside', () => {
    const model = counter(9, { constraint: { name: 'Small', holds: (words, at) => words[at]! < 5 } });
    expect(path(check(model, leadsTo(is(0), is(9))))).toEqual({ states: [0], loop: 0 });
    expect(path(check(model, leadsTo(is(4), is(9))))).toEqual({ states: [0, 1, 2, 3, 4], loop: 4 });
    // Fair behaviours are endless ones, and there are none.
    expect(check(model, leadsTo(is(4), is(9)), [weakFairness(always, moves)]).result).toBe('success');
  });

  test('that is seen through a view makes the steps between what is seen', () => {
    const view = {
      words: 1,
      write: (state: Uint32Array, at: number, to: Uint32Array, toAt: number) => void (to[toAt] = state[at]! % 3),
    };
    const fair = weakFairness(always, moves);
    expect(check(counter(8, { view }), often(is(2)), [fair])).toMatchObject({ result: 'success', distinct: 3 });
    expect(check(counter(8, { view }), often(is(2))).result).toBe('liveness-violation');
  });
});

describe('two kinds of fairness', () => {
  /** From 0 to 1 and back, and from 1 away to 2 for good. */
  const model = counter(2, {
    checkDeadlock: false,
    actions: [
      [0, 1],
      [1, 0],
      [1, 2],
    ].map(([from, next], i) => ({
      name: `A${i}`,
      successors: (words, at, to, toAt, emit) => {
        if (words[at] !== from) return;
        to[toAt] = next!;
        emit();
      },
    })),
  });
  const away: StepAtom = { kind: 'step', holds: (words, at, to, toAt) => words[at] === 1 && to[toAt] === 2 };
  const arrives: Formula = { kind: 'eventually', of: is(2) };
  const goesOn = weakFairness({ kind: 'state', holds: (words, at) => words[at]! < 2 }, moves);

  test('an action that is disabled now and then needs the strong one', () => {
    expect(path(check(model, arrives, [goesOn, weakFairness(is(1), away)]))).toEqual({ states: [0, 1], loop: 0 });
    expect(check(model, arrives, [goesOn, strongFairness(is(1), away)]).result).toBe('success');
  });

  test('a step is not asked where its guard is false', () => {
    const guarded: StepAtom = {
      kind: 'step',
      guard: is(1),
      holds: (words, at, to, toAt) => {
        expect(words[at]).toBe(1);
        return to[toAt] === 2;
      },
    };
    expect(check(model, arrives, [goesOn, strongFairness(is(1), guarded)]).result).toBe('success');
  });
});

describe('what is not a verdict', () => {
  test('a fault of safety goes first', () => {
    const model = counter(3, { invariants: [{ name: 'Small', holds: (words, at) => words[at]! < 3 }] });
    expect(check(model, often(is(3)))).toMatchObject({ result: 'safety-violation', violation: { name: 'Small' } });
  });

  test('at a bound the run is inconclusive', () => {
    let now = 0;
    const slow: StateAtom = {
      kind: 'state',
      holds: () => {
        now = 60;
        return false;
      },
    };
    const late = check(counter(3), often(slow), [], { clock: () => now, maxSeconds: 50 });
    expect(late).toMatchObject({ result: 'inconclusive', bound: { kind: 'time', limit: 50 }, distinct: 4 });
    const large = check(counter(300_000), often(is(0)), [], { maxBytes: 12e6 });
    expect(large).toMatchObject({ result: 'inconclusive', bound: { kind: 'memory', limit: 12e6 }, distinct: 300_001 });
    const stopped = check(counter(3), often(is(0)), [], { progressSeconds: 0, onProgress: () => false });
    expect(stopped).toMatchObject({ result: 'inconclusive', bound: { kind: 'interrupted', limit: 0 } });
  });

  test('memory that there is not is a bound', () => {
    const greedy: StateAtom = { kind: 'state', holds: () => new Uint32Array(2 ** 40).length > 0 };
    expect(check(counter(3), often(greedy))).toMatchObject({ result: 'inconclusive', bound: { kind: 'memory' } });
  });

  test('an exception of a predicate is explained, with a trace to where it was thrown', () => {
    const broken: StateAtom = {
      kind: 'state',
      holds: (words, at) => {
        if (words[at] === 2) throw new Error('two');
        return false;
      },
    };
    const failure = (thrown: unknown): { kind: 'error'; message: string } | undefined =>
      thrown instanceof Error && thrown.message === 'two' ? { kind: 'error', message: 'two' } : undefined;
    const outcome = check(counter(3, { failure }), often(broken));
    expect(outcome).toMatchObject({ result: 'error', failure: { message: 'two' } });
    expect(path(outcome).states).toEqual([0, 1, 2]);
    expect(() => check(counter(3), often(broken))).toThrow('two');
  });
});
