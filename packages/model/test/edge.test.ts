import { constants } from 'node:os';
import { describe, expect, test } from 'vitest';
import {
  type Call,
  done,
  NO_VMA,
  type RawCall,
  refused,
  signalled,
  toCall,
  toResult,
  vmaPerms,
  vmFlagCodes,
  withChoice,
} from '@vmacheck/model';
import { errnoOfAddress } from '../src/errno.js';
import { VM_IO, VM_MIXEDMAP, VM_PFNMAP } from '../src/vm-bits.js';
import { at, BASE, len, MAP, newSpace, PROT } from './helpers.js';

const MAX = 2n ** 64n - 1n;
const TASK_SIZE = 0x7ffffffff000n;

describe('calls in pages', () => {
  const space = newSpace();
  const classOf = (raw: RawCall): string => toCall(space, raw).argClass;
  const mmap = {
    op: 'mmap',
    addr: at(0),
    length: len(2),
    prot: 3n,
    flags: MAP.private | MAP.anon | MAP.fixed,
    file: 0,
    offset: 0n,
  } as const;
  const mremap = { op: 'mremap', oldAddr: at(0), oldLen: len(1), newLen: len(1), flags: 3n, newAddr: at(9) } as const;

  test.each<[string, RawCall]>([
    ['ok', { op: 'munmap', addr: at(0), length: 1n }],
    ['unaligned', { op: 'munmap', addr: at(0) + 1n, length: 1n }],
    ['wraps', { op: 'munmap', addr: at(0), length: MAX }],
    ['tooBig', { op: 'munmap', addr: at(0), length: TASK_SIZE }],
    ['ok', { op: 'munmap', addr: TASK_SIZE - 4096n, length: 4096n }],
    ['tooBig', { op: 'munmap', addr: TASK_SIZE - 4096n, length: 4097n }],
    ['wraps', { op: 'munmap', addr: MAX - 4095n, length: 4096n }],
    ['tooBig', { op: 'munmap', addr: MAX - 8191n, length: 4096n }],
    ['ok', { op: 'mprotect', addr: at(0), length: TASK_SIZE, prot: 1n }],
    ['ok', { op: 'mprotect', addr: MAX - 8191n, length: 4096n, prot: 1n }],
    ['wraps', { op: 'mprotect', addr: MAX - 4095n, length: 4096n, prot: 1n }],
    ['wraps', { op: 'mprotect', addr: at(0), length: MAX, prot: 1n }],
    ['badFlags', { op: 'mlockall', flags: 0n }],
    ['ok', { op: 'mlockall', flags: 1n }],
    ['ok', { op: 'mlockall', flags: 2n }],
    ['badFlags', { op: 'mlockall', flags: 4n }],
    ['ok', { op: 'mlockall', flags: 5n }],
    ['ok', { op: 'mlockall', flags: 7n }],
    ['badFlags', { op: 'mlockall', flags: 8n }],
    ['ok', { op: 'msync', addr: at(0), length: 4096n, flags: 6n }],
    ['badFlags', { op: 'msync', addr: at(0), length: 4096n, flags: 5n }],
    ['badFlags', { op: 'msync', addr: at(0), length: 4096n, flags: 8n }],
    ['badFlags', { op: 'mprotect', addr: at(0), length: 1n, prot: 16n }],
    ['ok', { op: 'mprotect', addr: at(0), length: 0n, prot: 16n }],
    ['ok', { op: 'mlock', addr: at(0) + 7n, length: MAX }],
    ['wraps', { op: 'mlock2', addr: at(0), length: MAX - 4095n, flags: 0n }],
    ['badFlags', { op: 'mlock2', addr: at(0), length: 1n, flags: 2n }],
    ['badMode', { op: 'uffdRegister', addr: at(0), length: 4096n, mode: 8n }],
    ['lenUnaligned', { op: 'uffdRegister', addr: at(0), length: 1n, mode: 1n }],
    ['ok', { op: 'uffdUnregister', addr: at(0), length: 4096n }],
    ['badFlags', { op: 'mseal', addr: at(0), length: 1n, flags: 1n }],
    ['ok', { op: 'madvise', addr: at(0), length: 1n, advice: 4n }],
    ['ok', mmap],
    ['offsetUnaligned', { ...mmap, offset: 1n }],
    ['badFile', { ...mmap, flags: MAP.private, file: 77 }],
    ['wraps', { ...mmap, length: MAX }],
    ['tooBig', { ...mmap, addr: TASK_SIZE }],
    ['unaligned', { ...mmap, addr: 1n }],
    ['ok', { ...mmap, addr: 1n, flags: MAP.private | MAP.anon }],
    ['offsetTooBig', { ...mmap, flags: MAP.private, file: 1, offset: 2n ** 63n - 4096n }],
    ['ok', { ...mmap, flags: MAP.private, file: 1, offset: 2n ** 63n - 4096n * 3n }],
    ['offsetTooBig', { ...mmap, flags: MAP.private, file: 1, offset: 2n ** 63n - 4096n * 2n }],
    ['badFlags', { ...mmap, flags: MAP.anon }],
    ['ok', mremap],
    ['ok', { ...mremap, flags: 7n }],
    ['badFlags', { ...mremap, flags: 8n }],
    ['unaligned', { ...mremap, oldAddr: 1n }],
    ['targetUnaligned', { ...mremap, newAddr: 1n }],
    ['targetUnaligned', { ...mremap, newAddr: 1n, newLen: TASK_SIZE + 1n }],
    ['lengthsDiffer', { ...mremap, flags: 7n, oldLen: 4095n, newLen: 4096n }],
    ['unaligned', { ...mremap, flags: 7n, oldLen: 4095n, newLen: 4096n, newAddr: 1n }],
    ['unaligned', { ...mremap, flags: 7n, oldLen: 4095n, newLen: 4096n, newAddr: 1n }],
    ['ok', { ...mremap, flags: 1n, newAddr: 1n }],
    ['wraps', { ...mremap, newLen: MAX }],
    ['tooBig', { ...mremap, newLen: TASK_SIZE + 1n }],
    ['tooBig', { ...mremap, newAddr: TASK_SIZE }],
    ['wraps', { ...mremap, oldLen: MAX - 4095n }],
  ])('%s: %o', (expected, raw) => expect(classOf(raw)).toBe(expected));

  test('a shared anonymous mapping names the object that it makes, a choice fills in the address', () => {
    const call = toCall(space, { ...mmap, flags: MAP.shared | MAP.anon });
    expect(call).toMatchObject({ op: 'mmap', shared: true, file: 3, newAddr: 0, len: 2 } satisfies Partial<Call>);
    expect(withChoice(call, done(at(5))).newAddr).toBe(BASE + 5);
    expect(withChoice(call, refused('ENOMEM', ''))).toBe(call);
  });

  test('the flags of mlockall are its mode, where they are flags', () => {
    const modeOf = (flags: bigint): number => toCall(space, { op: 'mlockall', flags }).mode;
    expect([0n, 1n, 3n, 4n, 7n, 8n].map(modeOf)).toEqual([0, 1, 3, 0, 7, 0]);
    expect(toCall(space, { op: 'mlockall', flags: 1n }).op).toBe('mlockall');
  });

  test('an access over two pages has length 2', () => {
    expect(toCall(space, { op: 'load', addr: at(0) + 4088n }).len).toBe(1);
    expect(toCall(space, { op: 'store', addr: at(0) + 4089n, value: 0n }).len).toBe(2);
  });
});

