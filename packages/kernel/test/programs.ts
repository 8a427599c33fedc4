import {
  type Address,
  MAP,
  PROT,
  type Program,
  type Step,
  type StepResult,
  type VmaRecord,
  toHex,
} from '@vmacheck/trace';
import { test } from 'vitest';
import { type LiveKernel, type Outcome, type RecordOptions, probeLive, runPrograms } from '../src/index.js';

/** Programs in pages of the window, as the facts and the model write them. */
const BASE = 0x10000000000n;
export const at = (page: number): Address => toHex(BASE + BigInt(page) * 4096n);
const bytes = (pages: number): `0x${string}` => toHex(pages * 4096);

export const RW = PROT.READ | PROT.WRITE;
export const R = PROT.READ;
export const NONE = PROT.NONE;
export const ANON = MAP.PRIVATE | MAP.ANONYMOUS | MAP.FIXED;
export const [MAYMOVE, FIXED, DONTUNMAP] = [1, 3, 7];

export const mmap = (page: number, pages: number, prot: number, flags: number = ANON, fd: -1 | string = -1): Step => ({
  op: 'mmap',
  args: { addr: at(page), length: bytes(pages), prot, flags, fd, offset: '0x0' },
});
const range = (page: number, pages: number) => ({ addr: at(page), length: bytes(pages) });
export const munmap = (page: number, pages: number): Step => ({ op: 'munmap', args: range(page, pages) });
export const mprotect = (page: number, pages: number, prot: number): Step => ({
  op: 'mprotect',
  args: { ...range(page, pages), prot },
});
export const mlock2 = (page: number, pages: number, flags = 0): Step => ({
  op: 'mlock2',
  args: { ...range(page, pages), flags },
});
export const mseal = (page: number, pages: number): Step => ({
  op: 'mseal',
  args: { ...range(page, pages), flags: 0 },
});
export const register = (page: number, pages: number, mode = 1): Step => ({
  op: 'uffdRegister',
  args: { ...range(page, pages), mode },
});
export const mremap = (page: number, old: number, pages: number, flags: number, target = 0): Step => ({
  op: 'mremap',
  args: { oldAddr: at(page), oldLen: bytes(old), newLen: bytes(pages), flags, newAddr: at(target) },
});
export const store = (page: number, value = 7): Step => ({
  op: 'store',
  args: { addr: at(page), value: toHex(value) },
});
export const load = (page: number): Step => ({ op: 'load', args: { addr: at(page) } });

const call =
  (op: 'mlock' | 'munlock' | 'mincore') =>
  (page: number, pages: number): Step => ({ op, args: range(page, pages) });
export const [mlock, munlock, mincore] = [call('mlock'), call('munlock'), call('mincore')];
export const madvise = (page: number, pages: number, advice: number): Step => ({
  op: 'madvise',
  args: { ...range(page, pages), advice },
});
export const msync = (page: number, pages: number, flags: number): Step => ({
  op: 'msync',
  args: { ...range(page, pages), flags },
});
export const mlockall = (flags: number): Step => ({ op: 'mlockall', args: { flags } });
export const munlockall: Step = { op: 'munlockall', args: {} };
/** The break at the start of a page, or so many bytes into it. */
export const brk = (page: number, more = 0): Step => ({
  op: 'brk',
  args: { addr: toHex(BASE + BigInt(page * 4096 + more)) },
});
export const fork: Step = { op: 'fork', args: {} };
export const exit: Step = { op: 'exit', args: {} };
/** The same step in another process. */
export const by = (proc: number, step: Step): Step => ({ ...step, proc });

export const program = (steps: readonly Step[], header: Partial<Program> = {}): Program => ({
  id: 'test',
  kernel: null,
  arch: 'x86_64',
  pageSize: 4096,
  window: { start: at(0) as `0x${string}`, end: at(64) as `0x${string}` },
  files: { F0: { kind: 'memfd', pages: 4 } },
  capIpcLock: true,
  rlimitMemlock: 'unlimited',
  uffd: null,
  mappings: [],
  ...header,
  steps,
});

