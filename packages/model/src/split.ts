/**
 * Splitting a VMA (mm/vma.c, 6.18: `__split_vma`). Both halves keep every attribute and the anon_vma chain, even a half
 * without a single page in it: "faulted" is a property of VMAs, not of pages.
 *
 *     before  |AAAAAAAA|     pgoff 100, split at page 3
 *     after   |AAA|AAAAA|    pgoff 100 and 103
 */
import { countVma } from './link.js';
import type { AddressSpace } from './space.js';
import type { Vma } from './types.js';
import { pgoffAt, withRange } from './vma.js';

/** The two halves, in order. `at` lies strictly inside the VMA. */
export function splitVma(space: AddressSpace, vma: Vma, at: number): { readonly low: Vma; readonly high: Vma } {
  const low = withRange(vma, vma.start, at, vma.pgoff);
  const high = withRange(vma, at, vma.end, pgoffAt(vma, at));
  space.tree.splice(vma.start, vma.end, [low, high]);
  countVma(space, vma.file);
  return { low, high };
}
