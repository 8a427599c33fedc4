import { MADV, MAP, type Step } from '@vmacheck/trace';
import { expect } from 'vitest';
import {
  at,
  contents,
  FIXED,
  layout,
  liveKernel,
  load,
  madvise,
  mincore,
  mlock,
  mmap,
  mremap,
  msync,
  R,
  record,
  RW,
  since,
  store,
  words,
  when,
} from './programs.js';

const kernel = await liveKernel();
const guards = kernel !== undefined && since(6, 13)(kernel);
const SHARED = MAP.SHARED | MAP.FIXED;

when(kernel).each([
  ['DONTFORK', 'DOFORK', 'dc'],
  ['MERGEABLE', 'UNMERGEABLE', 'mg'],
  ['DONTDUMP', 'DODUMP', 'dd'],
  ['WIPEONFORK', 'KEEPONFORK', 'wf'],
  ['RANDOM', 'NORMAL', 'rr'],
  ['SEQUENTIAL', 'NORMAL', 'sr'],
] as const)('%s splits and marks, %s undoes it', async (on, off, flag) => {
  const done = await record([mmap(0, 4, RW), madvise(1, 2, MADV[on]), madvise(1, 2, MADV[off])]);
  expect(words(done).slice(1)).toEqual(['ok', 'ok']);
  expect(layout(done, [flag], 1)).toBe(`[0,1)rw- [1,3)rw- ${flag} [3,4)rw-`);
  expect(layout(done, [flag])).toBe('[0,4)rw-');
});

when(kernel && kernel.config.thp !== undefined)('HUGEPAGE and NOHUGEPAGE exclude each other', async () => {
  const done = await record([mmap(0, 2, RW), madvise(0, 2, MADV.HUGEPAGE), madvise(0, 2, MADV.NOHUGEPAGE)]);
  if (words(done)[1] === 'EINVAL') return; // a kernel without transparent huge pages
  expect([1, 2].map((index) => layout(done, ['hg', 'nh'], index))).toEqual(['[0,2)rw- hg', '[0,2)rw- nh']);
});

when(guards)('guard pages fault, move with the mapping, and vanish on request', async () => {
  const done = await record([
    mmap(0, 4, RW),
    store(1, 5),
    madvise(1, 1, MADV.GUARD_INSTALL),
    load(1),
    mremap(0, 4, 4, FIXED, 20),
    load(21),
    madvise(20, 4, MADV.GUARD_REMOVE),
    load(21),
  ]);
  expect(words(done).slice(2)).toEqual(['ok', 'SIGSEGV', 'page 20', 'SIGSEGV', 'ok', 'ok']);
  expect(layout(done)).toBe('[20,24)rw-');
});

when(kernel)('POPULATE makes pages resident, DONTNEED and REMOVE take them away', async () => {
  const done = await record([
    mmap(0, 4, RW),
    madvise(0, 2, MADV.POPULATE_READ),
    madvise(2, 2, MADV.POPULATE_WRITE),
    mmap(10, 2, RW, SHARED, 'F0'),
    store(10, 3),
    madvise(0, 4, MADV.DONTNEED),
    madvise(10, 1, MADV.DONTNEED),
    load(10),
    madvise(10, 1, MADV.REMOVE),
    load(10),
  ]);
  expect([1, 2, 5, 6].map((index) => Object.keys(contents(done, index)).map(Number))).toEqual([
    [0, 1],
    [0, 1, 2, 3],
    [10],
    [],
  ]);
  expect([words(done)[7], words(done)[9]]).toEqual(['0x3', 'ok']);
});

when(kernel)('advice goes on behind a hole, and then says ENOMEM', async () => {
  const done = await record([mmap(0, 1, RW), mmap(2, 1, RW), madvise(0, 3, MADV.DONTDUMP), madvise(5, 1, 0)]);
  expect(words(done).slice(2)).toEqual(['ENOMEM', 'ENOMEM']);
  expect(layout(done, ['dd'])).toBe('[0,1)rw- dd [2,3)rw- dd');
});

when(kernel)('locked memory stands most advice off', async () => {
  const none: number[] = [MADV.DONTNEED, MADV.FREE, MADV.COLD, MADV.PAGEOUT];
  const steps: Step[] = [mmap(0, 2, RW), mlock(0, 2), ...none.map((advice) => madvise(0, 2, advice)), msync(0, 2, 2)];
  const done = await record([...steps, madvise(0, 2, MADV.DONTNEED_LOCKED)]);
  expect(words(done).slice(2)).toEqual(['EINVAL', 'EINVAL', 'EINVAL', 'EINVAL', 'EBUSY', 'ok']);
  expect(contents(done)).toEqual({});
});

when(kernel)('COLLAPSE needs a mapping with room for an aligned 2 MiB, and does nothing to less of it', async () => {
  const huge = { addr: at(512), length: '0x200000' as const };
  const steps: Step[] = [
    { op: 'mmap', args: { ...huge, prot: RW, flags: 0x32, fd: -1, offset: '0x0' } },
    store(512),
    mmap(0, 8, RW),
    madvise(0, 8, MADV.COLLAPSE),
    madvise(512, 8, MADV.COLLAPSE),
    { op: 'madvise', args: { ...huge, advice: MADV.COLLAPSE } },
    madvise(514, 1, MADV.DONTNEED),
    load(512),
  ];
  const window = { start: at(0) as `0x${string}`, end: at(1024) as `0x${string}` };
  const done = await record(steps, { window }, { contents: false });
  const [, , , small, few, , part, value] = words(done);
  expect([small, few, part, value]).toEqual(['EINVAL', 'ok', 'ok', '0x7']);
});

when(kernel)('mincore tells what is resident, and stops at a hole with ENOMEM', async () => {
  const done = await record([
    mmap(0, 3, RW),
    store(1),
    mincore(0, 3),
    mincore(0, 4),
    mmap(10, 3, R, SHARED, 'F0'),
    load(12),
    mincore(10, 3),
    { op: 'mincore', args: { addr: at(0), length: '0x1001' } },
    { op: 'mincore', args: { addr: at(0), length: '0x0' } },
    { op: 'mincore', args: { addr: '0x10000000001', length: '0x1000' } },
  ]);
  expect(done.steps.map((step) => step.vector ?? step.result?.errno ?? '')).toEqual([
    '',
    '',
    '010',
    'ENOMEM',
    '',
    '',
    '001',
    '01',
    '',
    'EINVAL',
  ]);
});

when(kernel)('msync checks its flags before its range', async () => {
  const flags = [0, 1, 2, 4, 5, 8];
  const done = await record([mmap(0, 1, RW), ...flags.map((each) => msync(0, 1, each)), msync(0, 2, 4)]);
  expect(words(done).slice(1)).toEqual(['ok', 'ok', 'ok', 'ok', 'EINVAL', 'EINVAL', 'ENOMEM']);
});
