/**
 * The checks on the arguments alone, before any lock (mm/mremap.c, 6.17 and 6.18: `check_mremap_params`), in the kernel's
 * order. The new address is looked at only if the flags ask for it; otherwise it may be anything.
 */
import {
  offsetInPage,
  type Outcome,
  pageOf,
  pagesOf,
  type RawMremap,
  refused,
  TASK_PAGES,
  u64,
  wrapAdd,
} from '@vmacheck/model';

export const MREMAP_MAYMOVE = 1n;
export const MREMAP_FIXED = 2n;
export const MREMAP_DONTUNMAP = 4n;

/** Why the arguments are refused, or undefined. */
export function checkParams(raw: RawMremap): Outcome | undefined {
  const flags = u64(raw.flags);
  const newLen = pagesOf(raw.newLen);
  if ((flags & ~(MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP)) !== 0n)
    return refused('EINVAL', 'mremap: unknown flag');
  if (offsetInPage(raw.oldAddr) !== 0) return refused('EINVAL', 'mremap: old address not page aligned');
  if (newLen === 0) return refused('EINVAL', 'mremap: new length is 0');
  if (newLen > TASK_PAGES) return refused('EINVAL', 'mremap: new length longer than user space');
  return (flags & (MREMAP_FIXED | MREMAP_DONTUNMAP)) === 0n ? undefined : checkNewAddress(raw, flags, newLen);
}

function checkNewAddress(raw: RawMremap, flags: bigint, newLen: number): Outcome | undefined {
  const page = pageOf(raw.newAddr);
  const offset = offsetInPage(raw.newAddr);
  const last = TASK_PAGES - newLen;
  if (page > last || (page === last && offset !== 0))
    return refused('EINVAL', 'mremap: destination ends above user space');
  if (offset !== 0) return refused('EINVAL', 'mremap: new address not page aligned');
  if ((flags & MREMAP_MAYMOVE) === 0n) return refused('EINVAL', 'mremap: a new address without MREMAP_MAYMOVE');
  const oldLen = pagesOf(raw.oldLen);
  if ((flags & MREMAP_DONTUNMAP) !== 0n && oldLen !== newLen) {
    return refused('EINVAL', 'mremap: MREMAP_DONTUNMAP and another length');
  }
  // The whole ranges count, whatever is mapped in them; a mere hint (DONTUNMAP without FIXED) may not overlap either.
  const addr = pageOf(raw.oldAddr);
  if (wrapAdd(addr, oldLen) > page && page + newLen > addr)
    return refused('EINVAL', 'mremap: source and destination overlap');
  return undefined;
}
