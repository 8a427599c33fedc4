import { describe, expect, test } from 'vitest';
import {
  load,
  madvise,
  mlock,
  mlock2,
  mprotect,
  mseal,
  munmap,
  store,
  uffdRegister,
  uffdUnregister,
} from '@vmacheck/model';
import { at, BASE, len, map, MAP, newSpace, PROT, show, touch } from './helpers.js';

const read = (space: ReturnType<typeof newSpace>, page: number, offset = 0): string => {
  const outcome = load(space, at(page) + BigInt(offset));
  if (outcome.ok) return outcome.value.toString(16);
  return 'signal' in outcome ? outcome.signal : '?';
};
const write = (space: ReturnType<typeof newSpace>, page: number, value = 7n, offset = 0): string => {
  const outcome = store(space, at(page) + BigInt(offset), value);
  if (outcome.ok) return 'ok';
  return 'signal' in outcome ? outcome.signal : '?';
};

describe('loads and stores', () => {
  test('cross pages at any address, and never write a part', () => {
    const space = newSpace();
    map(space, 0, 2);
    write(space, 0, 0x1122334455667788n, 4093);
    expect(read(space, 0, 4093)).toBe('1122334455667788');
    expect(read(space, 1)).toBe('1122334455');
    expect(write(space, 1, 0xffffffffffffffffn, 4090)).toBe('SIGSEGV');
    expect(read(space, 1, 4088)).toBe('0');
  });

  test.each([
    [PROT.none, 'SIGSEGV', 'SIGSEGV'],
    [PROT.r, '0', 'SIGSEGV'],
    [PROT.w, '0', 'ok'],
    [PROT.x, '0', 'SIGSEGV'],
    [PROT.rw, '0', 'ok'],
  ])('with protection %i: load %s, store %s', (prot, loads, stores) => {
    const space = newSpace();
    map(space, 0, 1, { prot });
    expect(read(space, 0)).toBe(loads);
    expect(write(space, 0)).toBe(stores);
  });

  test('a private mapping of a file sees the file until it writes', () => {
    const space = newSpace();
    map(space, 0, 2, { file: 1, flags: MAP.shared });
    map(space, 4, 6, { file: 1 });
    write(space, 0, 1n);
    expect(read(space, 4)).toBe('1');
    write(space, 0, 2n);
    expect(read(space, 4)).toBe('2');
    write(space, 4, 3n, 8);
    write(space, 0, 4n);
    expect([read(space, 4), read(space, 4, 8), read(space, 0, 8)]).toEqual(['2', '3', '0']);
    expect([...space.frames.keys()].map((page) => page - BASE)).toEqual([4]);
  });

  test('beyond the end of an object there is SIGBUS, and a private write leaves an anon_vma', () => {
    const space = newSpace();
    map(space, 0, 10, { file: 2 });
    expect([read(space, 7), read(space, 8), write(space, 8)]).toEqual(['0', 'SIGBUS', 'SIGBUS']);
    expect(space.vmas[0]?.anonVma).toBe(1);
  });

  test('nothing above user space is mapped, not even by wrapping', () => {
    const space = newSpace();
    for (const addr of [0n, 0x7ffffffff000n, 0xfffffffffffffffcn, 1n << 63n]) {
      expect(load(space, addr)).toMatchObject({ signal: 'SIGSEGV' });
    }
  });
});

describe('the first write', () => {
  const threeParts = (): ReturnType<typeof newSpace> => {
    //  |rw|rwx|rw|
    const space = newSpace();
    map(space, 0, 2);
    map(space, 2, 4, { prot: PROT.rwx });
    map(space, 4, 6);
    return space;
  };
  const anon = (space: ReturnType<typeof newSpace>): number[] => space.vmas.map((v) => v.anonVma);

  test('takes the anon_vma of the next VMA, though it differs in protection', () => {
    const space = threeParts();
    touch(space, 0, 1);
    touch(space, 4, 5);
    touch(space, 2, 3);
    expect(anon(space)).toEqual([1, 2, 2]);
  });

  test('or of the previous one', () => {
    const space = threeParts();
    touch(space, 0, 1);
    touch(space, 2, 3);
    expect(anon(space)).toEqual([1, 1, 0]);
  });

  test('or a new one beside a VMA that differs in more', () => {
    const space = threeParts();
    touch(space, 0, 1);
    mlock2(space, at(0), len(2), 1n);
    touch(space, 2, 3);
    expect(anon(space)).toEqual([1, 2, 0]);
  });

  test('is not a read: the zero page leaves a VMA as it was', () => {
    const space = newSpace();
    map(space, 0, 2);
    expect(read(space, 0)).toBe('0');
    expect(anon(space)).toEqual([0]);
    expect(space.frames.size).toBe(0);
  });

  test('is done by mlock of private writable memory only', () => {
    const space = newSpace();
    map(space, 0, 2);
    map(space, 4, 6, { prot: PROT.r });
    expect(mlock(space, at(0), len(2)).ok).toBe(true);
    expect(mlock(space, at(4), len(2)).ok).toBe(true);
    expect(anon(space)).toEqual([1, 0]);
    expect(space.frames.size).toBe(2);
    mprotect(space, at(4), len(2), PROT.rw);
    expect(anon(space)).toEqual([1, 2]);
  });
});

