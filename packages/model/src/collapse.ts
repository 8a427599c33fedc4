/**
 * MADV_COLLAPSE (mm/khugepaged.c, 6.18: `madvise_collapse`, `hpage_collapse_scan_pmd`, `hpage_collapse_scan_file`). Of private
 * anonymous memory, 512 pages from a border of a huge page become one:
 *
 *     in the page table                  since 6.18             before
 *     nothing                            not known              EINVAL
 *     a guard page                       EINVAL                 EINVAL
 *     a hole, registered with a uffd     EBUSY                  EBUSY, on 6.1 EINVAL
 *     no page that may be written        all of it is present   EINVAL, unless it is huge already
 *     otherwise                          all of it is present   all of it is present
 */
import { ZERO_PAGE } from './contents.js';
import { HUGE, hasEntries } from './huge.js';
import { refused } from './outcome.js';
import type { SharedObject } from './objects.js';
import type { AddressSpace } from './space.js';
import type { Refused, Vma } from './types.js';
import { VM_NOHUGEPAGE } from './vm-bits.js';
import { isAnonymous, pgoffAt, UFFD_MISSING } from './vma.js';

/** What no call shows decides: whether there is a page table, a huge page, an entry that may be written. */
const HIDDEN = 'hidden';

const GUARDED = refused('EINVAL', 'madvise: a guard page');
const NOTHING_WRITABLE = refused('EINVAL', 'madvise: no page of it may be written without a fault');

/** Whether it can be told what MADV_COLLAPSE of [start, end) does. */
export function knowsCollapse(space: AddressSpace, start: number, end: number): boolean {
  for (let vma = space.tree.find(start); vma !== undefined && vma.start < end; vma = space.next(vma)) {
    const from = Math.max(vma.start, start);
    const to = Math.min(vma.end, end);
    if (refusesRange(vma, from, to) !== undefined) return true;
    for (let page = firstHuge(from); page + HUGE <= to; page += HUGE) {
      const why = refusesHugePage(space, vma, page);
      if (why !== undefined) return why !== HIDDEN;
    }
  }
  return true;
}

/** MADV_COLLAPSE of a part of a VMA: every huge page that lies in it whole, up to one that cannot be made. */
export function collapse(space: AddressSpace, vma: Vma, start: number, end: number): Refused | undefined {
  const refusal = refusesRange(vma, start, end);
  if (refusal !== undefined) return refusal;
  for (let page = firstHuge(start); page + HUGE <= end; page += HUGE) {
    const why = refusesHugePage(space, vma, page);
    if (why !== undefined && why !== HIDDEN) return why;
    if (isAnonymous(vma)) collapseAnonymous(space, page);
    else collapseObject(space, vma, page);
    // The object has its huge page by now, but the page table cannot.
    if (hasGuards(space, page)) return GUARDED;
  }
  return undefined;
}

const firstHuge = (page: number): number => Math.ceil(page / HUGE) * HUGE;

/** `thp_vma_allowable_order`, and that a border of a huge page is in the range. */
function refusesRange(vma: Vma, start: number, end: number): Refused | undefined {
  const hasRoom = Math.floor(vma.end / HUGE) * HUGE - HUGE >= vma.start;
  if (!hasRoom || (vma.extra & VM_NOHUGEPAGE) !== 0) return refused('EINVAL', 'madvise: the VMA can hold no huge page');
  if (isAnonymous(vma) && vma.anonVma === 0) return refused('EINVAL', 'madvise: the VMA was never written');
  if (firstHuge(start) > end) return refused('EINVAL', 'madvise: no border of a huge page is in the range');
  return undefined;
}

/** Why the 512 pages cannot become one. */
function refusesHugePage(space: AddressSpace, vma: Vma, start: number): Refused | typeof HIDDEN | undefined {
  return isAnonymous(vma) ? refusesAnonymous(space, vma, start) : refusesObject(space, vma, start);
}

function refusesAnonymous(space: AddressSpace, vma: Vma, start: number): Refused | typeof HIDDEN | undefined {
  const { frameTable, guards, profile } = space;
  if (!hasEntries(space, start)) return profile.collapseNeedsWritable ? NOTHING_WRITABLE : HIDDEN;
  const pages = [frameTable, guards].reduce((sum, table) => sum + table.keysIn(start, start + HUGE).length, 0);
  if (vma.uffd !== 0 && pages < HUGE) return missing(space);
  if (hasGuards(space, start)) return GUARDED;
  return profile.collapseNeedsWritable ? refusesReadOnly(space, vma, start) : undefined;
}

/** Until 6.18 an entry must permit writing, unless the page is huge already, which nothing tells. */
function refusesReadOnly(space: AddressSpace, vma: Vma, start: number): Refused | typeof HIDDEN | undefined {
  const { frameTable, mapped, cowBelow } = space;
  const frames = frameTable.keysIn(start, start + HUGE).map((page) => frameTable.get(page) as number);
  if (vma.write && frames.some((frame) => frame >= cowBelow)) return undefined;
  if (vma.write && frames.length > 0) return HIDDEN;
  const isWhole = frames.length === HUGE || mapped.keysIn(start, start + HUGE).length === HUGE;
  return isWhole ? HIDDEN : NOTHING_WRITABLE;
}

function refusesObject(space: AddressSpace, vma: Vma, start: number): Refused | undefined {
  const first = pgoffAt(vma, start);
  const there = space.objects.get(vma.file)?.pages.keysIn(first, first + HUGE).length ?? 0;
  if (first % HUGE !== 0 || there === 0) return refused('EINVAL', 'madvise: nothing is there, or it is not aligned');
  const waits = space.profile.collapseSparesMissing && (vma.uffd & UFFD_MISSING) !== 0;
  return waits && there < HUGE ? missing(space) : undefined;
}

const missing = ({ profile }: AddressSpace): Refused =>
  refused(
    profile.collapseSparesMissing ? 'EBUSY' : 'EINVAL',
    'madvise: pages are missing, for which a userfaultfd waits',
  );

function hasGuards({ guards }: AddressSpace, start: number): boolean {
  return guards.size > 0 && guards.keysIn(start, start + HUGE).length > 0;
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
