/**
 * Where a mapping goes that is not fixed (mm/mmap.c, 6.18: `generic_get_unmapped_area_topdown`, arch/x86: the same with
 * hints). Only VMAs matter. The choice depends on the whole process, so that it is handed in where it is known, and
 * checked for being one that the kernel can have made.
 * Not modelled: guard gaps of stacks, alignment of huge mappings, the bottom-up fallback.
 */
import { illegalChoice, refused } from './outcome.js';
import { offsetInPage, pageOf, TASK_PAGES } from './pages.js';
import type { AddressSpace } from './space.js';
import type { Chosen, IllegalChoice, Refused } from './types.js';

/** Whether no VMA intersects [start, end). */
export function isFree(space: AddressSpace, start: number, end: number): boolean {
  const vma = space.tree.find(start);
  return vma === undefined || vma.start >= end;
}

/** The page where a mapping of `pages` goes. `hint` is a page, 0 = none. */
export function chooseAddress(
  space: AddressSpace,
  hint: number,
  pages: number,
  chosen: Chosen,
): number | Refused | IllegalChoice {
  if (pages > TASK_PAGES) return refused('ENOMEM', 'address: longer than user space');
  const wanted = usableHint(space, hint, pages);
  if (chosen === undefined) return wanted ?? topDown(space, pages) ?? refused('ENOMEM', 'address: no room');
  if (chosen === null) {
    if (wanted !== undefined) return illegalChoice('no room, although the hint is free');
    return refused('ENOMEM', 'address: no room');
  }
  const page = pageOf(chosen);
  if (offsetInPage(chosen) !== 0) return illegalChoice('not page aligned');
  if (wanted !== undefined && page !== wanted)
    return illegalChoice(`the hint, page ${wanted}, is free and was not used`);
  if (page > TASK_PAGES - pages) return illegalChoice('ends above user space');
  if (!isFree(space, page, page + pages)) return illegalChoice('not free');
  return page;
}

/** The hint if the kernel takes it: it fits below the end of user space and is free, as far as the layout is known. */
function usableHint(space: AddressSpace, hint: number, pages: number): number | undefined {
  if (hint === 0 || hint > TASK_PAGES - pages) return undefined;
  if (hint < space.known.start || hint + pages > space.known.end) return undefined;
  return isFree(space, hint, hint + pages) ? hint : undefined;
}

/** The highest gap below `mmapBase` that is large enough, packed against the VMA above it. */
function topDown(space: AddressSpace, pages: number): number | undefined {
  let end = space.mmapBase;
  for (let vma = space.tree.findBefore(end); vma !== undefined; vma = space.prev(vma)) {
    if (vma.end + pages <= end) break;
    end = Math.min(end, vma.start);
  }
  return end - pages >= space.mmapMin ? end - pages : undefined;
}
