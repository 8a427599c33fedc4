import { constants } from 'node:os';
import { describe, expect, test } from 'vitest';
import {
  ERRNO,
  adviceName,
  bitNames,
  compareHex,
  errnoName,
  errnoNumber,
  MREMAP,
  mmapFlagNames,
  parseAddress,
  PROT,
  resolveAddress,
  toBits,
  toHex,
} from '../src/index.js';

describe('addresses', () => {
  test('a number and a reference are taken apart', () => {
    expect(parseAddress('0x10000005000')).toEqual({ kind: 'absolute', value: 0x10000005000n });
    expect(parseAddress('r12+0x1000')).toEqual({ kind: 'reference', step: 12, offset: 0x1000n });
  });

  test.each(['', 'r3', 'r+0x1', 'r3+1000', 'r03+0x1', '12', '0x', '0x1g', ' 0x1'])('%j is not an address', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  test('a reference is the value of its step plus the offset, in 64 bits', () => {
    expect(resolveAddress('r0+0x1000', [{ value: '0x5000' }])).toBe(0x6000n);
    expect(resolveAddress('r0+0x2', [{ value: '0xffffffffffffffff' }])).toBe(1n);
  });

  test('a reference to a failed call starts from -errno, as the kernel returned it', () => {
    expect(resolveAddress('r0+0x0', [{ errno: 'EINVAL' }])).toBe(2n ** 64n - 22n);
  });

  test('a reference to a signal or to nothing has no value', () => {
    expect(resolveAddress('r0+0x0', [{ signal: 'SIGBUS' }])).toBeUndefined();
    expect(resolveAddress('r1+0x0', [{ value: '0x0' }])).toBeUndefined();
  });
});

test('negative raw numbers are two’s complement', () => {
  expect(toBits(-1)).toBe(2n ** 64n - 1n);
  expect(toHex(-1)).toBe('0xffffffffffffffff');
  expect(toBits('0x100022')).toBe(0x100022n);
});

test('hexadecimal strings compare as numbers', () => {
  expect(compareHex('0x9', '0x10')).toBeLessThan(0);
  expect(compareHex('0x0010', '0x10')).toBe(0);
  expect(compareHex('0xB', '0xa')).toBeGreaterThan(0);
});

const ALIASES = ['EWOULDBLOCK', 'EDEADLOCK', 'ENOTSUP'];

test('errno names and numbers invert each other', () => {
  for (const [name, number] of ERRNO) {
    expect(errnoName(number)).toBe(name);
    expect(errnoNumber(name)).toBe(number);
  }
  // 133 numbers, of which EWOULDBLOCK and EDEADLOCK are others'.
  expect(ERRNO.size).toBe(131);
  const known = Object.entries(constants.errno).filter(([name]) => !ALIASES.includes(name));
  for (const [name, number] of known) expect(errnoName(number)).toBe(name);
  expect(errnoName(9999)).toBe('E9999');
  expect(errnoNumber('toString')).toBeUndefined();
});

test('bits are printed by name, what has none in hexadecimal', () => {
  expect(bitNames(PROT, 3)).toBe('READ|WRITE');
  expect(bitNames(PROT, 0, 'NONE')).toBe('NONE');
  expect(bitNames(MREMAP, 0x11)).toBe('MAYMOVE|0x10');
  expect(mmapFlagNames(0x32)).toBe('MAP_PRIVATE|MAP_FIXED|MAP_ANONYMOUS');
  expect(mmapFlagNames(0x103)).toBe('MAP_SHARED_VALIDATE|MAP_GROWSDOWN');
  expect(mmapFlagNames(0)).toBe('0');
  expect(adviceName(4)).toBe('MADV_DONTNEED');
  expect(adviceName(77)).toBe('77');
});
