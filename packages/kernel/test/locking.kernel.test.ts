import { MAP, type Step } from '@vmacheck/trace';
import { expect } from 'vitest';
import {
  ANON,
  brk,
  contents,
  layout,
  liveKernel,
  MAYMOVE,
  mlock,
  mlockall,
  mmap,
  mremap,
  munlockall,
  program,
  R,
  record,
  run,
  RW,
  word,
  words,
  when,
} from './programs.js';

const kernel = await liveKernel();
const [CURRENT, FUTURE, ONFAULT] = [1, 2, 4];
const shown = ['lo', 'lf'];
const many = 1 << 18;
const limit = (resource: 'memlock' | 'as' | 'data', value: number | 'unlimited'): Step => ({
  op: 'setLimit',
  args: { resource, value },
});
const ipcLock = (on: boolean): Step => ({ op: 'setCapability', args: { name: 'CAP_IPC_LOCK', on } });

when(kernel?.capIpcLock)('mlockall locks what is there, what comes, or both', async () => {
  const done = await record([
    mmap(0, 2, RW),
    mlockall(FUTURE),
    mmap(4, 2, RW),
    mlockall(FUTURE | ONFAULT),
    mmap(8, 2, RW),
    mlockall(CURRENT),
    mmap(12, 2, RW),
    munlockall,
  ]);
  expect([2, 4, 5, 6, 7].map((index) => layout(done, shown, index))).toEqual([
    '[0,2)rw- [4,6)rw- lo',
    '[0,2)rw- [4,6)rw- lo [8,10)rw- lo lf',
    '[0,2)rw- lo [4,6)rw- lo [8,10)rw- lo',
    '[0,2)rw- lo [4,6)rw- lo [8,10)rw- lo [12,14)rw-',
    '[0,2)rw- [4,6)rw- [8,10)rw- [12,14)rw-',
  ]);
  expect(Object.keys(contents(done, 4)).map(Number)).toEqual([4, 5]);
});

when(kernel)('mlockall needs a flag, and ONFAULT not alone', async () => {
  const done = await record([0, 4, 8].map(mlockall));
  expect(words(done)).toEqual(['EINVAL', 'EINVAL', 'EINVAL']);
});

when(kernel?.capIpcLock)('limits and capabilities hold from their step on', async () => {
  const done = await record([
    mmap(0, 2, RW),
    limit('memlock', 4096),
    mlock(0, 2),
    ipcLock(false),
    mmap(4, 2, RW, ANON | MAP.LOCKED),
    ipcLock(true),
    mmap(4, 2, RW, ANON | MAP.LOCKED),
    limit('as', 4096),
    mmap(8, 1, R),
    limit('as', 'unlimited'),
    limit('data', 4096),
    mmap(8, 1, RW),
    mmap(8, 1, R),
  ]);
  const expected = 'page 0,ok,ok,ok,EAGAIN,ok,page 4,ok,ENOMEM,ok,ok,ENOMEM,page 8';
  expect(words(done)).toEqual(expected.split(','));
});

when(kernel)('the heap grows and shrinks where the program wants it, and stops a page before a mapping', async () => {
  const header = { brk: '0x1000001e000' as const };
  const done = await record(
    [brk(0), brk(32), mmap(34, 1, RW), brk(33), brk(34), brk(31, 5), brk(29), mmap(28, 2, RW), brk(30), brk(31)],
    header,
  );
  const moves = [brk(32), brk(33), brk(31, 5), brk(30), brk(31)].map((step) => 'addr' in step.args && step.args.addr);
  expect([1, 3, 5, 8, 9].map((index) => done.steps[index]?.result?.value)).toEqual(moves);
  expect([0, 4, 6].map((index) => word(done.steps[index]?.result))).toEqual(['page 30', 'page 33', 'page 31']);
  // A heap of no pages begins anew beside what lies below it, though that would fit.
  expect(layout(done)).toBe('[28,30)rw- [30,31)rw- [34,35)rw-');
  expect(done.brk).toBe(header.brk);
});

when(kernel)('a program that says nothing of its heap gets one outside of the window', async () => {
  const steps: Step[] = [
    { op: 'brk', args: { addr: '0x0' } },
    { op: 'brk', args: { addr: 'r0+0x1000' } },
    { op: 'store', args: { addr: 'r0+0x0', value: '0x7' } },
  ];
  const done = await record(steps);
  expect(done.brk).toBe('0x20000000000');
  expect(words(done).slice(1)).toEqual(['0x20000001000', 'ok']);
  expect((await record([mmap(0, 1, RW)])).brk).toBeUndefined();
});

when(kernel)('in a guest a program may set the limit on mappings, and it is put back', async () => {
  // The value that the machine has already: nobody else is disturbed.
  const value = kernel?.maxMapCount ?? 0;
  const steps: Step[] = [{ op: 'setLimit', args: { resource: 'maxMapCount', value } }];
  const header = { limits: { maxMapCount: value } };
  const [outcome] = await run([program(steps, header)], { machineWide: true });
  // Who may not write to /proc/sys is told so before the first step.
  if (outcome?.kind === 'recorded') expect(words(outcome.program)).toEqual(['ok']);
  else expect(outcome?.reason).toContain('the limit on mappings cannot be set');
});

when(kernel).each<[string, readonly Step[]]>([
  ['a mapping after mlockall(FUTURE)', [mlockall(FUTURE), mmap(0, many, RW)]],
  ['the growth of a locked mapping', [mmap(0, 1, RW), mlock(0, 1), mremap(0, 1, many, MAYMOVE)]],
  ['mlockall(CURRENT) of a large mapping', [mmap(0, many, RW), mlockall(CURRENT)]],
  ['a heap after mlockall(FUTURE)', [mlockall(FUTURE), brk(many)]],
])('%s is refused: it would make too much resident', async (_, steps) => {
  const [outcome] = await run([program(steps, { brk: '0x10000000000' })]);
  expect(outcome).toMatchObject({ kind: 'skipped', reason: expect.stringMatching(/64 MiB/) as string });
});
