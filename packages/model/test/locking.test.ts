import { describe, expect, test } from 'vitest';
import {
  type AddressSpace,
  addressOf,
  brk,
  mlock,
  mlockall,
  mmap,
  mprotect,
  mseal,
  msync,
  munlockall,
  munmap,
  setCapability,
  setLimit,
  type SpaceOptions,
  uffdRegister,
} from '@vmacheck/model';
import { at, BASE, len, map, MAP, newSpace, PROT, result, show } from './helpers.js';

const poor = (pages: number, more: SpaceOptions = {}): AddressSpace =>
  newSpace({ capIpcLock: false, limits: { memlock: pages * 4096 }, ...more });
const lock = (space: AddressSpace, start: number, end: number) => result(mlock(space, at(start), len(end - start)));

describe('RLIMIT_MEMLOCK without CAP_IPC_LOCK', () => {
  test('mlock counts what is locked already only once', () => {
    const space = poor(4);
    map(space, 0, 8);
    expect(lock(space, 0, 3)).toBe('ok');
    expect(lock(space, 2, 4)).toBe('ok');
    expect(lock(space, 3, 5)).toBe('ENOMEM');
    expect([space.lockedVm, show(space)]).toEqual([4, '[0,4)rw-p+lo [4,8)rw-p']);
    setCapability(space, 'CAP_IPC_LOCK', true);
    expect(lock(space, 3, 5)).toBe('ok');
  });

  test('memory that is locked out of sight counts', () => {
    const space = poor(4, { baseline: { lockedVm: 3 } });
    map(space, 0, 2);
    expect([lock(space, 0, 2), lock(space, 0, 1)]).toEqual(['ENOMEM', 'ok']);
  });

  test('of 0 is no permission at all', () => {
    const space = poor(0);
    map(space, 0, 2);
    expect(lock(space, 0, 1)).toBe('EPERM');
    expect(result(mlockall(space, 2n))).toBe('EPERM');
    expect(result(map(space, 4, 5, { flags: MAP.private | MAP.anon | MAP.locked }))).toBe('EPERM');
  });

  test('mmap and the heap are refused in their own ways', () => {
    const space = poor(4, { brk: at(20) });
    expect(result(map(space, 0, 5, { flags: MAP.private | MAP.anon | MAP.locked }))).toBe('EAGAIN');
    expect(result(mlockall(space, 2n))).toBe('ok');
    expect(result(map(space, 0, 5))).toBe('EAGAIN');
    expect(brk(space, at(25))).toEqual({ ok: true, value: at(20) });
    expect(brk(space, at(22))).toEqual({ ok: true, value: at(22) });
    expect([space.lockedVm, show(space)]).toEqual([2, '[20,22)rw-p+lo']);
  });

  test('mlockall(MCL_CURRENT) asks for all that is mapped', () => {
    const space = poor(4, { baseline: { totalVm: 3 } });
    map(space, 0, 2);
    expect(result(mlockall(space, 1n))).toBe('ENOMEM');
    munmap(space, at(0), len(1));
    expect(result(mlockall(space, 1n))).toBe('ok');
  });
});

describe('mlockall', () => {
  test.each([0n, 4n, 8n, 16n])('refuses %i', (flags) => expect(result(mlockall(newSpace(), flags))).toBe('EINVAL'));

  test.each<[bigint, string]>([
    [1n, '[0,2)rw-p+lo [4,5)rw-p'],
    [2n, '[0,2)rw-p [4,5)rw-p+lo'],
    [3n, '[0,2)rw-p+lo [4,5)rw-p+lo'],
    [5n, '[0,2)rw-p+lf [4,5)rw-p'],
    [6n, '[0,2)rw-p [4,5)rw-p+lf'],
  ])('of %i locks what is there, what comes, or both', (flags, expected) => {
    const space = newSpace();
    map(space, 0, 2);
    mlockall(space, flags);
    map(space, 4, 5);
    expect(show(space)).toBe(expected);
    munlockall(space);
    map(space, 6, 7);
    expect(show(space)).toBe('[0,2)rw-p [4,5)rw-p [6,7)rw-p');
    expect(space.lockedVm).toBe(0);
  });

  test('fills what it can, VMA by VMA', () => {
    const space = newSpace();
    map(space, 0, 2, { prot: PROT.none });
    map(space, 4, 6);
    expect(result(mlockall(space, 1n))).toBe('ok');
    expect([...space.frameTable.keysIn(BASE, BASE + 6)]).toEqual([BASE + 4, BASE + 5]);
  });
});

