import { describe, expect, test } from 'vitest';
import {
  type AddressSpace,
  exit,
  fork,
  load,
  madvise,
  mincore,
  mlock,
  mlockall,
  mprotect,
  munmap,
  PROFILES,
  setLimit,
  store,
  uffdRegister,
} from '@vmacheck/model';
import { ADVICE } from '../src/advice.js';
import { at, BASE, hidden, len, map, MAP, newSpace, PROT, result, show, touch } from './helpers.js';

const advise = (space: AddressSpace, advice: keyof typeof ADVICE, start: number, end: number) =>
  result(madvise(space, at(start), len(end - start), BigInt(ADVICE[advice])));
const shared = MAP.shared | MAP.anon;

describe('the child of a fork', () => {
  test('has the same private pages until one of the two writes', () => {
    const parent = newSpace();
    map(parent, 0, 2);
    touch(parent, 0, 2, 5n);
    const child = fork(parent);
    store(child, at(0), 6n);
    store(parent, at(1), 7n);
    expect([0, 1].map((page) => parent.peek(BASE + page))).toEqual([5n, 7n]);
    expect([0, 1].map((page) => child.peek(BASE + page))).toEqual([6n, 5n]);
  });

  test('shares objects, which live as long as anybody maps them', () => {
    const parent = newSpace();
    map(parent, 0, 2, { flags: shared });
    const child = fork(parent);
    store(child, at(0), 6n);
    expect(load(parent, at(0))).toEqual({ ok: true, value: 6n });
    munmap(parent, at(0), len(2));
    expect([load(child, at(0)), child.shmemCommitted]).toEqual([{ ok: true, value: 6n }, 2]);
    exit(child);
    expect([child.vmas, child.totalVm, parent.shmemCommitted]).toEqual([[], 0, 0]);
  });

  test('does not get what is advised so, or gets it empty; its counters follow', () => {
    const parent = newSpace();
    map(parent, 0, 6);
    touch(parent, 0, 6, 5n);
    advise(parent, 'DONTFORK', 0, 2);
    advise(parent, 'WIPEONFORK', 2, 4);
    const child = fork(parent);
    expect(show(child)).toBe('[2,4)rw-p+wf [4,6)rw-p');
    expect([child.mapCount, child.totalVm, child.committed]).toEqual([2, 4, 4]);
    expect([2, 4].map((page) => child.peek(BASE + page))).toEqual([0n, 5n]);
    expect(child.vmas[0]?.anonVma).toBe(0);
  });

  test('has nothing locked, and will not lock', () => {
    const parent = newSpace();
    map(parent, 0, 2);
    mlock(parent, at(0), len(1));
    mlockall(parent, 6n);
    const child = fork(parent);
    map(child, 4, 5);
    expect([show(child), child.lockedVm, parent.lockedVm]).toEqual(['[0,1)rw-p [1,2)rw-p [4,5)rw-p', 0, 1]);
  });

  test('does not merge what it inherited with what was never written; the parent does', () => {
    const parent = newSpace();
    map(parent, 2, 4);
    touch(parent, 2, 4);
    const child = fork(parent);
    for (const space of [parent, child]) for (const page of [0, 4]) map(space, page, page + 2);
    expect(show(parent)).toBe('[0,6)rw-p');
    expect(show(child)).toBe('[0,2)rw-p [2,4)rw-p [4,6)rw-p');
    touch(child, 4, 6);
    expect(new Set(child.vmas.map(({ anonVma }) => anonVma)).size).toBe(3);
  });

  test('keeps apart what was split before the fork, even if it was one', () => {
    const parent = newSpace();
    map(parent, 0, 4);
    touch(parent, 0, 4);
    mprotect(parent, at(2), len(2), PROT.r);
    const child = fork(parent);
    for (const space of [parent, child]) mprotect(space, at(2), len(2), PROT.rw);
    expect([show(parent), show(child)]).toEqual(['[0,4)rw-p', '[0,2)rw-p [2,4)rw-p']);
    expect(hidden(parent)).toEqual([[0, 1]]);
  });

  test('joins what it inherited with what was never written only by moving it, in releases that do', () => {
    const parent = newSpace({ profile: PROFILES['6.17'] });
    map(parent, 2, 4);
    touch(parent, 2, 4);
    const child = fork(parent);
    map(child, 4, 6);
    for (const prot of [PROT.r, PROT.rw]) mprotect(child, at(2), len(2), prot);
    expect(show(child)).toBe('[2,4)rw-p [4,6)rw-p');
    expect([parent.moment().forkedBelow, child.moment().forkedBelow]).toEqual([0, 3]);
  });

  test('keeps page table entries only where a fault would not bring them back', () => {
    const parent = newSpace();
    map(parent, 0, 2);
    load(parent, at(0));
    map(parent, 4, 6, { file: 1, flags: MAP.shared });
    advise(parent, 'GUARD_INSTALL', 4, 5);
    const child = fork(parent);
    expect(mincore(child, at(0), len(2))).toMatchObject({ vector: '00' });
    expect(result(load(child, at(4)))).toBe('SIGSEGV');
  });

  test('has limits of its own, but for those of the system', () => {
    const parent = newSpace();
    const child = fork(parent);
    setLimit(child, 'as', 0);
    setLimit(child, 'maxMapCount', 7);
    expect(parent.limits).toMatchObject({ as: Infinity, maxMapCount: 7 });
  });

  test('of a child counts as forked, too', () => {
    const parent = newSpace();
    map(parent, 0, 1);
    touch(parent, 0, 1);
    const child = fork(parent);
    map(child, 4, 5);
    touch(child, 4, 5);
    map(child, 5, 6);
    const grandchild = fork(child);
    map(grandchild, 6, 7);
    expect([show(child), show(grandchild)]).toEqual(['[0,1)rw-p [4,6)rw-p', '[0,1)rw-p [4,6)rw-p [6,7)rw-p']);
  });
});

