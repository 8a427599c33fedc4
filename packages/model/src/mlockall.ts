/**
 * mlockall and munlockall (mm/mlock.c, 6.18: `apply_mlockall_flags`): what is mapped, what will be mapped, or both. Neither fails
 * for a VMA or a page that cannot be locked. Every call sets anew what future mappings get.
 */
import { canLock, inPages } from './limits.js';
import { lockVma } from './mlock.js';
import { DONE, refused } from './outcome.js';
import { TASK_PAGES } from './pages.js';
import { populate } from './populate.js';
import { type AddressSpace, UNLOCKED } from './space.js';
import type { LockFlags, Outcome, Vma } from './types.js';

const MCL_CURRENT = 1n;
const MCL_FUTURE = 2n;
const MCL_ONFAULT = 4n;

/** mlockall(2) with raw arguments; flags are an int. */
export function mlockall(space: AddressSpace, flags: bigint): Outcome {
  const bits = BigInt.asUintN(32, flags);
  if (bits === 0n || bits > 7n || bits === MCL_ONFAULT) return refused('EINVAL', 'mlockall: unknown flags');
  if (!canLock(space)) return refused('EPERM', 'mlockall: RLIMIT_MEMLOCK is 0');
  const current = (bits & MCL_CURRENT) !== 0n;
  const mapped = space.baseline.totalVm + space.totalVm;
  if (current && !space.capIpcLock && mapped > inPages(space.limits.memlock)) {
    return refused('ENOMEM', 'mlockall: more is mapped than RLIMIT_MEMLOCK');
  }
  const locked: LockFlags = { locked: true, lockonfault: (bits & MCL_ONFAULT) !== 0n };
  space.lockFuture = (bits & MCL_FUTURE) !== 0n ? locked : UNLOCKED;
  if (!current) return DONE;
  lockEverything(space, locked);
  populate(space, 0, TASK_PAGES, true);
  return DONE;
}

/** munlockall(2). */
export function munlockall(space: AddressSpace): Outcome {
  space.lockFuture = UNLOCKED;
  lockEverything(space, UNLOCKED);
  return DONE;
}

/** What the model does not see is locked, too, or not. */
function lockEverything(space: AddressSpace, flags: LockFlags): void {
  const { baseline } = space;
  space.baseline = { ...baseline, lockedVm: flags.locked ? baseline.totalVm : 0 };
  for (let vma = space.tree.find(0); vma !== undefined;) {
    const changed = lockVma(space, vma, vma.start, vma.end, flags) as Vma;
    vma = space.tree.find(changed.end);
  }
}
