/**
 * madvise, MADV_DONTNEED only (mm/madvise.c, 6.18: `do_madvise`, `madvise_walk_vmas`, `can_madvise_modify`): pages go,
 * the VMA keeps its anon_vma. Holes are skipped and reported at the end.
 */
import { DONE, notModelled, refused } from './outcome.js';
import { offsetInPage, pageOf, pagesOf, u64, wrapAdd } from './pages.js';
import type { AddressSpace } from './space.js';
import type { Outcome } from './types.js';
import { isAnonymous } from './vma.js';
import { zapPages } from './zap.js';

const MADV_DONTNEED = 4n;

/** madvise(2) with raw arguments; advice is an int. */
export function madvise(space: AddressSpace, addr: bigint, length: bigint, advice: bigint): Outcome {
  if (BigInt.asUintN(32, advice) !== MADV_DONTNEED) return notModelled('an advice other than MADV_DONTNEED');
  if (offsetInPage(addr) !== 0) return refused('EINVAL', 'madvise: address not page aligned');
  const start = pageOf(addr);
  const pages = pagesOf(length);
  if (pages === 0 && u64(length) !== 0n) return refused('EINVAL', 'madvise: length wraps to 0');
  const end = wrapAdd(start, pages);
  if (end < start) return refused('EINVAL', 'madvise: range wraps');
  if (end === start) return DONE;
  return dropPages(space, start, end);
}

function dropPages(space: AddressSpace, start: number, end: number): Outcome {
  let hole = false;
  let reached = start;
  for (let vma = space.tree.find(start); vma !== undefined && vma.start < end; vma = space.next(vma)) {
    if (vma.start > reached) hole = true;
    // Sealed anonymous memory that its owner cannot write must not be emptied either. Mappings of files may be, private ones
    // that were written too.
    if (vma.sealed && isAnonymous(vma) && !vma.write)
      return refused('EPERM', 'madvise: a VMA is sealed and not writable');
    if (vma.locked) return refused('EINVAL', 'madvise: a VMA is locked');
    zapPages(space, Math.max(start, vma.start), Math.min(end, vma.end));
    reached = vma.end;
  }
  return hole || reached < end ? refused('ENOMEM', 'madvise: hole in the range') : DONE;
}
