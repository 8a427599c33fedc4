/** Steps of the whole alphabet beside those of mremap's. */
import { MADV, MAP, PROT, type RangeArgs, type Step, type StepOf, toHex } from '@vmacheck/trace';
import { fewMappings } from './circumstances.js';
import type { Surroundings } from './concretize.js';
import type { Dice } from './dice.js';
import type { IntentKind } from './intent.js';
import type { Scene } from './places.js';

/** Advices that change a VMA, twice as often as those that change pages or nothing. */
const flagAdvices = [
  MADV.RANDOM,
  MADV.SEQUENTIAL,
  MADV.NORMAL,
  MADV.DONTFORK,
  MADV.DOFORK,
  MADV.WIPEONFORK,
  MADV.KEEPONFORK,
  MADV.DONTDUMP,
  MADV.DODUMP,
  MADV.MERGEABLE,
  MADV.UNMERGEABLE,
  MADV.HUGEPAGE,
  MADV.NOHUGEPAGE,
];
const pageAdvices = [
  MADV.DONTNEED,
  MADV.DONTNEED,
  MADV.FREE,
  MADV.REMOVE,
  MADV.WILLNEED,
  MADV.COLD,
  MADV.PAGEOUT,
  MADV.POPULATE_READ,
  MADV.POPULATE_WRITE,
  MADV.DONTNEED_LOCKED,
  MADV.COLLAPSE,
  MADV.GUARD_INSTALL,
  MADV.GUARD_INSTALL,
  MADV.GUARD_REMOVE,
];

/** A step of the kind over the range; undefined where the program has nothing that it could act on. */
export function otherStep(kind: IntentKind, around: Surroundings, range: RangeArgs, dice: Dice): Step | undefined {
  switch (kind) {
    case 'advise': {
      const advice = dice.pick(dice.chance(60) ? flagAdvices : pageAdvices) ?? MADV.NORMAL;
      return { op: 'madvise', args: { ...range, advice: dice.chance(2) ? 77 : advice } };
    }
    case 'lock':
      return { op: 'mlock', args: range };
    case 'lockAll':
      return dice.chance(60)
        ? { op: 'mlockall', args: { flags: dice.pick([2, 1, 3, 6, 5, 7, 4, 0, 8]) ?? 2 } }
        : { op: 'munlockall', args: {} };
    case 'sync':
      return { op: 'msync', args: { ...range, flags: dice.pick([4, 1, 2, 0, 3, 5, 6, 8]) ?? 4 } };
    case 'resident':
      return { op: 'mincore', args: range };
    case 'break': {
      if (around.heap === undefined) return undefined;
      const end = (around.heap + dice.roll(12)) * 4096 + (dice.chance(20) ? dice.roll(4096) : 0);
      // Now and then below the heap, above user space, or more than RLIMIT_DATA allows where it is set. All of user space
      // would be granted where nobody counts memory, and then locked page by page.
      const far = dice.pick<`0x${string}`>(['0x0', '0xffffffffffffffff', '0x7ffffffff001', toHex(end + MUCH_DATA)]);
      return { op: 'brk', args: { addr: dice.chance(10) ? (far ?? '0x0') : toHex(end) } };
    }
    case 'limit':
      return around.mayLimit ? limitStep(around, dice) : undefined;
    case 'capability': {
      if (!around.mayLimit) return undefined;
      const name = dice.pick(['CAP_IPC_LOCK', 'CAP_IPC_LOCK', 'CAP_SYS_RAWIO', 'CAP_SYS_RESOURCE']) ?? 'CAP_IPC_LOCK';
      return { op: 'setCapability', args: { name, on: dice.chance(50) } };
    }
    default:
      return undefined;
  }
}

/** More than generated limits of data, in bytes. */
const MUCH_DATA = 48 << 20;

function limitStep({ machineWide }: Surroundings, dice: Dice): Step {
  if (machineWide && dice.chance(20)) {
    return { op: 'setLimit', args: { resource: 'maxMapCount', value: dice.chance(25) ? 65_530 : fewMappings(dice) } };
  }
  const resource = dice.pick(['memlock', 'as', 'data'] as const) ?? 'memlock';
  const pages = resource === 'memlock' ? dice.roll(24) : 10_000 + dice.roll(600);
  return { op: 'setLimit', args: { resource, value: dice.chance(25) ? 'unlimited' : pages * 4096 } };
}

