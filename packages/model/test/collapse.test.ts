import { describe, expect, test } from 'vitest';
import { type AddressSpace, fork, load, madvise, mprotect, PROFILES, store, uffdRegister } from '@vmacheck/model';
import { ADVICE } from '../src/advice.js';
import { at, len, map, MAP, newSpace, present, result } from './helpers.js';

const advise = (space: AddressSpace, advice: keyof typeof ADVICE, start: number, end: number) =>
  result(madvise(space, at(start), len(end - start), BigInt(ADVICE[advice])));
const shared = MAP.shared | MAP.anon;

describe('MADV_COLLAPSE', () => {
  test('COLLAPSE makes huge what has a page, and says so when there is none', () => {
    const space = newSpace();
    map(space, 0, 1024);
    store(space, at(5), 1n);
    expect(advise(space, 'COLLAPSE', 0, 512)).toBe('ok');
    expect([present(space, 0), present(space, 512)]).toEqual([512, 0]);
    store(space, at(600), 1n);
    expect(advise(space, 'COLLAPSE', 0, 1024)).toBe('ok');
    expect(present(space, 512)).toBe(512);
    map(space, 2048, 2560, { flags: shared });
    store(space, at(2050), 1n);
    expect(advise(space, 'COLLAPSE', 2048, 2560)).toBe('ok');
    expect(present(space, 2048)).toBe(512);
    advise(space, 'GUARD_INSTALL', 3, 4);
    expect(advise(space, 'COLLAPSE', 0, 512)).toBe('EINVAL');
  });

  test('COLLAPSE of less than a huge page is EINVAL, unless it reaches a border of one', () => {
    const space = newSpace();
    map(space, 0, 1024);
    store(space, at(5), 1n);
    expect(advise(space, 'COLLAPSE', 3, 9)).toBe('EINVAL');
    const later = newSpace({ profile: PROFILES['7.2'] });
    map(later, 0, 1024);
    store(later, at(5), 1n);
    expect(advise(later, 'COLLAPSE', 3, 9)).toBe('ok');
    expect(advise(space, 'COLLAPSE', 0, 9)).toBe('ok');
    expect(advise(space, 'COLLAPSE', 500, 520)).toBe('ok');
    expect(advise(space, 'COLLAPSE', 500, 512)).toBe('ok');
    expect(advise(space, 'COLLAPSE', 500, 511)).toBe('EINVAL');
    expect(present(space, 0)).toBe(1);
  });

  test('COLLAPSE of registered memory is EBUSY if a page is missing', () => {
    const space = newSpace();
    map(space, 0, 512);
    store(space, at(5), 1n);
    uffdRegister(space, at(0), 512n * 4096n, 1n);
    expect(advise(space, 'COLLAPSE', 0, 512)).toBe('EBUSY');
  });

  test('COLLAPSE asks for a page that may be written, until 6.18', () => {
    const space = newSpace({ profile: PROFILES['6.17'] });
    map(space, 0, 1536);
    store(space, at(5), 1n);
    load(space, at(600));
    store(space, at(1100), 1n);
    expect(advise(space, 'COLLAPSE', 512, 1536)).toBe('EINVAL');
    expect([present(space, 512), present(space, 1024)]).toEqual([1, 512]);
    mprotect(space, at(0), 512n * 4096n, 1n);
    expect(advise(space, 'COLLAPSE', 0, 512)).toBe('EINVAL');
    mprotect(space, at(0), 512n * 4096n, 3n);
    fork(space);
    expect(advise(space, 'COLLAPSE', 0, 512)).toBe('other');
    store(space, at(6), 1n);
    expect(advise(space, 'COLLAPSE', 0, 512)).toBe('ok');
    mprotect(space, at(0), 512n * 4096n, 1n);
    expect(advise(space, 'COLLAPSE', 0, 512)).toBe('other');
  });

  test('COLLAPSE of memory that was only read makes all of it present, since 6.18', () => {
    const space = newSpace();
    map(space, 0, 1024);
    store(space, at(5), 1n);
    load(space, at(600));
    expect(advise(space, 'COLLAPSE', 512, 1024)).toBe('ok');
    expect(present(space, 512)).toBe(512);
  });

  test('COLLAPSE of registered memory in 6.1: EINVAL, and shared memory becomes huge', () => {
    const space = newSpace({ profile: PROFILES['6.1'] });
    map(space, 0, 512);
    store(space, at(5), 1n);
    map(space, 512, 1024, { flags: shared });
    store(space, at(517), 1n);
    uffdRegister(space, at(0), 1024n * 4096n, 1n);
    expect(advise(space, 'COLLAPSE', 0, 512)).toBe('EINVAL');
    expect(advise(space, 'COLLAPSE', 512, 1024)).toBe('ok');
  });

  test('what COLLAPSE does to memory of which nothing is there depends on its page table', () => {
    const space = newSpace();
    map(space, 0, 512);
    expect(advise(space, 'COLLAPSE', 0, 512)).toBe('EINVAL');
    store(space, at(5), 1n);
    advise(space, 'DONTNEED', 5, 6);
    expect(madvise(space, at(0), 512n * 4096n, 25n)).toMatchObject({ ok: false, notModelled: expect.anything() });
  });

  test('what COLLAPSE does to registered memory of which all was read depends on whether it is a huge page', () => {
    const space = newSpace({ hugePages: 'always' });
    map(space, 0, 512);
    load(space, at(9));
    expect(present(space, 0)).toBe(512);
    store(space, at(5), 1n);
    expect(advise(space, 'COLLAPSE', 0, 512)).toBe('ok');
    map(space, 0, 512);
    uffdRegister(space, at(0), 512n * 4096n, 2n);
    load(space, at(9));
    store(space, at(5), 1n);
    expect(madvise(space, at(0), 512n * 4096n, 25n)).toMatchObject({ ok: false, notModelled: expect.anything() });
    advise(space, 'DONTNEED', 7, 8);
    expect(advise(space, 'COLLAPSE', 0, 512)).toBe('EBUSY');
  });

  test('COLLAPSE of an object that is registered to be write-protected makes it huge and fails all the same', () => {
    const space = newSpace();
    map(space, 0, 1024, { flags: shared });
    store(space, at(5), 1n);
    store(space, at(600), 1n);
    uffdRegister(space, at(0), 512n * 4096n, 2n);
    expect(advise(space, 'COLLAPSE', 0, 1024)).toBe('EINVAL');
    expect([present(space, 0), present(space, 512)]).toEqual([512, 1]);
  });

  test('COLLAPSE of an object: a guard page hinders, a private copy ends the call', () => {
    const space = newSpace({ files: [{ file: 1, pages: 1024 }] });
    map(space, 0, 1024, { file: 1, flags: MAP.shared });
    store(space, at(5), 1n);
    store(space, at(600), 1n);
    advise(space, 'GUARD_INSTALL', 3, 4);
    expect(advise(space, 'COLLAPSE', 0, 1024)).toBe('EINVAL');
    expect(present(space, 512)).toBe(512);
    const other = newSpace({ files: [{ file: 1, pages: 1024 }] });
    map(other, 0, 1024, { file: 1, flags: MAP.private });
    store(other, at(5), 1n);
    store(other, at(600), 1n);
    expect(advise(other, 'COLLAPSE', 0, 1024)).toBe('EINVAL');
    expect([present(other, 0), present(other, 512)]).toEqual([512, 1]);
  });
});
