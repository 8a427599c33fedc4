import { describe, expect, test } from 'vitest';
import {
  type AddressSpace,
  load,
  madvise,
  mincore,
  mlock,
  mlock2,
  mprotect,
  mseal,
  munlock,
  PROFILES,
  type Release,
  store,
  uffdRegister,
} from '@vmacheck/model';
import { ADVICE } from '../src/advice.js';
import { at, BASE, len, map, MAP, newSpace, present, PROT, result, show, touch } from './helpers.js';

const advise = (space: AddressSpace, advice: keyof typeof ADVICE, start: number, end: number) =>
  result(madvise(space, at(start), len(end - start), BigInt(ADVICE[advice])));
const shared = MAP.shared | MAP.anon;

describe('the arguments of madvise', () => {
  test.each<[string, bigint, bigint, bigint, string]>([
    ['an unknown advice', at(0), len(1), 77n, 'EINVAL'],
    ['an unaligned address', at(0) + 1n, len(1), 4n, 'EINVAL'],
    ['a length that wraps to 0', at(0), 2n ** 64n - 1n, 4n, 'EINVAL'],
    ['a range that wraps', at(0), 2n ** 64n - 4096n, 4n, 'EINVAL'],
    ['nothing', at(9), 0n, 4n, 'ok'],
    ['nothing, for an advice that is unknown', at(9), 0n, 77n, 'EINVAL'],
    ['poison', at(0), len(1), 100n, 'other'],
  ])('%s', (_, addr, length, advice, expected) => {
    const space = newSpace();
    map(space, 0, 4);
    expect(result(madvise(space, addr, length, advice))).toBe(expected);
  });
});

describe('advice that is a flag', () => {
  test.each<[keyof typeof ADVICE, keyof typeof ADVICE, string]>([
    ['DONTFORK', 'DOFORK', 'dc'],
    ['WIPEONFORK', 'KEEPONFORK', 'wf'],
    ['DONTDUMP', 'DODUMP', 'dd'],
    ['MERGEABLE', 'UNMERGEABLE', 'mg'],
    ['SEQUENTIAL', 'NORMAL', 'sr'],
    ['RANDOM', 'NORMAL', 'rr'],
  ])('%s is undone by %s: the parts split and merge', (on, off, code) => {
    const space = newSpace();
    map(space, 0, 6);
    expect(advise(space, on, 2, 4)).toBe('ok');
    expect(show(space)).toBe(`[0,2)rw-p [2,4)rw-p+${code} [4,6)rw-p`);
    expect(advise(space, off, 0, 6)).toBe('ok');
    expect(show(space)).toBe('[0,6)rw-p');
  });

  test('of two that exclude each other the last holds', () => {
    const space = newSpace();
    map(space, 0, 2);
    advise(space, 'HUGEPAGE', 0, 2);
    advise(space, 'SEQUENTIAL', 0, 2);
    expect(show(space)).toBe('[0,2)rw-p+sr+hg');
    advise(space, 'NOHUGEPAGE', 0, 2);
    advise(space, 'RANDOM', 0, 2);
    expect(show(space)).toBe('[0,2)rw-p+rr+nh');
  });

  test('explains what keeps two apart', () => {
    const space = newSpace();
    map(space, 0, 2);
    advise(space, 'DONTDUMP', 0, 2);
    advise(space, 'DONTFORK', 0, 2);
    const rules: string[] = [];
    space.explain = ({ rule }) => rules.push(rule);
    map(space, 2, 3);
    expect(rules[0]).toBe('attributes differ: flags "dc dd" there and "" here');
  });

  test('goes on over holes, and reports them', () => {
    const space = newSpace();
    map(space, 1, 2);
    map(space, 4, 5);
    expect(advise(space, 'DONTDUMP', 0, 6)).toBe('ENOMEM');
    expect(show(space)).toBe('[1,2)rw-p+dd [4,5)rw-p+dd');
  });

  test('ends at a VMA that refuses', () => {
    const space = newSpace();
    map(space, 0, 2);
    map(space, 3, 5, { flags: shared });
    map(space, 5, 6);
    expect(advise(space, 'WIPEONFORK', 0, 6)).toBe('EINVAL');
    expect(show(space)).toBe('[0,2)rw-p+wf [3,5)rw-s [5,6)rw-p');
    expect(advise(space, 'MERGEABLE', 0, 6)).toBe('ENOMEM');
    expect(show(space)).toBe('[0,2)rw-p+wf+mg [3,5)rw-s [5,6)rw-p+mg');
  });

  test('needs room for a split, and leaves the first one behind', () => {
    const space = newSpace({ limits: { maxMapCount: 2 } });
    map(space, 0, 6);
    expect(advise(space, 'DONTDUMP', 2, 4)).toBe('EAGAIN');
    expect(show(space)).toBe('[0,2)rw-p [2,6)rw-p');
  });
});

