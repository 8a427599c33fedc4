import { describe, expect, test } from 'vitest';
import { counter, graphModel, node } from './models.js';
import { Exploration, explore } from '../src/index.js';

const states = (outcome: ReturnType<typeof explore>): number[] =>
  (outcome.trace ?? []).map(({ words }) => (words.length === 1 ? (words[0] as number) : words[0]! * 256 + words[1]!));

describe('counts', () => {
  test('a ring of ten states has ten distinct states, eleven generated ones, ten levels', () => {
    expect(explore(counter(9))).toMatchObject({ result: 'success', distinct: 10, generated: 11, depth: 10, queue: 0 });
  });

  test('coverage counts what each action generated and what it found first', () => {
    const { coverage } = explore(counter(9));
    expect(coverage).toEqual([
      { name: 'Up', generated: 9, distinct: 9 },
      { name: 'Reset', generated: 1, distinct: 0 },
    ]);
  });

  test('a model without initial states has none', () => {
    const empty = graphModel({ initial: [], edges: [[]] });
    expect(explore(empty)).toMatchObject({ result: 'success', distinct: 0, generated: 0, depth: 0 });
  });

  test('the same state twice among the initial ones counts once', () => {
    const model = graphModel({ initial: [3, 3, 4], edges: [[]] });
    expect(explore(model)).toMatchObject({ distinct: 2, generated: 3, depth: 1 });
  });
});

describe('faults', () => {
  test('a violated invariant comes with a shortest trace', () => {
    const model = graphModel(
      { initial: [0], edges: [[[1], [2], [7], [], [], [6], [7]], [[5]]] },
      { invariants: [node('NotSeven', (n) => n !== 7)] },
    );
    const outcome = explore(model);
    expect(outcome).toMatchObject({ result: 'safety-violation', violation: { kind: 'invariant', name: 'NotSeven' } });
    expect(states(outcome)).toEqual([0, 1, 2, 7]);
    expect(outcome.trace?.map(({ label }) => label)).toEqual([undefined, 'A0', 'A0', 'A0']);
  });

  test('of two invariants that fail in one state the first is named', () => {
    const no = { holds: (): boolean => false };
    const outcome = explore(
      counter(3, {
        invariants: [
          { name: 'First', ...no },
          { name: 'Second', ...no },
        ],
      }),
    );
    expect(outcome).toMatchObject({ violation: { name: 'First' }, distinct: 1 });
    expect(states(outcome)).toEqual([0]);
  });

  test('a property of initial states is not asked of others', () => {
    const zero = { name: 'Zero', holds: (words: Uint32Array, at: number) => words[at] === 0 };
    expect(explore(counter(3, { initialProperties: [zero] })).result).toBe('success');
    const one = { name: 'One', holds: (words: Uint32Array, at: number) => words[at] === 1 };
    expect(explore(counter(3, { initialProperties: [one] })).violation).toEqual({ kind: 'initial', name: 'One' });
  });

  test('a step property is tested on a step to a state seen before', () => {
    const up = {
      name: 'NeverDown',
      holds: (from: Uint32Array, at: number, to: Uint32Array, toAt: number) => to[toAt]! >= from[at]!,
    };
    const outcome = explore(counter(3, { stepProperties: [up] }));
    expect(outcome).toMatchObject({ result: 'safety-violation', violation: { kind: 'step', name: 'NeverDown' } });
    expect(states(outcome)).toEqual([0, 1, 2, 3, 0]);
  });

  test('a state without successors is a deadlock, if that is an error', () => {
    const dead = { initial: [0], edges: [[[1], [2]]] };
    const outcome = explore(graphModel(dead, { checkDeadlock: true }));
    expect(outcome.result).toBe('deadlock');
    expect(states(outcome)).toEqual([0, 1, 2]);
    expect(explore(graphModel(dead)).result).toBe('success');
  });

  test('an exception that the model explains is an error with the trace that led there', () => {
    const failing = (extra: object): ReturnType<typeof explore> =>
      explore(counter(5, { failure: (thrown) => ({ kind: 'error', message: String(thrown) }), ...extra }));
    const atTwo = (words: Uint32Array, at: number): boolean => {
      if (words[at] === 2) throw new Error('two');
      return true;
    };
    const inInvariant = failing({ invariants: [{ name: 'I', holds: atTwo }] });
    expect(inInvariant).toMatchObject({ result: 'error', failure: { message: 'Error: two' } });
    expect(states(inInvariant)).toEqual([0, 1, 2]);
    const inAction = failing({ actions: [...counter(5).actions, { name: 'Bad', successors: atTwo }] });
    expect(states(inAction)).toEqual([0, 1, 2]);
  });

  test('an exception that nobody explains is passed on', () => {
    const broken = (): boolean => {
      throw new TypeError('defect');
    };
    expect(() => explore(counter(5, { invariants: [{ name: 'I', holds: broken }] }))).toThrow('defect');
  });
});

