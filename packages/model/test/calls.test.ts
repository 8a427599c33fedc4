import { describe, expect, test } from 'vitest';
import {
  mlock,
  mlock2,
  mmap,
  mprotect,
  mseal,
  munlock,
  munmap,
  type Outcome,
  type RawMmap,
  uffdRegister,
} from '@vmacheck/model';
import { at, BASE, len, map, MAP, newSpace, PROT, show, touch } from './helpers.js';

const errno = (outcome: Outcome): string => {
  if (outcome.ok) return 'ok';
  return 'errno' in outcome ? outcome.errno : JSON.stringify(outcome);
};
const WRAPS = 2n ** 64n - 1n;
const TASK_SIZE = 0x7ffffffff000n;

describe('munmap', () => {
  test('takes a middle out', () => {
    //  |AAAAAA|  ->  |AA|..|AA|
    const space = newSpace();
    map(space, 0, 6);
    touch(space, 0, 6);
    munmap(space, at(2), len(2));
    expect(show(space)).toBe('[0,2)rw-p [4,6)rw-p');
    expect([space.totalVm, space.committed, space.frames.size, space.mapCount]).toEqual([4, 4, 4, 2]);
  });

  test('of a range with a sealed VMA does nothing but split', () => {
    //  |AAAA|SS|  ->  |AA|AA|SS|
    const space = newSpace();
    map(space, 0, 6);
    mseal(space, at(4), len(2), 0n);
    expect(errno(munmap(space, at(2), len(4)))).toBe('EPERM');
    expect(show(space)).toBe('[0,2)rw-p [2,4)rw-p [4,6)rw-p+sl');
    expect(errno(munmap(space, at(5), len(1)))).toBe('EPERM');
    expect(space.mapCount).toBe(3);
  });

  test.each([
    ['unaligned', at(0) + 1n, len(1), 'EINVAL'],
    ['length 0', at(0), 0n, 'EINVAL'],
    ['a length that wraps', at(0), WRAPS, 'EINVAL'],
    ['beyond user space', TASK_SIZE - 4096n, len(2), 'EINVAL'],
    ['the last page', TASK_SIZE - 4096n, len(1), 'ok'],
    ['nothing there', at(50), len(1), 'ok'],
    ['not a number of pages', at(0), 1n, 'ok'],
  ])('%s', (_what, addr, length, expected) => {
    const space = newSpace();
    map(space, 0, 1);
    expect(errno(munmap(space, addr, length))).toBe(expected);
  });
});

