/** What a copy keeps of its source, and what it may be joined with. */
import { describe, expect, test } from 'vitest';
import { fork, mlock2, PROFILES } from '@vmacheck/model';
import { at, BASE, FIXED, FIXED_DONTUNMAP, len, map, MAP, newSpace, remap, show, touch } from './helpers.js';

describe('private pages of a file, since 7.3', () => {
  const moved = (profile = PROFILES['7.3'], written = true) => {
    const space = newSpace({ profile });
    map(space, 0, 2, { file: 1, flags: MAP.private });
    if (written) touch(space, 0, 2);
    remap(space, 0, 2, 2, FIXED, 10);
    return space;
  };
  const shiftAt = (space: ReturnType<typeof moved>, page: number) => space.lookup(BASE + page)?.anonShift;

  test('are found by where they were written, however often they move', () => {
    const space = moved();
    expect(shiftAt(space, 10)).toBe(10);
    remap(space, 10, 2, 2, FIXED, 4);
    expect(shiftAt(space, 4)).toBe(4);
    remap(space, 4, 2, 2, FIXED, 0);
    expect(shiftAt(space, 0)).toBe(0);
  });

  test('only where there are any, and not before', () => {
    expect(shiftAt(moved(PROFILES['7.3'], false), 10)).toBe(0);
    expect(shiftAt(moved(PROFILES['7.2']), 10)).toBe(0);
  });

  test('a shared mapping has none', () => {
    const space = newSpace({ profile: PROFILES['7.3'] });
    map(space, 0, 2, { file: 1, flags: MAP.shared });
    touch(space, 0, 2);
    remap(space, 0, 2, 2, FIXED, 10);
    expect(shiftAt(space, 10)).toBe(0);
  });

  test('keep two mappings apart that are continuous in the file', () => {
    const space = newSpace({ profile: PROFILES['7.3'] });
    map(space, 0, 4, { file: 1, flags: MAP.private });
    touch(space, 0, 4);
    remap(space, 0, 2, 2, FIXED, 10);
    map(space, 12, 14, { file: 1, flags: MAP.private, pgoff: 2 });
    expect(show(space)).toBe('[2,4)rw-p [10,12)rw-p [12,14)rw-p');
    remap(space, 2, 2, 2, FIXED, 12);
    expect(show(space)).toBe('[10,14)rw-p');
  });
});

test('between written memory on both sides, a copy that was never written is joined below', () => {
  for (const release of ['6.1', '6.18'] as const) {
    const space = newSpace({ profile: PROFILES[release] });
    map(space, 0, 2);
    touch(space, 0, 2);
    map(space, 4, 6);
    touch(space, 4, 6);
    map(space, 20, 22);
    remap(space, 20, 2, 2, FIXED, 2);
    expect(show(space)).toBe('[0,4)rw-p [4,6)rw-p');
  }
});

test('DONTUNMAP unlocks the source, not what the copy was joined with elsewhere', () => {
  for (const neighbour of [12, 8]) {
    const space = newSpace({ profile: PROFILES['7.3'] });
    for (const start of [2, neighbour]) {
      map(space, start, start + 2);
      mlock2(space, at(start), len(2), 1n);
    }
    remap(space, 2, 2, 2, FIXED_DONTUNMAP, 10);
    expect(show(space)).toBe(`[2,4)rw-p [${Math.min(neighbour, 10)},${Math.max(neighbour + 2, 12)})rw-p+lf`);
  }
});

describe('what came by fork', () => {
  /** A child: what its parent wrote is at 0 and what nobody wrote at 6. */
  const childOf = (release: '6.17' | '6.19') => {
    const parent = newSpace({ profile: PROFILES[release] });
    map(parent, 4, 6);
    touch(parent, 4, 6);
    remap(parent, 4, 2, 2, FIXED, 0);
    map(parent, 6, 8);
    return fork(parent);
  };

  test('is joined, where it grows, with what lies behind and was never written', () => {
    const parent = newSpace({ profile: PROFILES['6.19'] });
    map(parent, 0, 2);
    touch(parent, 0, 2);
    map(parent, 4, 6);
    const child = fork(parent);
    expect(remap(child, 0, 2, 4, 0n)).toBe(0);
    expect(show(child)).toBe('[0,6)rw-p');
  });

  test('is not, where it moves, since 6.18.9', () => {
    const moved = (release: '6.17' | '6.19') => {
      const child = childOf(release);
      remap(child, 0, 2, 2, FIXED, 4);
      return show(child);
    };
    expect([moved('6.17'), moved('6.19')]).toEqual(['[4,8)rw-p', '[4,6)rw-p [6,8)rw-p']);
  });
});
