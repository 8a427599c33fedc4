/** Huge pages come and stay away as the kernel's own thread and its free memory decide (mm/khugepaged.c, mm/huge_memory.c). */
import { HUGE, isAnonymous, pageOf, UFFD_MISSING, wantsHuge } from '@vmacheck/model';
import type { Mismatch } from './hidden-facts.js';

const THE_KERNEL_DECIDES = 'when the kernel makes a huge page of small ones, and whether it has one';

/** Why what is present may differ: as mincore shows it, or a userfaultfd that waits for what is missing. */
export function hugePageFact(found: Mismatch): string | undefined {
  return vectorMayDiffer(found) || accessMayDiffer(found) ? THE_KERNEL_DECIDES : undefined;
}

/**
 * All differing pages of the vector lie in huge pages that are whole in the record (khugepaged collapsed them) or whole in the
 * model (there was no huge page to have).
 */
function vectorMayDiffer({ space, raw, outcome, vector }: Mismatch): boolean {
  const ours = outcome.ok ? outcome.vector : undefined;
  if (raw.op !== 'mincore' || ours === undefined || vector?.length !== ours.length) return false;
  const first = pageOf(raw.addr);
  for (let at = 0; at < ours.length;) {
    const page = first + at;
    const start = page - (page % HUGE);
    const end = Math.min(ours.length, start + HUGE - first);
    const [model, record] = [ours.slice(at, end), vector.slice(at, end)];
    at = end;
    if (model === record) continue;
    const isWhole = !model.includes('0') || !record.includes('0');
    const vma = space.lookup(page);
    const fits = vma !== undefined && vma.start <= start && start + HUGE <= vma.end;
    if (!isWhole || !fits || !wantsHuge(space, vma)) return false;
  }
  return true;
}

/**
 * One of the two found the page missing where a userfaultfd is asked about missing pages, the other had it since a huge page
 * came there before. Where its other pages are by now nobody knows: the mapping may have been split, or moved.
 */
function accessMayDiffer({ space, raw, outcome, recorded }: Mismatch): boolean {
  if (raw.op !== 'load' && raw.op !== 'store') return false;
  const missing = [outcome.ok ? undefined : outcome, recorded].filter(
    (side) => side !== undefined && 'signal' in side && side.signal === 'SIGBUS',
  );
  const vma = space.lookup(pageOf(raw.addr));
  if (missing.length !== 1 || vma === undefined) return false;
  return isAnonymous(vma) && (vma.uffd & UFFD_MISSING) !== 0 && wantsHuge(space, vma);
}
