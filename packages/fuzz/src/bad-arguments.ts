/** Calls that the kernel should refuse, or nearly: unaligned, empty, wrapping and huge arguments. */
import { MREMAP, type Step, type StepArgs, toHex } from '@vmacheck/trace';
import { badMmap } from './bad-mmap.js';
import type { Dice } from './dice.js';
import { insideOne, type Scene, somePage } from './places.js';

const TASK_SIZE = 0x7ffffffff000n;
/** Past the end of user space from anywhere, or nothing: no range of such a length reaches memory outside of the window. */
const lengths = [
  0n,
  1n,
  0xfffn,
  TASK_SIZE,
  TASK_SIZE + 0x1000n,
  1n << 63n,
  0xffff_ffff_ffff_f000n,
  0xffff_ffff_ffff_ffffn,
];
/** These wrap: a call that works its way from hole to hole has nothing to work on. */
const wrapping = [0n, 0xffff_ffff_ffff_f000n, 0xffff_ffff_ffff_ffffn];
const offsets = [0x1n, 0x8n, 0x800n, 0xfffn];
/** Where nothing can ever be mapped. */
const beyond = [TASK_SIZE, TASK_SIZE - 4n, 1n << 47n, 0xffff_8000_0000_0000n];

/** What such a step is made from. */
interface Around {
  readonly scene: Scene;
  /** Names of the files. */
  readonly files: readonly string[];
  /** The calls that only the whole alphabet has, too. */
  readonly everyCall: boolean;
}

/** One such step. Nothing that could reach memory outside of the window is made. */
export function badStep({ scene, files, everyCall }: Around, dice: Dice): Step {
  const one = insideOne(scene, dice) ?? { start: somePage(scene, dice), len: 1 };
  const start = BigInt(one.start) * 4096n;
  const range = { addr: toHex(start), length: toHex(BigInt(one.len) * 4096n) };
  const unaligned = toHex(start + (dice.pick(offsets) ?? 1n));
  switch (dice.roll(everyCall ? 8 : 6)) {
    case 0:
    case 1:
      return badMmap({ ...range, file: dice.pick(files) }, dice);
    case 2:
      return badRange(range, unaligned, dice);
    case 3:
      return badUffd(range, unaligned, dice);
    case 4:
    case 5:
      return badMremap(one.len, start, { unaligned, target: toHex(BigInt(somePage(scene, dice)) * 4096n) }, dice);
    default:
      return badOther(range, unaligned, dice);
  }
}

const huge = (dice: Dice): `0x${string}` => toHex(dice.pick(lengths) ?? 0n);
const wraps = (dice: Dice): `0x${string}` => toHex(dice.pick(wrapping) ?? 0n);

interface Range {
  readonly addr: `0x${string}`;
  readonly length: `0x${string}`;
}

function badRange({ addr, length }: Range, unaligned: `0x${string}`, dice: Dice): Step {
  switch (dice.roll(11)) {
    case 0:
      return { op: 'munmap', args: { addr: unaligned, length } };
    case 1:
      return { op: 'munmap', args: { addr, length: huge(dice) } };
    case 2:
      return { op: 'mprotect', args: { addr: unaligned, length, prot: 1 } };
    case 3:
      return { op: 'mprotect', args: { addr, length: wraps(dice), prot: dice.pick([1, 0x10, 0x1000003]) ?? 1 } };
    case 4: {
      const prot = dice.pick([0x10, 0x03000003, 0x01000001, 0x02000001, 0x8, 0x80000003]) ?? 0x10;
      return { op: 'mprotect', args: { addr, length, prot } };
    }
    case 5:
      return { op: 'mseal', args: { addr, length, flags: 1 } };
    case 6:
      return { op: 'mseal', args: { addr: dice.chance(50) ? unaligned : addr, length: wraps(dice), flags: 0 } };
    case 7:
      return { op: 'mlock2', args: { addr, length, flags: dice.pick([2, 3, 0x100000001]) ?? 2 } };
    case 8:
      return { op: 'mlock2', args: { addr, length: wraps(dice), flags: dice.roll(2) } };
    case 9:
      return { op: 'munlock', args: { addr: dice.chance(30) ? unaligned : addr, length: wraps(dice) } };
    default: {
      const where = toHex(dice.pick(beyond) ?? TASK_SIZE);
      return dice.chance(50)
        ? { op: 'load', args: { addr: where } }
        : { op: 'store', args: { addr: where, value: '0x1' } };
    }
  }
}

