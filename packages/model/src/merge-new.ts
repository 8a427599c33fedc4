/**
 * Merging a range that has no VMA yet into its neighbours (mm/vma.c, 6.18: `vma_merge_new_range`, `vma_expand`,
 * `vma_merge_copied_range`, `vma_merge_extend`): a new mapping, the copy that mremap makes, the pages that it appends.
 *
 *     left    |PPP|xx|..      |PPPPP|..
 *     right   ..|xx|NNN|      ..|NNNNN|
 *     both    |PPP|xx|NNN|    |PPPPPPPP|   next is removed
 */
import { canMergeLeft, canMergeRight, type MergeProposal } from './can-merge.js';
import { discountVma } from './link.js';
import type { AddressSpace } from './space.js';
import type { Vma } from './types.js';
import { makeVma, withSticky } from './vma.js';

/** The VMA that the range became part of, or undefined: no neighbour takes it, and nothing was changed. */
export function mergeNewRange(space: AddressSpace, p: MergeProposal): Vma | undefined {
  const { left, right } = sidesToJoin(space, p);
  if (!left && !right) return undefined;

  const low = left ? (p.prev as Vma) : undefined;
  const high = right ? (p.next as Vma) : undefined;
  // A target without an anon_vma takes the one of the VMA it swallows, or of the VMA that is copied.
  const copied = space.profile.copyLosesAnonVma ? 0 : p.anonVma;
  const anonVma = low?.anonVma || high?.anonVma || copied;
  const start = low?.start ?? p.start;
  const end = high?.end ?? p.end;
  const extra = p.attributes.extra | (high?.extra ?? 0);
  const merged = withSticky(makeVma(low ?? (high as Vma), start, end, low?.pgoff ?? p.pgoff, anonVma), extra);
  space.tree.splice(start, end, [merged]);
  if (low !== undefined && high !== undefined) discountVma(space, high.file);
  return merged;
}

function sidesToJoin(space: AddressSpace, p: MergeProposal): { readonly left: boolean; readonly right: boolean } {
  if (p.site === 'newRange' && space.profile.newRangeAsksNextFirst) {
    // What is joined with the VMA above counts as having its anon_vma when the VMA below is asked.
    const right = canMergeRight(space, p, false);
    const joined = right && p.next !== undefined ? { ...p, anonVma: p.next.anonVma } : p;
    return { left: canMergeLeft(space, joined), right };
  }
  const left = canMergeLeft(space, p);
  return { left, right: canMergeRight(space, p, left) };
}