describe('msync', () => {
  test.each<[string, bigint, number, number, bigint, string]>([
    ['an unknown flag', 0n, 0, 1, 8n, 'EINVAL'],
    ['both ways', 0n, 0, 1, 5n, 'EINVAL'],
    ['unaligned', 1n, 0, 1, 4n, 'EINVAL'],
    ['a hole', 0n, 0, 6, 4n, 'ENOMEM'],
    ['a hole at the start', 0n, 2, 4, 1n, 'ENOMEM'],
    ['mapped memory', 0n, 0, 2, 1n, 'ok'],
    ['nothing', 0n, 2, 2, 4n, 'ok'],
    ['locked memory', 0n, 4, 5, 2n, 'EBUSY'],
    ['a hole before locked memory', 0n, 0, 5, 2n, 'EBUSY'],
    ['a hole before locked memory, without waiting', 0n, 0, 5, 1n, 'ENOMEM'],
  ])('of %s', (_, offset, start, end, flags, expected) => {
    const space = newSpace();
    map(space, 0, 2);
    map(space, 4, 5);
    mlock(space, at(4), len(1));
    expect(result(msync(space, at(start) + offset, len(end - start), flags))).toBe(expected);
  });

  test('of a range that wraps', () => expect(result(msync(newSpace(), at(0), 2n ** 64n - 4096n, 4n))).toBe('ENOMEM'));
});

describe('RLIMIT_AS and RLIMIT_DATA', () => {
  test('what is replaced makes room', () => {
    const space = newSpace({ limits: { as: 10 * 4096 }, baseline: { totalVm: 4 } });
    expect(result(map(space, 0, 6))).toBe('ok');
    expect(result(map(space, 8, 9))).toBe('ENOMEM');
    expect(result(map(space, 2, 6))).toBe('ok');
    setLimit(space, 'as', Infinity);
    expect(result(map(space, 8, 9))).toBe('ok');
  });

  test('data is private, writable and no stack', () => {
    const space = newSpace({ limits: { data: 4 * 4096 } });
    const more = (flags: bigint, prot: bigint = PROT.rw) => result(map(space, 20, 24, { flags, prot }));
    map(space, 0, 2);
    expect(more(MAP.private | MAP.anon)).toBe('ENOMEM');
    expect(more(MAP.private | MAP.anon, PROT.r)).toBe('ok');
    expect(result(mprotect(space, at(20), len(4), 3n))).toBe('ENOMEM');
    expect(more(MAP.shared | MAP.anon)).toBe('ok');
    expect(more(MAP.private | MAP.anon | 0x100n)).toBe('ok');
    setLimit(space, 'data', 0);
    expect(more(MAP.private | MAP.anon)).toBe('ok');
  });
});

describe('vm.max_map_count', () => {
  const full = (): AddressSpace => {
    const space = newSpace({ limits: { maxMapCount: 3 }, baseline: { mapCount: 2 } });
    map(space, 0, 8);
    return space;
  };

  test('one mapping more than it can be mapped, but none be split', () => {
    const space = full();
    expect(result(map(space, 10, 11))).toBe('ok');
    expect(result(map(space, 20, 21))).toBe('ENOMEM');
  });

  test.each<[string, (space: AddressSpace) => string]>([
    ['mprotect', (space) => result(mprotect(space, at(2), len(2), 1n))],
    ['mlock', (space) => lock(space, 2, 4)],
    ['mseal', (space) => result(mseal(space, at(2), len(2), 0n))],
    ['uffdRegister', (space) => result(uffdRegister(space, at(2), len(2), 1n))],
    ['munmap', (space) => result(munmap(space, at(2), len(2)))],
    ['mmap over the middle', (space) => result(map(space, 2, 4))],
  ])('%s of the middle is ENOMEM', (_, perform) => {
    const space = full();
    expect(perform(space)).toBe('ENOMEM');
    expect([show(space), space.committed]).toEqual(['[0,8)rw-p', 8]);
    setLimit(space, 'maxMapCount', 5);
    expect(perform(space)).toBe('ok');
  });

  test('the ends can be unmapped', () => expect(result(munmap(full(), at(0), len(2)))).toBe('ok'));
});

