import { MAP, type Step, toHex } from '@vmacheck/trace';
import { expect } from 'vitest';
import {
  ANON,
  at,
  contents,
  DONTUNMAP,
  FIXED,
  layout,
  liveKernel,
  load,
  MAYMOVE,
  mlock2,
  mmap,
  mprotect,
  mremap,
  munmap,
  NONE,
  R,
  record,
  register,
  RW,
  store,
  withUffd,
  words,
  when,
} from './programs.js';

const kernel = await liveKernel();
const uffd = kernel !== undefined && kernel.uffd !== 'none';
const end = toHex(0x7ffffffff000);

when(kernel)('bad arguments reach the kernel as they are, and its errno comes back by name', async () => {
  const raw = (op: 'munmap' | 'mlock', addr: string, length: string): Step => ({
    op,
    args: { addr: addr as '0x0', length: length as '0x0' },
  });
  const done = await record([
    mmap(0, 2, RW),
    mmap(0, 0, RW),
    mmap(0, 1, RW, ANON | MAP.FIXED_NOREPLACE),
    mmap(0, 1, RW, MAP.ANONYMOUS | MAP.FIXED),
    mremap(0, 2, 2, 8),
    mremap(0, 2, 0, MAYMOVE),
    mremap(10, 2, 2, MAYMOVE),
    { op: 'mremap', args: { oldAddr: at(0), oldLen: '0x2000', newLen: '0x2000', flags: 3, newAddr: end } },
    mremap(0, 2, 1, DONTUNMAP, 10),
    mprotect(10, 1, R),
    { op: 'mprotect', args: { addr: at(0), length: '0x1000', prot: '0x100000000' } },
    raw('munmap', toHex(0x10000000001), '0x1000'),
    raw('munmap', at(0), toHex(-4096)),
    raw('munmap', toHex(-4096), '0x1000'),
    raw('mlock', at(10), end),
    mlock2(0, 1, 2),
    { op: 'madvise', args: { addr: at(0), length: '0x1000', advice: 77 } },
  ]);
  const after =
    'EINVAL EEXIST EINVAL EINVAL EINVAL EFAULT EINVAL EINVAL ENOMEM EINVAL EINVAL EINVAL EINVAL ENOMEM EINVAL EINVAL';
  expect(words(done)).toEqual(['page 0', ...after.split(' ')]);
  expect(done.steps.slice(1).every((step) => step.after === 'unchanged')).toBe(true);
});

when(kernel)('accesses give the value or the signal', async () => {
  const done = await record([
    mmap(0, 1, RW),
    store(0, 0x1234),
    load(0),
    load(1),
    mmap(2, 1, R),
    store(2),
    mmap(4, 8, RW, MAP.SHARED | MAP.FIXED, 'F0'),
    load(7),
    load(8),
    store(8),
    { op: 'load', args: { addr: toHex(2n ** 63n) } },
    { op: 'store', args: { addr: toHex(0x10000000ffcn), value: '0x1' } },
  ]);
  const expected = [
    'page 0',
    'ok',
    '0x1234',
    'SIGSEGV',
    'page 2',
    'SIGSEGV',
    'page 4',
    'ok',
    'SIGBUS',
    'SIGBUS',
    'SIGSEGV',
    'SIGSEGV',
  ];
  expect(words(done)).toEqual(expected);
  expect(contents(done)[0]).toBe(0x1234);
});

when(uffd)('missing pages of armed memory give SIGBUS, and stay missing', async () => {
  const done = await record([mmap(0, 2, RW), register(0, 2), load(0), store(1)], withUffd);
  expect(words(done)).toEqual(['page 0', 'ok', 'SIGBUS', 'SIGBUS']);
  expect(layout(done)).toBe('[0,2)rw- um');
  expect(contents(done)).toEqual({});
});

when(kernel)('looking at contents makes no page resident', async () => {
  const looks = Array.from({ length: 20 }, () => mprotect(30, 1, R));
  const done = await record([
    mmap(0, 3, RW),
    store(1, 5),
    mmap(10, 2, RW, MAP.SHARED | MAP.FIXED, 'F0'),
    store(10, 6),
    mmap(14, 2, RW, MAP.SHARED | MAP.FIXED, 'F0'),
    ...looks,
  ]);
  expect(contents(done)).toEqual({ 1: 5, 10: 6 });
});

when(kernel)('contents of memory that may not be read are seen without changing it', async () => {
  const done = await record([mmap(0, 2, RW), store(0, 5), mprotect(0, 2, NONE), load(0)]);
  expect(words(done).at(-1)).toBe('SIGSEGV');
  expect(contents(done)).toEqual({ 0: 5 });
});