function badUffd({ addr, length }: Range, unaligned: `0x${string}`, dice: Dice): Step {
  const far = toHex(dice.pick([TASK_SIZE, TASK_SIZE + 0x1000n, 1n << 63n]) ?? TASK_SIZE);
  const args = dice.pick<Range>([
    { addr, length },
    { addr: unaligned, length },
    { addr, length: toHex(BigInt(length) - 1n) },
    { addr, length: '0x0' },
    { addr, length: huge(dice) },
    { addr: far, length },
  ]) ?? { addr, length };
  if (dice.chance(40)) return { op: 'uffdUnregister', args };
  return { op: 'uffdRegister', args: { ...args, mode: dice.pick([0, 8, 1, 16, 1, 2]) ?? 0 } };
}

function badMremap(
  pages: number,
  start: bigint,
  { unaligned, target }: { readonly unaligned: `0x${string}`; readonly target: `0x${string}` },
  dice: Dice,
): Step {
  const addr = toHex(start);
  const length = toHex(BigInt(pages) * 4096n);
  const move = (more: Partial<StepArgs['mremap']>): Step => ({
    op: 'mremap',
    args: { oldAddr: addr, oldLen: length, newLen: length, flags: 3, newAddr: target, ...more },
  });
  switch (dice.roll(11)) {
    case 0:
      return move({ oldAddr: unaligned, flags: 1 });
    case 1: {
      const flags = dice.pick([MREMAP.FIXED, MREMAP.DONTUNMAP, 8, MREMAP.MAYMOVE | MREMAP.FIXED]) ?? 8;
      return move({ flags, newAddr: unaligned });
    }
    case 2: {
      const both = huge(dice);
      return move({ oldLen: both, newLen: both });
    }
    case 3:
      return move({ newLen: huge(dice), flags: dice.chance(30) ? MREMAP.MAYMOVE : 0 });
    case 4:
      // Overlapping itself, or a copy of nothing onto itself.
      return move({
        oldLen: dice.chance(30) ? '0x0' : length,
        newAddr: toHex(start + BigInt(dice.roll(pages)) * 4096n),
      });
    case 5:
      return move({ flags: dice.pick([MREMAP.FIXED, MREMAP.DONTUNMAP, MREMAP.FIXED | MREMAP.DONTUNMAP]) ?? 0 });
    case 6:
      // DONTUNMAP keeps the length.
      return move({ newLen: toHex(BigInt(pages + 1) * 4096n), flags: MREMAP.MAYMOVE | MREMAP.DONTUNMAP });
    case 7:
      return move({ newLen: '0x0' });
    case 8:
      return move({ oldLen: huge(dice), flags: dice.pick([0, MREMAP.MAYMOVE]) ?? 0 });
    case 9: {
      const last = TASK_SIZE - BigInt(length);
      return move({
        newAddr: toHex(dice.pick([TASK_SIZE, last + 1n, last + 0x1000n, 1n << 63n, 0n, 0x1000n]) ?? TASK_SIZE),
      });
    }
    default:
      return move({ oldAddr: target, flags: dice.pick([0, MREMAP.MAYMOVE, 3]) ?? 0 });
  }
}

/** Of the calls that only the whole alphabet has. */
function badOther({ addr, length }: Range, unaligned: `0x${string}`, dice: Dice): Step {
  switch (dice.roll(7)) {
    case 0:
      return { op: 'madvise', args: { addr: unaligned, length, advice: dice.roll(26) } };
    case 1:
      return { op: 'madvise', args: { addr, length: wraps(dice), advice: dice.roll(26) } };
    case 2:
      return { op: 'msync', args: { addr: dice.chance(40) ? unaligned : addr, length: wraps(dice), flags: 4 } };
    case 3:
      return { op: 'mincore', args: { addr: unaligned, length } };
    case 4: {
      const tooLong = dice.pick([TASK_SIZE, TASK_SIZE + 1n, 0xffff_ffff_ffff_ffffn]) ?? TASK_SIZE;
      return { op: 'mincore', args: { addr, length: toHex(tooLong) } };
    }
    case 5:
      return { op: 'mincore', args: { addr: toHex(TASK_SIZE + 0x1000n), length } };
    default:
      return { op: 'mlock', args: { addr: dice.chance(30) ? unaligned : addr, length: wraps(dice) } };
  }
}
