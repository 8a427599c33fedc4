/** Huge pages come and stay away as the kernel's own thread and its free memory decide (mm/khugepaged.c, mm/huge_memory.c). */
import { type AddressSpace, HUGE, type Outcome, pageOf, type RawCall, wantsHuge } from '@vmacheck/model';

/**
 * Why a mincore vector may differ: all its differing pages lie in huge pages that are whole in the record (khugepaged collapsed
 * them) or whole in the model (there was no huge page to have).
 *
 * @param vector the recorded one, with one 0 or 1 per page
 */
export function hugePageFact(
  space: AddressSpace,
  raw: RawCall,
  outcome: Outcome,
  vector: string | undefined,
): string | undefined {
  const ours = outcome.ok ? outcome.vector : undefined;
  if (raw.op !== 'mincore' || ours === undefined || vector?.length !== ours.length) return undefined;
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
    if (!isWhole || !fits || !wantsHuge(space, vma)) return undefined;
  }
  return 'when the kernel makes a huge page of small ones, and whether it has one';
}
