/**
 * mlock, mlock2, munlock (mm/mlock.c, 6.18: `do_mlock`, `apply_vma_lock_flags`, `mlock_fixup`). The flags are set first,
 * VMA by VMA up to a hole; then the range is populated, which gives private writable memory its pages and its anon_vma.
 * Sealed VMAs can be locked. Not modelled: RLIMIT_MEMLOCK, capabilities.
 */
import { modifyVma } from './modify.js';
import { DONE, refused } from './outcome.js';
import { offsetInPage, pageOf, pagesOf, wrapAdd } from './pages.js';
import { populate } from './populate.js';
import type { AddressSpace } from './space.js';
import type { Outcome, Refused, Vma } from './types.js';

const MLOCK_ONFAULT = 1n;

interface LockFlags {
  readonly locked: boolean;
  readonly lockonfault: boolean;
}

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
  const range = lockedPages(addr, length);
  return applyLockFlags(space, range.start, range.end, { locked: false, lockonfault: false }) ?? DONE;
}

function lockRange(space: AddressSpace, addr: bigint, length: bigint, flags: LockFlags): Outcome {
  const { start, end } = lockedPages(addr, length);
  const refusal = applyLockFlags(space, start, end, flags);
  if (refusal !== undefined) return refusal;
  if (populate(space, start, end, false)) return DONE;
  return refused('ENOMEM', 'mlock: a page cannot be made present; the range stays locked');
}

/** The range from the page of the first byte to the page of the last; a length may wrap, to nothing at all too. */
function lockedPages(addr: bigint, length: bigint): { readonly start: number; readonly end: number } {
  const start = pageOf(addr);
  return { start, end: wrapAdd(start, pagesOf(length + BigInt(offsetInPage(addr)))) };
}

function applyLockFlags(space: AddressSpace, start: number, end: number, flags: LockFlags): Refused | undefined {
  if (end < start) return refused('EINVAL', 'mlock: range wraps');
  if (end === start) return undefined;
  let vma = space.lookup(start);
  if (vma === undefined) return refused('ENOMEM', 'mlock: nothing is mapped at the start');
  let reached = start;
  for (; vma !== undefined && vma.start < end; vma = space.tree.find(reached)) {
    if (reached !== start && vma.start !== reached) return refused('ENOMEM', 'mlock: hole in the range');
    reached = lockVma(space, vma, Math.max(vma.start, reached), Math.min(vma.end, end), flags).end;
  }
  return reached < end ? refused('ENOMEM', 'mlock: hole at the end of the range') : undefined;
}

function lockVma(space: AddressSpace, vma: Vma, start: number, end: number, flags: LockFlags): Vma {
  if (vma.locked === flags.locked && vma.lockonfault === flags.lockonfault) return vma;
  const changed = modifyVma(space, vma, start, end, { ...vma, ...flags });
  if (!flags.locked) space.lockedVm -= end - start;
  else if (!vma.locked) space.lockedVm += end - start;
  return changed;
}
