/**
 * The checks on the arguments alone (mm/mremap.c: `check_mremap_params`; before 6.17 `mremap_to` has a part of them, under the
 * lock and after the lookup of the source). All refuse with EINVAL: what can be seen of their order is what comes between them.
 * The new address is looked at only if the flags ask for it; otherwise it may be anything.
 */
import {
  offsetInPage,
  type Outcome,
  pageOf,
  pagesOf,
  type Profile,
  type RawMremap,
  refused,
  TASK_PAGES,
  u64,
  wrapAdd,
} from '@vmacheck/model';

export const MREMAP_MAYMOVE = 1n;
export const MREMAP_FIXED = 2n;
export const MREMAP_DONTUNMAP = 4n;

/** The checks before any lock: why the arguments are refused, or undefined. */
export function checkParams(raw: RawMremap, profile: Profile): Outcome | undefined {
  const flags = u64(raw.flags);
  const newLen = pagesOf(raw.newLen);
  if ((flags & ~(MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP)) !== 0n)
    return refused('EINVAL', 'mremap: unknown flag');
  if (offsetInPage(raw.oldAddr) !== 0) return refused('EINVAL', 'mremap: old address not page aligned');
  if (newLen === 0) return refused('EINVAL', 'mremap: new length is 0');
  if (profile.targetRangeBeforeLookup && newLen > TASK_PAGES)
    return refused('EINVAL', 'mremap: new length longer than user space');
  if ((flags & (MREMAP_FIXED | MREMAP_DONTUNMAP)) === 0n) return undefined;

  if (profile.newAddressCheckedBeforeLookup && offsetInPage(raw.newAddr) !== 0)
    return refused('EINVAL', 'mremap: new address not page aligned');
  if ((flags & MREMAP_MAYMOVE) === 0n) return refused('EINVAL', 'mremap: a new address without MREMAP_MAYMOVE');
  if ((flags & MREMAP_DONTUNMAP) !== 0n && changesLength(raw, profile))
    return refused('EINVAL', 'mremap: MREMAP_DONTUNMAP and another length');
  return profile.targetRangeBeforeLookup ? checkTarget(raw) : undefined;
}

function changesLength(raw: RawMremap, profile: Profile): boolean {
  return profile.dontunmapComparesRawLengths
    ? u64(raw.oldLen) !== u64(raw.newLen)
    : pagesOf(raw.oldLen) !== pagesOf(raw.newLen);
}

/** Why a destination is refused, whatever is mapped there; undefined when it is not. */
export function checkTarget(raw: RawMremap): Outcome | undefined {
  const newLen = pagesOf(raw.newLen);
  const page = pageOf(raw.newAddr);
  if (page > TASK_PAGES - newLen) return refused('EINVAL', 'mremap: destination ends above user space');
  if (offsetInPage(raw.newAddr) !== 0) return refused('EINVAL', 'mremap: new address not page aligned');
  // The whole ranges count, whatever is mapped in them; a mere hint (DONTUNMAP without FIXED) may not overlap either.
  const addr = pageOf(raw.oldAddr);
  if (wrapAdd(addr, pagesOf(raw.oldLen)) > page && page + newLen > addr)
    return refused('EINVAL', 'mremap: source and destination overlap');
  return undefined;
}