test('results are in pages for calls that return an address, and signals are errnos', () => {
  expect(toResult(done(at(1)), 'mmap')).toEqual({ ok: true, value: BASE + 1, errno: '' });
  expect(toResult(done(77n), 'load')).toEqual({ ok: true, value: 0, errno: '' });
  expect(toResult(refused('EINVAL', ''), 'mmap').errno).toBe('EINVAL');
  expect(toResult(signalled('SIGBUS', ''), 'load').errno).toBe('SIGBUS');
  expect(toResult({ ok: false, illegal: 'x' }, 'mmap')).toEqual({ ok: false, value: 0, errno: '?' });
});

test('the last 4095 addresses are error numbers', () => {
  expect([MAX, MAX - 10n, MAX - 21n, MAX - 74n, MAX - 399n, MAX - 4094n, MAX - 4095n, 0n].map(errnoOfAddress)).toEqual([
    'EPERM',
    'EAGAIN',
    'EINVAL',
    'EOVERFLOW',
    'E400',
    'E4095',
    undefined,
    undefined,
  ]);
});

test('error numbers have the names of errno.h', () => {
  const aliases = ['EWOULDBLOCK', 'EDEADLOCK', 'ENOTSUP'];
  const named = Object.entries({ ...constants.errno, EHWPOISON: 133 }).filter(([name]) => !aliases.includes(name));
  expect(named.length).toBeGreaterThan(70);
  for (const [name, number] of named) expect(errnoOfAddress(MAX + 1n - BigInt(number))).toBe(name);
  expect(errnoOfAddress(MAX + 1n - 41n)).toBe('E41');
});

test('VmFlags have the order of the kernel', () => {
  const all = { ...NO_VMA, read: true, write: true, exec: true, shared: true, account: true, noreserve: true };
  const armed = { ...all, locked: true, lockonfault: true, sealed: true, uffd: 7 };
  expect(vmFlagCodes(armed)).toBe('rd wr ex sh mr mw me ms um uw lo lf ac nr ui sl');
  expect(vmFlagCodes(NO_VMA)).toBe('mr mw me');
  expect(vmFlagCodes({ ...NO_VMA, extra: VM_IO + VM_PFNMAP + VM_MIXEDMAP })).toBe('mr mw me io pf mm');
  expect([vmaPerms(armed), vmaPerms(NO_VMA)]).toEqual(['rwxs', '---p']);
  expect(PROT.none).toBe(0n);
});
