/** Ranges at the ends of user space, and where exactly a limit begins. */
import { describe, expect, test } from 'vitest';
import {
  type AddressSpace,
  chooseAddress,
  extendVma,
  load,
  madvise,
  mincore,
  mlock,
  mmap,
  mprotect,
  msync,
  munmap,
  PROFILES,
  type SpaceOptions,
  TASK_PAGES,
  type Vma,
} from '@vmacheck/model';
import { at, BASE, len, map, MAP, newSpace, PROT, result, show } from './helpers.js';

const ALL = 2n ** 64n;
const last = TASK_PAGES - BASE;

describe('the end of user space', () => {
  test('a mapping may reach it, and no further', () => {
    const space = newSpace();
    expect(result(map(space, last - 1, last))).toBe('ok');
    expect(result(map(space, last - 1, last + 1))).toBe('ENOMEM');
    expect(result(load(space, at(last - 1)))).toBe('ok');
    expect(result(load(space, at(last)))).toBe('SIGSEGV');
  });

  test('mincore sees up to it', () => {
    const space = newSpace();
    map(space, last - 1, last);
    expect(mincore(space, at(last - 1), len(1))).toMatchObject({ vector: '0' });
    expect(result(mincore(space, at(last), 0n))).toBe('ok');
    expect(result(mincore(space, at(last - 1), len(2)))).toBe('ENOMEM');
    expect(result(mincore(space, at(last + 1), 0n))).toBe('ENOMEM');
    expect(result(mincore(space, at(last - 1), ALL - 1n))).toBe('ENOMEM');
    expect(mincore(space, at(last - 1), ALL)).toMatchObject({ ok: true, vector: '' });
  });

  test('a choice above it is none that the kernel can have made', () => {
    const space = newSpace();
    expect(chooseAddress(space, 0, 2, at(last - 2))).toBe(TASK_PAGES - 2);
    expect(chooseAddress(space, 0, 2, at(last - 1))).toMatchObject({ illegal: 'ends above user space' });
    expect(chooseAddress(space, 0, TASK_PAGES + 1, undefined)).toMatchObject({ errno: 'ENOMEM' });
    expect(chooseAddress(space, 0, TASK_PAGES + 1, at(0))).toMatchObject({ errno: 'ENOMEM' });
  });

  test('the search from below goes up to it', () => {
    const bottom = 0x2aaaaaaaa;
    const space = newSpace({ mmapBase: 20 });
    expect(chooseAddress(space, 0, TASK_PAGES - bottom, undefined)).toBe(bottom);
    expect(chooseAddress(space, 0, TASK_PAGES - bottom + 1, undefined)).toMatchObject({ errno: 'ENOMEM' });
  });
});

describe('an address that is predicted', () => {
  const predicting = (options: SpaceOptions = {}) => newSpace({ mmapBase: BASE + 2048, predicts: true, ...options });
  const refusal = (space: AddressSpace, pages: number, page: number, anonymous: boolean) => {
    const found = chooseAddress(space, 0, pages, at(page), anonymous);
    return typeof found === 'number' ? found - BASE : 'illegal' in found ? found.illegal : found.errno;
  };

  test('is checked against the search, for large files not', () => {
    expect(refusal(predicting(), 4, 2044, true)).toBe(2044);
    expect(refusal(predicting(), 4, 1000, true)).toBe(`there is room at page ${BASE + 2044}`);
    expect(refusal(predicting({ predicts: false }), 4, 1000, true)).toBe(1000);
    expect(refusal(predicting(), 511, 1000, false)).toBe(`there is room at page ${BASE + 1537}`);
    expect(refusal(predicting(), 512, 1000, false)).toBe(1000);
    expect(refusal(predicting(), 513, 1000, true)).toBe(`there is room at page ${BASE + 1535}`);
  });

  test('is the hint where that is free', () => {
    const space = predicting();
    expect(chooseAddress(space, BASE + 7, 4, at(7), true)).toBe(BASE + 7);
    expect(chooseAddress(space, BASE + 7, 4, at(2044), true)).toMatchObject({
      illegal: `the hint, page ${BASE + 7}, is free and was not used`,
    });
  });
});

describe('a search from below', () => {
  const bottom = 0x2aaaaaaaa - BASE;
  const stack = (at: number): AddressSpace => {
    const space = newSpace({ mmapBase: 20 });
    map(space, bottom + at, bottom + at + 1, { flags: MAP.private | MAP.anon | 0x100n });
    return space;
  };

  test('stays clear of the gap below a stack', () => {
    expect(chooseAddress(stack(300), 0, 44, undefined)).toBe(BASE + bottom);
    expect(chooseAddress(stack(300), 0, 45, undefined)).toBe(BASE + bottom + 301);
  });
});

