/**
 * munmap (mm/vma.c, 6.18: `do_vmi_munmap`, `vms_gather_munmap_vmas`, `vms_complete_munmap_vmas`).
 *
 *     before  |AAAA|..|BBBB|     munmap [2, 8)
 *     after   |AA|......|BB|
 *
 * A userfaultfd with the feature EVENT_UNMAP is told of the whole range, once, even if the call is refused later.
 */
import { spareMaps } from './limits.js';
import { discountVma } from './link.js';
import { DONE, refused } from './outcome.js';
import { offsetInPage, pageOf, pagesOf, TASK_PAGES, u64 } from './pages.js';
import type { AddressSpace } from './space.js';
import { splitVma } from './split.js';
import type { Outcome, Refused, Vma } from './types.js';
import { announceUnmap } from './uffd-events.js';
import { vmaPages } from './vma.js';
import { unmapEntries } from './zap.js';

/** munmap(2) with raw arguments. */
export function munmap(space: AddressSpace, addr: bigint, length: bigint): Outcome {
  if (offsetInPage(addr) !== 0) return refused('EINVAL', 'munmap: address not page aligned');
  // PAGE_ALIGN of a length near 2^64 would wrap to 0, but such a length is past the end of user space anyway.
  if (u64(length) > 0xfffffffffffff000n) return refused('EINVAL', 'munmap: range ends above user space');
  return unmapPages(space, pageOf(addr), pagesOf(length)) ?? DONE;
}

/** munmap of `pages` pages at `start`; undefined when done. Other calls use it inside. */
export function unmapPages(space: AddressSpace, start: number, pages: number): Refused | undefined {
  if (start > TASK_PAGES || pages > TASK_PAGES - start) return refused('EINVAL', 'munmap: range ends above user space');
  if (pages === 0) return refused('EINVAL', 'munmap: length is 0');
  return unmapRange(space, start, start + pages);
}

/** Unmaps [start, end), a range in user space; undefined when done. */
export function unmapRange(space: AddressSpace, start: number, end: number): Refused | undefined {
  const gathered = gatherVmas(space, start, end);
  if (!isGathered(gathered)) return gathered;
  completeUnmap(space, gathered, start, end);
  return undefined;
}

/** Tells the VMAs that are to go from the reason why they are not. */
export function isGathered(gathered: readonly Vma[] | Refused): gathered is readonly Vma[] {
  return Array.isArray(gathered);
}

/**
 * Splits at both borders and returns the VMAs between. A sealed VMA refuses, and splits that were made by then stay:
 *
 *     before  |AAAA|SS|      munmap [2, 6), S sealed
 *     after   |AA|AA|SS|     EPERM
 */
export function gatherVmas(space: AddressSpace, start: number, end: number): readonly Vma[] | Refused {
  const gathered: Vma[] = [];
  let vma = space.tree.find(start);
  if (vma === undefined || vma.start >= end) return gathered;
  if (vma.start < start) {
    if (end < vma.end && spareMaps(space) <= 0) return refused('ENOMEM', 'munmap: no room for another mapping');
    if (vma.sealed) return refused('EPERM', 'munmap: the first VMA is sealed');
    vma = splitVma(space, vma, start).high;
  }
  for (let v: Vma | undefined = vma; v !== undefined && v.start < end; v = space.next(v)) {
    if (v.sealed) return refused('EPERM', 'munmap: a VMA in the range is sealed');
    if (v.end > end) v = splitVma(space, v, end).low;
    gathered.push(v);
    if (v.ctx !== 0) announceUnmap(space, v.ctx, start, end);
  }
  return gathered;
}

/** Takes out what was gathered, with its pages and its charges. */
export function completeUnmap(space: AddressSpace, gathered: readonly Vma[], start: number, end: number): void {
  if (gathered.length === 0) return;
  space.tree.splice(start, end, []);
  for (const vma of gathered) {
    const pages = vmaPages(vma);
    space.totalVm -= pages;
    if (vma.locked) space.lockedVm -= pages;
    if (vma.account) space.committed -= pages;
    discountVma(space, vma.file);
  }
  unmapEntries(space, start, end);
}
