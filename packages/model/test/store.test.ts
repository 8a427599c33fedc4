/** The list of chunks against a plain array, with splices that make chunks grow, shrink and go. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_VMA, type Vma } from '@vmacheck/model';
import { VmaStore } from '../src/store.js';

/** VMAs of one page, a page apart. */
const vmasOf = (from: number, count: number): Vma[] =>
  Array.from({ length: count }, (_, i) => ({ ...NO_VMA, start: from + 2 * i, end: from + 2 * i + 1 }));

const SPREAD = 1500;
const startsOf = (list: readonly Vma[]): string => list.map(({ start }) => start).join();
const change = fc.record({ at: fc.nat(SPREAD), span: fc.nat(SPREAD), fresh: fc.constantFrom(0, 1, 2, 300, 1000) });

test('any splice gives what it gives of an array', () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
      const store = new VmaStore(vmasOf(0, SPREAD / 2));
      let list = vmasOf(0, SPREAD / 2);
      for (const { at, span, fresh } of changes) {
        const [start, end] = [at - (at % 2), at - (at % 2) + span - (span % 2)];
        const more = vmasOf(start, Math.min(fresh, (end - start) / 2));
        const clone = store.clone();
        store.splice(start, end, more);
        expect(startsOf(clone.snapshot())).toBe(startsOf(list));
        list = [...list.filter((vma) => vma.end <= start), ...more, ...list.filter((vma) => vma.start >= end)];
        expect(startsOf(store.snapshot())).toBe(startsOf(list));
        expect(store.size).toBe(list.length);
        expect(store.find(at)?.start).toBe(list.find((vma) => vma.end > at)?.start);
        expect(store.findBefore(at)?.start).toBe(list.findLast((vma) => vma.start < at)?.start);
      }
    }),
    { numRuns: 60, seed: 20261124 },
  );
});

test('chunks are neither too many nor too large, whatever comes and goes', () => {
  const store = new VmaStore(vmasOf(0, 20_000));
  const sizes = (): readonly number[] => store.chunkSizes;
  expect(Math.max(...sizes())).toBeLessThanOrEqual(256);
  expect(sizes().length).toBeLessThan(20_000 / 100);
  // All but every hundredth goes.
  for (let i = 0; i < 20_000; i += 1) if (i % 100 !== 0) store.splice(2 * i, 2 * i + 1, []);
  expect(store.size).toBe(200);
  expect(sizes().length).toBeLessThanOrEqual(8);
  for (let i = 0; i < 20_000; i += 1) if (i % 100 !== 0) store.splice(2 * i, 2 * i + 1, vmasOf(2 * i, 1));
  expect(store.size).toBe(20_000);
  expect(Math.max(...sizes())).toBeLessThanOrEqual(256);
  expect(sizes().length).toBeLessThan(20_000 / 100);
  store.splice(0, 40_000, []);
  expect(store.snapshot()).toEqual([]);
  expect(sizes()).toEqual([]);
  store.splice(10, 11, vmasOf(10, 1));
  expect(sizes()).toEqual([1]);
});
