import { describe, expect, test } from 'vitest';
import { hashWords } from '../src/index.js';
import { Batch, isKnown } from '../src/batch.js';
import { NoRoom, Space } from '../src/space.js';
import { Store, type StoreMemory, type StoreOptions, absent } from '../src/store.js';
import { counter, grid } from './models.js';

/** A store and what it says of states: the index of a new one, or that it is known. */
const storeOf = (
  wordsPerState: number,
  options: StoreOptions = {},
  memory: StoreMemory = {},
): { store: Store; add: (...words: number[]) => number } => {
  const store = new Store({ ...counter(1), wordsPerState }, options, memory);
  const batch = new Batch(1, store.bufferWords);
  const byPart = new Int32Array(store.table.partMask + 1).fill(1);
  const add = (...words: number[]): number => {
    batch.words.set(words);
    batch.count = 1;
    batch.marks[0] = 0;
    store.prepare(batch);
    store.ensure(store.size + 1);
    if (!store.reserve(byPart)) throw new Error('no room');
    store.absorb(batch);
    return batch.marks[0];
  };
  return { store, add };
};

const fill = (
  { store, add }: ReturnType<typeof storeOf>,
  count: number,
  words: (i: number) => readonly number[],
): void => {
  for (let i = 0; i < count; i++) expect(add(...words(i))).toBe(i);
  for (let i = 0; i < count; i++) expect(add(...words(i))).toBe(isKnown);
  expect(store.size).toBe(count);
  for (let i = 0; i < count; i++) expect([...store.keyOf(i)]).toEqual(words(i));
};

describe('the states that are kept', () => {
  test('are exact when every hash is the same', () => {
    fill(storeOf(2, { hash: () => 0x1234_5678 }), 300, (i) => [i % 7, i]);
  });

  test('are exact when hashes differ in their tag only, or in their slot only', () => {
    for (const hash of [(w: Uint32Array, at: number) => w[at]! << 24, (w: Uint32Array, at: number) => w[at]!]) {
      fill(storeOf(1, { hash }), 250, (i) => [i]);
    }
  });

  test.each([
    ['memory of one thread, which is copied when it is too small', {}],
    ['memory that was reserved', { records: 70_000 }],
    ['a table in parts', { records: 70_000, partBits: 4 }],
  ])('keep their index while all grows: %s', (_, memory) => {
    const { store, add } = storeOf(1, {}, memory);
    for (let i = 0; i < 70_000; i++) add(i * 7);
    const lost = Array.from({ length: 70_000 }, (_, i) => i).filter((i) => store.find(Uint32Array.of(i * 7)) !== i);
    expect([lost, store.size, store.find(Uint32Array.of(1))]).toEqual([[], 70_000, absent]);
    expect(store.table.bytes / 70_000).toBeLessThan(16);
  });

  test('are not more than there is room for, where room was reserved for threads', () => {
    const { add } = storeOf(1, {}, { records: 5000, partBits: 4 });
    expect(() => {
      for (let i = 0; i < 6000; i++) add(i);
    }).toThrow(NoRoom);
  });

  test('crowd in the table where it may not grow', () => {
    const { store, add } = storeOf(1);
    for (let i = 0; i < 400_000; i++) add(i);
    const { bytes } = store.table;
    store.mayTake = () => false;
    const more = Math.floor((bytes / 4) * 0.9) - store.size;
    for (let i = 0; i < more; i++) add(400_000 + i);
    expect([store.table.bytes, store.find(Uint32Array.of(400_000))]).toEqual([bytes, 400_000]);
    expect(store.reserve([bytes / 4])).toBe(false);
  });

  test('are known by their view where there is one', () => {
    const view = {
      words: 1,
      write: (s: Uint32Array, at: number, to: Uint32Array, toAt: number) => void (to[toAt] = s[at]!),
    };
    const store = new Store(grid(9, { view }));
    expect([...store.keyIn(Uint32Array.of(5, 6, 0))]).toEqual([5]);
  });
});

test('hashes of neighbouring states differ in the bits that choose the slot and in those of the tag', () => {
  const slots = new Set<number>();
  const tags = new Set<number>();
  for (let i = 0; i < 4096; i++) {
    const hash = hashWords(Uint32Array.of(i & 15, (i >> 4) & 15, i >> 8), 0, 3);
    slots.add(hash & 4095);
    tags.add(hash >>> 20);
  }
  expect(slots.size).toBeGreaterThan(2400);
  expect(tags.size).toBeGreaterThan(2400);
});

test('a reservation that is larger than any array gives as much as there is', () => {
  const space = new Space(3, 2 ** 33, false);
  expect(space.words.length).toBeGreaterThan(2 ** 20);
});
