import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  AddressSpace,
  attributeDifference,
  NO_VMA,
  type ModelCall,
  performModelCall,
  type Space,
  vmaPages,
  type Vma,
} from '@vmacheck/model';
import { PageMap } from '../src/page-map.js';
import { VmaStore } from '../src/store.js';
import { at, BASE, len, newSpace } from './helpers.js';

const page = fc.integer({ min: 0, max: 15 });
const pages = fc.integer({ min: 0, max: 6 });
const range = fc.record({ start: page, count: pages });
const prot = fc.constantFrom(0n, 1n, 3n, 3n, 5n, 7n);

const anyCall: fc.Arbitrary<ModelCall> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(range, prot, fc.constantFrom(0x32n, 0x32n, 0x31n, 0x4032n, 0x2032n, 0x11n, 0x12n, 0x100022n), fc.nat(5))
      .map(([{ start, count }, bits, flags, pgoff]): ModelCall => ({
        op: 'mmap',
        addr: at(start),
        length: len(count),
        prot: bits,
        flags,
        file: (flags & 0x20n) === 0n ? 1 : 0,
        offset: len(pgoff),
      })),
  },
  range.map(({ start, count }): ModelCall => ({ op: 'munmap', addr: at(start), length: len(count) })),
  fc.tuple(range, prot).map(([{ start, count }, bits]): ModelCall => ({
    op: 'mprotect',
    addr: at(start),
    length: len(count),
    prot: bits,
  })),
  fc
    .tuple(range, fc.bigInt(0n, 1n))
    .map(([{ start, count }, flags]): ModelCall => ({ op: 'mlock2', addr: at(start), length: len(count), flags })),
  range.map(({ start, count }): ModelCall => ({ op: 'munlock', addr: at(start), length: len(count) })),
  fc
    .tuple(range, fc.bigInt(1n, 7n))
    .map(([{ start, count }, mode]): ModelCall => ({ op: 'uffdRegister', addr: at(start), length: len(count), mode })),
  range.map(({ start, count }): ModelCall => ({ op: 'uffdUnregister', addr: at(start), length: len(count) })),
  fc
    .tuple(page, pages)
    .map(([start, count]): ModelCall => ({ op: 'mseal', addr: at(start), length: len(count > 4 ? 1 : 0), flags: 0n })),
  range.map(({ start, count }): ModelCall => ({ op: 'madvise', addr: at(start), length: len(count), advice: 4n })),
  fc.tuple(page, fc.bigInt(1n, 99n)).map(([start, value]): ModelCall => ({ op: 'store', addr: at(start), value })),
  page.map((start): ModelCall => ({ op: 'load', addr: at(start) })),
);
const program = fc.array(anyCall, { maxLength: 30 });

const sum = (vmas: readonly Vma[], of: (vma: Vma) => boolean): number =>
  vmas.reduce((total, vma) => (of(vma) ? total + vmaPages(vma) : total), 0);

function expectSound({ vmas, frames, mapCount, totalVm, lockedVm, committed }: Space): void {
  for (const [i, vma] of vmas.entries()) {
    expect(vma.start).toBeLessThan(vma.end);
    if (i > 0) expect((vmas[i - 1] as Vma).end).toBeLessThanOrEqual(vma.start);
    if (vma.anonVma !== 0) expect(vma.shared).toBe(false);
  }
  expect({ mapCount, totalVm, lockedVm, committed }).toEqual({
    mapCount: vmas.length,
    totalVm: sum(vmas, () => true),
    lockedVm: sum(vmas, (vma) => vma.locked),
    committed: sum(vmas, (vma) => vma.account),
  });
  expect(new Set(frames.values()).size).toBe(frames.size);
  for (const [p] of frames) {
    const vma = vmas.find((v) => v.start <= p && p < v.end);
    expect(vma?.anonVma).toBeGreaterThan(0);
  }
}

test('VMAs are sorted, disjoint and not empty, and counters are the sums that they stand for', () => {
  fc.assert(
    fc.property(program, (calls) => {
      const space = newSpace();
      for (const call of calls) {
        performModelCall(space, call);
        expectSound(space.snapshot());
      }
    }),
    { numRuns: 300 },
  );
});

