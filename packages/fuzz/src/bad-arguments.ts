/** Calls that the kernel should refuse, or nearly: unaligned, empty, wrapping and huge arguments. */
import { MREMAP, type Step, type StepArgs, toHex } from '@vmacheck/trace';
import type { Dice } from './dice.js';
import { insideOne, type Scene, somePage } from './places.js';

const TASK_SIZE = 0x7ffffffff000n;
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
const offsets = [0x1n, 0x8n, 0x800n, 0xfffn];

/** One such step. Nothing that could reach memory outside of the window is made. */
export function badStep(scene: Scene, dice: Dice): Step {
  const one = insideOne(scene, dice) ?? { start: somePage(scene, dice), len: 1 };
  const start = BigInt(one.start) * 4096n;
  const unaligned = toHex(start + (dice.pick(offsets) ?? 1n));
  const addr = toHex(start);
  const length = toHex(BigInt(one.len) * 4096n);
  const target = toHex(BigInt(somePage(scene, dice)) * 4096n);
  const huge = toHex(dice.pick(lengths) ?? 0n);
  const move = (more: Partial<StepArgs['mremap']>): Step => ({
    op: 'mremap',
    args: { oldAddr: addr, oldLen: length, newLen: length, flags: 3, newAddr: target, ...more },
  });
  switch (dice.roll(14)) {
    case 0:
      return { op: 'munmap', args: { addr: unaligned, length } };
    case 1:
      return { op: 'mprotect', args: { addr: unaligned, length, prot: 1 } };
    case 2:
      return { op: 'munmap', args: { addr, length: '0x0' } };
    case 3:
      return { op: 'mseal', args: { addr, length, flags: 1 } };
    case 4:
      return move({ oldAddr: unaligned, flags: 1 });
    case 5: {
      const flags = dice.pick([MREMAP.FIXED, MREMAP.DONTUNMAP, 8, MREMAP.MAYMOVE | MREMAP.FIXED]) ?? 8;
      return move({ flags, newAddr: unaligned });
    }
    case 6:
      return move({ oldLen: huge, newLen: huge });
    case 7:
      return move({ newLen: huge, flags: 0 });
    case 8:
      // Overlapping itself.
      return move({ newAddr: toHex(start + BigInt(dice.roll(one.len)) * 4096n) });
    case 9:
      return move({ flags: dice.pick([MREMAP.FIXED, MREMAP.DONTUNMAP, MREMAP.FIXED | MREMAP.DONTUNMAP]) ?? 0 });
    case 10:
      // DONTUNMAP keeps the length.
      return move({ newLen: toHex(BigInt(one.len + 1) * 4096n), flags: MREMAP.MAYMOVE | MREMAP.DONTUNMAP });
    case 11:
      return move({ newLen: '0x0' });
    case 12: {
      const nowhere = toHex(BigInt(somePage(scene, dice)) * 4096n);
      return move({ oldAddr: nowhere, flags: dice.pick([0, MREMAP.MAYMOVE, 3]) ?? 0 });
    }
    default:
      return { op: 'uffdRegister', args: { addr, length, mode: dice.pick([0, 8, 16]) ?? 0 } };
  }
}
