/**
 * Merging a part [start, end) of a VMA, which is to get other attributes, into its neighbours (mm/vma.c, 6.18:
 * `vma_merge_existing_range`). A side is looked at only if the part reaches that end of its VMA:
 *
 *     both           |PP|mmmm|NN|   |PPPPPPPP|    middle and next are removed
 *     left, all      |PP|mmmm|      |PPPPPP|      middle is removed
 *     left, part     |PP|mm--|      |PPPP|--|     the border moves up
 *     right, all        |mmmm|NN|   |NNNNNN|      middle is removed
 *     right, part       |--mm|NN|   |--|NNNN|     the border moves down
 */
import { canMergeLeft, canMergeRight, type MergeProposal } from './can-merge.js';
import { discountVma } from './link.js';
import type { AddressSpace } from './space.js';
import type { Vma } from './types.js';
import { makeVma, pgoffAt, type VmaAttributes, withRange, withSticky } from './vma.js';

/** The VMA that the part became part of, or undefined: no neighbour takes it, and nothing was changed. */
export function mergeExistingRange(
  space: AddressSpace,
  middle: Vma,
  start: number,
  end: number,
  attributes: VmaAttributes,
  pgoff = pgoffAt(middle, start),
): Vma | undefined {
  const atStart = start === middle.start;
  const atEnd = end === middle.end;
  if (!atStart && !atEnd) return undefined;
  const p: MergeProposal = {
    site: 'modify',
    start,
    end,
    pgoff,
    attributes,
    anonVma: middle.anonVma,
    prev: space.prev(middle),
    next: space.next(middle),
  };
  const left = atStart && canMergeLeft(space, p);
  const right = atEnd && canMergeRight(space, p, left);
  if (left && right) return mergeBoth(space, middle, p.prev as Vma, p.next as Vma, attributes);
  if (left) return mergeLeft(space, middle, p.prev as Vma, end, attributes);
  return right ? mergeRight(space, middle, p.next as Vma, start, attributes) : undefined;
}

function mergeBoth(space: AddressSpace, middle: Vma, prev: Vma, next: Vma, attributes: VmaAttributes): Vma {
  const anonVma = prev.anonVma || middle.anonVma || next.anonVma;
  const merged = withSticky(makeVma(prev, prev.start, next.end, prev.pgoff, anonVma), attributes.extra | next.extra);
  space.tree.splice(prev.start, next.end, [merged]);
  discountVma(space, middle.file);
  discountVma(space, next.file);
  return merged;
}

function mergeLeft(space: AddressSpace, middle: Vma, prev: Vma, end: number, attributes: VmaAttributes): Vma {
  const merged = withSticky(
    makeVma(prev, prev.start, end, prev.pgoff, prev.anonVma || middle.anonVma),
    attributes.extra,
  );
  if (end === middle.end) {
    space.tree.splice(prev.start, end, [merged]);
    discountVma(space, middle.file);
  } else {
    const rest = withRange(middle, end, middle.end, pgoffAt(middle, end));
    space.tree.splice(prev.start, middle.end, [merged, rest]);
  }
  return merged;
}

function mergeRight(space: AddressSpace, middle: Vma, next: Vma, start: number, attributes: VmaAttributes): Vma {
  const pgoff = next.pgoff - (next.start - start);
  const merged = withSticky(makeVma(next, start, next.end, pgoff, next.anonVma || middle.anonVma), attributes.extra);
  if (start === middle.start) {
    space.tree.splice(start, next.end, [merged]);
    discountVma(space, middle.file);
  } else {
    const rest = withRange(middle, middle.start, start, middle.pgoff);
    space.tree.splice(middle.start, next.end, [rest, merged]);
  }
  return merged;
}
