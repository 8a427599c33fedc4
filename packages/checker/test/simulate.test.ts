import { describe, expect, test } from 'vitest';
import { counter, graphModel, node, nodeOf } from './models.js';
import { type Model, type SimulationOutcome, simulate } from '../src/index.js';
import { randomStream } from '../src/random.js';

const seed = 20_260_801;
const states = ({ trace }: SimulationOutcome): number[] => (trace ?? []).map(({ words }) => nodeOf(words, 0));

/** Node n of a line leads to n + 1 and back to 0. */
const line = (length: number, extra: Partial<Model> = {}): Model =>
  graphModel(
    {
      initial: [0],
      edges: [Array.from({ length }, (_, n) => (n + 1 < length ? [n + 1] : [])), Array.from({ length }, () => [0])],
    },
    extra,
  );

describe('random numbers', () => {
  test('are those of the seed', () => {
    const first = randomStream(seed, 3);
    const again = randomStream(seed, 3);
    const other = randomStream(seed, 4);
    const numbers = Array.from({ length: 20 }, () => first(1000));
    expect(Array.from({ length: 20 }, () => again(1000))).toEqual(numbers);
    expect(Array.from({ length: 20 }, () => other(1000))).not.toEqual(numbers);
    expect(numbers.every((n) => n >= 0 && n < 1000)).toBe(true);
  });

  test('are equally likely', () => {
    const random = randomStream(seed, 0);
    const counts = [0, 0, 0, 0, 0];
    for (let i = 0; i < 50_000; i++) (counts[random(5)] as number)++;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });
});