describe('brk', () => {
  const heap = (options: SpaceOptions = {}): AddressSpace => newSpace({ brk: at(10), ...options });

  test('grows by the last VMA and shrinks; the exact address is kept', () => {
    const space = heap();
    expect(brk(space, 0n)).toEqual({ ok: true, value: at(10) });
    expect(brk(space, at(12) + 5n)).toEqual({ ok: true, value: at(12) + 5n });
    expect([show(space), space.totalVm, space.committed]).toEqual(['[10,13)rw-p', 3, 3]);
    brk(space, at(15));
    expect(show(space)).toBe('[10,15)rw-p');
    brk(space, at(11));
    expect([show(space), space.committed]).toEqual(['[10,11)rw-p', 1]);
    expect(brk(space, at(9))).toEqual({ ok: true, value: at(11) });
  });

  test('stays in its page, shrinks to nothing, and never ends before it began', () => {
    const space = heap();
    expect(brk(space, at(10) + 1n)).toEqual({ ok: true, value: at(10) + 1n });
    expect(brk(space, at(10) + 12n)).toEqual({ ok: true, value: at(10) + 12n });
    expect(brk(space, at(10) + 9n)).toEqual({ ok: true, value: at(10) + 9n });
    expect(brk(space, at(10) - 1n)).toEqual({ ok: true, value: at(10) + 9n });
    expect([show(space), space.committed]).toEqual(['[10,11)rw-p', 1]);
    expect(brk(space, at(10))).toEqual({ ok: true, value: at(10) });
    expect([show(space), space.committed]).toEqual(['', 0]);
  });

  test('RLIMIT_DATA counts the bytes of the heap from its beginning, before anything else is looked at', () => {
    const space = heap({ limits: { data: 2 * 4096 + 5 }, baseline: { dataVm: -9 } });
    expect(brk(space, at(12) + 6n)).toEqual({ ok: true, value: at(10) });
    expect(brk(space, at(12) + 5n)).toEqual({ ok: true, value: at(12) + 5n });
    setLimit(space, 'data', 4096);
    expect(brk(space, at(11) + 1n)).toEqual({ ok: true, value: at(12) + 5n });
    expect(brk(space, at(11))).toEqual({ ok: true, value: at(11) });
  });

  test('is no part of what lies below', () => {
    const space = heap();
    map(space, 8, 10);
    brk(space, at(12));
    expect(show(space)).toBe('[8,10)rw-p [10,12)rw-p');
  });

  test.each<[string, SpaceOptions, (space: AddressSpace) => unknown]>([
    ['a mapping above, and a page between', {}, (space) => map(space, 15, 16)],
    ['a stack above and its gap', {}, (space) => map(space, 200, 201, { flags: MAP.private | MAP.anon | 0x100n })],
    ['RLIMIT_DATA', { limits: { data: 4 * 4096 } }, () => undefined],
    ['RLIMIT_AS', { limits: { as: 4 * 4096 } }, () => undefined],
    ['vm.max_map_count', { limits: { maxMapCount: 0 }, baseline: { mapCount: 1 } }, () => undefined],
  ])('is stopped by %s', (_, options, prepare) => {
    const space = heap(options);
    prepare(space);
    expect(brk(space, at(15))).toEqual({ ok: true, value: at(10) });
  });

  test('does not shrink over what is sealed, or is not there', () => {
    const space = heap();
    brk(space, at(14));
    mseal(space, at(13), len(1), 0n);
    expect(brk(space, at(12))).toEqual({ ok: true, value: at(14) });
    const emptied = heap();
    brk(emptied, at(14));
    munmap(emptied, at(12), len(2));
    expect(brk(emptied, at(12))).toEqual({ ok: true, value: at(14) });
  });
});

describe('where a mapping goes', () => {
  const anywhere = (space: AddressSpace, pages: number, addr = 0n, flags = MAP.private | MAP.anon) => {
    const outcome = mmap(space, { op: 'mmap', addr, length: len(pages), prot: 3n, flags, file: 0, offset: 0n });
    return outcome.ok ? Number(outcome.value >> 12n) - BASE : result(outcome);
  };

  test('downwards from the base, packed', () => {
    const space = newSpace({ mmapBase: BASE + 1000 });
    expect([anywhere(space, 4), anywhere(space, 2)]).toEqual([996, 994]);
    expect(anywhere(space, 512)).toBe(0);
    expect(anywhere(space, 1, 0n, MAP.shared | MAP.anon)).toBe(993);
  });

  test('not below vm.mmap_min_addr without CAP_SYS_RAWIO; a hint is raised', () => {
    const space = newSpace({ mmapMin: BASE });
    expect(result(map(space, -BASE, 1 - BASE))).toBe('ok');
    setCapability(space, 'CAP_SYS_RESOURCE', false);
    expect([space.capRawIo, space.capIpcLock]).toEqual([true, true]);
    setCapability(space, 'CAP_SYS_RAWIO', false);
    expect([space.capRawIo, space.capIpcLock]).toEqual([false, true]);
    expect(result(map(space, -BASE, 1 - BASE))).toBe('EPERM');
    expect(result(map(space, -1, 1))).toBe('EPERM');
    expect(anywhere(space, 1, at(-5))).toBe(0);
  });

  test('not into the gap below a stack', () => {
    const space = newSpace({ mmapBase: BASE + 1000 });
    map(space, 900, 904, { flags: MAP.private | MAP.anon | 0x100n });
    expect(anywhere(space, 96)).toBe(904);
    expect(anywhere(space, 2)).toBe(642);
    expect(anywhere(space, 2, at(700))).toBe(640);
    expect(anywhere(space, 2, at(300))).toBe(300);
  });

  test('upwards when there is no room below the base', () => {
    const space = newSpace({ mmapBase: 20 });
    expect(anywhere(space, 50)).toBe(0x2aaaaaaaa - BASE);
  });

  test('exactly there, where everything is known', () => {
    const space = newSpace({ mmapBase: BASE + 1000, predicts: true });
    const raw = {
      op: 'mmap',
      addr: 0n,
      length: len(2),
      prot: 3n,
      flags: MAP.private | MAP.anon,
      file: 0,
      offset: 0n,
    } as const;
    expect(mmap(space, { ...raw, chosen: at(700) })).toMatchObject({
      illegal: expect.stringContaining('there is room'),
    });
    expect(result(mmap(space, { ...raw, chosen: addressOf(BASE + 998) }))).toBe('ok');
  });
});
