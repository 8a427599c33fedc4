/** What became of the VMAs between two states that share most of their chunks. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_VMA, type Vma } from '@vmacheck/model';
import { VmaStore } from '../src/store.js';

const PLACES = 700;
const vmaAt = (place: number): Vma => ({ ...NO_VMA, start: 2 * place, end: 2 * place + 1 });
const all = Array.from({ length: PLACES }, (_, place) => vmaAt(place));

/** Made one by one from the two lists. */
function expected(before: VmaStore, after: VmaStore): { readonly removed: Vma[]; readonly added: Vma[] } {
  const [old, now] = [new Set(before.snapshot()), new Set(after.snapshot())];
  return { removed: [...old].filter((vma) => !now.has(vma)), added: [...now].filter((vma) => !old.has(vma)) };
}

/** Replaces what is at some places by nothing, by what is there already, or by new VMAs. */
const edit = fc.record({
  from: fc.nat(PLACES - 1),
  count: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: PLACES })),
  keep: fc.constantFrom('none', 'same', 'new', 'everyThird'),
});

test('the difference is that of the two lists, whichever of the two is asked for the other', () => {
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 5 }), fc.array(edit, { maxLength: 5 }), (first, second) => {
      const one = new VmaStore([...all]);
      const other = one.clone();
      for (const [store, edits] of [
        [one, first],
        [other, second],
      ] as const) {
        for (const { from, count, keep } of edits) {
          const [start, end] = [2 * from, 2 * Math.min(PLACES, from + count)];
          const there = store.snapshot().filter((vma) => vma.start >= start && vma.start < end);
          const kept = {
            none: [],
            same: there,
            new: there.map((vma) => ({ ...vma })),
            everyThird: there.filter((_, i) => i % 3 === 0),
          };
          store.splice(start, end, kept[keep]);
        }
      }
      expect(other.since(one)).toEqual(expected(one, other));
      expect(one.since(other)).toEqual(expected(other, one));
    }),
    { numRuns: 150 },
  );
});

test('a store has not changed since itself, nor since a clone of it', () => {
  const store = new VmaStore([...all]);
  expect(store.since(store.clone())).toEqual({ removed: [], added: [] });
  expect(store.clone().isSame(store)).toBe(true);
  const changed = store.clone();
  changed.splice(0, 1, []);
  expect(changed.isSame(store)).toBe(false);
  expect(changed.since(store)).toEqual({ removed: [all[0]], added: [] });
  expect(store.since(changed)).toEqual({ removed: [], added: [all[0]] });
  expect(new VmaStore([]).since(store)).toEqual({ removed: all, added: [] });
});

test('what is cut off at any place comes back in one piece', () => {
  const store = new VmaStore([...all]);
  for (let place = 0; place < PLACES; place++) {
    const cut = store.clone();
    cut.splice(2 * place, 2 * PLACES, []);
    expect(store.since(cut)).toEqual({ removed: [], added: all.slice(place) });
    expect(cut.since(store)).toEqual({ removed: all.slice(place), added: [] });
  }
});