describe('mmap', () => {
  const raw = (rest: Partial<RawMmap>): RawMmap => ({
    op: 'mmap',
    addr: at(0),
    length: len(2),
    prot: PROT.rw,
    flags: MAP.private | MAP.anon | MAP.fixed,
    file: 0,
    offset: 0n,
    ...rest,
  });
  const NOREPLACE = 0x100000n;

  test.each([
    ['an unaligned offset comes first', { offset: 1n, file: 0, flags: MAP.private, length: 0n }, 'EINVAL'],
    ['a bad descriptor', { flags: MAP.private, length: 0n }, 'EBADF'],
    ['length 0', { length: 0n }, 'EINVAL'],
    ['a length that wraps', { length: WRAPS }, 'ENOMEM'],
    ['longer than user space', { length: TASK_SIZE + 4096n }, 'ENOMEM'],
    ['fixed beyond user space', { addr: TASK_SIZE }, 'ENOMEM'],
    ['fixed at an address that is taken for EPERM', { addr: WRAPS }, 'EPERM'],
    ['fixed and unaligned', { addr: at(0) + 8n }, 'EINVAL'],
    ['occupied', { addr: at(8), flags: MAP.private | MAP.anon | NOREPLACE }, 'EEXIST'],
    ['occupied comes before the type', { addr: at(8), flags: MAP.anon | NOREPLACE }, 'EEXIST'],
    ['no type', { flags: MAP.anon | MAP.fixed }, 'EINVAL'],
    ['anonymous has no MAP_SHARED_VALIDATE', { flags: 3n | MAP.anon | MAP.fixed }, 'EINVAL'],
    ['a file has', { flags: 3n | MAP.fixed, file: 1 }, 'ok'],
    ['but not with a flag that is younger', { flags: 3n | NOREPLACE, file: 1 }, 'EOPNOTSUPP'],
    [
      'an offset past the largest file',
      { flags: MAP.private | MAP.fixed, file: 1, offset: 2n ** 63n - 4096n },
      'EOVERFLOW',
    ],
    [
      'an offset up to the largest file',
      { flags: MAP.private | MAP.fixed, file: 1, offset: 2n ** 63n - 3n * 4096n, length: 4096n * 2n },
      'ok',
    ],
    ['anonymous memory has no largest file', { offset: 2n ** 63n }, 'ok'],
    ['sealed memory below', { addr: at(9), length: len(2) }, 'EPERM'],
  ])('%s', (_what, rest, expected) => {
    const space = newSpace();
    map(space, 8, 9);
    map(space, 10, 11);
    mseal(space, at(10), len(1), 0n);
    const before = space.snapshot();
    expect(errno(mmap(space, raw(rest)))).toBe(expected);
    if (expected !== 'ok') expect(space.snapshot()).toEqual(before);
  });

  test('a hint is rounded down and used when it is free, and a choice of the kernel is checked', () => {
    const space = newSpace();
    const flags = MAP.private | MAP.anon;
    expect(mmap(space, raw({ flags, addr: at(4) + 99n }))).toEqual({ ok: true, value: at(4) });
    expect(mmap(space, raw({ flags, addr: at(4), chosen: at(5) }))).toHaveProperty('illegal');
    expect(mmap(space, raw({ flags, addr: at(8), chosen: at(20) }))).toHaveProperty('illegal');
    expect(mmap(space, raw({ flags, addr: at(4), chosen: at(20) }))).toEqual({ ok: true, value: at(20) });
    expect(mmap(space, raw({ flags, addr: 0n, chosen: null }))).toMatchObject({ errno: 'ENOMEM' });
    expect(show(space)).toBe('[4,6)rw-p [20,22)rw-p');
  });

  test('without a choice the model goes top-down', () => {
    const space = newSpace({ mmapBase: BASE + 40 });
    const flags = MAP.private | MAP.anon;
    for (const expected of [38, 36, 34]) {
      expect(mmap(space, raw({ flags, addr: 0n }))).toEqual({ ok: true, value: at(expected) });
    }
    munmap(space, at(36), len(2));
    expect(mmap(space, raw({ flags, addr: 0n, length: len(3) }))).toEqual({ ok: true, value: at(31) });
    expect(mmap(space, raw({ flags, addr: 0n }))).toEqual({ ok: true, value: at(36) });
  });

  test('MAP_32BIT takes a hint below 2 GiB, or else what lies between 1 and 2 GiB', () => {
    const space = newSpace({ known: { start: 0, end: 2 ** 35 } });
    const [gigabyte, flags] = [0x40000n, MAP.private | MAP.anon | 0x40n];
    const low = (addr: bigint, chosen?: bigint, length = len(2)): string => {
      const found = mmap(space, raw({ flags, addr: addr << 12n, length, ...(chosen && { chosen: chosen << 12n }) }));
      if (found.ok) return `0x${(found.value >> 12n).toString(16)}`;
      return 'illegal' in found ? found.illegal : errno(found);
    };
    expect(low(2n ** 28n)).toBe('0x40000');
    expect(low(0n)).toBe('0x40002');
    expect(low(100n)).toBe('0x64');
    expect(low(2n * gigabyte - 2n)).toBe('0x7fffe');
    expect(low(2n * gigabyte - 1n)).toBe('0x40004');
    expect(low(0n, 2n * gigabyte - 4n)).toBe('0x7fffc');
    expect(low(0n, 2n * gigabyte - 5n)).toBe('not free');
    expect(low(0n, gigabyte - 1n)).toBe('not between 1 and 2 GiB, with MAP_32BIT');
    expect(low(0n, 2n * gigabyte + 9n)).toBe('not between 1 and 2 GiB, with MAP_32BIT');
    expect(low(0n, undefined, gigabyte << 12n)).toBe('ENOMEM');
    expect(low(0n, undefined, (2n * gigabyte + 1n) << 12n)).toBe('ENOMEM');
  });

  test.each([
    ['MAP_SYNC', MAP.private | MAP.anon | 0x80000n],
    ['MAP_HUGETLB', MAP.private | MAP.anon | 0x40000n],
    ['MAP_DROPPABLE', 8n | MAP.anon],
  ])('a flag that the model does not know is said, and nothing is done: %s', (name, flags) => {
    const space = newSpace();
    expect(mmap(space, raw({ flags }))).toEqual({ ok: false, notModelled: name });
    expect(space.mapCount).toBe(0);
  });

  test('MAP_LOCKED and MAP_POPULATE fault pages in', () => {
    const space = newSpace();
    map(space, 0, 2, { flags: MAP.private | MAP.anon | MAP.locked });
    map(space, 4, 6, { flags: MAP.private | MAP.anon | MAP.populate });
    map(space, 8, 9, { flags: MAP.private | MAP.anon | MAP.locked, prot: PROT.none });
    expect([space.frames.size, space.lockedVm]).toEqual([4, 3]);
  });
});

