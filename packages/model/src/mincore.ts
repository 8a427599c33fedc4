/**
 * mincore (mm/mincore.c, 6.18: `do_mincore`): which pages are there, in the page table or in the object behind it. A guard page
 * is none.
 */
import { refused } from './outcome.js';
import { offsetInPage, pageOf, pagesOf, TASK_PAGES, u64 } from './pages.js';
import type { AddressSpace } from './space.js';
import type { Outcome, Vma } from './types.js';
import { pgoffAt } from './vma.js';

/** mincore(2) with raw arguments. The outcome carries one 0 or 1 per page. */
export function mincore(space: AddressSpace, addr: bigint, length: bigint): Outcome {
  if (offsetInPage(addr) !== 0) return refused('EINVAL', 'mincore: address not page aligned');
  const start = pageOf(addr);
  const pages = pagesOf(length);
  const wraps = pages === 0 && u64(length) !== 0n;
  if (wraps || start > TASK_PAGES || u64(length) > BigInt(TASK_PAGES - start) << 12n) {
    return refused('ENOMEM', 'mincore: range ends above user space');
  }
  const end = start + pages;
  let vector = '';
  for (let reached = start; reached < end;) {
    const vma = space.lookup(reached);
    if (vma === undefined) return refused('ENOMEM', 'mincore: hole in the range');
    for (; reached < Math.min(vma.end, end); reached += 1) vector += isResident(space, vma, reached) ? '1' : '0';
  }
  return { ok: true, value: 0n, vector };
}

function isResident(space: AddressSpace, vma: Vma, page: number): boolean {
  if (space.frameTable.has(page) || space.mapped.has(page)) return true;
  return space.objects.get(vma.file)?.pages.has(pgoffAt(vma, page)) === true;
}
