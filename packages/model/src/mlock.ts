/**
 * mlock, mlock2, munlock (mm/mlock.c, 6.18: `do_mlock`, `apply_vma_lock_flags`, `mlock_fixup`). The flags are set first,
 * VMA by VMA up to a hole; then the range is populated, which gives private writable memory its pages and its anon_vma.
 * Sealed VMAs can be locked.
 *
 *     EPERM    RLIMIT_MEMLOCK is 0 and the process has no CAP_IPC_LOCK
 *     ENOMEM   more than RLIMIT_MEMLOCK; a hole; no room for a split; a page that cannot be had
 */
import { canLock, inPages, lockedPages } from './limits.js';
import { modifyVma } from './modify.js';
import { DONE, refused } from './outcome.js';
import { offsetInPage, pageOf, pagesOf, wrapAdd } from './pages.js';
import { populate } from './populate.js';
import { type AddressSpace, UNLOCKED } from './space.js';
import type { LockFlags, Outcome, Refused, Vma } from './types.js';
import { VM_SPECIAL } from './vm-bits.js';

const MLOCK_ONFAULT = 1n;

/** mlock(2) with raw arguments. */
export function mlock(space: AddressSpace, addr: bigint, length: bigint): Outcome {
  return lockRange(space, addr, length, { locked: true, lockonfault: false });
}

/** mlock2(2) with raw arguments; flags are an int. */
export function mlock2(space: AddressSpace, addr: bigint, length: bigint, flags: bigint): Outcome {
  const bits = BigInt.asUintN(32, flags);
  if ((bits & ~MLOCK_ONFAULT) !== 0n) return refused('EINVAL', 'mlock2: unknown flag');
  return lockRange(space, addr, length, { locked: true, lockonfault: bits !== 0n });
}

/** munlock(2) with raw arguments. */
export function munlock(space: AddressSpace, addr: bigint, length: bigint): Outcome {
  const range = lockedRange(addr, length);
  return applyLockFlags(space, range.start, range.pages, UNLOCKED) ?? DONE;
}

function lockRange(space: AddressSpace, addr: bigint, length: bigint, flags: LockFlags): Outcome {
  if (!canLock(space)) return refused('EPERM', 'mlock: RLIMIT_MEMLOCK is 0');
  const { start, pages } = lockedRange(addr, length);
  if (!space.capIpcLock && exceedsLimit(space, start, pages)) {
    return refused('ENOMEM', 'mlock: more than RLIMIT_MEMLOCK');
  }
  const refusal = applyLockFlags(space, start, pages, flags);
  if (refusal !== undefined) return refusal;
  if (populate(space, start, start + pages, false)) return DONE;
  return refused('ENOMEM', 'mlock: a page cannot be made present; the range stays locked');
}

/** What is locked in the range already is not counted again. */
function exceedsLimit(space: AddressSpace, start: number, pages: number): boolean {
  const limit = inPages(space.limits.memlock);
  const asked = lockedPages(space) + pages;
  return asked > limit && asked - alreadyLocked(space, start, start + pages) > limit;
}

function alreadyLocked(space: AddressSpace, start: number, end: number): number {
  let pages = 0;
  for (let vma = space.tree.find(start); vma !== undefined && vma.start < end; vma = space.next(vma)) {
    if (vma.locked) pages += Math.min(vma.end, end) - Math.max(vma.start, start);
  }
  return pages;
}

/** From the page of the first byte to the page of the last; a length may wrap, to nothing at all too. */
function lockedRange(addr: bigint, length: bigint): { readonly start: number; readonly pages: number } {
  return { start: pageOf(addr), pages: pagesOf(length + BigInt(offsetInPage(addr))) };
}

function applyLockFlags(space: AddressSpace, start: number, pages: number, flags: LockFlags): Refused | undefined {
  const end = wrapAdd(start, pages);
  if (end < start) return refused('EINVAL', 'mlock: range wraps');
  if (end === start) return undefined;
  let vma = space.lookup(start);
  if (vma === undefined) return refused('ENOMEM', 'mlock: nothing is mapped at the start');
  let reached = start;
  for (; vma !== undefined && vma.start < end; vma = space.tree.find(reached)) {
    if (reached !== start && vma.start !== reached) return refused('ENOMEM', 'mlock: hole in the range');
    const changed = lockVma(space, vma, Math.max(vma.start, reached), Math.min(vma.end, end), flags);
    if (changed === undefined) return refused('ENOMEM', 'mlock: no room for another mapping');
    reached = changed.end;
  }
  return reached < end ? refused('ENOMEM', 'mlock: hole at the end of the range') : undefined;
}

/** `mlock_fixup`: the VMA that has the part afterwards; undefined when there is no room to split it. */
export function lockVma(space: AddressSpace, vma: Vma, start: number, end: number, flags: LockFlags): Vma | undefined {
  if ((vma.extra & VM_SPECIAL) !== 0) return vma;
  if (vma.locked === flags.locked && vma.lockonfault === flags.lockonfault) return vma;
  const { locked, lockonfault } = flags;
  const changed = modifyVma(space, vma, start, end, { ...vma, locked, lockonfault });
  if (changed === undefined) return undefined;
  if (!locked) space.lockedVm -= end - start;
  else if (!vma.locked) space.lockedVm += end - start;
  return changed;
}
