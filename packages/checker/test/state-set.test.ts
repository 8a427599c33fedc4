import { describe, expect, test } from 'vitest';
import { StateSet, hashWords } from '../src/index.js';
import { RecordList } from '../src/chunks.js';
import { present } from '../src/state-set.js';

const fill = (set: StateSet, count: number, words: (i: number) => number[]): void => {
  for (let i = 0; i < count; i++) expect(set.add(Uint32Array.from(words(i)), 0)).toBe(i);
  for (let i = 0; i < count; i++) expect(set.add(Uint32Array.from(words(i)), 0)).toBe(present);
  for (let i = 0; i < count; i++) expect(set.find(Uint32Array.from(words(i)), 0)).toBe(i);
};

describe('StateSet', () => {
  test('is exact when every hash is the same', () => {
    const set = new StateSet(2, 0, 2, { hash: () => 0x1234_5678, initialBits: 1, recordsPerChunk: 2 });
    fill(set, 300, (i) => [i % 7, i]);
    expect(set.size).toBe(300);
  });

  test('is exact when hashes differ in their tag only, or in their slot only', () => {
    for (const hash of [(w: Uint32Array, at: number) => w[at]! << 24, (w: Uint32Array, at: number) => w[at]!]) {
      fill(new StateSet(1, 0, 1, { hash, initialBits: 3, recordsPerChunk: 4 }), 250, (i) => [i]);
    }
  });

  test('grows through many tables and chunks and keeps every index', () => {
    const set = new StateSet(3, 0, 3, { initialBits: 1, recordsPerChunk: 1 });
    fill(set, 5000, (i) => [i, i * 7, 0xffff_ffff - i]);
    expect(set.records.chunkOf(4999)[set.records.offsetOf(4999) + 2]).toBe(0xffff_ffff - 4999);
  });

  test('compares the key only', () => {
    const set = new StateSet(3, 2, 1);
    expect(set.add(Uint32Array.of(1, 2, 9), 0)).toBe(0);
    expect(set.add(Uint32Array.of(3, 4, 9), 0)).toBe(present);
    expect(set.add(Uint32Array.of(1, 2, 8), 0)).toBe(1);
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
    expect(list.bytes).toBe(8_000_000);
  });
});
