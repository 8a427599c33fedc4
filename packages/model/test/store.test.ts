/** Chunks of a list: what they find at their borders, and their sizes as VMAs come and go; what the list holds is tested in properties.test.ts. */
import { expect, test } from 'vitest';
import { NO_VMA, type Vma } from '@vmacheck/model';
import { VmaStore } from '../src/store.js';

/** VMAs of one page, a page apart. */
const vmasOf = (from: number, count: number): Vma[] =>
  Array.from({ length: count }, (_, i) => ({ ...NO_VMA, start: from + 2 * i, end: from + 2 * i + 1 }));

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

test('what ends at a page is not what is found there, at the borders of chunks either', () => {
  const adjacent = Array.from({ length: 2_000 }, (_, i) => ({ ...NO_VMA, start: 2 * i, end: 2 * i + 2 }));
  const store = new VmaStore(adjacent);
  expect(store.chunkSizes.length).toBeGreaterThan(4);
  for (let i = 0; i < 2_000; i += 1) {
    expect(store.find(2 * i)).toBe(adjacent[i]);
    expect(store.find(2 * i + 1)).toBe(adjacent[i]);
    expect(store.findBefore(2 * i)).toBe(adjacent[i - 1]);
  }
  expect(store.find(4_000)).toBeUndefined();
});
