/**
 * Huge pages, as far as they decide what is present (mm/huge_memory.c, 6.18: `do_huge_pmd_anonymous_page`). Nothing else shows
 * them: a huge page is 512 pages that come at once.
 * Not modelled, for nobody can tell: collapsing by the kernel's own thread, memory that is too scattered for a huge page.
 */
import { ZERO_PAGE } from './contents.js';
import type { AddressSpace } from './space.js';
import type { Vma } from './types.js';
import { VM_HUGEPAGE, VM_NOHUGEPAGE } from './vm-bits.js';

/** Pages of a huge page. */
export const HUGE = 512;

/** Whether huge pages are for this mapping. */
export function wantsHuge(space: AddressSpace, vma: Vma): boolean {
  if (space.hugePages === 'never') return false;
  return space.hugePages === 'always' ? (vma.extra & VM_NOHUGEPAGE) === 0 : (vma.extra & VM_HUGEPAGE) !== 0;
}

/** Whether a fault at the page asks for a huge page, of private anonymous memory. */
export function takesHuge(space: AddressSpace, vma: Vma, page: number): boolean {
  if (!wantsHuge(space, vma)) return false;
  const start = page - (page % HUGE);
  return start >= vma.start && start + HUGE <= vma.end && !hasEntries(space, start);
}

/** Makes the whole huge page around `page` present. */
export function faultHuge(space: AddressSpace, page: number, write: boolean): void {
  const start = page - (page % HUGE);
  for (let each = start; each < start + HUGE; each += 1) {
    if (write) space.putFrame(each, ZERO_PAGE);
    else space.mapped.set(each, true);
  }
}

/** Whether anything is in the page table for the 512 pages from `start`. */
export function hasEntries(space: AddressSpace, start: number): boolean {
  const { frameTable, mapped, guards } = space;
  return [frameTable, mapped, guards].some((table) => table.size > 0 && table.keysIn(start, start + HUGE).length > 0);
}
