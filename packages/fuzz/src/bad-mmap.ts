/** Calls of mmap that the kernel should refuse, or nearly. */
import { MAP, type Step, type StepArgs, toHex } from '@vmacheck/trace';
import type { Dice } from './dice.js';

const TASK_SIZE = 0x7ffffffff000n;
const PRIVATE = MAP.PRIVATE | MAP.ANONYMOUS;
const FIXED = PRIVATE | MAP.FIXED;
/** A bit that no kernel has given a meaning. */
const UNKNOWN_FLAG = 0x200000;
/** Error numbers negated are addresses near the end of the 64-bit space; these have a name, no name, and none that is common. */
const errnos = [1, 7, 12, 22, 38, 41, 75, 95, 133, 500, 4095, 4096];

/** The range to name, and a file of the program, if it has any. */
interface Around {
  readonly addr: `0x${string}`;
  readonly length: `0x${string}`;
  readonly file: string | undefined;
}

/** One such step. A fixed mapping that succeeds all the same lies in the range, at address 0, or where nothing can be mapped. */
export function badMmap({ addr, length, file }: Around, dice: Dice): Step {
  const start = BigInt(addr);
  const size = BigInt(length);
  const fd = file ?? -1;
  const withFile = file === undefined ? MAP.ANONYMOUS : 0;
  const map = (more: Partial<StepArgs['mmap']>): Step => ({
    op: 'mmap',
    args: { addr, length, prot: 3, flags: FIXED, fd: -1, offset: '0x0', ...more },
  });
  switch (dice.roll(14)) {
    case 0:
      return map({ offset: '0x800', ...(dice.chance(50) ? { flags: MAP.FIXED | MAP.PRIVATE | withFile, fd } : {}) });
    case 1:
      return map({ flags: MAP.FIXED | MAP.PRIVATE });
    case 2:
      return map({ length: '0x0', flags: dice.pick([FIXED, PRIVATE]) ?? FIXED });
    case 3: {
      const long = dice.pick([TASK_SIZE, TASK_SIZE + 0x1000n, 1n << 63n, 0xffff_ffff_ffff_ffffn]) ?? TASK_SIZE;
      return map({ length: toHex(long), flags: dice.pick([FIXED, PRIVATE, MAP.SHARED | MAP.ANONYMOUS]) ?? FIXED });
    }
    case 4: {
      const type = dice.pick([0, 3, 4, 5]) ?? 0;
      return map({ flags: MAP.FIXED | MAP.ANONYMOUS | type });
    }
    case 5: {
      const more = dice.pick([0, UNKNOWN_FLAG, MAP.NORESERVE, MAP.FIXED_NOREPLACE, MAP.LOCKED]) ?? 0;
      return map({ flags: MAP.FIXED | MAP.SHARED_VALIDATE | withFile | more, fd });
    }
    case 6: {
      const type = dice.pick([MAP.SHARED | MAP.ANONYMOUS, MAP.PRIVATE | withFile]) ?? MAP.SHARED;
      return map({ flags: MAP.FIXED | MAP.GROWSDOWN | type, fd: (type & MAP.ANONYMOUS) === 0 ? fd : -1 });
    }
    case 7:
      return map({ addr: toHex(start + BigInt(dice.pick([1, 0x800, 0xfff]) ?? 1)) });
    case 8:
      return map({ addr: toHex((1n << 64n) - BigInt(dice.pick(errnos) ?? 1)) });
    case 9: {
      const last = TASK_SIZE - size;
      return map({ addr: toHex(dice.pick([TASK_SIZE, last + 1n, last + 0x1000n, 1n << 63n]) ?? TASK_SIZE) });
    }
    case 10:
      return map({ flags: MAP.FIXED | MAP.PRIVATE | withFile, fd, offset: toHex((1n << 63n) - 0x1000n) });
    case 11:
      return map({ flags: MAP.FIXED | MAP.PRIVATE | MAP.HUGETLB | withFile, fd });
    case 12:
      return map({ flags: PRIVATE | MAP.FIXED_NOREPLACE });
    default:
      // Lower than what hints may be; whether it may be had at all is a matter of privilege.
      return dice.chance(50)
        ? map({ addr: '0x0' })
        : map({ addr: dice.chance(50) ? '0x1000' : '0x8000', flags: PRIVATE });
  }
}
