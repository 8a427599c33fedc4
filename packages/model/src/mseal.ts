/** mseal (mm/mseal.c, 6.18: `do_mseal`, `range_contains_unmapped`, `mseal_apply`): all of the range or nothing of it. */
import { modifyVma } from './modify.js';
import { DONE, refused } from './outcome.js';
import { offsetInPage, pageOf, pagesOf, u64, wrapAdd } from './pages.js';
import type { AddressSpace } from './space.js';
import type { Outcome, Vma } from './types.js';

/** mseal(2) with raw arguments. */
export function mseal(space: AddressSpace, addr: bigint, length: bigint, flags: bigint): Outcome {
  if (!space.profile.msealExists) return refused('ENOSYS', 'mseal: not in this release');
  if (u64(flags) !== 0n) return refused('EINVAL', 'mseal: unknown flag');
  if (offsetInPage(addr) !== 0) return refused('EINVAL', 'mseal: address not page aligned');
  const start = pageOf(addr);
  const pages = pagesOf(length);
  if (pages === 0 && u64(length) !== 0n) return refused('EINVAL', 'mseal: length wraps to 0');
  const end = wrapAdd(start, pages);
  if (end < start) return refused('EINVAL', 'mseal: range wraps');
  if (end === start) return DONE;
  if (!isMapped(space, start, end)) return refused('ENOMEM', 'mseal: hole in the range');
  return sealRange(space, start, end) ? DONE : refused('ENOMEM', 'mseal: no room for another mapping');
}

/** Whether VMAs cover all of [start, end). */
function isMapped(space: AddressSpace, start: number, end: number): boolean {
  let reached = start;
  for (let vma = space.lookup(start); vma !== undefined && vma.start <= reached; vma = space.next(vma)) {
    reached = vma.end;
    if (reached >= end) return true;
  }
  return false;
}

/** False when a VMA cannot be split: what is below it is sealed. */
function sealRange(space: AddressSpace, start: number, end: number): boolean {
  for (let reached = start; reached < end;) {
    const vma = space.lookup(reached) as Vma;
    const part = vma.sealed ? vma : modifyVma(space, vma, reached, Math.min(vma.end, end), { ...vma, sealed: true });
    if (part === undefined) return false;
    reached = part.end;
  }
  return true;
}