export const withUffd = { uffd: { features: ['SIGBUS'] } };

export async function run(programs: readonly Program[], options: RecordOptions = {}): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for await (const outcome of runPrograms(programs, options)) outcomes.push(outcome);
  return outcomes;
}

/** Runs one program that is expected to be recorded. */
export async function record(
  steps: readonly Step[],
  header: Partial<Program> = {},
  options: RecordOptions = {},
): Promise<Program> {
  const [outcome] = await run([program(steps, header)], options);
  if (outcome?.kind !== 'recorded') throw new Error(`not recorded: ${outcome?.reason}`);
  return outcome.program;
}

/** What a step gave, in one word: an errno, a signal, "ok", or the page that a call returned. */
export function word(result: StepResult | undefined): string {
  if (result?.value === undefined) return result?.errno ?? result?.signal ?? 'nothing';
  const value = BigInt(result.value);
  return value >= BASE && value < BASE + 2n ** 32n
    ? `page ${(value - BASE) / 4096n}`
    : value === 0n
      ? 'ok'
      : result.value;
}

export const words = (recorded: Program): string[] => recorded.steps.map((step) => word(step.result));

/** The window of a process after a step: "[0,2)rw- [3,5)r-- um"; of the flags those in `shown`. */
export function layout(
  recorded: Program,
  shown: readonly string[] = ['um', 'sl'],
  index = recorded.steps.length - 1,
): string {
  const proc = recorded.steps[index]?.proc;
  const steps = recorded.steps.slice(0, index + 1).filter((step) => step.proc === proc);
  const last = steps.findLast((step) => Array.isArray(step.after));
  const page = (hex: string): string => String((BigInt(hex) - BASE) / 4096n);
  return ((last?.after ?? recorded.mappings) as readonly VmaRecord[])
    .map((vma) => {
      const flags = (vma.vmFlags ?? '').split(' ').filter((flag) => shown.includes(flag));
      return [`[${page(vma.start)},${page(vma.end)})${vma.perms.slice(0, 3)}`, ...flags].join(' ');
    })
    .join(' ');
}

/** First bytes of the window's present pages after the last step, by page. */
export function contents(recorded: Program, index = -1): Record<number, number> {
  const found = recorded.steps.at(index)?.contents ?? {};
  return Object.fromEntries(
    Object.entries(found).map(([page, value]) => [Number((BigInt(page) - BASE) / 4096n), Number(value)]),
  );
}

/** The kernel of this machine; undefined when there is none to run on or `needs` is not met. */
export async function liveKernel(needs?: {
  readonly what: string;
  readonly met: (kernel: LiveKernel) => boolean;
}): Promise<LiveKernel | undefined> {
  const kernel = await probeLive();
  const reason = !kernel.available
    ? kernel.reason
    : needs && !needs.met(kernel)
      ? `${kernel.release}: ${needs.what}`
      : undefined;
  missing ??= reason;
  return kernel.available && reason === undefined ? kernel : undefined;
}

/** Why nothing runs here; undefined where it does. */
let missing: string | undefined;

/** A test that needs something; where that is not there it is skipped, and says why. */
export function when(isThere: unknown): typeof test {
  if (isThere) return test;
  const reason = missing ?? 'the kernel of this machine, or this user, does not have what it takes';
  const skipped = test.extend<{ readonly reason: string }>({
    reason: [
      async ({ skip }, use) => {
        skip(reason);
        await use(reason);
      },
      { auto: true },
    ],
  });
  return skipped as unknown as typeof test;
}

/** At least this release. */
export const since =
  (major: number, minor: number) =>
  ({ release }: LiveKernel): boolean => {
    const [a = 0, b = 0] = release.split('.').map(Number);
    return a > major || (a === major && b >= minor);
  };
