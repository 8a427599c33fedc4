import { type Counters, MADV, MAP, type Step, type VmaRecord } from '@vmacheck/trace';
import { expect } from 'vitest';
import {
  ANON,
  by,
  FIXED,
  fork,
  liveKernel,
  madvise,
  MAYMOVE,
  mlock,
  mlockall,
  mmap,
  mprotect,
  mremap,
  munlock,
  munlockall,
  munmap,
  program,
  R,
  record,
  run,
  RW,
  store,
  when,
} from './programs.js';

const kernel = await liveKernel();
const PROGRAMS = 60;
const STEPS = 60;

/** A small generator of numbers below `bound` (mulberry32): the same programs in every run. */
function dice(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

function steps(seed: number): Step[] {
  const roll = dice(seed);
  const of = <T>(list: readonly T[]): T => list[roll(list.length)] as T;
  let processes = 1;
  const one = (): Step => {
    const [at, size] = [roll(24), 1 + roll(6)];
    const kinds: readonly (() => Step)[] = [
      () => mmap(at, size, of([RW, RW, R, 0]), ANON | of([0, 0, MAP.NORESERVE, MAP.LOCKED, MAP.GROWSDOWN])),
      () => mmap(at, size, RW, MAP.SHARED | MAP.FIXED, 'F0'),
      () => mmap(0, size, RW, MAP.PRIVATE | MAP.ANONYMOUS),
      () => munmap(at, size),
      () => mprotect(at, size, of([RW, R, 0])),
      () => mremap(at, size, size, FIXED, 32 + roll(16)),
      () => mremap(32 + at, size, 1 + roll(8), MAYMOVE),
      () => mlock(at, size),
      () => munlock(at, size),
      () => madvise(at, size, of([MADV.DONTFORK, MADV.DOFORK, MADV.DONTDUMP, MADV.DONTNEED])),
      () => store(at),
      () => of([munlockall, mlockall(1), mlockall(2), mlockall(6)]),
      () => (processes < 4 ? (processes++, fork) : munmap(at, size)),
    ];
    return of(kinds)();
  };
  return Array.from({ length: STEPS }, () => {
    const proc = roll(processes);
    const step = one();
    return proc === 0 ? step : by(proc, step);
  });
}

/** The counters that a list of all VMAs of a process comes to (mm/mmap.c: vm_stat_account; status shows locked_vm and data_vm). */
function sums(vmas: readonly VmaRecord[]): Counters {
  const pages = (which: (vma: VmaRecord, flags: readonly string[]) => boolean): number =>
    vmas
      .filter((vma) => which(vma, (vma.vmFlags ?? '').split(' ')))
      .reduce((sum, { start, end }) => sum + Number((BigInt(end) - BigInt(start)) / 4096n), 0);
  return {
    mapCount: vmas.length,
    totalVm: pages(() => true),
    lockedVm: pages((_, flags) => flags.includes('lo')),
    dataVm: pages(({ perms }, flags) => perms[1] === 'w' && perms[3] === 'p' && !flags.includes('gd')),
  };
}

when(kernel)(
  `the counters of ${PROGRAMS} random programs are the sums over their mappings, in every process`,
  { timeout: 60_000 },
  async () => {
    const programs = Array.from({ length: PROGRAMS }, (_, seed) => program(steps(seed), { window: null }));
    let compared = 0;
    for (const outcome of await run(programs, { counters: true, contents: false })) {
      if (outcome.kind !== 'recorded') throw new Error(outcome.reason);
      const last = new Map<number, readonly VmaRecord[]>([[0, outcome.program.mappings]]);
      for (const [index, { after, proc = 0, counters }] of outcome.program.steps.entries()) {
        if (Array.isArray(after)) last.set(proc, after as readonly VmaRecord[]);
        expect(counters, `step ${index} of seed ${outcome.program.id}`).toEqual(sums(last.get(proc) ?? []));
        compared++;
      }
    }
    expect(compared).toBe(PROGRAMS * STEPS);
  },
);

when(kernel)('committed pages are counted when asked for', async () => {
  const one = [mmap(0, 4, RW)];
  const [without, with_] = [
    await record(one, {}, { counters: true }),
    await record(one, {}, { counters: true, committed: true }),
  ];
  expect(without.baseline?.committed).toBeUndefined();
  expect(with_.baseline?.committed).toBeGreaterThan(0);
  expect(with_.steps[0]?.counters?.committed).toBeGreaterThan(0);
});

when(kernel)('without VmFlags the rest is the same', async () => {
  const random = steps(1);
  const [flags, none] = [await record(random), await record(random, {}, { vmFlags: false })];
  const bare = ({ vmFlags: _flags, ...rest }: VmaRecord): VmaRecord => rest;
  const windows = flags.steps.flatMap(({ after }) => (Array.isArray(after) ? [(after as VmaRecord[]).map(bare)] : []));
  const seen = none.steps.flatMap(({ after }) => (Array.isArray(after) ? [after as VmaRecord[]] : []));
  expect(seen.every((vmas) => vmas.every(({ vmFlags }) => vmFlags === undefined))).toBe(true);
  expect(none.steps.map(({ result }) => result)).toEqual(flags.steps.map(({ result }) => result));
  expect(seen.at(-1)).toEqual(windows.at(-1));
});
