/**
 * MADV_COLLAPSE (mm/khugepaged.c, 6.18: `madvise_collapse`, `hpage_collapse_scan_pmd`, `hpage_collapse_scan_file`). Of private
 * anonymous memory, 512 pages from a border of a huge page become one:
 *
 *     in the page table                  since 6.18              before
 *     nothing                            not known               not known
 *     a guard page                       EINVAL                  EINVAL
 *     a hole, registered with a uffd     EBUSY                   EBUSY, in 6.1 EINVAL
 *     no hole, but pages only read,
 *     registered with a uffd             not known               not known
 *     no page that may be written        all of it is present    EINVAL, but what is behind it is tried; not known if it may be huge
 *     otherwise                          all of it is present    all of it is present
 *
 * Of objects, the pages that are missing come to exist; with write protection, a guard page or a private copy in the way it fails
 * all the same, and a copy ends the call.
 */
import { ZERO_PAGE } from './contents.js';
import { HUGE, hasEntries } from './huge.js';
import { refused } from './outcome.js';
import type { SharedObject } from './objects.js';
import type { PageMap } from './page-map.js';
import type { AddressSpace } from './space.js';
import type { Refused, Vma } from './types.js';
import { VM_NOHUGEPAGE } from './vm-bits.js';
import { isAnonymous, pgoffAt, UFFD_MISSING, UFFD_WP } from './vma.js';

/** Why 512 pages cannot become one, and whether those behind them are tried all the same. */
interface Obstacle {
  readonly why: Refused;
  readonly goesOn: boolean;
}

/** What no call shows decides: whether there is a page table, a huge page, an entry that may be written. */
const HIDDEN = 'hidden';

type Finding = Obstacle | typeof HIDDEN | undefined;

const GUARDED = refused('EINVAL', 'madvise: a guard page');
const COPIED = refused('EINVAL', 'madvise: a private copy of a page');
const WRITE_PROTECTED = refused('EINVAL', 'madvise: registered with a userfaultfd that write-protects');
const READ_ONLY = refused('EINVAL', 'madvise: no page of it may be written without a fault');

/** Whether it can be told what MADV_COLLAPSE of [start, end) does. */
export function knowsCollapse(space: AddressSpace, start: number, end: number): boolean {
  for (let vma = space.tree.find(start); vma !== undefined && vma.start < end; vma = space.next(vma)) {
    const from = Math.max(vma.start, start);
    const to = Math.min(vma.end, end);
    if (refusesRange(space, vma, from, to) !== undefined) return true;
    let fails = false;
    for (let page = firstHuge(from); page + HUGE <= to; page += HUGE) {
      const found = obstacle(space, vma, page);
      if (found === HIDDEN) return false;
      if (found?.goesOn === false) return true;
      fails ||= found !== undefined || hindersMapping(space, vma, page) !== undefined;
    }
    if (fails) return true;
  }
  return true;
}

/**
 * MADV_COLLAPSE of a part of a VMA: every huge page that lies in it whole, up to one that ends the call. The last that cannot be
 * made says why.
 */
export function collapse(space: AddressSpace, vma: Vma, start: number, end: number): Refused | undefined {
  const refusal = refusesRange(space, vma, start, end);
  if (refusal !== undefined) return refusal;
  let failed: Refused | undefined;
  for (let page = firstHuge(start); page + HUGE <= end; page += HUGE) {
    const found = obstacle(space, vma, page);
    if (found !== undefined && found !== HIDDEN) {
      failed = found.why;
      if (found.goesOn) continue;
      return failed;
    }
    if (isAnonymous(vma)) {
      collapseAnonymous(space, page);
      continue;
    }
    collapseObject(space, vma, page);
    const hindrance = hindersMapping(space, vma, page);
    if (hindrance === undefined) continue;
    failed = hindrance.why;
    if (!hindrance.goesOn) return failed;
  }
  return failed;
}

const firstHuge = (page: number): number => Math.ceil(page / HUGE) * HUGE;

/** `thp_vma_allowable_order`, and that a border of a huge page is in the range. */
function refusesRange({ profile }: AddressSpace, vma: Vma, start: number, end: number): Refused | undefined {
  const hasRoom = Math.floor(vma.end / HUGE) * HUGE - HUGE >= vma.start;
  if (!hasRoom || (vma.extra & VM_NOHUGEPAGE) !== 0) return refused('EINVAL', 'madvise: the VMA can hold no huge page');
  if (isAnonymous(vma) && vma.anonVma === 0) return refused('EINVAL', 'madvise: the VMA was never written');
  if (firstHuge(start) > end && !profile.collapseOfLessSucceeds)
    return refused('EINVAL', 'madvise: no border of a huge page is in the range');
  return undefined;
}

function obstacle(space: AddressSpace, vma: Vma, start: number): Finding {
  return isAnonymous(vma) ? anonymousObstacle(space, vma, start) : objectObstacle(space, vma, start);
}

function anonymousObstacle(space: AddressSpace, vma: Vma, start: number): Finding {
  if (!hasEntries(space, start)) return HIDDEN;
  const { frameTable, guards, mapped, profile } = space;
  const count = (table: PageMap<unknown>): number => table.keysIn(start, start + HUGE).length;
  // What was read is the huge zero page, which a store makes huge memory (6.16, not yet 6.12); or small zero pages, which count as missing.
  const isFull = count(frameTable) + count(mapped) === HUGE;
  if (vma.uffd !== 0 && count(frameTable) + count(guards) < HUGE) return isFull ? HIDDEN : missing(space);
  if (hasGuards(space, start)) return { why: GUARDED, goesOn: false };
  if (!profile.collapseNeedsWritable) return undefined;
  const frames = frameTable.keysIn(start, start + HUGE).map((page) => frameTable.get(page) as number);
  if (vma.write && frames.some((frame) => frame >= space.cowBelow)) return undefined;
  const mayBeHuge = count(frameTable) === HUGE || count(mapped) === HUGE;
  return mayBeHuge || (vma.write && frames.length > 0) ? HIDDEN : { why: READ_ONLY, goesOn: true };
}

function objectObstacle(space: AddressSpace, vma: Vma, start: number): Finding {
  const first = pgoffAt(vma, start);
  const there = space.objects.get(vma.file)?.pages.keysIn(first, first + HUGE).length ?? 0;
  const why = refused('EINVAL', 'madvise: nothing is there, or it is not aligned');
  if (first % HUGE !== 0 || there === 0) return { why, goesOn: false };
  const waits = space.profile.collapseSparesMissing && (vma.uffd & UFFD_MISSING) !== 0;
  return waits && there < HUGE ? missing(space) : undefined;
}

/** The object has its huge page by now, but the page table cannot (`collapse_pte_mapped_thp`). */
function hindersMapping({ guards, frameTable }: AddressSpace, vma: Vma, start: number): Obstacle | undefined {
  if (isAnonymous(vma)) return undefined;
  if ((vma.uffd & UFFD_WP) !== 0) return { why: WRITE_PROTECTED, goesOn: true };
  for (let page = start; page < start + HUGE; page += 1) {
    if (guards.size > 0 && guards.has(page)) return { why: GUARDED, goesOn: true };
    if (frameTable.has(page)) return { why: COPIED, goesOn: false };
  }
  return undefined;
}

function missing({ profile }: AddressSpace): Obstacle {
  const errno = profile.collapseSparesMissing ? 'EBUSY' : 'EINVAL';
  return { why: refused(errno, 'madvise: pages are missing, for which a userfaultfd waits'), goesOn: false };
}

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
