/**
 * MADV_PAGEOUT without swap space (mm/madvise.c, 6.18: `madvise_cold_or_pageout_pte_range`; mm/vmscan.c: `shrink_folio_list`;
 * mm/rmap.c: `try_to_unmap_one`). Only pages that nobody else has in a page table are tried:
 *
 *     page of an object, never written    is thrown away; the next access makes it anew
 *     page of an object, written          leaves the page table and stays in the object
 *     private page                        stays, unless MADV_FREE gave it up and it was not written since
 *
 * Not modelled: swap space, pages that just happen to be in use.
 */
import { ZERO_PAGE } from './contents.js';
import type { SharedMemory } from './shared-memory.js';
import type { AddressSpace } from './space.js';
import type { Vma } from './types.js';
import { isAnonymous, pgoffAt } from './vma.js';

/** Pages out a part of a VMA. */
export function pageOut(space: AddressSpace, vma: Vma, start: number, end: number): void {
  dropFreed(space, start, end);
  if (isAnonymous(vma) || space.mapped.size === 0) return;
  for (const page of space.mapped.keysIn(start, end)) pageOutObject(space, vma, page);
}

function pageOutObject(space: AddressSpace, vma: Vma, page: number): void {
  const object = space.objects.get(vma.file);
  const index = pgoffAt(vma, page);
  if (object === undefined || mappers(space.shared, vma.file, index) !== 1) return;
  space.mapped.delete(page);
  if (object.pages.get(index) !== ZERO_PAGE) return;
  object.reclaimPage(index);
}

/** How many page tables entries there are for a page of an object. */
function mappers(shared: SharedMemory, file: number, index: number): number {
  let count = 0;
  for (const { tree, mapped } of shared.spaces) {
    for (const vma of tree.ofFile(file, index, index + 1)) {
      if (mapped.has(vma.start + index - vma.pgoff)) count += 1;
    }
  }
  return count;
}

/** With other processes about, a private page may be theirs, too, and stays. */
function dropFreed(space: AddressSpace, start: number, end: number): void {
  if (space.freed.size === 0 || space.shared.spaces.size > 1) return;
  for (const page of space.frameTable.keysIn(start, end)) {
    const frame = space.frameTable.get(page) as number;
    if (!space.freed.has(frame)) continue;
    space.freed.delete(frame);
    space.frameBytes.delete(frame);
    space.frameTable.delete(page);
  }
}
