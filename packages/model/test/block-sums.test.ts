/** Sums that are kept for blocks of chunks are those of all chunks, whatever is changed and told. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_VMA } from '@vmacheck/model';
import { BlockSums } from '../src/block-sums.js';
import { Chunk } from '../src/chunk.js';

/** A chunk that contributes its value. */
const chunkOf = (value: number): Chunk => new Chunk([{ ...NO_VMA, start: 0, end: value }], {});
const contribution = (chunks: readonly Chunk[], index: number): number => (chunks[index] as Chunk).end;
/** What it adds to the chunk above it shows in that one, too. */
const withNext = (chunks: readonly Chunk[], index: number): number =>
  Math.abs(contribution(chunks, index) - (index + 1 < chunks.length ? contribution(chunks, index + 1) : 0));

const value = fc.integer({ min: 0, max: 9 });
const change = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('set'), at: fc.nat(60), value }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('insert', 'remove'), at: fc.nat(60), value }) },
);

test.each([
  ['that stand alone', contribution],
  ['that depend on the chunk above', withNext],
] as const)('of chunks %s', (_, of) => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 60 }), fc.array(change, { maxLength: 12 }), (values, changes) => {
      const chunks = values.map(chunkOf);
      const total = new BlockSums({ of, join: (a, b) => a + b });
      const most = new BlockSums({ of, join: Math.max });
      const check = (): void => {
        const found = chunks.map((_chunk, index) => of(chunks, index));
        expect(total.all(chunks)).toBe(found.reduce((sum, each) => sum + each, 0));
        expect(most.all(chunks)).toBe(Math.max(0, ...found));
        for (const wanted of [1, 5, 9]) {
          for (let index = 0; index < chunks.length; index += 1) {
            expect(most.lastWith(chunks, index, wanted)).toBe(
              found.findLastIndex((each, i) => i <= index && each >= wanted),
            );
            expect(most.firstWith(chunks, index, wanted)).toBe(
              found.findIndex((each, i) => i >= index && each >= wanted),
            );
          }
        }
      };
      check();
      for (const { kind, at, value: now } of changes) {
        if (at >= chunks.length) continue;
        const [kept, before] = [total.clone(), total.all(chunks)];
        if (kind === 'set') {
          chunks[at] = chunkOf(now);
          for (const sums of [total, most]) sums.forget(at);
        } else {
          if (kind === 'insert') chunks.splice(at, 0, chunkOf(now));
          else chunks.splice(at, 1);
          for (const sums of [total, most]) sums.forgetFrom(at);
        }
        check();
        // A clone knows the sums and was not told of the change.
        if (kind === 'set') expect(kept.all(chunks)).toBe(before);
      }
    }),
  );
});

test('what was added up is not added up again before it is forgotten', () => {
  const chunks = Array.from({ length: 64 }, () => chunkOf(1));
  let asked = 0;
  const sums = new BlockSums({ of: (list, index) => ((asked += 1), contribution(list, index)), join: (a, b) => a + b });
  const cost = (prepare: () => void): number => {
    prepare();
    asked = 0;
    expect(sums.all(chunks)).toBe(64);
    return asked;
  };
  expect(cost(() => undefined)).toBe(64);
  expect(cost(() => undefined)).toBe(0);
  expect(cost(() => sums.forget(40))).toBe(16);
  expect(cost(() => sums.forget(32))).toBe(32);
  expect(cost(() => sums.forget(0))).toBe(16);
  expect(cost(() => sums.forgetFrom(49))).toBe(16);
  expect(cost(() => sums.forgetFrom(48))).toBe(32);
  expect(cost(() => sums.forgetFrom(0))).toBe(64);
});