describe('mprotect', () => {
  test('stops at a hole and keeps what it did', () => {
    const space = newSpace();
    map(space, 0, 2);
    map(space, 4, 6);
    expect(errno(mprotect(space, at(1), len(5), PROT.r))).toBe('ENOMEM');
    expect(show(space)).toBe('[0,1)rw-p [1,2)r--p [4,6)rw-p');
  });

  test('stops at a sealed VMA', () => {
    const space = newSpace();
    map(space, 0, 6);
    mseal(space, at(2), len(2), 0n);
    expect(errno(mprotect(space, at(0), len(6), PROT.r))).toBe('EPERM');
    expect(show(space)).toBe('[0,2)r--p [2,4)rw-p+sl [4,6)rw-p');
  });

  test('charges private memory that becomes writable, and gives back only what was never written', () => {
    const space = newSpace();
    map(space, 0, 2, { prot: PROT.r });
    map(space, 4, 6, { prot: PROT.r, flags: MAP.private | MAP.anon | MAP.noreserve });
    mprotect(space, at(0), len(2), PROT.rw);
    mprotect(space, at(4), len(2), PROT.rw);
    expect(space.committed).toBe(2);
    mprotect(space, at(0), len(2), PROT.r);
    expect(space.committed).toBe(0);
    mprotect(space, at(0), len(2), PROT.rw);
    touch(space, 0, 1);
    mprotect(space, at(0), len(2), PROT.r);
    expect(space.committed).toBe(2);
  });

  test.each([
    ['unaligned', at(0) + 1n, len(1), PROT.r, 'EINVAL'],
    ['length 0, whatever the protection', at(0), 0n, 0x100n, 'ok'],
    ['a range that wraps', at(0), WRAPS, PROT.r, 'ENOMEM'],
    ['an unknown protection', at(0), len(1), 0x10n, 'EINVAL'],
    ['PROT_SEM', at(0), len(1), PROT.rw | 8n, 'ok'],
    ['growing both ways', at(0), len(1), 0x3000001n, 'EINVAL'],
    ['growing down', at(0), len(1), 0x1000001n, 'EINVAL'],
    ['growing up', at(0), len(1), 0x2000001n, 'EINVAL'],
    ['growing down, nothing there', at(50), len(1), 0x1000001n, 'ENOMEM'],
    ['a hole at the start', at(50), len(60), PROT.r, 'ENOMEM'],
  ])('%s', (_what, addr, length, prot, expected) => {
    const space = newSpace();
    map(space, 0, 2);
    map(space, 60, 61);
    expect(errno(mprotect(space, addr, length, prot))).toBe(expected);
  });
});

