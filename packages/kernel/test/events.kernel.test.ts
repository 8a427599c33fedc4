import { MADV, type Program, type Step } from '@vmacheck/trace';
import { expect } from 'vitest';
import {
  DONTUNMAP,
  FIXED,
  layout,
  liveKernel,
  load,
  madvise,
  mlock,
  mmap,
  mremap,
  munmap,
  program,
  record,
  register,
  run,
  RW,
  words,
  when,
} from './programs.js';

const kernel = await liveKernel();
const uffd = kernel !== undefined && kernel.uffd !== 'none';
const events = { uffd: { features: ['SIGBUS', 'EVENT_REMAP', 'EVENT_UNMAP', 'EVENT_REMOVE'] } };
const two = {
  uffd: { contexts: { A: { features: ['SIGBUS', 'EVENT_REMAP', 'EVENT_UNMAP'] }, B: { features: ['SIGBUS'] } } },
};
const named = (step: Step, ctx: string): Step => ({ ...step, args: { ...step.args, ctx } }) as Step;
const close = (ctx?: string): Step => ({ op: 'uffdClose', args: ctx === undefined ? {} : { ctx } });

const page = (hex: string | undefined): number => Number((BigInt(hex ?? '0x0') - 0x10000000000n) / 4096n);

/** The events of a step: "REMAP 0+4>9 UNMAP 0+4" in pages, with the context where it is not U0. */
function told(recorded: Program, index: number): string {
  const each = (recorded.steps[index]?.events ?? []).map(({ ctx, event, from, to, len }) =>
    [
      ctx === 'U0' ? '' : `${ctx}:`,
      event,
      from === undefined ? '' : ` ${page(from)}+${Number(len) / 4096}`,
      to === undefined ? '' : `>${page(to)}`,
    ].join(''),
  );
  return each.join(' ');
}

when(uffd)('a move tells of its target, of itself, and of its source, in this order', async () => {
  const done = await record(
    [
      mmap(0, 4, RW),
      mmap(8, 4, RW),
      register(0, 4),
      register(8, 4),
      mremap(0, 4, 4, FIXED, 9),
      mremap(9, 4, 2, FIXED, 30),
      mremap(30, 2, 2, DONTUNMAP, 40),
      mremap(30, 2, 1, 0),
    ],
    events,
  );
  expect([4, 5, 6, 7].map((index) => told(done, index))).toEqual([
    'UNMAP 9+4 REMAP 0+4>9 UNMAP 0+4',
    'REMAP 9+2>30 UNMAP 11+2 UNMAP 9+2',
    'REMAP 30+2>40',
    'UNMAP 31+1',
  ]);
  expect(layout(done)).toBe('[8,9)rw- um [30,31)rw- um [40,42)rw- um');
});

when(uffd)('munmap and mmap tell of the whole range that they clear, advice of what it drops', async () => {
  const done = await record(
    [
      mmap(0, 4, RW),
      register(1, 1),
      madvise(0, 4, MADV.DONTNEED),
      madvise(1, 1, MADV.FREE),
      munmap(0, 2),
      munmap(0, 8),
      mmap(0, 2, RW),
      register(1, 1),
      mmap(0, 4, RW),
    ],
    events,
  );
  expect([2, 3, 4, 5, 8].map((index) => told(done, index))).toEqual([
    'REMOVE 1+1',
    'REMOVE 1+1',
    'UNMAP 0+2',
    '',
    'UNMAP 0+4',
  ]);
});

when(uffd)('two contexts do not share memory; each hears of its own; closing one leaves the other', async () => {
  const done = await record(
    [
      mmap(0, 8, RW),
      named(register(0, 4), 'A'),
      named(register(4, 4), 'B'),
      named(register(3, 2), 'B'),
      mremap(0, 4, 4, FIXED, 20),
      munmap(5, 1),
      munmap(23, 1),
      close('A'),
      close('A'),
      named(register(20, 1), 'A'),
    ],
    two,
  );
  expect(words(done)).toEqual(['page 0', 'ok', 'ok', 'EBUSY', 'page 20', 'ok', 'ok', 'ok', 'EBADF', 'EBADF']);
  expect([4, 5, 6].map((index) => told(done, index))).toEqual(['A:REMAP 0+4>20 A:UNMAP 0+4', '', 'A:UNMAP 23+1']);
  expect(layout(done)).toBe('[4,5)rw- um [6,8)rw- um [20,23)rw-');
});

when(uffd)('without events closing releases as well', async () => {
  const done = await record([mmap(0, 4, RW), register(1, 1), close(), load(1)], { uffd: { features: ['SIGBUS'] } });
  expect(words(done).slice(2)).toEqual(['ok', 'ok']);
  expect(layout(done)).toBe('[0,4)rw-');
});

when(uffd).each<[string, Step]>([
  ['a load', load(0)],
  // For who gets faults of user mode only, the kernel's own fail instead of waiting.
  ...(kernel?.uffd === 'full' ? [['a call that stays inside of the kernel', mlock(0, 1)] as [string, Step]] : []),
])('%s that waits for somebody to provide a page ends its program, and the next one runs', async (_, step) => {
  const waiting = program([mmap(0, 1, RW), register(0, 1), step], { uffd: { features: [] } });
  const start = performance.now();
  const outcomes = await run([waiting, program([mmap(0, 1, RW)])]);
  expect(outcomes.map(({ kind }) => kind)).toEqual(['failed', 'recorded']);
  expect(outcomes[0]).toMatchObject({ reason: expect.stringMatching(/page fault that nobody handles/) as string });
  expect(performance.now() - start).toBeLessThan(3000);
});

when(uffd).each<[RegExp, Step]>([
  [/does not say which/, register(0, 1)],
  [/no userfaultfd context is called C/, close('C')],
])('a step that names no context of the program is not run: %s', async (reason, step) => {
  const [outcome] = await run([program([mmap(0, 1, RW), step], two)]);
  expect(outcome).toMatchObject({ kind: 'skipped', reason: expect.stringMatching(reason) as string });
});