test('snapshots do not change, and a branch goes its own way', () => {
  fc.assert(
    fc.property(program, program, (first, second) => {
      const space = newSpace();
      for (const call of first) performModelCall(space, call);
      const before = space.snapshot();
      const copy = structuredClone(before);
      const branch = space.clone();
      const outcomes = second.map((call) => performModelCall(space, call));
      expect(before).toEqual(copy);
      expect(branch.snapshot()).toEqual(copy);
      expect(second.map((call) => performModelCall(branch, call))).toEqual(outcomes);
      expect(branch.snapshot()).toEqual(space.snapshot());
      for (let p = 0; p < 24; p += 1) expect(branch.peek(BASE + p)).toBe(space.peek(BASE + p));
    }),
    { numRuns: 200 },
  );
});

test('what a call refuses for the form of its arguments changes nothing', () => {
  fc.assert(
    fc.property(program, range, fc.constantFrom(1n, 8n, 4095n), ({ length: n, ...calls }, { start, count }, offset) => {
      const space = newSpace();
      for (let i = 0; i < n; i += 1) performModelCall(space, calls[i] as ModelCall);
      const before = space.snapshot();
      const addr = at(start) + offset;
      const length = len(count + 1);
      const refused: ModelCall[] = [
        { op: 'munmap', addr, length },
        { op: 'mprotect', addr, length, prot: 1n },
        { op: 'mseal', addr, length, flags: 0n },
        { op: 'uffdRegister', addr, length, mode: 1n },
        { op: 'mmap', addr, length, prot: 3n, flags: 0x32n, file: 0, offset: 0n },
      ];
      for (const call of refused) expect(performModelCall(space, call)).toMatchObject({ errno: 'EINVAL' });
      expect(space.snapshot()).toEqual(before);
    }),
    { numRuns: 100 },
  );
});

test('a protection that is changed for a part and changed back leaves one VMA', () => {
  fc.assert(
    fc.property(
      fc.nat(9),
      fc.integer({ min: 1, max: 10 }),
      fc.array(page, { maxLength: 4 }),
      (start, count, written) => {
        const space = newSpace();
        performModelCall(space, {
          op: 'mmap',
          addr: at(0),
          length: len(16),
          prot: 3n,
          flags: 0x32n,
          file: 0,
          offset: 0n,
        });
        for (const p of written) performModelCall(space, { op: 'store', addr: at(p), value: 1n });
        const before = space.snapshot();
        const part = { addr: at(start), length: len(Math.min(count, 16 - start)) };
        performModelCall(space, { op: 'mprotect', ...part, prot: 7n });
        performModelCall(space, { op: 'mprotect', ...part, prot: 3n });
        expect(space.snapshot()).toEqual(before);
      },
    ),
  );
});

