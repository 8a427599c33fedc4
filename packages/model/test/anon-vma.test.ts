/** Which anon_vma memory gets when it is written, and which one a merge leaves (mm/rmap.c: `find_mergeable_anon_vma`). */
import { describe, expect, test } from 'vitest';
import { type AddressSpace, madvise, mprotect, PROFILES } from '@vmacheck/model';
import { ADVICE } from '../src/advice.js';
import { at, BASE, len, map, MAP, type MapOptions, newSpace, PROT, show, touch } from './helpers.js';

const anonVmaAt = (space: AddressSpace, page: number): number => space.lookup(BASE + page)?.anonVma ?? -1;

describe('the anon_vma of memory that is written', () => {
  /** Whether memory at `start` gets the one of what was written in pages 0 and 1 of a file. */
  const shared = (start: number, options: MapOptions): boolean => {
    const space = newSpace();
    map(space, 0, 2, { file: 1 });
    touch(space, 0, 2);
    map(space, start, start + 2, { file: 1, ...options });
    touch(space, start, start + 2);
    return anonVmaAt(space, start) === anonVmaAt(space, 0);
  };

  test.each<[string, boolean, number, MapOptions]>([
    ['other access', true, 2, { prot: PROT.rwx, pgoff: 2 }],
    ['a page offset that does not continue', false, 2, { prot: PROT.rwx, pgoff: 3 }],
    ['a hole between', false, 3, { prot: PROT.rwx, pgoff: 2 }],
    ['another file', false, 2, { prot: PROT.rwx, pgoff: 2, file: 2 }],
    ['locked', false, 2, { prot: PROT.rwx, pgoff: 2, flags: MAP.private | MAP.locked }],
  ])('is that of the neighbour, with %s: %s', (_, expected, start, options) => {
    expect(shared(start, options)).toBe(expected);
  });

  test('is that of the neighbour above, too', () => {
    const space = newSpace();
    map(space, 2, 4);
    touch(space, 2, 4);
    map(space, 0, 2, { prot: PROT.rwx });
    touch(space, 0, 2);
    expect(anonVmaAt(space, 0)).toBe(anonVmaAt(space, 2));
  });
});

describe('the anon_vma after a merge', () => {
  test.each<[string, readonly [number, number], readonly [number, number]]>([
    ['the part that is changed, with what lies below', [2, 4], [2, 4]],
    ['what lies below', [0, 2], [2, 4]],
    ['the part that is changed, with what lies above', [0, 2], [0, 2]],
    ['what lies above', [2, 4], [0, 2]],
  ])('is that of %s', (_, written, changed) => {
    const space = newSpace();
    const writable = (range: readonly [number, number]) => (range[0] === changed[0] ? PROT.rwx : PROT.rw);
    map(space, 0, 2, { prot: writable([0, 2]) });
    map(space, 2, 4, { prot: writable([2, 4]) });
    touch(space, ...written);
    const anonVma = anonVmaAt(space, written[0]);
    mprotect(space, at(changed[0]), len(2), PROT.rw);
    expect(show(space)).toBe('[0,4)rw-p');
    expect([anonVma, anonVmaAt(space, 0)]).toEqual([expect.any(Number), anonVma]);
    expect(anonVma).toBeGreaterThan(0);
  });
});

test('a VMA that takes what lies on both sides takes the mark of guard pages of the upper one', () => {
  const space = newSpace({ profile: PROFILES['7.0'] });
  map(space, 0, 2);
  map(space, 4, 6);
  madvise(space, at(4), len(1), BigInt(ADVICE.GUARD_INSTALL));
  expect(show(space)).toBe('[0,2)rw-p [4,6)rw-p+gu');
  map(space, 2, 4);
  expect(show(space)).toBe('[0,6)rw-p+gu');
});
