/**
 * brk (mm/mmap.c, 6.18: `sys_brk`, `check_brk_limits`; mm/vma.c: `do_brk_flags`): the heap, which grows and shrinks at its end. A
 * refusal is no error: the call returns the break as it is.
 *
 *     before  |HHHH|........      break 4, brk(6)
 *     after   |HHHHHH|......      the last VMA of the heap grows, if it has the same attributes
 */
import { isFree, startGap } from './choose.js';
import { mayExpand, mayLock, spareMaps } from './limits.js';
import { countVma } from './link.js';
import { mergeNewRange } from './merge-new.js';
import { unmapPages } from './munmap.js';
import { done } from './outcome.js';
import { pageOf, pagesOf, TASK_PAGES, u64 } from './pages.js';
import { populate } from './populate.js';
import type { AddressSpace } from './space.js';
import type { Outcome } from './types.js';
import { makeVma, NO_VMA, type VmaAttributes } from './vma.js';

/** brk(2) with raw arguments. */
export function brk(space: AddressSpace, addr: bigint): Outcome {
  const wanted = u64(addr);
  if (mayMoveTo(space, wanted)) space.brk = wanted;
  return done(space.brk);
}

/** Moves the end of the heap, if nothing stands against it. */
function mayMoveTo(space: AddressSpace, wanted: bigint): boolean {
  if (wanted < space.startBrk) return false;
  if (Number(wanted - space.startBrk) > space.limits.data) return false;
  const from = pagesOf(space.brk);
  const to = pagesOf(wanted);
  if (from === to) return true;
  return wanted <= space.brk ? shrinkHeap(space, to, from) : growHeap(space, from, to);
}

function shrinkHeap(space: AddressSpace, start: number, end: number): boolean {
  return !isFree(space, start, end) && unmapPages(space, start, end - start) === undefined;
}

function growHeap(space: AddressSpace, start: number, end: number): boolean {
  const pages = end - start;
  if (end > TASK_PAGES || end < start) return false;
  const { locked, lockonfault } = space.lockFuture;
  if (locked && !mayLock(space, pages)) return false;
  // One page, and the gap below a stack, must stay free above the heap.
  const above = space.tree.find(start);
  if (above !== undefined && end + 1 > startGap(above)) return false;
  if (!mayExpand(space, true, pages) || spareMaps(space) < 0) return false;

  insertHeap(space, { ...NO_VMA, read: true, write: true, account: true, locked, lockonfault }, start, end);
  space.totalVm += pages;
  space.committed += pages;
  if (locked) {
    space.lockedVm += pages;
    populate(space, start, end, true);
  }
  return true;
}

/** Only the heap's own last VMA takes the new range; what lies below the heap, or above, does not. */
function insertHeap(space: AddressSpace, attributes: VmaAttributes, start: number, end: number): void {
  const below = space.tree.findBefore(start);
  const prev = below !== undefined && below.end > pageOf(space.startBrk) ? below : undefined;
  const proposal = {
    site: 'newRange',
    start,
    end,
    pgoff: start,
    attributes,
    anonVma: 0,
    prev,
    next: undefined,
  } as const;
  if (mergeNewRange(space, proposal) !== undefined) return;
  space.tree.splice(start, end, [makeVma(attributes, start, end, start, 0)]);
  countVma(space, 0);
}
