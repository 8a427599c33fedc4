/** msync as far as results go (mm/msync.c, 6.18). Nothing is written back: memory is all there is. */
import { DONE, refused } from './outcome.js';
import { offsetInPage, pageOf, pagesOf, wrapAdd } from './pages.js';
import type { AddressSpace } from './space.js';
import type { Outcome } from './types.js';

const MS_ASYNC = 1n;
const MS_INVALIDATE = 2n;
const MS_SYNC = 4n;

/** msync(2) with raw arguments; flags are an int. Holes are reported at the end, after what is locked behind them. */
export function msync(space: AddressSpace, addr: bigint, length: bigint, flags: bigint): Outcome {
  const bits = BigInt.asUintN(32, flags);
  if (bits > (MS_ASYNC | MS_INVALIDATE | MS_SYNC)) return refused('EINVAL', 'msync: unknown flag');
  if (offsetInPage(addr) !== 0) return refused('EINVAL', 'msync: address not page aligned');
  if ((bits & MS_ASYNC) !== 0n && (bits & MS_SYNC) !== 0n) return refused('EINVAL', 'msync: both ways at once');
  const start = pageOf(addr);
  const end = wrapAdd(start, pagesOf(length));
  if (end < start) return refused('ENOMEM', 'msync: range wraps');
  if (end === start) return DONE;

  let reached = start;
  let holes = false;
  for (let vma = space.tree.find(start); vma !== undefined && vma.start < end; vma = space.next(vma)) {
    holes ||= vma.start > reached;
    if ((bits & MS_INVALIDATE) !== 0n && vma.locked) return refused('EBUSY', 'msync: a VMA is locked');
    reached = vma.end;
  }
  return holes || reached < end ? refused('ENOMEM', 'msync: hole in the range') : DONE;
}
