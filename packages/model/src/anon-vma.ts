/**
 * Which anon_vma a VMA gets at its first write fault (mm/rmap.c `__anon_vma_prepare`; mm/vma.c `find_mergeable_anon_vma`,
 * `reusable_anon_vma`, `anon_vma_compatible`; 6.18): the one of the next VMA or else of the previous one, if the two could
 * become one VMA by an mprotect (same attributes but for read, write, exec; contiguous page offsets); otherwise a new one.
 *
 *     |AA|bbb|CC|    first write in b: A and C have anon_vmas 1 and 2, all three compatible: b gets 2
 */
import type { AddressSpace } from './space.js';
import type { Vma } from './types.js';
import { differenceBesidesAccess, vmaPages, withAnonVma } from './vma.js';

/** The VMA with an anon_vma. */
export function prepareAnonVma(space: AddressSpace, vma: Vma): Vma {
  if (vma.anonVma !== 0) return vma;
  const prepared = withAnonVma(vma, reusableFromNeighbours(space, vma) || newAnonVma(space));
  space.update(vma, prepared);
  return prepared;
}

function newAnonVma(space: AddressSpace): number {
  const id = space.nextAnonVma;
  space.nextAnonVma += 1;
  return id;
}

/** 0 when no neighbour offers one. A compatible neighbour that was never written itself offers none. */
function reusableFromNeighbours(space: AddressSpace, vma: Vma): number {
  const next = space.next(vma);
  if (next !== undefined && offers(space, next) && couldBeOne(vma, next)) return next.anonVma;
  const prev = space.prev(vma);
  if (prev !== undefined && offers(space, prev) && couldBeOne(prev, vma)) return prev.anonVma;
  return 0;
}

/** What came by fork is not shared with memory that did not. */
function offers(space: AddressSpace, { anonVma }: Vma): boolean {
  return anonVma !== 0 && !space.isForked(anonVma);
}

function couldBeOne(low: Vma, high: Vma): boolean {
  return (
    low.end === high.start &&
    high.pgoff === low.pgoff + vmaPages(low) &&
    differenceBesidesAccess(low, high) === undefined
  );
}