describe('registered memory', () => {
  test('MISSING: pages that are not there raise SIGBUS, pages that are do not', () => {
    const space = newSpace();
    map(space, 0, 4);
    touch(space, 0, 1);
    read(space, 1);
    uffdRegister(space, at(0), len(4), 1n);
    expect([read(space, 0), read(space, 1), write(space, 1), read(space, 2), write(space, 3)]).toEqual([
      '7',
      '0',
      'ok',
      'SIGBUS',
      'SIGBUS',
    ]);
    uffdUnregister(space, at(0), len(4));
    expect(read(space, 2)).toBe('0');
  });

  test('a store that raises SIGBUS leaves an anon_vma', () => {
    const space = newSpace();
    map(space, 0, 1);
    uffdRegister(space, at(0), len(1), 1n);
    write(space, 0);
    expect(space.vmas[0]?.anonVma).toBe(1);
  });

  test('WP alone marks no page', () => {
    const space = newSpace();
    map(space, 0, 2);
    uffdRegister(space, at(0), len(2), 2n);
    expect([read(space, 0), write(space, 1)]).toEqual(['0', 'ok']);
  });

  test('MINOR: pages of the object that exist but are not mapped here raise SIGBUS', () => {
    const space = newSpace();
    const flags = MAP.shared;
    map(space, 0, 1, { file: 1, flags });
    touch(space, 0, 1);
    map(space, 20, 22, { file: 1, flags });
    uffdRegister(space, at(20), len(2), 4n);
    expect([read(space, 20), read(space, 21), read(space, 21)]).toEqual(['SIGBUS', '0', '0']);
  });

  test('a read maps the pages around it that the object has, and those do not fault any more', () => {
    const space = newSpace();
    const flags = MAP.shared;
    map(space, 0, 4, { file: 1, flags });
    touch(space, 0, 4);
    map(space, 32, 36, { file: 1, flags });
    read(space, 33);
    uffdRegister(space, at(32), len(4), 4n);
    expect([32, 33, 34, 35].map((page) => read(space, page))).toEqual(['7', '7', '7', '7']);
  });

  test('asking for modes that are on already changes nothing, asking for others replaces them', () => {
    const space = newSpace();
    map(space, 0, 1);
    uffdRegister(space, at(0), len(1), 3n);
    uffdRegister(space, at(0), len(1), 1n);
    expect(space.vmas[0]?.uffd).toBe(3);
    uffdUnregister(space, at(0), len(1));
    uffdRegister(space, at(0), len(1), 2n);
    uffdRegister(space, at(0), len(1), 1n);
    expect(space.vmas[0]?.uffd).toBe(1);
  });

  test('private anonymous memory has no minor faults to register for, and then nothing of the range is registered', () => {
    const space = newSpace();
    map(space, 0, 1, { file: 1, flags: MAP.shared });
    map(space, 1, 2);
    expect(uffdRegister(space, at(0), len(2), 4n)).toMatchObject({ errno: 'EINVAL' });
    expect(show(space)).toBe('[0,1)rw-s [1,2)rw-p');
  });
});

describe('MADV_DONTNEED', () => {
  test('empties pages and keeps the anon_vma, over holes, with ENOMEM', () => {
    const space = newSpace();
    map(space, 0, 1);
    map(space, 2, 3);
    touch(space, 0, 1);
    touch(space, 2, 3);
    expect(madvise(space, at(0), len(3), 4n)).toMatchObject({ errno: 'ENOMEM' });
    expect([read(space, 0), read(space, 2)]).toEqual(['0', '0']);
    expect(space.vmas.map((v) => v.anonVma)).toEqual([1, 2]);
  });

  test.each([
    ['anonymous, read-only', {}, PROT.r, 'EPERM'],
    ['anonymous, writable', {}, PROT.rw, 'ok'],
    ['a file, read-only', { file: 1 }, PROT.r, 'ok'],
  ])('of sealed memory (%s)', (_what, options, prot, expected) => {
    const space = newSpace();
    map(space, 0, 1, { ...options, prot });
    mseal(space, at(0), len(1), 0n);
    const outcome = madvise(space, at(0), len(1), 4n);
    expect(outcome.ok ? 'ok' : 'errno' in outcome && outcome.errno).toBe(expected);
  });

  test('of locked memory is refused', () => {
    const space = newSpace();
    map(space, 0, 1, { flags: MAP.private | MAP.anon | MAP.locked });
    expect(madvise(space, at(0), len(1), 4n)).toMatchObject({ errno: 'EINVAL' });
  });
});

test('unmapping forgets private pages; a shared object lives as long as a mapping or a descriptor', () => {
  const space = newSpace();
  map(space, 0, 2, { flags: MAP.shared | MAP.anon });
  expect(space.shmemCommitted).toBe(2);
  map(space, 2, 4, { file: 1, flags: MAP.shared });
  write(space, 2, 5n);
  expect(space.shmemCommitted).toBe(3);
  munmap(space, at(0), len(4));
  expect(space.shmemCommitted).toBe(1);
  map(space, 0, 1, { file: 1, flags: MAP.shared });
  expect(read(space, 0)).toBe('5');
});
