/**
 * Advice about pages (mm/madvise.c, 6.18: `madvise_dontneed_free`, `madvise_remove`, `madvise_cold`, `madvise_pageout`,
 * `madvise_guard_install`, `madvise_guard_remove`, `madvise_populate`; mm/khugepaged.c: `madvise_collapse`).
 *
 *     advice             refuses (EINVAL)               pages
 *     DONTNEED           locked                         go; an object's stay in the object
 *     DONTNEED_LOCKED                                   the same
 *     FREE               locked, not private anonymous  stay until memory is short
 *     REMOVE             locked, without a file         go from the object too (EACCES unless shared)
 *     COLD               locked                         stay
 *     PAGEOUT            locked                         see pageout.ts
 *     GUARD_INSTALL      locked                         go; an access is SIGSEGV until GUARD_REMOVE
 *     COLLAPSE           no room for a huge page        become huge: all of it is present
 */
import { ADVICE } from './advice.js';
import { prepareAnonVma } from './anon-vma.js';
import { faultPage } from './fault.js';
import { collapse } from './collapse.js';
import { punchHole } from './objects.js';
import { refused } from './outcome.js';
import { pageOut } from './pageout.js';
import type { AddressSpace } from './space.js';
import type { Refused, Vma } from './types.js';
import { announceRemove } from './uffd-events.js';
import { VM_MAYBE_GUARD } from './vm-bits.js';
import { isAnonymous, pgoffAt, withAttributes } from './vma.js';
import { removeGuards, zapPages } from './zap.js';

/** Advises a part of a VMA; why it is refused, or undefined. */
export function advisePages(
  space: AddressSpace,
  vma: Vma,
  start: number,
  end: number,
  advice: number,
): Refused | undefined {
  switch (advice) {
    case ADVICE.DONTNEED:
    case ADVICE.DONTNEED_LOCKED:
    case ADVICE.FREE:
      return dropPages(space, vma, start, end, advice);
    case ADVICE.REMOVE:
      return removePages(space, vma, start, end);
    case ADVICE.COLD:
    case ADVICE.PAGEOUT:
      if (vma.locked) return refused('EINVAL', 'madvise: a VMA is locked');
      if (advice === ADVICE.PAGEOUT) pageOut(space, vma, start, end);
      return undefined;
    case ADVICE.GUARD_INSTALL:
      return installGuards(space, vma, start, end);
    case ADVICE.GUARD_REMOVE:
      removeGuards(space, start, end);
      return undefined;
    case ADVICE.COLLAPSE:
      return collapse(space, vma, start, end);
    default:
      return undefined;
  }
}

function dropPages(space: AddressSpace, vma: Vma, start: number, end: number, advice: number): Refused | undefined {
  if (vma.locked && advice !== ADVICE.DONTNEED_LOCKED) return refused('EINVAL', 'madvise: a VMA is locked');
  announceRemove(space, vma, start, end);
  if (advice !== ADVICE.FREE) {
    zapPages(space, start, end);
    return undefined;
  }
  if (!isAnonymous(vma)) return refused('EINVAL', 'madvise: MADV_FREE and not private anonymous memory');
  for (const page of space.frameTable.keysIn(start, end)) space.freed.set(space.frameTable.get(page) as number, true);
  return undefined;
}

function removePages(space: AddressSpace, vma: Vma, start: number, end: number): Refused | undefined {
  if (vma.locked) return refused('EINVAL', 'madvise: a VMA is locked');
  if (isAnonymous(vma)) return refused('EINVAL', 'madvise: MADV_REMOVE and no object');
  if (!vma.shared) return refused('EACCES', 'madvise: MADV_REMOVE and not shared');
  announceRemove(space, vma, start, end);
  const from = pgoffAt(vma, start);
  punchHole(space.shared, vma.file, from, from + (end - start));
  return undefined;
}

/**
 * The whole VMA is to be copied with its page table by a fork: it is marked, and private anonymous memory gets an anon_vma; where
 * there is no such mark, every VMA gets one.
 */
function installGuards(space: AddressSpace, vma: Vma, start: number, end: number): Refused | undefined {
  if (vma.locked) return refused('EINVAL', 'madvise: a VMA is locked');
  const { guardsAreMarked } = space.profile;
  const prepared = isAnonymous(vma) || !guardsAreMarked ? prepareAnonVma(space, vma) : vma;
  if (guardsAreMarked && (prepared.extra & VM_MAYBE_GUARD) === 0) {
    space.update(prepared, withAttributes(prepared, { ...prepared, extra: prepared.extra | VM_MAYBE_GUARD }));
  }
  zapPages(space, start, end);
  for (let page = start; page < end; page += 1) space.guards.set(page, true);
  return undefined;
}

/** MADV_POPULATE_READ and _WRITE: faults in page by page, up to a hole, or what does not permit it, or cannot be had. */
export function populateRange(space: AddressSpace, start: number, end: number, write: boolean): Refused | undefined {
  for (let page = start; page < end; page += 1) {
    const vma = space.lookup(page);
    if (vma === undefined) return refused('ENOMEM', 'madvise: hole in the range');
    if (write ? !vma.write : !vma.read) return refused('EINVAL', 'madvise: the access is not permitted');
    if (faultPage(space, vma, page, write) !== undefined) return refused('EFAULT', 'madvise: a page cannot be had');
  }
  return undefined;
}
