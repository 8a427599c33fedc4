/** What programs of the whole alphabet start with: limits, privileges, userfaultfd contexts, a heap. */
import { type Counters, type ProgramHeader, toHex } from '@vmacheck/trace';
import type { Dice } from './dice.js';

const EVENTS = ['EVENT_REMAP', 'EVENT_UNMAP', 'EVENT_REMOVE', 'EVENT_FORK'] as const;

/**
 * About what a process has that runs a program, before it begins: limits are drawn near it, so that programs meet them. What it
 * really has is for the recorder to say.
 */
export const USUAL_BASELINE: Counters = { mapCount: 11, totalVm: 10_200, lockedVm: 0, dataVm: 9_800 };

/** The smallest limit on mappings with which a process still gets as far as its first step. */
const FEWEST_MAPPINGS = 14;

/**
 * @param heap the page at which the heap begins, if the program gets one
 * @param machineWide limits of the whole machine may be set, too
 * @returns fields of the program record; the smallest dice give the plainest program
 */
export function circumstances(
  dice: Dice,
  heap: number,
  machineWide: boolean,
): Pick<ProgramHeader, 'capIpcLock' | 'rlimitMemlock' | 'limits' | 'uffd' | 'brk'> {
  const limited = dice.chance(25);
  const capIpcLock = !limited || dice.chance(20);
  const hasHeap = dice.chance(35);
  const maxMapCount = fewMappings(dice);
  const isCrowded = machineWide && dice.chance(8);
  return {
    capIpcLock,
    rlimitMemlock: limited ? 4096 * dice.roll(24) : 'unlimited',
    ...(limited || isCrowded ? { limits: isCrowded ? { maxMapCount } : {} } : {}),
    uffd: uffd(dice),
    ...(hasHeap ? { brk: toHex(heap * 4096) } : {}),
  };
}

/** A limit on mappings that programs meet. */
export function fewMappings(dice: Dice): number {
  return FEWEST_MAPPINGS + dice.roll(16);
}

function uffd(dice: Dice): ProgramHeader['uffd'] {
  const kind = dice.roll(8);
  if (kind < 3) return { features: ['SIGBUS'] };
  if (kind < 4) return null;
  if (kind < 6) return { features: features(dice) };
  const names = ['U0', 'U1', 'U2'].slice(0, 2 + dice.roll(2));
  return { contexts: Object.fromEntries(names.map((name) => [name, { features: features(dice) }])) };
}

/** SIGBUS always: nobody answers faults. */
function features(dice: Dice): readonly string[] {
  return ['SIGBUS', ...EVENTS.filter(() => dice.chance(50))];
}