describe('VmaStore', () => {
  const vmas = fc
    .uniqueArray(fc.nat(40), { maxLength: 12 })
    .map((edges) => edges.sort((a, b) => a - b))
    .map((edges) => {
      const list: Vma[] = [];
      for (let i = 0; i + 1 < edges.length; i += 2) {
        list.push({ ...NO_VMA, start: edges[i] as number, end: edges[i + 1] as number });
      }
      return list;
    });

  test('finds what a search from end to end finds', () => {
    fc.assert(
      fc.property(vmas, fc.nat(45), (list, p) => {
        const store = new VmaStore(list);
        expect(store.find(p)).toBe(list.find((vma) => vma.end > p));
        expect(store.findBefore(p)).toBe(list.findLast((vma) => vma.start < p));
        expect(store.size).toBe(list.length);
      }),
    );
  });

  test('replaces a range and leaves snapshots and branches alone', () => {
    fc.assert(
      fc.property(vmas, fc.nat(12), fc.nat(12), (list, a, b) => {
        const store = new VmaStore(list);
        const before = store.snapshot();
        const branch = store.clone();
        const gone = list.slice(Math.min(a, b), Math.max(a, b));
        fc.pre(gone.length > 0);
        const start = (gone[0] as Vma).start;
        const end = (gone.at(-1) as Vma).end;
        const fresh = { ...NO_VMA, start, end, pgoff: 1 };
        store.splice(start, end, [fresh]);
        expect(store.snapshot()).toEqual(
          list.flatMap((vma) => (vma === gone[0] ? [fresh] : gone.includes(vma) ? [] : [vma])),
        );
        expect(before).toEqual(list);
        expect(branch.snapshot()).toEqual(list);
      }),
    );
  });

  /** Slots of four pages: a VMA of one to four pages in each, or none. */
  const change = fc.record({
    from: fc.nat(3000),
    count: fc.oneof(fc.nat(3), fc.nat(700)),
    pages: fc.nat(4),
    branches: fc.nat(9).map((n) => n === 0),
  });

  test('is a sorted array, however many VMAs there are', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 10, maxLength: 60 }), fc.array(fc.nat(12100)), (changes, pages) => {
        let store = new VmaStore();
        let list: readonly Vma[] = [];
        const kept: [VmaStore, readonly Vma[]][] = [];
        for (const { from, count, pages: each, branches } of changes) {
          if (branches) {
            kept.push([store, list]);
            store = store.clone();
          }
          const [start, end] = [from * 4, (from + count) * 4];
          const slots = each === 0 ? [] : Array.from({ length: count }, (_, i) => start + i * 4);
          const fresh = slots.map((slot) => ({ ...NO_VMA, start: slot, end: slot + each, write: slot % 3 > 0 }));
          store.splice(start, end, fresh);
          list = [...list.filter((vma) => vma.end <= start), ...fresh, ...list.filter((vma) => vma.start >= end)];
        }
        kept.push([store, list]);
        for (const [made, plain] of kept) {
          expect(made.size).toBe(plain.length);
          for (const page of pages) {
            expect(made.find(page)).toBe(plain.find((vma) => vma.end > page));
            expect(made.findBefore(page)).toBe(plain.findLast((vma) => vma.start < page));
            for (const wanted of [1, 3, 40, 5000]) {
              expect(made.holeBelow(page, wanted)).toBe(holeBelow(plain, page, wanted));
              expect(made.holeAbove(page, wanted)).toBe(holeAbove(plain, page, wanted));
            }
          }
          expect(made.dataPages).toBe(plain.reduce((sum, vma) => (vma.write ? sum + vmaPages(vma) : sum), 0));
          const found = made.snapshot();
          expect(found.length).toBe(plain.length);
          expect(found.find((vma, i) => vma !== plain[i])).toBeUndefined();
        }
      }),
      { numRuns: 60 },
    );
  });

  test('knows where there is room and how much is data, after every change', () => {
    const slot = (at: number, each: number): Vma => ({ ...NO_VMA, start: at, end: at + each, write: each > 2 });
    const full = Array.from({ length: 9000 }, (_, i) => slot(i * 4, 4));
    const count = fc.oneof({ weight: 4, arbitrary: fc.nat(3) }, fc.nat(300));
    const hole = fc.record({ from: fc.nat(8999), count, pages: fc.nat(4), asked: fc.nat(36_100) });
    fc.assert(
      fc.property(fc.array(hole, { maxLength: 25 }), fc.integer({ min: 1, max: 9 }), (changes, wanted) => {
        let list: readonly Vma[] = full;
        const store = new VmaStore(full);
        for (const { from, count, pages: each, asked } of changes) {
          const [start, end] = [from * 4, (from + count) * 4];
          const fresh = each === 0 ? [] : Array.from({ length: count }, (_, i) => slot(start + i * 4, each));
          store.splice(start, end, fresh);
          list = [...list.slice(0, indexFrom(list, start)), ...fresh, ...list.slice(indexFrom(list, end))];
          expect(store.holeBelow(asked, wanted)).toBe(holeBelow(list, asked, wanted));
          expect(store.holeAbove(asked, wanted)).toBe(holeAbove(list, asked, wanted));
          expect(store.dataPages).toBe(list.reduce((sum, vma) => (vma.write ? sum + vmaPages(vma) : sum), 0));
        }
      }),
      { numRuns: 60 },
    );
  });

  const indexFrom = (list: readonly Vma[], start: number): number => {
    const index = list.findIndex((vma) => vma.start >= start);
    return index < 0 ? list.length : index;
  };

  function holeBelow(list: readonly Vma[], limit: number, wanted: number): number {
    let end = limit;
    for (const vma of list.filter(({ start }) => start < limit).reverse()) {
      if (vma.end + wanted <= end) return end;
      end = Math.min(end, vma.start);
    }
    return end;
  }

  function holeAbove(list: readonly Vma[], start: number, wanted: number): number {
    let at = start;
    for (const vma of list.filter(({ end }) => end > start)) {
      if (at + wanted <= vma.start) return at;
      at = vma.end;
    }
    return at;
  }
});

