/**
 * Giving a part of a VMA other attributes (mm/vma.c, 6.18: `vma_modify`, `vma_modify_flags`, `vma_modify_flags_uffd`):
 * merge it into a neighbour, or split it off. All calls that change flags come here.
 */
import { spareMaps } from './limits.js';
import { mergeExistingRange } from './merge-existing.js';
import type { AddressSpace } from './space.js';
import { splitVma } from './split.js';
import type { Vma } from './types.js';
import { pgoffAt, type VmaAttributes, withAttributes } from './vma.js';

/**
 * The VMA that has [start, end) afterwards; it may be larger. Undefined when vm.max_map_count leaves no room for a split: a first
 * split may have been made, and stays.
 *
 * @param pgoff the page offset that neighbours have to continue, if it is not that of `start`
 */
export function modifyVma(
  space: AddressSpace,
  vma: Vma,
  start: number,
  end: number,
  attributes: VmaAttributes,
  pgoff = pgoffAt(vma, start),
): Vma | undefined {
  const merged = mergeExistingRange(space, vma, start, end, attributes, pgoff);
  if (merged !== undefined) return merged;
  let part = vma;
  if (part.start < start) {
    if (spareMaps(space) <= 0) return undefined;
    part = splitVma(space, part, start).high;
  }
  if (part.end > end) {
    if (spareMaps(space) <= 0) return undefined;
    part = splitVma(space, part, end).low;
  }
  const changed = withAttributes(part, attributes);
  space.update(part, changed);
  return changed;
}
