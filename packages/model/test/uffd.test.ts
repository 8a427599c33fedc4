import { describe, expect, test } from 'vitest';
import {
  type AddressSpace,
  madvise,
  mlock,
  mseal,
  munmap,
  type SpaceOptions,
  uffdClose,
  uffdRegister,
  uffdUnregister,
} from '@vmacheck/model';
import { at, BASE, len, map, MAP, newSpace, result, show } from './helpers.js';

const withContexts = (...features: readonly (readonly string[])[]): SpaceOptions => ({
  contexts: features.map((names, i) => ({ id: i + 1, features: new Set(['SIGBUS', ...names]) })),
});
const register = (space: AddressSpace, start: number, end: number, ctx = 1, mode = 1n) =>
  result(uffdRegister(space, at(start), len(end - start), mode, ctx));

describe('several userfaultfds', () => {
  test('do not share a VMA, and what belongs to two does not merge', () => {
    const space = newSpace(withContexts([], []));
    map(space, 0, 4);
    expect([register(space, 0, 2, 1), register(space, 2, 4, 2)]).toEqual(['ok', 'ok']);
    expect(show(space)).toBe('[0,2)rw-p+u1 [2,4)rw-p+u1');
    expect(register(space, 1, 3, 1)).toBe('EBUSY');
    expect(result(uffdUnregister(space, at(0), len(4), 1))).toBe('EINVAL');
    expect(result(uffdUnregister(space, at(2), len(2), 2))).toBe('ok');
    expect(register(space, 2, 4, 1)).toBe('ok');
    expect(show(space)).toBe('[0,4)rw-p+u1');
  });

  test('closing one unregisters what belongs to it, and it is gone', () => {
    const space = newSpace(withContexts([], []));
    map(space, 0, 6);
    register(space, 0, 1, 1);
    register(space, 2, 4, 2);
    expect(result(uffdClose(space, 2))).toBe('ok');
    expect(show(space)).toBe('[0,1)rw-p+u1 [1,6)rw-p');
    for (const outcome of [
      uffdClose(space, 2),
      uffdRegister(space, at(0), len(1), 1n, 2),
      uffdUnregister(space, at(0), len(1), 2),
    ]) {
      expect(result(outcome)).toBe('EBADF');
    }
    uffdClose(space);
    expect(show(space)).toBe('[0,6)rw-p');
  });
});

describe('messages', () => {
  const remove = (space: AddressSpace, advice: bigint, start: number, end: number) =>
    result(madvise(space, at(start), len(end - start), advice));
  const told = (space: AddressSpace) =>
    space.takeEvents().map((e) => (e.event === 'FORK' ? e.event : `${e.ctx} ${e.event} ${e.from - BASE}+${e.len}`));

  test('of unmapping name the whole range, once for each userfaultfd that asks', () => {
    const space = newSpace(withContexts(['EVENT_UNMAP'], []));
    map(space, 0, 8);
    register(space, 1, 2);
    register(space, 3, 4);
    register(space, 5, 6, 2);
    munmap(space, at(0), len(8));
    expect(told(space)).toEqual(['1 UNMAP 0+8']);
    expect(told(space)).toEqual([]);
  });

  test('of unmapping are sent even if the call is refused later, and by mmap too', () => {
    const space = newSpace(withContexts(['EVENT_UNMAP']));
    map(space, 0, 4);
    register(space, 0, 2);
    mseal(space, at(3), len(1), 0n);
    expect(result(munmap(space, at(0), len(4)))).toBe('EPERM');
    expect(result(map(space, 1, 2))).toBe('ok');
    expect(told(space)).toEqual(['1 UNMAP 0+4', '1 UNMAP 1+1']);
  });

  test.each<[string, bigint]>([
    ['DONTNEED', 4n],
    ['FREE', 8n],
    ['DONTNEED_LOCKED', 24n],
  ])('of %s name the part of each VMA', (_, advice) => {
    const space = newSpace(withContexts(['EVENT_REMOVE']));
    map(space, 0, 2);
    map(space, 4, 8);
    register(space, 0, 8);
    expect(remove(space, advice, 1, 6)).toBe('ENOMEM');
    expect(told(space)).toEqual(['1 REMOVE 1+1', '1 REMOVE 4+2']);
  });

  test('of REMOVE are sent for shared objects; of what is refused at once none', () => {
    const space = newSpace(withContexts(['EVENT_REMOVE']));
    map(space, 0, 2, { flags: MAP.shared | MAP.anon });
    map(space, 4, 5);
    map(space, 6, 7);
    mlock(space, at(6), len(1));
    register(space, 0, 8);
    expect([remove(space, 9n, 0, 2), remove(space, 9n, 4, 5), remove(space, 4n, 6, 7)]).toEqual([
      'ok',
      'EINVAL',
      'EINVAL',
    ]);
    expect(told(space)).toEqual(['1 REMOVE 0+2']);
  });

  test('are kept by a branch', () => {
    const space = newSpace(withContexts(['EVENT_UNMAP']));
    map(space, 0, 1);
    register(space, 0, 1);
    munmap(space, at(0), len(1));
    expect(told(space.clone())).toEqual(told(space));
  });
});
