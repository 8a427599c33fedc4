/**
 * Every program of up to three calls over a few pages, from a stated alphabet. Each is run as a program of three: its beginnings are
 * the shorter ones. Left out is what cannot show anything new: programs that are others moved along (the lowest page that is named
 * must be the first), that do not begin with a mapping, or that go on after a call which changed nothing.
 */
import { profileFor, Session } from '@vmacheck/replay';
import { MADV, MAP, MLOCK_ONFAULT, MREMAP, PROT, type Program, type Step, toHex, UFFD_MODE } from '@vmacheck/trace';
import { headerOf } from './generate.js';

/** A call and the lowest page that it names. */
interface Letter {
  readonly step: Step;
  readonly lowest: number;
  readonly maps: boolean;
}

const START = 0x10000000;
const RW = PROT.READ | PROT.WRITE;
const hex = (pages: number): `0x${string}` => toHex(BigInt(pages) * 4096n);
const at = (page: number): `0x${string}` => hex(START + page);

/** Ways to map memory: private and shared, of a file, charged or not, touched, locked. */
const MAPPINGS = [
  { prot: RW, flags: MAP.PRIVATE | MAP.ANONYMOUS },
  { prot: RW, flags: MAP.PRIVATE | MAP.ANONYMOUS | MAP.FIXED_NOREPLACE },
  { prot: RW, flags: MAP.PRIVATE | MAP.ANONYMOUS | MAP.POPULATE },
  { prot: PROT.READ, flags: MAP.PRIVATE | MAP.ANONYMOUS },
  { prot: PROT.NONE, flags: MAP.PRIVATE | MAP.ANONYMOUS },
  { prot: RW, flags: MAP.PRIVATE | MAP.ANONYMOUS | MAP.NORESERVE },
  { prot: RW, flags: MAP.PRIVATE | MAP.ANONYMOUS | MAP.LOCKED },
  { prot: RW, flags: MAP.SHARED | MAP.ANONYMOUS },
  { prot: RW, flags: MAP.PRIVATE, file: true },
  { prot: PROT.READ, flags: MAP.PRIVATE, file: true },
  { prot: RW, flags: MAP.SHARED, file: true },
] as const;

type Range = readonly [start: number, pages: number];

/** The alphabet over so many pages. */
function* letters(pages: number): Generator<Letter> {
  const ranges: Range[] = [];
  for (let start = 0; start < pages; start++) {
    for (let count = 1; start + count <= pages; count++) ranges.push([start, count]);
  }
  for (const [start, count] of ranges) yield* overRange(start, count);
  for (let page = 0; page < pages; page++) {
    yield letter(page, { op: 'store', args: { addr: at(page), value: '0x1' } });
    yield letter(page, { op: 'load', args: { addr: at(page) } });
  }
  for (const range of ranges) yield* moves(range, ranges);
  for (const range of ranges) yield* resizes(range, pages);
}

const letter = (lowest: number, step: Step, maps = false): Letter => ({ step, lowest, maps });

function* overRange(start: number, count: number): Generator<Letter> {
  const range = { addr: at(start), length: hex(count) };
  for (const { prot, flags, ...more } of MAPPINGS) {
    const fd = 'file' in more ? 'F0' : -1;
    const offset = fd === -1 ? '0x0' : hex(start);
    yield letter(start, { op: 'mmap', args: { ...range, prot, flags: flags | MAP.FIXED, fd, offset } }, true);
  }
  const steps: readonly Step[] = [
    { op: 'munmap', args: range },
    ...[RW, PROT.READ, PROT.NONE].map((prot): Step => ({ op: 'mprotect', args: { ...range, prot } })),
    { op: 'mlock2', args: { ...range, flags: 0 } },
    { op: 'mlock2', args: { ...range, flags: MLOCK_ONFAULT } },
    { op: 'munlock', args: range },
    { op: 'mseal', args: { ...range, flags: 0 } },
    { op: 'uffdRegister', args: { ...range, mode: UFFD_MODE.MISSING } },
    { op: 'uffdRegister', args: { ...range, mode: UFFD_MODE.WP } },
    { op: 'uffdUnregister', args: range },
    { op: 'madvise', args: { ...range, advice: MADV.DONTNEED } },
  ];
  for (const step of steps) yield letter(start, step);
}

function mremap([start, count]: Range, newPages: number, flags: number, target = 0): Step {
  const args = { oldAddr: at(start), oldLen: hex(count), newLen: hex(newPages), flags, newAddr: at(target) };
  return { op: 'mremap', args };
}

/** To a fixed place beside the old one, with the same length, shorter or longer; and old length 0. */
function* moves(range: Range, ranges: readonly Range[]): Generator<Letter> {
  const [start, count] = range;
  for (const [target, newPages] of ranges) {
    const lowest = Math.min(start, target);
    if (target >= start + count || target + newPages <= start) {
      yield letter(lowest, mremap(range, newPages, MREMAP.MAYMOVE | MREMAP.FIXED, target));
      if (newPages === count) {
        yield letter(lowest, mremap(range, count, MREMAP.MAYMOVE | MREMAP.FIXED | MREMAP.DONTUNMAP, target));
      }
      if (count === 1) yield letter(lowest, mremap([start, 0], newPages, MREMAP.MAYMOVE | MREMAP.FIXED, target));
    }
  }
}

function* resizes(range: Range, pages: number): Generator<Letter> {
  for (let newPages = 1; newPages <= pages - range[0]; newPages++) {
    if (newPages !== range[1]) yield letter(range[0], mremap(range, newPages, 0));
    if (newPages > range[1]) yield letter(range[0], mremap(range, newPages, MREMAP.MAYMOVE));
  }
}

/** How many calls the alphabet has over so many pages. */
export const alphabetSize = (pages: number): number => [...letters(pages)].length;

/**
 * All programs, in a fixed order.
 *
 * @param pages of the window
 * @param from how many to leave out at the start: a run that was interrupted goes on there
 */
export function* exhaustivePrograms(pages: number, from = 0): Generator<Program> {
  const alphabet = [...letters(pages)];
  const header = {
    ...headerOf('exhaustive'),
    window: { start: at(0), end: at(pages) },
    files: { F0: { kind: 'memfd', pages } } as const,
  };
  const { profile } = profileFor(null);
  let index = 0;
  for (const first of alphabet) {
    if (!first.maps) continue;
    for (const second of alphabet) {
      const session = new Session(header, profile);
      session.perform(first.step);
      const before = seen(session);
      const made = session.perform(second.step);
      const changed = made.kind !== 'done' || differs(before, seen(session));
      // A call that changed nothing is a program of two; what could follow follows the first call alone.
      const thirds = changed || second.step.op === 'store' ? alphabet : [undefined];
      for (const third of thirds) {
        const all = third === undefined ? [first, second] : [first, second, third];
        if (Math.min(...all.map(({ lowest }) => lowest)) !== 0) continue;
        if (index++ < from) continue;
        yield { ...header, id: `exhaustive/${index - 1}`, steps: all.map(({ step }) => step) };
      }
    }
  }
}

type Seen = Pick<Session['space'], 'vmas' | 'frames' | 'lockedVm' | 'committed'>;

function seen({ space: { vmas, frames, lockedVm, committed } }: Session): Seen {
  return { vmas, frames, lockedVm, committed };
}

function differs(a: Seen, b: Seen): boolean {
  return (
    a.vmas.length !== b.vmas.length ||
    a.vmas.some((vma, i) => vma !== b.vmas[i]) ||
    a.frames.size !== b.frames.size ||
    a.lockedVm !== b.lockedVm ||
    a.committed !== b.committed
  );
}
