import { describe, expect, test } from 'vitest';
import { StateSet, hashWords } from '../src/index.js';
import { RecordList } from '../src/chunks.js';
import { absent } from '../src/state-set.js';

/** The index of a record that is there, or of the one that it becomes. */
const add = (set: StateSet, ...words: number[]): number => {
  const record = Uint32Array.from(words);
  const hash = set.hashOf(record, 0);
  const known = set.find(record, 0, hash);
  return known === absent ? set.add(record, 0, hash) : known;
};

const fill = (set: StateSet, count: number, words: (i: number) => number[]): void => {
  for (let i = 0; i < count; i++) expect(add(set, ...words(i))).toBe(i);
  for (let i = 0; i < count; i++) expect(add(set, ...words(i))).toBe(i);
  expect(set.size).toBe(count);
};

/** Segments of eight slots: hundreds of records split and copy many. */
const small = { directoryBits: 16, segmentBits: 3 };

describe('StateSet', () => {
  test('is exact when every hash is the same', () => {
    const set = new StateSet(2, 0, 2, { hash: () => 0x1234_5678, recordsPerChunk: 2 });
    fill(set, 300, (i) => [i % 7, i]);
  });

  test('is exact when hashes differ in their tag only, or in their slot only', () => {
    for (const hash of [(w: Uint32Array, at: number) => w[at]! << 24, (w: Uint32Array, at: number) => w[at]!]) {
      fill(new StateSet(1, 0, 1, { hash, recordsPerChunk: 4 }), 250, (i) => [i]);
    }
  });

  test('says so when there is no room left for records of one hash', () => {
    const set = new StateSet(1, 0, 1, { hash: () => 5, slots: small });
    expect(() => fill(set, 20, (i) => [i])).toThrow('the table of states cannot grow any more');
  });

  test('keeps every record when their numbers get more bits', () => {
    const set = new StateSet(1);
    for (let i = 0; i < 100_000; i++) set.add(Uint32Array.of(i), 0, set.hashOf(Uint32Array.of(i), 0));
    const missing = Array.from({ length: 100_000 }, (_, i) => i).filter((i) => add(set, i) !== i);
    expect([missing, set.size]).toEqual([[], 100_000]);
    expect((set.bytes - set.records.bytesOf()) / 100_000).toBeLessThan(14);
  });

  test('grows through many segments and chunks and keeps every index', () => {
    const set = new StateSet(3, 0, 3, { slots: small, recordsPerChunk: 1 });
    fill(set, 5000, (i) => [i, i * 7, 0xffff_ffff - i]);
    expect(set.records.chunkOf(4999)[set.records.offsetOf(4999) + 2]).toBe(0xffff_ffff - 4999);
  });

  test('compares the key only', () => {
    const set = new StateSet(3, 2, 1);
    expect(add(set, 1, 2, 9)).toBe(0);
    expect(add(set, 3, 4, 9)).toBe(0);
    expect(add(set, 1, 2, 8)).toBe(1);
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
});

describe('RecordList', () => {
  test('records with many words get chunks of their own', () => {
    const list = new RecordList(1_000_000);
    list.push(new Uint32Array(1_000_000).fill(1), 0);
    list.push(new Uint32Array(1_000_000).fill(2), 0);
    expect(list.chunkOf(1)[list.offsetOf(1)]).toBe(2);
    expect(list.bytesOf()).toBe(8_000_000);
  });
});
