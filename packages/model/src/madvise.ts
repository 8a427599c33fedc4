/**
 * madvise (mm/madvise.c, 6.18: `do_madvise`, `madvise_walk_vmas`, `madvise_vma_behavior`, `can_madvise_modify`). VMA by VMA; holes
 * are skipped and reported at the end, but any other refusal ends the walk, and what was done before it stays.
 *
 *     before  |AA|..|BB|CC|     an advice that B refuses
 *     after   |aa|..|BB|CC|     its error, not the hole's
 *
 * Not modelled: MADV_HWPOISON, MADV_SOFT_OFFLINE, MADV_COLLAPSE where only the page table tells.
 */
import { adviseFlags } from './advice-flags.js';
import { advisePages, populateRange } from './advice-pages.js';
import { ADVICE, isDiscard, isGuard, isKnown } from './advice.js';
import { knowsCollapse } from './collapse.js';
import { DONE, notModelled, refused } from './outcome.js';
import { offsetInPage, pageOf, pagesOf, u64, wrapAdd } from './pages.js';
import type { AddressSpace } from './space.js';
import type { Outcome, Refused, Vma } from './types.js';
import { isAnonymous } from './vma.js';

/** madvise(2) with raw arguments; advice is an int. */
export function madvise(space: AddressSpace, addr: bigint, length: bigint, advice: bigint): Outcome {
  const number = Number(BigInt.asIntN(32, advice));
  if (number === ADVICE.HWPOISON || number === ADVICE.SOFT_OFFLINE) return notModelled('poisoned memory');
  if (!isKnown(number) || (isGuard(number) && !space.profile.guardRegionsExist))
    return refused('EINVAL', 'madvise: unknown advice');
  if (offsetInPage(addr) !== 0) return refused('EINVAL', 'madvise: address not page aligned');
  const start = pageOf(addr);
  const pages = pagesOf(length);
  if (pages === 0 && u64(length) !== 0n) return refused('EINVAL', 'madvise: length wraps to 0');
  const end = wrapAdd(start, pages);
  if (end < start) return refused('EINVAL', 'madvise: range wraps');
  if (end === start) return DONE;
  if (number === ADVICE.COLLAPSE && !knowsCollapse(space, start, end)) {
    return notModelled('MADV_COLLAPSE that depends on what the page table has, beyond which pages are there,');
  }
  if (isPopulate(number) && !space.profile.populateSkipsHoles) return populate(space, start, end, number) ?? DONE;
  return walk(space, start, end, number) ?? DONE;
}

function isPopulate(advice: number): boolean {
  return advice === ADVICE.POPULATE_READ || advice === ADVICE.POPULATE_WRITE;
}

function populate(space: AddressSpace, start: number, end: number, advice: number): Refused | undefined {
  return populateRange(space, start, end, advice === ADVICE.POPULATE_WRITE);
}

function walk(space: AddressSpace, start: number, end: number, advice: number): Refused | undefined {
  let hole = false;
  let reached = start;
  for (let vma = space.tree.find(start); vma !== undefined && vma.start < end; vma = space.tree.find(reached)) {
    if (vma.start > reached) hole = true;
    const done = adviseVma(space, vma, Math.max(reached, vma.start), Math.min(end, vma.end), advice);
    if (typeof done !== 'number') return done;
    reached = done;
  }
  return hole || reached < end ? refused('ENOMEM', 'madvise: hole in the range') : undefined;
}

/** Where the walk goes on, or why it ends. */
function adviseVma(space: AddressSpace, vma: Vma, start: number, end: number, advice: number): number | Refused {
  // Sealed anonymous memory that its owner cannot write must not be emptied either. Mappings of files may be, private ones that
  // were written too.
  if (vma.sealed && isDiscard(advice) && isAnonymous(vma) && !vma.write) {
    return refused('EPERM', 'madvise: a VMA is sealed and not writable');
  }
  if (isPopulate(advice)) return populate(space, start, end, advice) ?? vma.end;
  const changed = adviseFlags(space, vma, start, end, advice);
  if (changed !== undefined) return 'errno' in changed ? changed : changed.end;
  return advisePages(space, vma, start, end, advice) ?? vma.end;
}
