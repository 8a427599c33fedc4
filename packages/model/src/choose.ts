/**
 * Where a mapping goes that is not fixed (mm/mmap.c and arch/x86/kernel/sys_x86_64.c, 6.18: `arch_get_unmapped_area_topdown`,
 * `find_start_end`, `thp_get_unmapped_area_vmflags`). Only VMAs matter, and the gaps below stacks. The choice depends on the whole process, so
 * that it is handed in where it is known, and checked for being one that the kernel can have made; where everything is known,
 * for being the one that it makes.
 */
import { HUGE } from './huge.js';
import { illegalChoice, refused } from './outcome.js';
import { offsetInPage, pageOf, TASK_PAGES } from './pages.js';
import type { AddressSpace } from './space.js';
import type { Chosen, IllegalChoice, Refused, Vma } from './types.js';
import { VM_GROWSDOWN } from './vm-bits.js';

/** Pages that stay free below a stack (`stack_guard_gap`). */
export const STACK_GAP = 256;
/** Where the search goes upwards from, when there is no room below `mmapBase` (`TASK_UNMAPPED_BASE`). */
const BOTTOM = 0x2aaaaaaaa;
/** MAP_32BIT: the second gigabyte. The search begins at its start or, in a process with a random layout, up to 32 MiB higher. */
const LOW = { start: 0x40000, end: 0x80000 };

/** What decides where there is room. */
export interface Wish {
  readonly pages: number;
  /** Wanted page; 0 = none. */
  readonly hint: number;
  readonly chosen: Chosen;
  /** Private anonymous memory, which goes to the border of a huge page if its length is a multiple of one. */
  readonly anonymous?: boolean;
  /** MAP_32BIT: below 2 GiB. */
  readonly low?: boolean;
}

/** Whether no VMA intersects [start, end). */
export function isFree(space: AddressSpace, start: number, end: number): boolean {
  const vma = space.tree.find(start);
  return vma === undefined || vma.start >= end;
}

/** `vm_start_gap`: the first page of a VMA, or of the gap that it needs. */
export function startGap(vma: Vma): number {
  return (vma.extra & VM_GROWSDOWN) === 0 ? vma.start : Math.max(0, vma.start - STACK_GAP);
}

/** The page where a mapping goes. */
export function chooseAddress(
  space: AddressSpace,
  hint: number,
  pages: number,
  chosen: Chosen,
  anonymous = false,
): number | Refused | IllegalChoice {
  return place(space, { hint, pages, chosen, anonymous });
}

/** The page where a mapping with MAP_32BIT goes. */
export function chooseLowAddress(
  space: AddressSpace,
  hint: number,
  pages: number,
  chosen: Chosen,
): number | Refused | IllegalChoice {
  return place(space, { hint, pages, chosen, low: true });
}

function place(space: AddressSpace, wish: Wish): number | Refused | IllegalChoice {
  const { pages, chosen, low } = wish;
  if (pages > endFor(wish)) return refused('ENOMEM', 'address: longer than user space, or than 2 GiB with MAP_32BIT');
  const wanted = usableHint(space, wish);
  if (chosen === undefined) return wanted ?? search(space, wish) ?? refused('ENOMEM', 'address: no room');
  if (chosen === null) {
    // With room at the hint, something else must be to blame; it is looked for where the kernel looks for it.
    return wanted ?? refused('ENOMEM', 'address: no room');
  }
  const page = pageOf(chosen);
  if (offsetInPage(chosen) !== 0) return illegalChoice('not page aligned');
  if (wanted !== undefined && page !== wanted) {
    return illegalChoice(`the hint, page ${wanted}, is free and was not used`);
  }
  if (page > TASK_PAGES - pages) return illegalChoice('ends above user space');
  if (low === true && wanted === undefined && (page < LOW.start || page > LOW.end - pages)) {
    return illegalChoice('not between 1 and 2 GiB, with MAP_32BIT');
  }
  if (!hasRoom(space, page, pages)) return illegalChoice('not free');
  // File systems may align large mappings of their files as they like.
  const decided = space.predicts && low !== true && wanted === undefined && (wish.anonymous === true || pages < HUGE);
  const expected = decided ? search(space, wish) : undefined;
  return expected === undefined || expected === page ? page : illegalChoice(`there is room at page ${expected}`);
}

/** The page below which a mapping has to end. */
function endFor({ low }: Wish): number {
  return low === true ? LOW.end : TASK_PAGES;
}

/** Free, and clear of the gap of a stack above. */
function hasRoom(space: AddressSpace, page: number, pages: number): boolean {
  const above = space.tree.find(page);
  return above === undefined || startGap(above) >= page + pages;
}

/** The hint if the kernel takes it: it fits below the end and is free, as far as the layout is known. */
function usableHint(space: AddressSpace, wish: Wish): number | undefined {
  const { hint, pages } = wish;
  if (hint === 0 || hint > endFor(wish) - pages) return undefined;
  if (hint < space.known.start || hint + pages > space.known.end) return undefined;
  return hasRoom(space, hint, pages) ? hint : undefined;
}

/** Without a hint: aligned to huge pages where that is asked for, packed against what lies above, or else from below. */
function search(space: AddressSpace, { hint, pages, anonymous, low }: Wish): number | undefined {
  if (low === true) return bottomUp(space, pages, LOW.start, LOW.end);
  const aligned = anonymous === true && hint === 0 && pages % HUGE === 0;
  if (aligned) {
    const room = topDown(space, pages + HUGE);
    // What is aligned already goes to the upper end of the room.
    if (room !== undefined) return room - (room % HUGE) + HUGE;
  }
  return topDown(space, pages) ?? bottomUp(space, pages, BOTTOM, TASK_PAGES);
}

/**
 * `unmapped_area_topdown`: the highest hole below `mmapBase` that is large enough, packed against the VMA above it. If that is a
 * stack whose gap is in the way, the search goes on below the gap.
 */
function topDown(space: AddressSpace, pages: number): number | undefined {
  for (let limit = space.mmapBase; ;) {
    const end = space.tree.holeBelow(limit, pages);
    if (end - pages < space.mmapMin) return undefined;
    const above = space.tree.find(end - pages);
    if (above === undefined || startGap(above) >= end) return end - pages;
    limit = startGap(above);
  }
}

/** `unmapped_area`: the lowest hole from `from` on that is large enough, clear of the gap of a stack, and ends by `end`. */
function bottomUp(space: AddressSpace, pages: number, from: number, end: number): number | undefined {
  for (let limit = from; ;) {
    const start = space.tree.holeAbove(limit, pages);
    if (start + pages > end) return undefined;
    const above = space.tree.find(start);
    if (above === undefined || start + pages <= startGap(above)) return start;
    limit = above.end;
  }
}
