import { MADV, MAP, toHex } from '@vmacheck/trace';
import { expect } from 'vitest';
import {
  by,
  contents,
  exit,
  fork,
  layout,
  liveKernel,
  load,
  madvise,
  mlock,
  mlockall,
  mmap,
  munmap,
  program,
  record,
  register,
  run,
  RW,
  store,
  words,
  when,
} from './programs.js';

const kernel = await liveKernel();
const uffd = kernel !== undefined && kernel.uffd !== 'none';
const withFork = { uffd: { features: ['SIGBUS', 'EVENT_FORK', 'EVENT_UNMAP'] } };
const SHARED = MAP.SHARED | MAP.ANONYMOUS | MAP.FIXED;

when(kernel)('a child has a copy: its private memory is its own, shared memory is not', async () => {
  const done = await record([
    mmap(0, 1, RW),
    mmap(4, 1, RW, SHARED),
    store(0, 1),
    store(4, 1),
    fork,
    by(1, store(0, 2)),
    by(1, store(4, 2)),
    load(0),
    load(4),
    by(1, munmap(0, 1)),
    load(0),
  ]);
  expect(words(done).slice(4)).toEqual(['0x1', 'ok', 'ok', '0x1', '0x2', 'ok', '0x1']);
  expect([8, 9].map((index) => layout(done, [], index))).toEqual(['[0,1)rw- [4,5)rw-', '[4,5)rw-']);
  expect([contents(done, 6), contents(done, 7)]).toEqual([
    { 0: 2, 4: 2 },
    { 0: 1, 4: 2 },
  ]);
});

when(kernel)('the first step of a child tells all of its window', async () => {
  const done = await record([mmap(0, 1, RW), fork, by(1, load(0)), by(1, load(0)), munmap(0, 1), fork, by(2, load(0))]);
  expect(done.steps.map(({ after }) => (Array.isArray(after) ? after.length : after))).toEqual([
    1,
    'unchanged',
    1,
    'unchanged',
    0,
    'unchanged',
    0,
  ]);
});

when(kernel?.capIpcLock)('what a child does not inherit', async () => {
  const done = await record(
    [
      mmap(0, 1, RW),
      mlock(0, 1),
      mmap(4, 1, RW),
      madvise(4, 1, MADV.DONTFORK),
      mmap(8, 1, RW),
      store(8, 5),
      madvise(8, 1, MADV.WIPEONFORK),
      mlockall(2),
      fork,
      by(1, mmap(12, 1, RW)),
      by(1, load(8)),
    ],
    {},
    { counters: true },
  );
  expect(layout(done, ['lo', 'dc', 'wf'])).toBe('[0,1)rw- [8,9)rw- wf [12,13)rw-');
  expect(words(done).at(-1)).toBe('ok');
  expect(done.steps.at(-1)?.counters?.lockedVm).toBe(0);
});

when(kernel)('memory that a fork has shared does not merge with new memory in the child', async () => {
  const steps = [mmap(0, 2, RW), store(0), fork, mmap(2, 2, RW), by(1, mmap(2, 2, RW))];
  const done = await record(steps);
  expect([3, 4].map((index) => layout(done, [], index))).toEqual(['[0,4)rw-', '[0,2)rw- [2,4)rw-']);
});

when(kernel)('children fork, end, and outlive their parents', async () => {
  const done = await record([
    mmap(0, 1, RW),
    fork,
    by(1, store(0, 7)),
    by(1, fork),
    by(1, exit),
    by(2, load(0)),
    fork,
    by(3, exit),
    by(2, exit),
    load(0),
  ]);
  expect(words(done).slice(1)).toEqual(['0x1', 'ok', '0x2', 'ok', '0x7', '0x3', 'ok', 'ok', 'ok']);
  expect(done.steps[4]?.after).toEqual([]);
  const [gone] = await run([program([fork, by(1, exit), by(1, load(0))])]);
  expect(gone).toMatchObject({ kind: 'skipped', reason: 'step 2 was refused: its process is not there' });
});

when(uffd)('with EVENT_FORK the child has a context of its own, which outlives that of its parent', async () => {
  const unregister = { op: 'uffdUnregister', args: { addr: toHex(0x10000000000), length: '0x1000' } } as const;
  const [outcome] = await run([
    program(
      [
        mmap(0, 2, RW),
        register(0, 2),
        fork,
        by(1, munmap(1, 1)),
        { op: 'uffdClose', args: {} },
        by(1, load(0)),
        by(1, unregister),
        by(1, load(0)),
        load(0),
      ],
      withFork,
    ),
  ]);
  // Who may not trace other processes does not get EVENT_FORK.
  if (outcome?.kind === 'skipped') return expect(outcome.reason).toContain('no userfaultfd with these features');
  if (outcome?.kind !== 'recorded') throw new Error(outcome?.reason);
  const done = outcome.program;
  expect(done.steps.map(({ events }) => events?.map(({ event }) => event).join() ?? '').slice(2, 4)).toEqual([
    'FORK',
    'UNMAP',
  ]);
  expect(words(done).slice(4)).toEqual(['ok', 'SIGBUS', 'ok', 'ok', 'ok']);
});

when(uffd)('without EVENT_FORK the child has none', async () => {
  const steps = [mmap(0, 2, RW), register(0, 2), fork, by(1, load(0))];
  const done = await record(steps, { uffd: { features: ['SIGBUS'] } });
  expect([words(done).at(-1), layout(done)]).toEqual(['ok', '[0,2)rw-']);
  const [outcome] = await run([program([...steps, by(1, register(0, 1))], { uffd: { features: ['SIGBUS'] } })]);
  expect(outcome).toMatchObject({ kind: 'skipped', reason: expect.stringMatching(/no such userfaultfd/) as string });
});
