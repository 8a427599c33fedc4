/**
 * Huge pages, as far as they decide what is present (mm/huge_memory.c, 6.18: `do_huge_pmd_anonymous_page`; mm/khugepaged.c:
 * `madvise_collapse`). Nothing else shows them: a huge page is 512 pages that come at once.
 * Not modelled: collapsing by the kernel's own thread, memory that is too scattered for a huge page.
 */
import { ZERO_PAGE } from './contents.js';
import { refused } from './outcome.js';
import type { AddressSpace } from './space.js';
import type { Refused, Vma } from './types.js';
import { VM_HUGEPAGE, VM_NOHUGEPAGE } from './vm-bits.js';
import { isAnonymous, pgoffAt } from './vma.js';

/** Pages of a huge page. */
export const HUGE = 512;

/** Makes the whole huge page around `page` present, of private anonymous memory; false if it takes a small one. */
export function faultHuge(space: AddressSpace, vma: Vma, page: number, write: boolean): boolean {
  const wanted = space.hugePages === 'always' ? (vma.extra & VM_NOHUGEPAGE) === 0 : (vma.extra & VM_HUGEPAGE) !== 0;
  if (!wanted || space.hugePages === 'never') return false;
  const start = page - (page % HUGE);
  if (start < vma.start || start + HUGE > vma.end || hasEntries(space, start)) return false;
  for (let each = start; each < start + HUGE; each += 1) {
    if (write) space.putFrame(each, ZERO_PAGE);
    else space.mapped.set(each, true);
  }
  return true;
}

function hasEntries(space: AddressSpace, start: number): boolean {
  const { frameTable, mapped, guards } = space;
  return [frameTable, mapped, guards].some((table) => table.size > 0 && table.keysIn(start, start + HUGE).length > 0);
}

/**
 * MADV_COLLAPSE of a part of a VMA: every huge page that lies in it whole, if anything of it is there. The others are tried all
 * the same.
 */
export function collapse(space: AddressSpace, vma: Vma, start: number, end: number): Refused | undefined {
  const last = Math.floor(vma.end / HUGE) * HUGE - HUGE;
  if (last < vma.start || (vma.extra & VM_NOHUGEPAGE) !== 0) {
    return refused('EINVAL', 'madvise: the VMA can hold no huge page');
  }
  let failed = false;
  for (let page = Math.ceil(start / HUGE) * HUGE; page + HUGE <= end; page += HUGE) {
    if (!collapseOne(space, vma, page)) failed = true;
  }
  return failed ? refused('EINVAL', 'madvise: a huge page cannot be made') : undefined;
}

function collapseOne(space: AddressSpace, vma: Vma, start: number): boolean {
  if (space.guards.keysIn(start, start + HUGE).length > 0) return false;
  if (!isAnonymous(vma)) return collapseObject(space, vma, start);
  const present = space.frameTable.keysIn(start, start + HUGE).length;
  if (present === 0 || (present < HUGE && vma.uffd !== 0)) return false;
  for (let page = start; page < start + HUGE; page += 1) {
    if (space.frameTable.has(page)) continue;
    space.mapped.delete(page);
    space.putFrame(page, ZERO_PAGE);
  }
  return true;
}

function collapseObject(space: AddressSpace, vma: Vma, start: number): boolean {
  const object = space.objects.get(vma.file);
  const first = pgoffAt(vma, start);
  if (object === undefined || first % HUGE !== 0 || object.pages.keysIn(first, first + HUGE).length === 0) return false;
  for (let index = first; index < Math.min(first + HUGE, object.size); index += 1) {
    if (object.pages.has(index)) continue;
    space.shmemCommitted += object.addPage(index, ZERO_PAGE);
  }
  return true;
}