test.each([
  ['6.16', ''],
  ['6.17', '+sl'],
] as const)('UNMERGEABLE of sealed memory that was mergeable leaves the seal or not: %s', (release, flags) => {
  const space = newSpace({ profile: PROFILES[release] });
  map(space, 0, 1);
  mseal(space, at(0), len(1), 0n);
  advise(space, 'MERGEABLE', 0, 1);
  advise(space, 'UNMERGEABLE', 0, 1);
  expect(show(space)).toBe(`[0,1)rw-p${flags}`);
});

describe('advice about pages', () => {
  test.each<[keyof typeof ADVICE, string, string]>([
    ['DONTNEED', 'EINVAL', 'ok'],
    ['DONTNEED_LOCKED', 'ok', 'ok'],
    ['FREE', 'EINVAL', 'EINVAL'],
    ['COLD', 'EINVAL', 'ok'],
    ['PAGEOUT', 'EINVAL', 'ok'],
    ['REMOVE', 'EINVAL', 'ok'],
    ['GUARD_INSTALL', 'EINVAL', 'ok'],
    ['GUARD_REMOVE', 'ok', 'ok'],
    ['WILLNEED', 'ok', 'ok'],
    ['COLLAPSE', 'EINVAL', 'EINVAL'],
  ])('%s of locked memory is %s, of a shared object %s', (advice, locked, ofShared) => {
    const space = newSpace();
    map(space, 0, 1);
    mlock(space, at(0), len(1));
    map(space, 2, 3, { flags: shared });
    expect(advise(space, advice, 0, 1)).toBe(locked);
    expect(advise(space, advice, 2, 3)).toBe(ofShared);
  });

  test('REMOVE punches a hole for everybody, but not into private copies', () => {
    const space = newSpace();
    map(space, 0, 2, { file: 1, flags: MAP.shared });
    map(space, 4, 6, { file: 1 });
    touch(space, 0, 2, 5n);
    touch(space, 4, 5, 9n);
    expect(advise(space, 'REMOVE', 4, 5)).toBe('EACCES');
    expect(advise(space, 'REMOVE', 0, 2)).toBe('ok');
    expect([0, 1, 4, 5].map((page) => space.peek(BASE + page))).toEqual([0n, 0n, 9n, 0n]);
    expect(space.shmemCommitted).toBe(0);
  });

  test('sealed memory that its owner cannot write is not emptied', () => {
    const space = newSpace();
    map(space, 0, 1, { prot: PROT.r });
    map(space, 2, 3);
    mseal(space, at(0), len(1), 0n);
    mseal(space, at(2), len(1), 0n);
    for (const advice of ['DONTNEED', 'FREE', 'DONTFORK', 'WIPEONFORK', 'GUARD_INSTALL'] as const) {
      expect(advise(space, advice, 0, 1)).toBe('EPERM');
      expect(advise(space, advice, 2, 3)).toBe('ok');
    }
    expect(advise(space, 'DONTDUMP', 0, 1)).toBe('ok');
  });

  test('guard pages raise SIGSEGV until they are removed; the VMA is marked whole, and stays so', () => {
    const space = newSpace();
    map(space, 0, 4);
    touch(space, 0, 4);
    expect(advise(space, 'GUARD_INSTALL', 1, 2)).toBe('ok');
    expect(show(space)).toBe('[0,4)rw-p+gu');
    expect(result(load(space, at(1)))).toBe('SIGSEGV');
    expect(result(store(space, at(1), 1n))).toBe('SIGSEGV');
    expect(advise(space, 'POPULATE_READ', 0, 4)).toBe('EFAULT');
    expect(advise(space, 'DONTNEED', 0, 4)).toBe('ok');
    expect(result(load(space, at(1)))).toBe('SIGSEGV');
    expect(advise(space, 'GUARD_REMOVE', 0, 4)).toBe('ok');
    expect(load(space, at(1))).toEqual({ ok: true, value: 0n });
    map(space, 4, 5);
    expect(show(space)).toBe('[0,5)rw-p+gu');
  });

  test.each<[string, 'POPULATE_READ' | 'POPULATE_WRITE', bigint, string, string]>([
    ['writable memory', 'POPULATE_WRITE', PROT.rw, 'ok', '11'],
    ['memory that cannot be written', 'POPULATE_WRITE', PROT.r, 'EINVAL', '00'],
    ['memory that cannot be read', 'POPULATE_READ', PROT.w, 'EINVAL', '00'],
    ['readable memory', 'POPULATE_READ', PROT.r, 'ok', '11'],
  ])('populating %s', (_, advice, prot, expected, vector) => {
    const space = newSpace();
    map(space, 0, 2, { prot });
    expect(advise(space, advice, 0, 2)).toBe(expected);
    expect(mincore(space, at(0), len(2))).toMatchObject({ vector });
    expect(advise(space, advice, 0, 3)).toBe(expected === 'ok' ? 'ENOMEM' : expected);
  });

  test('populating what a userfaultfd has is EFAULT', () => {
    const space = newSpace();
    map(space, 0, 2);
    uffdRegister(space, at(1), len(1), 1n);
    expect(advise(space, 'POPULATE_WRITE', 0, 2)).toBe('EFAULT');
    expect(mincore(space, at(0), len(2))).toMatchObject({ vector: '10' });
  });

  test('PAGEOUT throws away pages of an object that were never written, and private ones that were given up', () => {
    const space = newSpace();
    map(space, 0, 2, { file: 1, flags: MAP.shared });
    load(space, at(0));
    store(space, at(1), 5n);
    expect(advise(space, 'PAGEOUT', 0, 2)).toBe('ok');
    expect(mincore(space, at(0), len(2))).toMatchObject({ vector: '01' });
    map(space, 4, 7);
    touch(space, 4, 7, 5n);
    expect(advise(space, 'FREE', 4, 6)).toBe('ok');
    store(space, at(5), 6n);
    advise(space, 'PAGEOUT', 4, 7);
    expect([4, 5, 6].map((page) => space.peek(BASE + page))).toEqual([0n, 6n, 5n]);
  });

  test('the charge of a page that PAGEOUT threw away is given back when the object gets another, or a hole', () => {
    const space = newSpace();
    map(space, 0, 3, { file: 1, flags: MAP.shared });
    load(space, at(0));
    const charged = (): number => space.shmemCommitted;
    expect(charged()).toBe(1);
    advise(space, 'PAGEOUT', 0, 1);
    expect(charged()).toBe(1);
    store(space, at(1), 5n);
    expect(charged()).toBe(1);
    load(space, at(2));
    advise(space, 'PAGEOUT', 2, 3);
    expect(charged()).toBe(2);
    advise(space, 'REMOVE', 1, 2);
    expect(charged()).toBe(0);
  });

  test('PAGEOUT keeps a page of an object that was written, though with zeros', () => {
    const space = newSpace();
    map(space, 0, 2, { file: 1, flags: MAP.shared });
    load(space, at(0));
    store(space, at(1), 0n);
    store(space, at(0), 0n);
    advise(space, 'PAGEOUT', 0, 2);
    expect(mincore(space, at(0), len(2))).toMatchObject({ vector: '11' });
  });

  test('REMOVE takes what the range has out of the object, unless it is locked', () => {
    const space = newSpace();
    map(space, 2, 8, { file: 1, flags: MAP.shared, pgoff: 3 });
    touch(space, 2, 8, 5n);
    mlock2(space, at(2), len(6), 1n);
    expect(advise(space, 'REMOVE', 3, 5)).toBe('EINVAL');
    munlock(space, at(2), len(6));
    expect(advise(space, 'REMOVE', 3, 5)).toBe('ok');
    expect(mincore(space, at(2), len(6))).toMatchObject({ vector: '100111' });
  });

  test('guards mark their VMA and give private anonymous memory an anon_vma; without the mark any VMA', () => {
    const guarded = (release: Release, flags: bigint, file: number): string => {
      const space = newSpace({ profile: PROFILES[release] });
      map(space, 0, 2, { flags, file });
      advise(space, 'GUARD_INSTALL', 0, 1);
      const [vma] = space.vmas;
      return `${vma?.anonVma === 0 ? 'none' : 'anon_vma'} ${show(space)}`;
    };
    expect(guarded('7.0', MAP.private | MAP.anon, 0)).toBe('anon_vma [0,2)rw-p+gu');
    expect(guarded('7.0', MAP.private, 1)).toBe('none [0,2)rw-p+gu');
    expect(guarded('6.17', MAP.private | MAP.anon, 0)).toBe('anon_vma [0,2)rw-p');
    expect(guarded('6.17', MAP.private, 1)).toBe('anon_vma [0,2)rw-p');
  });

  test('what is joined has the mark of guards if a part has it', () => {
    const space = newSpace({ profile: PROFILES['7.0'] });
    map(space, 0, 2);
    map(space, 2, 4, { prot: PROT.r });
    advise(space, 'GUARD_INSTALL', 2, 3);
    expect(show(space)).toBe('[0,2)rw-p [2,4)r--p+gu');
    mprotect(space, at(2), len(2), PROT.rw);
    expect(show(space)).toBe('[0,4)rw-p+gu');
    map(space, 4, 6);
    expect(show(space)).toBe('[0,6)rw-p+gu');
  });

  test.each([
    ['leaves alone what somebody else has in a page table', 0, true, '1'],
    ['does so at any page offset', 3, true, '1'],
    ['does not mind who maps it and has it in no page table', 3, false, '0'],
  ])('PAGEOUT %s', (_, pgoff, other, vector) => {
    const space = newSpace();
    map(space, 0, 1, { file: 1, flags: MAP.shared, pgoff });
    map(space, 2, 3, { file: 1, flags: MAP.shared, pgoff });
    load(space, at(0));
    if (other) load(space, at(2));
    advise(space, 'PAGEOUT', 0, 1);
    expect(mincore(space, at(0), len(1))).toMatchObject({ vector });
  });
});

