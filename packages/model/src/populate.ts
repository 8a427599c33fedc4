/**
 * Faulting in a range as a call does it after locking or mapping (mm/gup.c, 6.18: `__mm_populate`,
 * `populate_vma_page_range`). Private writable memory is faulted for writing, everything else for reading.
 */
import { faultPage } from './fault.js';
import type { AddressSpace } from './space.js';
import type { Vma } from './types.js';
import { isAccessible } from './vma.js';

/**
 * Populates [start, end), skipping holes. False when a page could not be had: with `ignoreErrors` the rest of its VMA is
 * left out and the next one goes on, otherwise it ends there.
 */
export function populate(space: AddressSpace, start: number, end: number, ignoreErrors: boolean): boolean {
  if (start >= end) return true;
  let ok = true;
  for (let vma = space.tree.find(start); vma !== undefined && vma.start < end; vma = space.next(vma)) {
    if (populateVma(space, vma, Math.max(start, vma.start), Math.min(end, vma.end))) continue;
    ok = false;
    if (!ignoreErrors) return false;
  }
  return ok;
}

/** Populates a part of one VMA up to the first page that cannot be had; false if there is one. */
export function populateVma(space: AddressSpace, vma: Vma, start: number, end: number): boolean {
  if (vma.lockonfault) return true;
  if (!isAccessible(vma)) return false;
  const write = vma.write && !vma.shared;
  let current = vma;
  for (let page = start; page < end; page += 1) {
    if (faultPage(space, current, page, write) !== undefined) return false;
    // The first write gives the VMA its anon_vma, which makes a new object.
    if (current.anonVma === 0 && write) current = space.lookup(page) as Vma;
  }
  return true;
}
