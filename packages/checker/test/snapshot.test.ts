import { describe, expect, test } from 'vitest';
import {
  Exploration,
  type Model,
  type Outcome,
  type Snapshot,
  SnapshotError,
  type Words,
  explore,
} from '../src/index.js';
import { counter, grid } from './models.js';

/** A snapshot as a file would have it. */
interface Saved {
  readonly head: string;
  readonly words: Words;
}

const saved = ({ head, words }: Snapshot): Saved => ({
  head: JSON.stringify(head),
  words: Uint32Array.from([...words].flatMap((part) => [...part])),
});

const read = ({ head, words }: Saved): NonNullable<Parameters<typeof explore>[1]>['resume'] => {
  let at = 0;
  return { head: JSON.parse(head) as Snapshot['head'], read: (count) => words.subarray(at, (at += count)) };
};

/** What two runs of one model must have in common. */
const facts = ({
  result,
  violation,
  distinct,
  generated,
  depth,
  queue,
  coverage,
  sometimes,
  trace,
}: Outcome): unknown => ({
  result,
  violation,
  distinct,
  generated,
  depth,
  queue,
  coverage,
  sometimes,
  trace: trace?.map(({ words }) => [...words]),
});

/** Runs a model in pieces: each run ends after some looks at the clock, and the next one goes on from its snapshot. */
const inPieces = (model: Model, looks: number, compact: boolean): { outcome: Outcome; pieces: number } => {
  let last: Saved | undefined;
  for (let pieces = 1; ; pieces++) {
    let looked = 0;
    const resume = last && read(last);
    const outcome = explore(model, {
      compact,
      progressSeconds: 0,
      onProgress: () => ++looked < looks,
      save: (snapshot) => (last = saved(snapshot)),
      ...(resume && { resume }),
    });
    if (outcome.bound?.kind !== 'interrupted') return { outcome, pieces };
  }
};

describe.each([false, true])('a run in pieces, compact: %s', (compact) => {
  test.each([
    ['a grid', grid(40)],
    ['a ring', counter(40)],
    [
      'a grid with a fault',
      grid(40, { invariants: [{ name: 'Low', holds: (words, at) => words[at]! + words[at + 1]! < 50 }] }),
    ],
  ])('has the totals of an undisturbed one: %s', (_, model) => {
    const whole = explore(model, { compact });
    for (const looks of [1, 2, 7]) {
      const { outcome, pieces } = inPieces(model, looks, compact);
      expect(facts(outcome)).toEqual(facts(whole));
      expect(pieces).toBeGreaterThan(1);
    }
  });
});

describe('snapshots', () => {
  test('are taken every few seconds, and the run goes on', () => {
    let now = 0;
    const heads: number[] = [];
    const save = ({ head }: Snapshot): void => void heads.push(head.cursor);
    const outcome = explore(grid(40), { clock: () => now++, save, saveSeconds: 50 });
    expect(outcome.distinct).toBe(1600);
    expect(heads.length).toBeGreaterThan(2);
    expect(heads.toSorted((a, b) => a - b)).toEqual(heads);
  });

  test('of another model are refused', () => {
    let last: Saved | undefined;
    explore(counter(300), { maxDepth: 100, save: (snapshot) => (last = saved(snapshot)) });
    expect(() => new Exploration(grid(40), { resume: read(last!)! })).toThrow(SnapshotError);
    expect(() => new Exploration(counter(300), { compact: true, resume: read(last!)! })).toThrow(SnapshotError);
    expect(explore(counter(300), { resume: read(last!)! })).toMatchObject({ result: 'success', distinct: 301 });
  });

  test('hold what the model remembers', () => {
    const remembering = (kept: Words): Model => ({
      ...counter(300),
      remembered: { save: () => kept, restore: (words) => words.every((word, i) => word === kept[i]) },
    });
    let last: Saved | undefined;
    explore(remembering(Uint32Array.of(1, 2)), { maxDepth: 100, save: (snapshot) => (last = saved(snapshot)) });
    expect(explore(remembering(Uint32Array.of(1, 2)), { resume: read(last!)! }).distinct).toBe(301);
    expect(() => explore(remembering(Uint32Array.of(1, 3)), { resume: read(last!)! })).toThrow(SnapshotError);
  });
});

describe('the compact form', () => {
  test('has the counts and the trace of the exact one', () => {
    const low = { name: 'Low', holds: (words: Words, at: number) => words[at]! + words[at + 1]! < 50 };
    for (const model of [grid(40), grid(40, { invariants: [low] }), counter(300, { checkDeadlock: true })]) {
      expect(facts(explore(model, { compact: true }))).toEqual(facts(explore(model)));
    }
  });

  test('counts states with the same view once', () => {
    const view = {
      words: 1,
      write: (s: Words, at: number, to: Words, toAt: number) => void (to[toAt] = s[at]! + s[at + 1]!),
    };
    expect(explore(grid(40, { view }), { compact: true }).distinct).toBe(79);
  });
});
