import { type Step, toHex } from '@vmacheck/trace';
import { expect, test } from 'vitest';
import {
  ANSI,
  counted,
  type Disagreement,
  disagreementLines,
  grouped,
  paintFor,
  PLAIN,
  resultText,
  share,
  stepText,
  tableLines,
} from '../src/index.js';

const BASE = 0x10000;

const mremap = (flags: number, more: object = {}): Step => ({
  op: 'mremap',
  args: { oldAddr: '0x10002000', oldLen: '0x3000', newLen: '0x5000', flags, newAddr: '0x10009000', ...more },
});

test.each<[Step, string]>([
  [mremap(1), 'mremap(old=2, oldLen=3, newLen=5, MREMAP_MAYMOVE)'],
  [mremap(3), 'mremap(old=2, oldLen=3, newLen=5, MREMAP_MAYMOVE|MREMAP_FIXED, new=9)'],
  [mremap(0), 'mremap(old=2, oldLen=3, newLen=5, 0)'],
  [mremap(1, { oldAddr: 'r0+0x1000' }), 'mremap(old=r0+0x1000, oldLen=3, newLen=5, MREMAP_MAYMOVE)'],
  [mremap(1, { oldAddr: '0x10002001', oldLen: '0x1' }), 'mremap(old=0x10002001, oldLen=0x1, newLen=5, MREMAP_MAYMOVE)'],
  [{ op: 'munmap', args: { addr: '0x10001000', length: '0x2000' } }, 'munmap(addr=1, len=2)'],
  [{ op: 'mprotect', args: { addr: '0x10001000', length: '0x2000', prot: 1 } }, 'mprotect(addr=1, len=2, PROT_READ)'],
  [{ op: 'mprotect', args: { addr: '0x10001000', length: '0x2000', prot: 0 } }, 'mprotect(addr=1, len=2, PROT_NONE)'],
  [{ op: 'store', args: { addr: '0x10001000', value: '0x7' } }, 'store(addr=1, value=0x7)'],
])('%j reads %s', (step, text) => {
  expect(stepText(step, BASE)).toBe(text);
});

test('without a base addresses are hexadecimal', () => {
  expect(stepText({ op: 'munmap', args: { addr: '0x10001000', length: '0x2000' } }, undefined)).toBe(
    'munmap(addr=0x10001000, len=2)',
  );
});

test.each([
  [mremap(1), { value: '0x10009000' }, 'moved to 9'],
  [mremap(1), { value: '0x10002000' }, 'stays at 2'],
  [mremap(1), { errno: 'EFAULT' }, 'EFAULT'],
  [mremap(1), undefined, 'not run'],
  [{ op: 'load', args: { addr: '0x10001000' } }, { value: '0x7' }, 'read 0x7'],
  [{ op: 'load', args: { addr: '0x10001000' } }, { signal: 'SIGBUS' }, 'SIGBUS'],
  [{ op: 'munmap', args: { addr: '0x10001000', length: '0x2000' } }, { value: '0x0' }, 'ok'],
] as const)('the result of %j as %j reads %s', (step, result, text) => {
  expect(resultText(step as Step, result, BASE)).toBe(text);
});

const vma = { start: '0x10002000', end: '0x10005000', perms: 'rw-p', offset: '0x0', file: null } as const;
const disagreement: Disagreement = {
  header: {
    id: '17',
    kernel: '6.18.1',
    arch: 'x86_64',
    pageSize: 4096,
    window: { start: '0x10000000', end: '0x1000b000' },
    files: {},
    capIpcLock: true,
    rlimitMemlock: 'unlimited',
    uffd: null,
    mappings: [],
  },
  step: mremap(1),
  index: 4,
  of: 9,
  before: [vma],
  model: { result: { errno: 'EFAULT' }, after: [vma] },
  recorded: { result: { value: '0x10006000' }, after: [{ ...vma, start: '0x10006000', end: '0x1000b000' }] },
  difference: 'the model says EFAULT, the record 0x10006000',
  reproduce: 'vmacheck replay trace.ndjson --program 17 --until 4',
};

test('a disagreement shows both sides, the difference, and how to see it again', () => {
  expect(disagreementLines(disagreement)).toEqual([
    'diverged at step 4 of 9: mremap(old=2, oldLen=3, newLen=5, MREMAP_MAYMOVE)',
    '  before                 |..AAA......|',
    '  model   -> EFAULT      |..AAA......|',
    '  kernel  -> moved to 6  |......AAAAA|',
    '  page 0 = 0x10000000; A rw-p',
    '  difference: the model says EFAULT, the record 0x10006000',
    'reproduce: vmacheck replay trace.ndjson --program 17 --until 4',
  ]);
});

test('of layouts that are too wide to draw, the VMAs that differ are listed', () => {
  const many = Array.from({ length: 60 }, (_, i) => {
    const start = toHex(0x20000000 + i * 0x3000);
    return { ...vma, start, end: toHex(0x20001000 + i * 0x3000) };
  });
  const header = { ...disagreement.header, window: null };
  const wide = {
    ...disagreement,
    header,
    before: [vma, ...many],
    model: { ...disagreement.model, after: [vma, ...many] },
    recorded: { ...disagreement.recorded, after: many },
  };
  expect(disagreementLines(wide).slice(1, -2)).toEqual([
    '  before',
    '  model   -> EFAULT',
    '  kernel  -> moved to 0x10006000',
    '  before:',
    '    0x10002000-0x10005000 rw-p 0x0 -',
    '  model:',
    '    0x10002000-0x10005000 rw-p 0x0 -',
    '  kernel:',
  ]);
});

test('columns are as wide as their widest cell; numbers stand on the right', () => {
  const columns = [{ head: 'property' }, { head: 'evaluated', align: 'right' }] as const;
  expect(
    tableLines(columns, [
      ['TypeOK', '12'],
      ['NoOverlapAtAll', '3'],
    ]),
  ).toEqual(['property        evaluated', 'TypeOK                 12', 'NoOverlapAtAll          3']);
});

test('numbers are grouped, counted and shared', () => {
  expect([grouped(1234567), counted(1, 'step'), counted(2000, 'step')]).toEqual(['1,234,567', '1 step', '2,000 steps']);
  expect([share(1, 8), share(0, 0)]).toEqual(['12.5 %', '-']);
});

test('colour needs a terminal, and no NO_COLOR', () => {
  expect(paintFor(true, {})).toBe(ANSI);
  expect(paintFor(false, {})).toBe(PLAIN);
  expect(paintFor(true, { NO_COLOR: '1' })).toBe(PLAIN);
  expect(paintFor(true, { NO_COLOR: '' })).toBe(ANSI);
});