describe('mlock, mlock2, munlock', () => {
  test('lock up to a hole, populate only a range that is all there', () => {
    const space = newSpace();
    map(space, 0, 2);
    map(space, 4, 6);
    expect(errno(mlock(space, at(0), len(6)))).toBe('ENOMEM');
    expect(show(space)).toBe('[0,2)rw-p+lo [4,6)rw-p');
    expect([space.lockedVm, space.frames.size]).toEqual([2, 0]);
  });

  test('memory that cannot be populated stays locked', () => {
    const space = newSpace();
    map(space, 0, 2, { prot: PROT.none });
    expect(errno(mlock(space, at(0), len(2)))).toBe('ENOMEM');
    expect(space.lockedVm).toBe(2);
    expect(errno(munlock(space, at(0), len(2)))).toBe('ok');
    expect(space.lockedVm).toBe(0);
  });

  test('change between locked and locked on fault without counting twice', () => {
    const space = newSpace();
    map(space, 0, 4);
    mlock2(space, at(0), len(4), 1n);
    expect([space.lockedVm, space.frames.size]).toEqual([4, 0]);
    mlock(space, at(1), len(2));
    expect([space.lockedVm, space.frames.size]).toEqual([4, 2]);
    expect(show(space)).toBe('[0,1)rw-p+lf [1,3)rw-p+lo [3,4)rw-p+lf');
  });

  test('round the address down, and take a length that wraps to nothing', () => {
    const space = newSpace();
    map(space, 0, 2);
    expect(errno(mlock(space, at(0) + 4095n, 2n))).toBe('ok');
    expect(space.lockedVm).toBe(2);
    expect(errno(mlock(space, at(0), WRAPS))).toBe('ok');
    expect(errno(mlock(space, at(0), WRAPS - 4095n))).toBe('EINVAL');
    expect(errno(mlock2(space, at(0), len(1), 2n))).toBe('EINVAL');
  });

  test('a sealed VMA can be locked', () => {
    const space = newSpace();
    map(space, 0, 2);
    mseal(space, at(0), len(2), 0n);
    expect(errno(mlock(space, at(0), len(1)))).toBe('ok');
    expect(show(space)).toBe('[0,1)rw-p+lo+sl [1,2)rw-p+sl');
  });
});

describe('mseal', () => {
  test('of a range with a hole seals nothing', () => {
    const space = newSpace();
    map(space, 0, 2);
    map(space, 3, 4);
    expect(errno(mseal(space, at(0), len(4), 0n))).toBe('ENOMEM');
    expect(show(space)).toBe('[0,2)rw-p [3,4)rw-p');
  });

  test.each([
    ['a flag', at(0), len(1), 1n, 'EINVAL'],
    ['unaligned', at(0) + 1n, len(1), 0n, 'EINVAL'],
    ['a length that wraps', at(0), WRAPS, 0n, 'EINVAL'],
    ['a range that wraps', at(0), WRAPS - 4095n, 0n, 'EINVAL'],
    ['length 0', at(50), 0n, 0n, 'ok'],
    ['twice', at(0), len(2), 0n, 'ok'],
  ])('%s', (_what, addr, length, flags, expected) => {
    const space = newSpace();
    map(space, 0, 2);
    mseal(space, at(0), len(1), 0n);
    expect(errno(mseal(space, addr, length, flags))).toBe(expected);
  });
});

describe('uffdRegister', () => {
  test('takes low addresses too, if something is mapped there', () => {
    const space = newSpace();
    expect(errno(uffdRegister(space, 0n, len(1), 1n))).toBe('EINVAL');
    mmap(space, { op: 'mmap', addr: 0n, length: len(1), prot: PROT.rw, flags: 0x32n, file: 0, offset: 0n });
    expect(errno(uffdRegister(space, 0n, len(1), 1n))).toBe('ok');
  });

  test('skips holes', () => {
    const space = newSpace();
    map(space, 0, 2);
    map(space, 4, 6);
    expect(errno(uffdRegister(space, at(1), len(4), 1n))).toBe('ok');
    expect(show(space)).toBe('[0,1)rw-p [1,2)rw-p+u1 [4,5)rw-p+u1 [5,6)rw-p');
  });

  test.each([
    ['no mode', at(0), len(1), 0n],
    ['an unknown mode', at(0), len(1), 8n],
    ['unaligned', at(0) + 1n, len(1), 1n],
    ['a length that is not in pages', at(0), 1n, 1n],
    ['length 0', at(0), 0n, 1n],
    ['above user space', TASK_SIZE, len(1), 1n],
    ['past the end', at(0), TASK_SIZE, 1n],
    ['nothing there', at(50), len(1), 1n],
  ])('%s', (_what, addr, length, mode) => {
    const space = newSpace();
    map(space, 0, 2);
    expect(errno(uffdRegister(space, addr, length, mode))).toBe('EINVAL');
  });
});
