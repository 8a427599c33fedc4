import { expect } from 'vitest';
import {
  contents,
  DONTUNMAP,
  FIXED,
  layout,
  liveKernel,
  mmap,
  mremap,
  mseal,
  NONE,
  R,
  record,
  register,
  RW,
  since,
  store,
  withUffd,
  word,
  words,
  when,
} from './programs.js';

/** What Linux does with mremap since 6.17, where one call moves many mappings. Pages of the window; A, B, C as drawn. */
const kernel = await liveKernel({ what: 'it does not move several mappings in one mremap', met: since(6, 17) });
const uffd = kernel !== undefined && kernel.uffd !== 'none';
if (kernel && !uffd) console.log('skipped: this user gets no userfaultfd');

//  |AA.BB..C............NNNNNNNNNNNN|      mremap([0,8) -> 20, FIXED)
const three = [mmap(0, 2, RW), store(0), mmap(3, 2, R), mmap(7, 1, RW), mmap(20, 12, NONE)];
const move = mremap(0, 8, 8, FIXED, 20);
const faulted = (page: number, pages: number) => [
  mmap(page, pages, RW),
  ...Array.from({ length: pages }, (_, i) => store(page + i, page + i + 1)),
];

when(kernel)('a move of three mappings keeps the holes, and what lies under them survives', async () => {
  const done = await record([...three, move]);
  expect(words(done).at(-1)).toBe('page 20');
  expect(layout(done)).toBe('[20,22)rw- [22,23)--- [23,25)r-- [25,27)--- [27,28)rw- [28,32)---');
  expect(contents(done)).toEqual({ 20: 7 });
});

when(uffd)(
  'an armed mapping that is not the first stops the move with EFAULT, before its destination is touched',
  async () => {
    const done = await record([...three, register(3, 2), move], withUffd);
    expect(words(done).at(-1)).toBe('EFAULT');
    expect(layout(done)).toBe('[3,5)r-- um [7,8)rw- [20,22)rw- [22,32)---');
  },
);

when(kernel?.mseal)('a sealed mapping stops the move with EPERM', async () => {
  const done = await record([...three, mseal(3, 2), move]);
  expect(words(done).at(-1)).toBe('EPERM');
  expect(layout(done)).toBe('[3,5)r-- sl [7,8)rw- [20,22)rw- [22,32)---');
});

when(kernel?.mseal)(
  'a sealed page at the destination stops the move at the mapping that would replace it',
  async () => {
    const done = await record([...three, mseal(23, 1), move]);
    expect(words(done).at(-1)).toBe('EPERM');
    expect(layout(done)).toBe('[3,5)r-- [7,8)rw- [20,22)rw- [22,23)--- [23,24)--- sl [24,32)---');
  },
);

when(kernel)(
  'unfaulted memory that moves behind itself becomes one mapping, also when its contents are observed',
  async () => {
    const done = await record([mmap(0, 4, RW), mremap(0, 2, 2, FIXED, 4)]);
    expect(layout(done)).toBe('[2,6)rw-');
  },
);

when(kernel)('faulted memory that moves behind itself stays apart, and moving back makes it one again', async () => {
  const done = await record([...faulted(0, 4), mremap(0, 2, 2, FIXED, 4), mremap(4, 2, 2, FIXED, 0)]);
  expect(layout(done, [], 5)).toBe('[2,4)rw- [4,6)rw-');
  expect(layout(done)).toBe('[0,4)rw-');
  expect(contents(done)).toEqual({ 0: 1, 1: 2, 2: 3, 3: 4 });
});

when(kernel)('unfaulted memory between two that were faulted apart merges to the left only', async () => {
  const done = await record([...faulted(0, 2), ...faulted(4, 2), mmap(20, 2, RW), mremap(20, 2, 2, FIXED, 2)]);
  expect(layout(done)).toBe('[0,4)rw- [4,6)rw-');
});

when(kernel)('faulted memory that comes back between unfaulted neighbours merges with both', async () => {
  const done = await record([
    ...faulted(2, 2),
    mremap(2, 2, 2, FIXED, 20),
    mmap(0, 2, RW),
    mmap(4, 2, RW),
    mremap(20, 2, 2, FIXED, 2),
  ]);
  expect(layout(done)).toBe('[0,6)rw-');
});

when(kernel)('the destination may lie in the tail of the last source mapping', async () => {
  const done = await record([mmap(0, 2, R), mmap(2, 8, RW), mremap(0, 4, 4, FIXED, 6)]);
  expect(word(done.steps.at(-1)?.result)).toBe('page 6');
  expect(layout(done)).toBe('[4,6)rw- [6,8)r-- [8,10)rw-');
});

when(kernel)('memory moved into its own mapping takes its data along', async () => {
  const done = await record([...faulted(0, 10), mremap(0, 2, 2, FIXED, 4)]);
  expect(layout(done)).toBe('[2,4)rw- [4,6)rw- [6,10)rw-');
  expect(contents(done)).toEqual({ 2: 3, 3: 4, 4: 1, 5: 2, 6: 7, 7: 8, 8: 9, 9: 10 });
});

when(kernel)('DONTUNMAP that RLIMIT_AS refuses has lost its destination already', async () => {
  const steps = [mmap(0, 4, RW), mmap(20, 10, RW)];
  const measured = await record(steps, {}, { counters: true });
  const full = (measured.steps.at(-1)?.counters?.totalVm ?? 0) * 4096;
  const done = await record([...steps, mremap(0, 4, 4, DONTUNMAP, 28)], { limits: { rlimitAs: full } });
  expect(words(done)).toEqual(['page 0', 'page 20', 'ENOMEM']);
  expect(layout(done)).toBe('[0,4)rw- [20,28)rw-');
  expect(done.limits).toEqual({ rlimitAs: full, maxMapCount: kernel?.maxMapCount });
});