describe('PageMap', () => {
  const key = fc.oneof(
    fc.nat(200),
    fc.nat(40).map((n) => 0x7ffffffff - n),
    fc.integer({ min: 0, max: 0x7ffffffff }),
  );
  const change = fc.record({ key, value: fc.option(fc.nat(9), { nil: undefined }), branches: fc.boolean() });

  test('is a map whose branches go their own way', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 80 }), key, key, (changes, a, b) => {
        let map = new PageMap<number>();
        let plain = new Map<number, number>();
        const kept: [PageMap<number>, Map<number, number>][] = [];
        for (const { key: page, value, branches } of changes) {
          if (branches) {
            kept.push([map, plain]);
            map = map.clone();
            plain = new Map(plain);
          }
          if (value === undefined) {
            map.delete(page);
            plain.delete(page);
          } else {
            map.set(page, value);
            plain.set(page, value);
          }
          expect(map.get(page)).toBe(value);
        }
        for (const [made, expected] of [...kept, [map, plain] as const]) {
          const sorted = [...expected].sort(([x], [y]) => x - y);
          expect(made.size).toBe(expected.size);
          expect([...made.view()]).toEqual(sorted);
          expect(made.keysIn(a, b)).toEqual(sorted.map(([page]) => page).filter((page) => page >= a && page < b));
          for (const [page] of sorted) expect(made.has(page)).toBe(true);
          expect(made.get(a)).toBe(expected.get(a));
        }
      }),
    );
  });
});

test('a map is the same as its clone until one of the two changes', () => {
  const map = new PageMap<number>();
  map.set(3, 1);
  const clone = map.clone();
  expect([clone.isSame(map), map.isSame(clone)]).toEqual([true, true]);
  clone.set(3, 2);
  expect([clone.isSame(map), map.isSame(clone)]).toEqual([false, false]);
});

test('the state of a space is one object until something changes, and shows private and guard pages', () => {
  const space = newSpace();
  expect(
    performModelCall(space, { op: 'mmap', addr: at(0), length: len(4), prot: 3n, flags: 0x32n, file: 0, offset: 0n })
      .ok,
  ).toBe(true);
  const mapped = space.moment();
  expect(space.moment()).toBe(mapped);
  performModelCall(space, { op: 'store', addr: at(1), value: 1n });
  const written = space.moment();
  expect(written).not.toBe(mapped);
  performModelCall(space, { op: 'madvise', addr: at(2), length: len(1), advice: 102n });
  const guarded = space.moment();
  expect(guarded).not.toBe(written);
  const pagesOf = (map: ReadonlyMap<number, unknown>): number[] => [...map.keys()].map((page) => page - BASE);
  expect([mapped, written, guarded].map(({ frames, guards }) => [pagesOf(frames), pagesOf(guards)])).toEqual([
    [[], []],
    [[1], []],
    [[1], [2]],
  ]);
});

test('attributes are compared one by one', () => {
  for (const key of [
    'read',
    'write',
    'exec',
    'shared',
    'account',
    'noreserve',
    'locked',
    'lockonfault',
    'sealed',
  ] as const) {
    expect(attributeDifference(NO_VMA, { ...NO_VMA, [key]: true })).toBe(key);
  }
  // Where a VMA lies and what is in it are no attributes.
  const moved: Vma = { ...NO_VMA, start: 1, end: 2, pgoff: 3, anonVma: 4 };
  expect(attributeDifference(NO_VMA, moved)).toBeUndefined();
  expect(AddressSpace.create({ vmas: [{ ...NO_VMA, end: 2, locked: true }] }).lockedVm).toBe(2);
});