describe('a simulation', () => {
  test('counts behaviours, steps and tested states', () => {
    expect(simulate(counter(9), { seed, behaviours: 5, depth: 8 })).toMatchObject({
      result: 'success',
      seed,
      behaviours: 5,
      steps: 35,
      tested: 36,
      longest: 8,
    });
  });

  test('is the same for the same seed, another one for another seed', () => {
    const model = line(12, { invariants: [node('Short', (n) => n < 7)] });
    const run = (s: number): SimulationOutcome => ({ ...simulate(model, { seed: s, depth: 30 }), seconds: 0 });
    expect(run(seed)).toEqual(run(seed));
    expect(run(seed).steps).not.toBe(run(seed + 1).steps);
  });

  test('takes each distinct successor equally often, however often it is made', () => {
    const seen = [0, 0, 0, 0];
    const model = graphModel(
      { initial: [0], edges: [[[1, 1, 1, 1, 2, 3]]] },
      {
        stepProperties: [{ name: 'Any', holds: () => true }],
        sometimes: [],
      },
    );
    // What is walked through is what the second step starts from.
    const [only] = model.actions;
    const watched: Model = {
      ...model,
      actions: [
        {
          name: 'A',
          successors: (from, at, to, toAt, emit) => {
            (seen[nodeOf(from, at)] as number)++;
            only?.successors(from, at, to, toAt, emit);
          },
        },
      ],
    };
    simulate(watched, { seed, behaviours: 3000, depth: 3 });
    expect(seen[0]).toBe(3000);
    for (const count of seen.slice(1)) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });

  test('goes on after a fault, and shows the shortest one that it meets', () => {
    const model = line(12, { invariants: [node('Short', (n) => n < 5)] });
    const outcome = simulate(model, { seed, behaviours: 500 });
    expect(outcome).toMatchObject({ result: 'safety-violation', violation: { kind: 'invariant', name: 'Short' } });
    expect(states(outcome)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(outcome.trace?.map(({ label }) => label)).toEqual([undefined, 'A0', 'A0', 'A0', 'A0', 'A0']);
  });

  test('forgets loops: no trace passes a state twice', () => {
    const ring = graphModel(
      { initial: [0], edges: [Array.from({ length: 9 }, (_, n) => [n, (n + 1) % 6, (n + 5) % 9])] },
      { invariants: [node('No', (n) => n !== 8)] },
    );
    for (let s = 0; s < 20; s++) {
      const found = states(simulate(ring, { seed: s, behaviours: 1 }));
      expect(new Set(found).size).toBe(found.length);
    }
  });

  test('tells the model the level without loops', () => {
    let level = 0;
    let most = 0;
    const model = counter(3, { atLevel: (at) => (level = at) });
    const watched: Model = {
      ...model,
      invariants: [{ name: 'Any', holds: () => ((most = Math.max(most, level)), true) }],
    };
    simulate(watched, { seed, behaviours: 2 });
    expect(most).toBe(5);
  });

  test('tests successors that it does not take', () => {
    const model = graphModel(
      { initial: [0], edges: [[[0], [], []], [[1]]] },
      { invariants: [node('No', (n) => n < 1)] },
    );
    expect(states(simulate(model, { seed, behaviours: 1 }))).toEqual([0, 1]);
  });

  test('ends at a fault of an initial state', () => {
    const bad = { invariants: [node('No', () => false)] };
    expect(simulate(line(3, bad), { seed })).toMatchObject({ result: 'safety-violation', behaviours: 0, tested: 1 });
    const initial = { initialProperties: [node('One', (n) => n === 1)] };
    expect(simulate(line(3, initial), { seed }).violation).toEqual({ kind: 'initial', name: 'One' });
  });

  test('sees a step that is forbidden, and a deadlock', () => {
    const noReset = {
      name: 'NoReset',
      holds: (from: Uint32Array, at: number, to: Uint32Array, toAt: number) => nodeOf(to, toAt) >= nodeOf(from, at),
    };
    const outcome = simulate(line(9, { stepProperties: [noReset] }), { seed });
    expect(outcome.violation).toEqual({ kind: 'step', name: 'NoReset' });
    expect(states(outcome)).toEqual([0, 1, 0]);
    const ends = graphModel({ initial: [0], edges: [[[1], [2], []]] }, { checkDeadlock: true });
    expect(states(simulate(ends, { seed }))).toEqual([0, 1, 2]);
    expect(simulate(ends, { seed, behaviours: 9, depth: 2 })).toMatchObject({ result: 'success', behaviours: 9 });
  });

  test('tests but does not enter what the constraint forbids', () => {
    const constraint = node('Below', (n) => n < 4);
    const outcome = simulate(line(9, { constraint, invariants: [node('Five', (n) => n < 5)] }), { seed });
    expect(outcome.result).toBe('success');
    const four = simulate(line(9, { constraint, invariants: [node('Four', (n) => n < 4)] }), { seed });
    expect(states(four)).toEqual([0, 1, 2, 3, 4]);
  });

  test('shows where the model threw', () => {
    const failure = (thrown: unknown): { kind: 'error'; message: string } => ({
      kind: 'error',
      message: (thrown as Error).message,
    });
    const invariant = node('Throws', (n) => {
      if (n === 2) throw new Error('two');
      return true;
    });
    const outcome = simulate(line(5, { failure, invariants: [invariant] }), { seed });
    expect(outcome).toMatchObject({ result: 'error', failure: { message: 'two' } });
    expect(states(outcome)).toEqual([0, 1, 2]);
  });

  test('says which "sometimes" properties it never saw', () => {
    const sometimes = [node('Two', (n) => n === 2), node('Twenty', (n) => n === 20)];
    expect(simulate(line(5, { sometimes }), { seed }).unreached).toEqual(['Twenty']);
  });

  test('ends when its time is over or its owner says so', () => {
    let now = 0;
    const clock = (): number => (now += 0.25);
    const timed = simulate(counter(3), { seed, depth: 2, maxSeconds: 5, clock });
    expect(timed).toMatchObject({ result: 'success', behaviours: 20 });
    expect(simulate(counter(3), { seed, clock, onProgress: () => false })).toMatchObject({
      result: 'inconclusive',
      bound: { kind: 'interrupted' },
    });
  });

  test('ends in the middle of a step or of the initial states when its time is over', () => {
    let now = 0;
    const clock = (): number => (now += 1);
    const endless: Model['initial'] = (to, at, emit) => {
      do to[at] = (to[at] as number) + 1;
      while (emit());
    };
    const model: Model = { ...counter(3), initial: endless };
    expect(simulate(model, { seed, maxSeconds: 5, clock })).toMatchObject({
      result: 'inconclusive',
      bound: { kind: 'time', limit: 5 },
      behaviours: 0,
    });
    const step: Model = {
      ...counter(3),
      actions: [{ name: 'Any', successors: (_from, _at, to, toAt, emit) => endless(to, toAt, emit) }],
    };
    expect(simulate(step, { seed, maxSeconds: 5, clock })).toMatchObject({ result: 'success', behaviours: 1 });
  });

  test('of a model without initial states walks nowhere', () => {
    expect(simulate(graphModel({ initial: [], edges: [[]] }), { seed })).toMatchObject({
      result: 'success',
      tested: 0,
    });
  });

  test('of a state with many successors knows them all', () => {
    const many = Array.from({ length: 1000 }, (_, i) => (i * 7) % 900);
    const model = graphModel({ initial: [0], edges: [[many]] });
    expect(simulate(model, { seed, behaviours: 1, depth: 2 }).tested).toBe(901);
  });
});
