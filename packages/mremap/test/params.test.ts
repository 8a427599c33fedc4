import { describe, expect, test } from 'vitest';
import type { RawMremap } from '@vmacheck/model';
import { mremap } from '@vmacheck/mremap';
import { at, FIXED, len, map, MAYMOVE, newSpace, raw, show, short } from './helpers.js';

const TASK_SIZE = 0x7ffffffff000n;
const MAX = 2n ** 64n - 1n;

const result = (rest: Partial<RawMremap>): number | string => {
  const space = newSpace();
  map(space, 0, 4);
  map(space, 8, 10);
  const before = space.snapshot();
  const outcome = short(mremap(space, { ...raw(0, 4, 4, FIXED, 20), ...rest }));
  if (typeof outcome === 'string') expect(space.snapshot()).toEqual(before);
  return outcome;
};

describe('arguments, in the order of the checks', () => {
  test.each<[string, Partial<RawMremap>, number | string]>([
    ['an unknown flag', { flags: 8n, oldAddr: at(50) }, 'EINVAL'],
    ['an unknown high flag', { flags: 1n << 63n }, 'EINVAL'],
    ['an unaligned old address', { oldAddr: at(0) + 1n }, 'EINVAL'],
    ['new length 0', { newLen: 0n }, 'EINVAL'],
    ['a new length that wraps to 0', { newLen: MAX }, 'EINVAL'],
    ['a new length above user space', { newLen: TASK_SIZE + 1n }, 'EINVAL'],
    ['a new length of all user space, without a target', { newLen: TASK_SIZE, flags: MAYMOVE }, 'ENOMEM'],
    ['a destination above user space', { newAddr: TASK_SIZE - len(3) }, 'EINVAL'],
    ['an unaligned destination', { newAddr: at(20) + 1n }, 'EINVAL'],
    ['FIXED without MAYMOVE', { flags: 2n }, 'EINVAL'],
    ['DONTUNMAP without MAYMOVE', { flags: 4n }, 'EINVAL'],
    ['DONTUNMAP with another length', { flags: 5n, newLen: len(3) }, 'EINVAL'],
    ['DONTUNMAP with another length that rounds to the same', { flags: 5n, newLen: len(4) - 1n }, 20],
    ['overlap at the end', { newAddr: at(3) }, 'EINVAL'],
    ['overlap at the start', { oldAddr: at(8), oldLen: len(2), newLen: len(2), newAddr: at(7) }, 'EINVAL'],
    ['overlap of a hint', { flags: 5n, newAddr: at(2) }, 'EINVAL'],
    ['overlap that falls in a hole only', { oldLen: len(10), newLen: len(10), newAddr: at(5) }, 'EINVAL'],
    ['a destination right behind the range', { newAddr: at(4) }, 4],
    ['overlap comes before EFAULT', { oldAddr: at(50), newAddr: at(50) }, 'EINVAL'],
    ['nothing there', { oldAddr: at(50) }, 'EFAULT'],
    ['an old range that wraps, in place', { oldLen: MAX - 4095n, flags: MAYMOVE, newLen: len(20) }, 'EINVAL'],
    ['garbage for a destination that nobody asked for', { flags: 0n, newAddr: MAX }, 0],
    ['old lengths are rounded up', { oldLen: 1n, newLen: 4096n, newAddr: at(20) }, 20],
  ])('%s', (_what, rest, expected) => expect(result(rest)).toBe(expected));
});

describe('in place', () => {
  test('a range that gets no longer may run over anything', () => {
    const space = newSpace();
    map(space, 0, 4);
    expect(short(mremap(space, { ...raw(0, 4, 4, 0n), oldLen: TASK_SIZE, newLen: TASK_SIZE }))).toBe(0);
    expect(short(mremap(space, { ...raw(0, 4, 2, 0n), oldLen: TASK_SIZE }))).toBe('EINVAL');
    expect(short(mremap(space, { ...raw(0, 4, 2, 0n), oldLen: len(40) }))).toBe(0);
    expect(show(space)).toBe('[0,2)rw-p');
  });

  test('a shrink whose tail passes the end of user space has destroyed its fixed destination', () => {
    const space = newSpace();
    map(space, 0, 4);
    map(space, 20, 22);
    expect(short(mremap(space, { ...raw(0, 4, 2, FIXED, 20), oldLen: 1n << 63n }))).toBe('EINVAL');
    expect(show(space)).toBe('[0,4)rw-p [20,22)rw-p');
    expect(short(mremap(space, { ...raw(0, 4, 2, FIXED, 20), oldLen: MAX - 4095n }))).toBe('EINVAL');
    expect(show(space)).toBe('[0,4)rw-p');
  });
});