when(kernel)('a reference becomes the number that the step gave', async () => {
  const done = await record([
    mmap(60, 2, RW, MAP.PRIVATE | MAP.ANONYMOUS),
    { op: 'mmap', args: { addr: '0x0', length: '0x3000', prot: RW, flags: 0x22, fd: -1, offset: '0x0' } },
    { op: 'store', args: { addr: 'r1+0x1000', value: '0x2a' } },
    { op: 'mremap', args: { oldAddr: 'r1+0x1000', oldLen: '0x1000', newLen: '0x1000', flags: 3, newAddr: at(4) } },
    { op: 'load', args: { addr: 'r3+0x0' } },
  ]);
  const chosen = BigInt(done.steps[1]?.result?.value ?? '0x0');
  expect(done.steps[2]?.args).toEqual({ addr: toHex(chosen + 4096n), value: '0x2a' });
  expect(done.steps[3]?.args).toMatchObject({ oldAddr: toHex(chosen + 4096n), newAddr: at(4) });
  expect(words(done).slice(2)).toEqual(['ok', 'page 4', '0x2a']);
});

when(kernel && !kernel.randomised)(
  'mappings whose address the kernel chooses are packed below the fence, one below the other',
  async () => {
    const any = (length: number): Step => ({
      op: 'mmap',
      args: { addr: '0x0', length: toHex(length * 4096), prot: RW, flags: 0x22, fd: -1, offset: '0x0' },
    });
    const done = await record([any(3), any(1)], { window: null });
    const [first, second] = done.steps.map((step) => BigInt(step.result?.value ?? '0x0'));
    expect(second).toBe((first as bigint) - 4096n);
    const fence = done.mappings.find((vma) => BigInt(vma.start) === (first as bigint) + 3n * 4096n);
    expect(fence).toMatchObject({ perms: '---s', file: 'shmem' });
  },
);

when(kernel)('with no window the whole address space is listed, and its length is the count of mappings', async () => {
  const done = await record([mmap(0, 1, RW), mmap(0, 1, R), munmap(0, 1)], { window: null }, { counters: true });
  const lengths = done.steps.map((step) => (Array.isArray(step.after) ? step.after.length : 0));
  expect(lengths).toEqual(done.steps.map((step) => step.counters?.mapCount));
  expect(done.baseline?.mapCount).toBe(done.mappings.length);
  expect(done.mappings.map((vma) => vma.name)).toContain('[heap]');
  const own = done.mappings.find((vma) => vma.file?.startsWith('own'));
  expect(done.files[own?.file ?? '']).toMatchObject({ kind: 'file', pages: null });
});

when(kernel)('counters follow the calls', async () => {
  const done = await record([mmap(0, 4, RW), mlock2(0, 2, 1), load(0), munmap(1, 1)], {}, { counters: true });
  const { mapCount = 0, totalVm = 0, lockedVm = 0, dataVm = 0 } = done.baseline ?? {};
  expect(done.steps.map((step) => Object.values(step.counters ?? {}))).toEqual([
    [mapCount + 1, totalVm + 4, lockedVm, dataVm + 4],
    [mapCount + 2, totalVm + 4, lockedVm + 2, dataVm + 4],
    [mapCount + 2, totalVm + 4, lockedVm + 2, dataVm + 4],
    [mapCount + 2, totalVm + 3, lockedVm + 1, dataVm + 3],
  ]);
});

when(kernel)('without CAP_IPC_LOCK the limit on locked memory holds', async () => {
  const limited = { capIpcLock: false, rlimitMemlock: 2 * 4096 };
  const done = await record([mmap(0, 4, RW), mlock2(0, 2, 1), mlock2(2, 1, 1)], limited);
  expect(words(done)).toEqual(['page 0', 'ok', 'ENOMEM']);
  expect(done).toMatchObject(limited);
});

when(kernel)('the recording names its kernel and configuration', async () => {
  const done = await record([mmap(0, 1, RW)]);
  expect(done).toMatchObject({ kernel: kernel?.release, kernelVersion: kernel?.version, config: kernel?.config });
});

when(kernel && !kernel.randomised)('recording twice gives the same', async () => {
  const steps = [mmap(0, 4, RW), store(0), mremap(0, 4, 6, MAYMOVE), mremap(0, 2, 2, FIXED, 20), munmap(2, 1)];
  expect(await record(steps)).toEqual(await record(steps));
});
