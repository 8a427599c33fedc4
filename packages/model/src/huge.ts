/**
 * Huge pages, as far as they decide what is present (mm/huge_memory.c, 6.18: `do_huge_pmd_anonymous_page`; mm/khugepaged.c:
 * `madvise_collapse`). Nothing else shows them: a huge page is 512 pages that come at once.
 * Not modelled: collapsing by the kernel's own thread, memory that is too scattered for a huge page.
 */
import { ZERO_PAGE } from './contents.js';
import { refused } from './outcome.js';
import type { SharedObject } from './objects.js';
import type { AddressSpace } from './space.js';
import type { Refused, Vma } from './types.js';
import { VM_HUGEPAGE, VM_NOHUGEPAGE } from './vm-bits.js';
import { isAnonymous, pgoffAt, UFFD_MISSING } from './vma.js';

/** Pages of a huge page. */
export const HUGE = 512;

/** Whether a fault at the page asks for a huge page, of private anonymous memory. */
export function takesHuge(space: AddressSpace, vma: Vma, page: number): boolean {
  const wanted = space.hugePages === 'always' ? (vma.extra & VM_NOHUGEPAGE) === 0 : (vma.extra & VM_HUGEPAGE) !== 0;
  if (!wanted || space.hugePages === 'never') return false;
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

function hasEntries(space: AddressSpace, start: number): boolean {
  const { frameTable, mapped, guards } = space;
  return [frameTable, mapped, guards].some((table) => table.size > 0 && table.keysIn(start, start + HUGE).length > 0);
}

/**
 * Whether it can be told what MADV_COLLAPSE of [start, end) does: private anonymous memory of which nothing is there is made huge
 * if it has a page table all the same, because something was there before. Nor can it where some of it was only read.
 */
export function knowsCollapse(space: AddressSpace, start: number, end: number): boolean {
  for (let vma = space.tree.find(start); vma !== undefined && vma.start < end; vma = space.next(vma)) {
    const from = Math.max(vma.start, start);
    const to = Math.min(vma.end, end);
    if (refusesCollapse(vma, from, to) !== undefined) return true;
    if (!isAnonymous(vma)) continue;
    for (let page = firstHuge(from); page + HUGE <= to; page += HUGE) {
      if (!hasEntries(space, page) || isPartlyRead(space, page)) return false;
      if (refusesHugePage(space, vma, page) !== undefined) return true;
    }
  }
  return true;
}

/** Nothing of it was written, and not all of it was read: of a huge zero page some was taken away. */
function isPartlyRead({ frameTable, mapped }: AddressSpace, start: number): boolean {
  const read = mapped.keysIn(start, start + HUGE).length;
  return read > 0 && read < HUGE && frameTable.keysIn(start, start + HUGE).length === 0;
}

const firstHuge = (page: number): number => Math.ceil(page / HUGE) * HUGE;

/** `thp_vma_allowable_order`, and that a border of a huge page is in the range. */
function refusesCollapse(vma: Vma, start: number, end: number): Refused | undefined {
  const hasRoom = Math.floor(vma.end / HUGE) * HUGE - HUGE >= vma.start;
  if (!hasRoom || (vma.extra & VM_NOHUGEPAGE) !== 0) return refused('EINVAL', 'madvise: the VMA can hold no huge page');
  if (isAnonymous(vma) && vma.anonVma === 0) return refused('EINVAL', 'madvise: the VMA was never written');
  if (firstHuge(start) > end) return refused('EINVAL', 'madvise: no border of a huge page is in the range');
  return undefined;
}

/** MADV_COLLAPSE of a part of a VMA: every huge page that lies in it whole, up to one that cannot be made. */
export function collapse(space: AddressSpace, vma: Vma, start: number, end: number): Refused | undefined {
  const refusal = refusesCollapse(vma, start, end);
  if (refusal !== undefined) return refusal;
  for (let page = firstHuge(start); page + HUGE <= end; page += HUGE) {
    const why = refusesHugePage(space, vma, page);
    if (why !== undefined) return why;
    if (isAnonymous(vma)) collapseAnonymous(space, page);
    else collapseObject(space, vma, page);
    // The object has its huge page by now, but the page table cannot.
    if (hasGuards(space, page)) return GUARDED;
  }
  return undefined;
}

const GUARDED = refused('EINVAL', 'madvise: a guard page');

function hasGuards({ guards }: AddressSpace, start: number): boolean {
  return guards.size > 0 && guards.keysIn(start, start + HUGE).length > 0;
}

/** Why the 512 pages cannot become one. */
function refusesHugePage(space: AddressSpace, vma: Vma, start: number): Refused | undefined {
  const { frameTable, guards, objects } = space;
  const missing = refused('EBUSY', 'madvise: pages are missing, for which a userfaultfd waits');
  if (isAnonymous(vma)) {
    const entries = frameTable.keysIn(start, start + HUGE).length + guards.keysIn(start, start + HUGE).length;
    if (vma.uffd !== 0 && entries < HUGE) return missing;
    return hasGuards(space, start) ? GUARDED : undefined;
  }
  const first = pgoffAt(vma, start);
  const there = objects.get(vma.file)?.pages.keysIn(first, first + HUGE).length ?? 0;
  if (first % HUGE !== 0 || there === 0) return refused('EINVAL', 'madvise: nothing is there, or it is not aligned');
  return there < HUGE && (vma.uffd & UFFD_MISSING) !== 0 ? missing : undefined;
}

function collapseAnonymous(space: AddressSpace, start: number): void {
  for (let page = start; page < start + HUGE; page += 1) {
    const frame = space.frameTable.get(page);
    // What MADV_FREE gave up is kept: the huge page is a new one.
    if (frame !== undefined) space.freed.delete(frame);
    else {
      space.mapped.delete(page);
      space.putFrame(page, ZERO_PAGE);
    }
  }
}

function collapseObject(space: AddressSpace, vma: Vma, start: number): void {
  const object = space.objects.get(vma.file) as SharedObject;
  const first = pgoffAt(vma, start);
  for (let index = first; index < Math.min(first + HUGE, object.size); index += 1) {
    if (!object.pages.has(index)) space.shmemCommitted += object.addPage(index, ZERO_PAGE);
  }
}
