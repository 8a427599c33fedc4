/**
 * The two ways in which mremap makes new ranges (mm/vma.c, 6.18: `copy_vma`, `vma_merge_copied_range`,
 * `vma_merge_extend`).
 */
import { countVma } from './link.js';
import { mergeNewRange } from './merge-new.js';
import type { AddressSpace } from './space.js';
import type { Vma } from './types.js';
import { isAnonymous, makeVma, pgoffAt, type VmaAttributes } from './vma.js';

/** What a copy gave. */
export interface CopiedVma {
  /** The VMA that has the new range; it may be larger. */
  readonly copy: Vma;
  /** The VMA that has the source: `copy` itself when the new range was merged into the source. */
  readonly source: Vma;
}

/** What a copy may be joined with: any neighbour, any but its own source, or nothing. */
export type CopyJoins = 'any' | 'others' | 'nothing';

/**
 * Makes a mapping of `pages` at `to` of what `source` maps at `from`, with its attributes unless others are given.
 *
 * Anonymous memory that was never written gets the page offset of its new place, and can merge with what is there, its own
 * source included; everything else keeps its offset, because its pages are found by it.
 *
 *     before  |SSSS|          never written, copy [0, 2) to 4
 *     after   |SSSSSS|        one VMA, source and copy
 */
export function copyRange(
  space: AddressSpace,
  source: Vma,
  from: number,
  to: number,
  pages: number,
  attributes: VmaAttributes = source,
  joins: CopyJoins = 'any',
): CopiedVma {
  const unfaulted = isAnonymous(source) && source.anonVma === 0;
  const pgoff = unfaulted ? to : pgoffAt(source, from);
  const anonShift = shiftOfCopy(space, source, to - from);
  const end = to + pages;
  const neighbour = (vma: Vma | undefined): Vma | undefined =>
    joins === 'nothing' || (joins === 'others' && vma === source) ? undefined : vma;
  const merged = mergeNewRange(space, {
    site: 'copy',
    start: to,
    end,
    pgoff,
    attributes: anonShift === attributes.anonShift ? attributes : { ...attributes, anonShift },
    anonVma: source.anonVma,
    prev: neighbour(space.tree.findBefore(to)),
    next: neighbour(space.tree.find(end)),
  });
  if (merged !== undefined) {
    const selfMerged = merged.start <= source.start && source.start < merged.end;
    return { copy: merged, source: selfMerged ? merged : source };
  }
  const copy = makeVma({ ...attributes, anonShift }, to, end, pgoff, source.anonVma);
  space.tree.splice(to, end, [copy]);
  countVma(space, source.file);
  return { copy, source };
}

/** Private pages of a file mapping are found by where they were when the first of them was written. */
function shiftOfCopy(space: AddressSpace, source: Vma, distance: number): number {
  const counts = space.profile.privateFilesHaveAnonOffset && source.file !== 0 && !source.shared;
  return counts && source.anonVma !== 0 ? source.anonShift + distance : 0;
}

/** Grows a VMA by `pages` at its end, where nothing is mapped; it may reach and swallow the next VMA. */
export function extendVma(space: AddressSpace, vma: Vma, pages: number): Vma {
  const grown = mergeNewRange(space, {
    site: 'expand',
    start: vma.end,
    end: vma.end + pages,
    pgoff: pgoffAt(vma, vma.end),
    attributes: vma,
    anonVma: vma.anonVma,
    prev: vma,
    next: space.next(vma),
  });
  // A VMA can always be joined with what continues it.
  return grown as Vma;
}