describe('huge pages', () => {
  test.each<['always' | 'madvise' | 'never', number, number]>([
    ['always', 512, 512],
    ['madvise', 512, 1],
    ['never', 1, 1],
  ])('with "%s" a write makes %i pages where they were advised, %i where not', (hugePages, advised, plain) => {
    const space = newSpace({ hugePages });
    map(space, 0, 1024);
    advise(space, 'HUGEPAGE', 0, 512);
    map(space, 1024, 2048);
    store(space, at(5), 1n);
    store(space, at(1030), 1n);
    expect([present(space, 0), present(space, 1024)]).toEqual([advised, plain]);
  });

  test('one page that is there already keeps the others small; a read maps the huge zero page', () => {
    const space = newSpace();
    map(space, 0, 1024);
    store(space, at(5), 1n);
    advise(space, 'HUGEPAGE', 0, 1024);
    store(space, at(6), 1n);
    load(space, at(600));
    expect([present(space, 0), present(space, 512)]).toEqual([2, 512]);
  });

  test.each([
    ['POPULATE_WRITE', 1n],
    ['POPULATE_READ', 0n],
  ] as const)('%s of a page that MADV_FREE gave up leaves %s there when memory is reclaimed', (advice, left) => {
    const space = newSpace();
    map(space, 0, 1);
    store(space, at(0), 1n);
    advise(space, 'FREE', 0, 1);
    advise(space, advice, 0, 1);
    advise(space, 'PAGEOUT', 0, 1);
    expect(load(space, at(0))).toMatchObject({ value: left });
  });
});