describe('a limit is reached and not passed', () => {
  test('RLIMIT_DATA', () => {
    const space = newSpace({ limits: { data: 4 * 4096 } });
    expect(result(map(space, 0, 4))).toBe('ok');
    expect(result(map(space, 10, 11))).toBe('ENOMEM');
    expect(result(map(space, 10, 11, { prot: PROT.r }))).toBe('ok');
    expect(result(map(space, 20, 21, { flags: MAP.private | MAP.anon | 0x100n }))).toBe('ok');
  });

  test('RLIMIT_MEMLOCK; what is locked in the range, and not beside it, counts once', () => {
    const space = newSpace({ capIpcLock: false, limits: { memlock: 4 * 4096 } });
    map(space, 0, 12);
    expect(result(mlock(space, at(0), len(3)))).toBe('ok');
    expect(result(mlock(space, at(6), len(2)))).toBe('ENOMEM');
    expect(result(mlock(space, at(2), len(3)))).toBe('ENOMEM');
    expect(result(mlock(space, at(0), len(4)))).toBe('ok');
    expect(result(mlock(space, at(0), len(4)))).toBe('ok');
    expect(result(mlock(space, at(4), len(4)))).toBe('ENOMEM');
  });
});

describe('empty ranges', () => {
  test('madvise and msync of nothing at a place where nothing is', () => {
    expect(result(madvise(newSpace(), at(0), 0n, 4n))).toBe('ok');
    expect(result(msync(newSpace(), at(0), 0n, 4n))).toBe('ok');
  });

  test('msync asks every flag, and only what the range touches', () => {
    const space = newSpace();
    map(space, 0, 2);
    map(space, 4, 6);
    mlock(space, at(4), len(1));
    expect(result(msync(space, at(0), len(2), 7n))).toBe('EINVAL');
    expect(result(msync(space, at(0), len(2), 6n))).toBe('ok');
    expect(result(msync(space, at(0), len(2), 8n))).toBe('EINVAL');
    expect(result(msync(space, at(0), len(4), 2n))).toBe('ENOMEM');
    expect(result(msync(space, at(0), len(5), 2n))).toBe('EBUSY');
    expect(result(msync(space, at(0), len(5), 1n))).toBe('ENOMEM');
    munmap(space, at(4), len(1));
    expect(result(msync(space, at(1), len(4), 1n))).toBe('ENOMEM');
  });
});

describe('defaults', () => {
  test('an address space may lock, is no child, counts loosely, and has huge pages on demand', () => {
    const space = newSpace();
    expect([space.capIpcLock, space.overcommit, space.hugePages, space.predicts]).toEqual([true, 0, 'madvise', false]);
    map(space, 0, 4, { flags: MAP.private | MAP.anon | MAP.noreserve });
    expect(show(space)).toBe('[0,4)rw-p+nr');
    expect(newSpace({ capIpcLock: false }).capIpcLock).toBe(false);
  });

  test('with overcommit 2 there is no memory without reserve', () => {
    const space = newSpace({ overcommit: 2 });
    map(space, 0, 4, { flags: MAP.private | MAP.anon | MAP.noreserve });
    expect(show(space)).toBe('[0,4)rw-p');
    expect(space.committed).toBe(4);
  });
});

describe('mprotect', () => {
  test('growing both ways is refused before anything else', () => {
    const space = newSpace();
    expect(result(mprotect(space, at(0) + 1n, len(1), 0x3000001n))).toBe('EINVAL');
    expect(result(mprotect(space, at(0), 0n, 0x3000001n))).toBe('EINVAL');
  });
});

describe('merging of what grows', () => {
  test('joins the VMA above with which it goes together', () => {
    const space = newSpace();
    map(space, 0, 2);
    map(space, 4, 6);
    map(space, 6, 8, { prot: PROT.r });
    extendVma(space, space.vmas[0] as Vma, 2);
    expect(show(space)).toBe('[0,6)rw-p [6,8)r--p');
  });
});

describe('MAP_ANONYMOUS', () => {
  test('has no use for a descriptor', () => {
    const space = newSpace();
    const call = { op: 'mmap', addr: at(0), length: len(1), prot: 3n, flags: 0x32n, file: 99, offset: 0n } as const;
    expect(result(mmap(space, call))).toBe('ok');
    expect(result(mmap(space, { ...call, flags: 0x12n }))).toBe('EBADF');
    expect(result(mmap(newSpace({ profile: PROFILES['6.1'] }), call))).toBe('ok');
  });
});
