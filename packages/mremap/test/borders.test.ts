/** Where user space ends, and where what is known of the process ends. */
import { describe, expect, test } from 'vitest';
import { type AddressSpace, mlock, PROFILES, type SpaceOptions, TASK_PAGES, uffdRegister } from '@vmacheck/model';
import { mremap } from '@vmacheck/mremap';
import {
  at,
  BASE,
  DONTUNMAP,
  FIXED,
  FIXED_DONTUNMAP,
  len,
  map,
  MAYMOVE,
  newSpace,
  PROT,
  remap,
  short,
  show,
  touch,
} from './helpers.js';

const LAST = TASK_PAGES - BASE;

describe('the end of user space', () => {
  const atEnd = (): AddressSpace => {
    const space = newSpace();
    map(space, LAST - 3, LAST - 2);
    return space;
  };

  test('may be reached by what grows, and not passed', () => {
    expect(remap(atEnd(), LAST - 3, 1, 3, 0n)).toBe(LAST - 3);
    expect(remap(atEnd(), LAST - 3, 1, 4, 0n)).toBe('ENOMEM');
    expect(remap(atEnd(), LAST - 3, 1, 4, MAYMOVE)).toBe(96);
  });

  test('may be reached by a destination, and not passed', () => {
    expect(remap(atEnd(), LAST - 3, 1, 1, FIXED, LAST - 1)).toBe(LAST - 1);
    expect(remap(atEnd(), LAST - 3, 1, 1, FIXED, LAST)).toBe('EINVAL');
    expect(remap(atEnd(), LAST - 3, 1, 2, FIXED, LAST - 1)).toBe('EINVAL');
    expect(remap(atEnd(), 0, 1, 2, FIXED, LAST - 1)).toBe('EINVAL');
    expect(remap(atEnd(), 0, 1, 1, FIXED, LAST - 1)).toBe('EFAULT');
  });
});

describe('growing where other mappings may lie unseen', () => {
  /** One VMA of pages 8 and 9 grows by two pages; the kernel says that it went to `chosen`. */
  const grown = (known: SpaceOptions['known'], chosen: number | undefined) => {
    const space = newSpace(known === undefined ? {} : { known });
    map(space, 8, 10);
    const call = { op: 'mremap', oldAddr: at(8), oldLen: len(2), newLen: len(4), flags: MAYMOVE, newAddr: 0n } as const;
    return short(mremap(space, chosen === undefined ? call : { ...call, chosen: at(chosen) }));
  };
  const window = (start: number, end: number) => ({ start: BASE + start, end: BASE + end });

  test.each([
    ['nothing is unseen', window(0, 100)],
    ['the window ends where the range ends', window(0, 12)],
    ['the window begins where the range grows', window(10, 100)],
  ])('stays in place where there is room and %s', (_, known) => {
    expect(grown(known, undefined)).toBe(8);
    expect(grown(known, 8)).toBe(8);
    expect(grown(known, 40)).toBe(8);
  });

  test.each([
    ['above', window(0, 11)],
    ['below', window(11, 100)],
  ])('goes where the kernel says if the window does not show what is %s', (_, known) => {
    expect(grown(known, 8)).toBe(8);
    expect(grown(known, 40)).toBe(40);
    expect(grown(known, undefined)).toBe(8);
  });
});

describe('what DONTUNMAP leaves', () => {
  test('of a tail keeps its anon_vma and its pages', () => {
    const space = newSpace();
    map(space, 0, 4);
    touch(space, 0, 4);
    const anonVma = space.lookup(BASE)?.anonVma;
    expect(remap(space, 2, 2, 2, FIXED_DONTUNMAP, 10)).toBe(10);
    expect(space.lookup(BASE)).toMatchObject({ start: BASE, end: BASE + 4, anonVma });
    expect(remap(space, 0, 4, 4, FIXED_DONTUNMAP, 20)).toBe(20);
    expect(space.lookup(BASE)).toMatchObject({ start: BASE, end: BASE + 4, anonVma: 0 });
  });

  test('stays registered and is unlocked, the copy is locked and loses the registration', () => {
    const space = newSpace();
    map(space, 0, 2);
    uffdRegister(space, at(0), len(2), 1n);
    mlock(space, at(0), len(2));
    expect(remap(space, 0, 2, 2, FIXED_DONTUNMAP, 10)).toBe(10);
    expect(show(space)).toBe('[0,2)rw-p+u1 [10,12)rw-p+lo');
  });

  test('a source that is not one mapping is EFAULT, also where RLIMIT_AS forbids more, before 6.17', () => {
    const space = newSpace({ profile: PROFILES['6.1'], limits: { as: 4 * 4096 } });
    map(space, 0, 2);
    map(space, 2, 4, { prot: PROT.r });
    expect(remap(space, 0, 4, 4, DONTUNMAP, 40)).toBe('EFAULT');
    expect(remap(space, 0, 2, 2, DONTUNMAP, 40)).toBe('ENOMEM');
  });
});
