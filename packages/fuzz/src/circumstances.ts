/** What programs of the whole alphabet start with: limits, privileges, userfaultfd contexts, a heap. */
import { type ProgramHeader, toHex } from '@vmacheck/trace';
import type { Dice } from './dice.js';

const EVENTS = ['EVENT_REMAP', 'EVENT_UNMAP', 'EVENT_REMOVE', 'EVENT_FORK'] as const;

/**
 * @param heap the page at which the heap begins, if the program gets one
 * @returns fields of the program record; the smallest dice give the plainest program
 */
export function circumstances(
  dice: Dice,
  heap: number,
): Pick<ProgramHeader, 'capIpcLock' | 'rlimitMemlock' | 'limits' | 'uffd' | 'brk'> {
  const limited = dice.chance(25);
  const capIpcLock = !limited || dice.chance(20);
  const hasHeap = dice.chance(25);
  return {
    capIpcLock,
    rlimitMemlock: limited ? 4096 * dice.roll(24) : 'unlimited',
    ...(limited ? { limits: {} } : {}),
    uffd: uffd(dice),
    ...(hasHeap ? { brk: toHex(heap * 4096) } : {}),
  };
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
  return ['SIGBUS', ...EVENTS.filter(() => dice.chance(40))];
}
