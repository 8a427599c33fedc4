/** Steps about memory that is large enough for huge pages. */
import { MADV, MAP, MREMAP, PROT, type Step, toHex } from '@vmacheck/trace';
import type { Dice } from './dice.js';
import type { Region, Scene } from './places.js';

/** Pages of a huge page. */
const HUGE = 512;

const hex = (pages: number): `0x${string}` => toHex(BigInt(pages) * 4096n);

const advices = [
  MADV.HUGEPAGE,
  MADV.HUGEPAGE,
  MADV.COLLAPSE,
  MADV.COLLAPSE,
  MADV.NOHUGEPAGE,
  MADV.DONTNEED,
  MADV.POPULATE_READ,
  MADV.FREE,
  MADV.PAGEOUT,
];

/** Such a step: maps a large range, or does something to one that is there. */
export function hugeStep(scene: Scene, files: readonly { readonly name: string }[], dice: Dice): Step {
  const region = dice.pick(scene.regions.filter(({ start, end, sealed }) => end - start >= HUGE && !sealed));
  return region === undefined || dice.chance(15) ? hugeMap(scene, files[0]?.name, dice) : toRegion(scene, region, dice);
}

function hugeMap(scene: Scene, file: string | undefined, dice: Dice): Step {
  const count = 1 + dice.roll(2);
  const places = Math.floor((scene.end - scene.start) / HUGE) - count;
  const start = scene.start + HUGE * dice.roll(places + 1);
  const kind = dice.roll(10);
  const isFile = kind >= 8 && file !== undefined;
  const shared = kind >= 7 ? MAP.SHARED : MAP.PRIVATE;
  // Without a fixed address, the kernel looks for one where huge pages fit.
  const fixed = dice.chance(10) ? 0 : MAP.FIXED;
  const args = {
    addr: fixed === 0 ? ('0x0' as const) : hex(start),
    length: hex(HUGE * count + (dice.chance(20) ? 1 : 0)),
    prot: PROT.READ | PROT.WRITE,
    flags: fixed | (isFile ? shared : shared | MAP.ANONYMOUS),
    fd: isFile ? file : -1,
    offset: hex(isFile ? (dice.pick([0, HUGE, 0, 1]) ?? 0) : 0),
  } as const;
  return { op: 'mmap', args };
}

function toRegion(scene: Scene, { start, end }: Region, dice: Dice): Step {
  const page = start + dice.roll(end - start);
  const first = Math.min(Math.ceil(start / HUGE) * HUGE, end - 1);
  const whole = { addr: hex(start), length: hex(end - start) };
  const one = { addr: hex(first), length: hex(Math.min(HUGE, end - first)) };
  const range = dice.chance(30) ? one : whole;
  switch (dice.roll(10)) {
    case 0:
    case 1:
      return { op: 'store', args: { addr: hex(page), value: '0x55' } };
    case 2:
      return { op: 'load', args: { addr: hex(page) } };
    case 3:
    case 4:
    case 5:
      return { op: 'madvise', args: { ...range, advice: dice.pick(advices) ?? MADV.HUGEPAGE } };
    case 6: {
      const advice = dice.pick([MADV.GUARD_INSTALL, MADV.GUARD_REMOVE, MADV.DONTNEED]) ?? MADV.DONTNEED;
      return { op: 'madvise', args: { addr: hex(page), length: '0x1000', advice } };
    }
    case 7:
      return { op: 'mincore', args: one };
    case 8:
      return { op: 'uffdRegister', args: { ...range, mode: dice.pick([1, 2]) ?? 1 } };
    default: {
      const places = Math.floor((scene.end - scene.start - (end - start)) / HUGE);
      const to = scene.start + HUGE * dice.roll(places + 1) + dice.roll(2);
      const args = { oldAddr: hex(start), oldLen: hex(end - start), newLen: hex(end - start), newAddr: hex(to) };
      return { op: 'mremap', args: { ...args, flags: MREMAP.MAYMOVE | MREMAP.FIXED } };
    }
  }
}
