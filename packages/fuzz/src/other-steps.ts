/** Steps of the whole alphabet beside those of mremap's. */
import { MADV, MAP, type RangeArgs, type Step, type StepOf, toHex } from '@vmacheck/trace';
import type { Surroundings } from './concretize.js';
import type { Dice } from './dice.js';
import type { IntentKind } from './intent.js';

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
      return { op: 'brk', args: { addr: dice.chance(5) ? '0x0' : toHex(end) } };
    }
    case 'limit':
      return around.mayLimit ? limitStep(dice) : undefined;
    case 'capability':
      return around.mayLimit ? { op: 'setCapability', args: { name: 'CAP_IPC_LOCK', on: dice.chance(50) } } : undefined;
    default:
      return undefined;
  }
}

function limitStep(dice: Dice): Step {
  const resource = dice.pick(['memlock', 'as', 'data'] as const) ?? 'memlock';
  const pages = resource === 'memlock' ? dice.roll(24) : 10_000 + dice.roll(600);
  return { op: 'setLimit', args: { resource, value: dice.chance(25) ? 'unlimited' : pages * 4096 } };
}

const withFlags = (step: Step, change: (flags: number) => number): Step => {
  const { args } = step as StepOf<'mmap'>;
  return { op: 'mmap', args: { ...args, flags: change(Number(args.flags)) } };
};

/** The kernel chooses the address: near a hint, or anywhere. */
export function placeStep(step: Step, dice: Dice): Step {
  const hinted = withFlags(step, (flags) => flags & ~(MAP.FIXED | MAP.FIXED_NOREPLACE)) as StepOf<'mmap'>;
  return dice.chance(20) ? { op: 'mmap', args: { ...hinted.args, addr: '0x0' } } : hinted;
}

/** mmap with a flag that fills, locks or marks. */
export function populateStep(step: Step, dice: Dice): Step {
  const flag =
    dice.pick([MAP.POPULATE, MAP.LOCKED, MAP.POPULATE, MAP.LOCKED, MAP.GROWSDOWN, MAP.STACK, MAP.LOCKED]) ?? 0;
  return withFlags(step, (flags) => flags | flag);
}