describe('restrictions', () => {
  test('states outside the constraint are tested, but neither counted nor expanded', () => {
    const constraint = node('Small', (n) => n < 3);
    const ring = { initial: [0], edges: [[[1], [2], [3], [4], [0]]] };
    expect(explore(graphModel(ring, { constraint }))).toMatchObject({ distinct: 3, generated: 4, depth: 3 });
    const invariants = [node('NotThree', (n) => n !== 3)];
    const outcome = explore(graphModel(ring, { constraint, invariants }));
    expect(states(outcome)).toEqual([0, 1, 2, 3]);
    expect(outcome.distinct).toBe(3);
  });

  test('a state whose only successors are outside the constraint is no deadlock', () => {
    const chain = { initial: [0], edges: [[[1], [2], [3]]] };
    const constraint = node('Small', (n) => n < 2);
    expect(explore(graphModel(chain, { constraint, checkDeadlock: true })).result).toBe('success');
  });

  test('steps outside the step constraint are not taken', () => {
    const model = graphModel(
      { initial: [0], edges: [[[1, 2], [3], [4]]] },
      { stepConstraint: { name: 'NotTwo', holds: (_from, _at, to, toAt) => to[toAt + 1] !== 2 } },
    );
    expect(explore(model)).toMatchObject({ distinct: 3, generated: 4 });
  });

  test('states with equal views count as one, and the first found is explored', () => {
    const modulo = {
      words: 1,
      write: (from: Uint32Array, at: number, to: Uint32Array, toAt: number) => (to[toAt] = from[at]! % 4),
    };
    expect(explore(counter(9, { view: modulo }))).toMatchObject({ result: 'success', distinct: 4, generated: 5 });
  });
});

describe('bounds', () => {
  test('a bound on states that is not exceeded changes nothing', () => {
    expect(explore(counter(9), { maxStates: 10 }).result).toBe('success');
  });

  test('every bound that is met makes the run inconclusive and is named', () => {
    const clock = (): (() => number) => {
      let time = 0;
      return () => time++;
    };
    expect(explore(counter(9), { maxStates: 9 })).toMatchObject({
      result: 'inconclusive',
      distinct: 9,
      bound: { kind: 'states', limit: 9 },
    });
    expect(explore(counter(9), { maxDepth: 4 })).toMatchObject({ depth: 4, distinct: 4, bound: { kind: 'depth' } });
    expect(explore(counter(1e6), { maxSeconds: 5, clock: clock() })).toMatchObject({
      bound: { kind: 'time', limit: 5 },
    });
    expect(explore(counter(1e6), { maxBytes: 3e6 })).toMatchObject({ bound: { kind: 'memory', limit: 3e6 } });
    expect(explore(counter(1e6, { memoryInUse: () => 9e9 }), { maxBytes: 4e9 }).bound?.kind).toBe('memory');
  });

  test('progress is reported and can interrupt', () => {
    const seen: number[] = [];
    const outcome = explore(counter(1e6), {
      progressSeconds: 0,
      onProgress: ({ distinct, queue }) => {
        seen.push(distinct);
        return queue > 0 && seen.length < 3;
      },
    });
    expect(outcome).toMatchObject({ result: 'inconclusive', bound: { kind: 'interrupted' } });
    expect(seen).toHaveLength(3);
  });

  test('an exploration in small pieces gives what one in a single piece gives', () => {
    const exploration = new Exploration(counter(5000));
    let pieces = 1;
    while (exploration.advance(0) === undefined) pieces++;
    expect(pieces).toBeGreaterThan(10);
    const { seconds: _, ...whole } = explore(counter(5000));
    expect(exploration.advance()).toMatchObject(whole);
  });
});

test('a "sometimes" property tells whether and at which level it was true first', () => {
  const sometimes = [node('Three', (n) => n === 3), node('Never', () => false)];
  const { sometimes: reached } = explore(graphModel({ initial: [0], edges: [[[1], [2, 3]]] }, { sometimes }));
  expect(reached).toEqual([
    { name: 'Three', reached: true, depth: 3 },
    { name: 'Never', reached: false },
  ]);
});