describe('a registered VMA of the parent', () => {
  const contexts = (features: readonly string[]) => [{ id: 1, features: new Set(features) }];

  test('is not registered in the child', () => {
    const parent = newSpace();
    map(parent, 0, 2);
    uffdRegister(parent, at(0), len(2), 1n);
    const child = fork(parent);
    expect([show(child), parent.takeEvents()]).toEqual(['[0,2)rw-p', []]);
    expect(result(uffdRegister(child, at(0), len(2), 1n))).toBe('EBADF');
  });

  test('stays registered with EVENT_FORK, with a context of the child', () => {
    const parent = newSpace({ contexts: contexts(['EVENT_FORK']) });
    map(parent, 0, 2);
    uffdRegister(parent, at(0), len(2), 1n);
    const child = fork(parent);
    expect([show(child), parent.takeEvents()]).toEqual(['[0,2)rw-p+u1', [{ ctx: 1, event: 'FORK' }]]);
    expect(child.takeEvents()).toEqual([]);
  });
});

describe('stacks', () => {
  const stack = MAP.private | MAP.anon | 0x100n;

  test('grow downwards when something below is touched', () => {
    const space = newSpace();
    map(space, 300, 304, { flags: stack });
    expect(result(store(space, at(290), 5n))).toBe('ok');
    expect([show(space), space.totalVm, space.committed]).toEqual(['[290,304)rw-p+gd', 14, 14]);
    expect(hidden(space)).toEqual([[290, 1]]);
  });

  test.each<[string, bigint, bigint, string]>([
    ['memory that can be accessed', PROT.r, MAP.private | MAP.anon, 'SIGSEGV'],
    ['memory that cannot be accessed', PROT.none, MAP.private | MAP.anon, 'ok'],
    ['another stack', PROT.r, stack, 'ok'],
  ])('keep their distance from %s', (_, prot, flags, expected) => {
    const space = newSpace();
    map(space, 300, 304, { flags: stack });
    map(space, 280, 281, { prot, flags });
    expect(result(load(space, at(290)))).toBe(expected);
  });

  test('grow with their locks, as far as limits permit', () => {
    const space = newSpace({ capIpcLock: false, limits: { memlock: 8 * 4096, as: 12 * 4096 } });
    map(space, 300, 304, { flags: stack });
    expect(result(load(space, at(291)))).toBe('SIGSEGV');
    mlock(space, at(300), len(4));
    expect(result(load(space, at(295)))).toBe('SIGSEGV');
    expect(result(load(space, at(296)))).toBe('ok');
    expect([show(space), space.lockedVm]).toEqual(['[296,304)rw-p+lo+gd', 8]);
  });

  test('are private and anonymous', () => {
    const space = newSpace();
    expect(result(map(space, 0, 1, { flags: MAP.shared | MAP.anon | 0x100n }))).toBe('EINVAL');
    expect(result(map(space, 0, 1, { flags: MAP.private | 0x100n, file: 1 }))).toBe('EINVAL');
    expect(result(map(space, 0, 1, { flags: stack | 0x20000n }))).toBe('ok');
    expect(show(space)).toBe('[0,1)rw-p+gd+nh');
  });

  test('can be protected from where they begin', () => {
    const space = newSpace();
    map(space, 0, 4, { flags: stack });
    expect(result(mprotect(space, at(2), len(1), 0x1000001n))).toBe('ok');
    expect(show(space)).toBe('[0,3)r--p+gd [3,4)rw-p+gd');
  });
});
