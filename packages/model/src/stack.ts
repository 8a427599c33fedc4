/**
 * Stacks, which grow downwards when something below them is touched (mm/vma.c, 6.18: `expand_downwards`, `acct_stack_growth`;
 * mm/mmap_lock.c: `lock_mm_and_find_vma`). The stack gets its anon_vma even if it cannot grow.
 *
 *     before  ..........|SSS|     load at 6
 *     after   ......|SSSSSSS|     if nothing that is accessible lies within the 256 pages below
 */
import { prepareAnonVma } from './anon-vma.js';
import { STACK_GAP } from './choose.js';
import { mayExpand, mayLock } from './limits.js';
import type { AddressSpace } from './space.js';
import type { Vma } from './types.js';
import { VM_GROWSDOWN } from './vm-bits.js';
import { isAccessible, withRange } from './vma.js';

/** RLIMIT_STACK as systems come with it, 8 MiB, in pages. */
const LARGEST_STACK = 2048;

/** The VMA that contains the page after a stack above it has grown to it; undefined when there is none, or it cannot. */
export function growStack(space: AddressSpace, page: number): Vma | undefined {
  const stack = space.tree.find(page);
  if (stack === undefined || (stack.extra & VM_GROWSDOWN) === 0 || page < space.mmapMin) return undefined;
  const below = space.prev(stack);
  if (below !== undefined && keepsDistance(below, page)) return undefined;
  const vma = prepareAnonVma(space, stack);
  const pages = vma.start - page;
  if (pages > vma.pgoff || vma.end - page > LARGEST_STACK || !mayExpand(space, false, pages)) return undefined;
  if (vma.locked && !mayLock(space, pages)) return undefined;

  const grown = withRange(vma, page, vma.end, vma.pgoff - pages);
  space.tree.splice(page, vma.end, [grown]);
  space.totalVm += pages;
  space.committed += pages;
  if (vma.locked) space.lockedVm += pages;
  return grown;
}

/** Other stacks, and what nobody can access, may lie close. */
function keepsDistance(below: Vma, page: number): boolean {
  return (below.extra & VM_GROWSDOWN) === 0 && isAccessible(below) && page - below.end < STACK_GAP;
}