const withFlags = (step: Step, change: (flags: number) => number): Step => {
  const { args } = step as StepOf<'mmap'>;
  return { op: 'mmap', args: { ...args, flags: change(Number(args.flags)) } };
};

/** The kernel chooses the address: near a hint, anywhere, or below 2 GiB. */
export function placeStep(step: Step, dice: Dice): Step {
  const hinted = withFlags(step, (flags) => flags & ~(MAP.FIXED | MAP.FIXED_NOREPLACE)) as StepOf<'mmap'>;
  const placed: Step = dice.chance(20) ? { op: 'mmap', args: { ...hinted.args, addr: '0x0' } } : hinted;
  return dice.chance(10) ? lowStep(placed as StepOf<'mmap'>, dice) : placed;
}

/** With MAP_32BIT: the hint is below 2 GiB, at its edges, or too high to be taken. */
function lowStep({ args }: StepOf<'mmap'>, dice: Dice): Step {
  const low = dice.pick<StepOf<'mmap'>['args']['addr']>([
    args.addr,
    '0x0',
    '0x40000000',
    '0x50000800',
    '0x7ffff000',
    '0x80000000',
  ]);
  return { op: 'mmap', args: { ...args, addr: low ?? '0x0', flags: Number(args.flags) | MAP['32BIT'] } };
}

/** mmap with a flag that fills, locks or marks. */
export function populateStep(step: Step, dice: Dice): Step {
  const flag =
    dice.pick([MAP.POPULATE, MAP.LOCKED, MAP.POPULATE, MAP.LOCKED, MAP.GROWSDOWN, MAP.STACK, MAP.LOCKED]) ?? 0;
  return withFlags(step, (flags) => flags | flag);
}

/** A stack, or an access below one that is there, which makes it grow. */
export function stackStep({ regions }: Scene, range: RangeArgs, dice: Dice): Step {
  const stack = dice.pick(regions.filter((region) => region.stack));
  if (stack === undefined || dice.chance(25)) {
    const flags = MAP.PRIVATE | MAP.ANONYMOUS | MAP.GROWSDOWN | MAP.FIXED | (dice.chance(15) ? MAP.LOCKED : 0);
    return { op: 'mmap', args: { ...range, prot: PROT.READ | PROT.WRITE, flags, fd: -1, offset: '0x0' } };
  }
  const below = stack.start - 1 - dice.roll(dice.chance(10) ? 3000 : 5);
  const addr = toHex(below * 4096 + (dice.chance(20) ? 4092 : 0));
  if (dice.chance(20)) {
    const length = toHex((stack.end - stack.start) * 4096);
    const prot = PROT.GROWSDOWN | (dice.pick([PROT.READ, PROT.NONE, PROT.READ | PROT.WRITE]) ?? PROT.READ);
    return { op: 'mprotect', args: { addr: toHex((stack.start + dice.roll(2)) * 4096), length, prot } };
  }
  return dice.chance(50) ? { op: 'load', args: { addr } } : { op: 'store', args: { addr, value: '0x77' } };
}

/** Something else to the range that the step before named: what one call does shows in the next. */
export function againStep(around: Surroundings, range: RangeArgs, dice: Dice): Step | undefined {
  const addr = toHex(BigInt(range.addr) + BigInt(dice.roll(2)) * BigInt(dice.roll(2)) * 4096n);
  switch (dice.roll(9)) {
    case 0:
      return { op: 'load', args: { addr } };
    case 1:
      return { op: 'store', args: { addr, value: '0x99' } };
    case 2:
    case 3:
      return { op: 'madvise', args: { ...range, advice: dice.pick(pageAdvices) ?? MADV.DONTNEED } };
    case 4:
      return { op: 'madvise', args: { ...range, advice: MADV.PAGEOUT } };
    case 5:
      return { op: 'uffdRegister', args: { ...range, mode: dice.pick([1, 4, 2, 5, 3]) ?? 1 } };
    case 6:
      return { op: 'mlock', args: range };
    case 7:
      return otherStep('resident', around, range, dice);
    default:
      return otherStep('advise', around, range, dice);
  }
}
