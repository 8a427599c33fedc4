/**
 * Advice that is kept as a flag of the VMA (mm/madvise.c, 6.18: `madvise_vma_behavior`, `madvise_update_vma`; mm/ksm.c:
 * `ksm_madvise`; mm/khugepaged.c: `hugepage_madvise`).
 */
import { ADVICE } from './advice.js';
import { modifyVma } from './modify.js';
import { refused } from './outcome.js';
import type { AddressSpace } from './space.js';
import type { Refused, Vma } from './types.js';
import { UFFD_MINOR } from './vma.js';
import {
  VM_DONTCOPY,
  VM_DONTDUMP,
  VM_HUGEPAGE,
  VM_MERGEABLE,
  VM_NOHUGEPAGE,
  VM_RAND_READ,
  VM_SEQ_READ,
  VM_WIPEONFORK,
} from './vm-bits.js';

/** Which flags an advice sets and clears. */
const FLAGS: ReadonlyMap<number, { readonly set: number; readonly clear: number }> = new Map([
  [ADVICE.NORMAL, { set: 0, clear: VM_RAND_READ | VM_SEQ_READ }],
  [ADVICE.RANDOM, { set: VM_RAND_READ, clear: VM_SEQ_READ }],
  [ADVICE.SEQUENTIAL, { set: VM_SEQ_READ, clear: VM_RAND_READ }],
  [ADVICE.DONTFORK, { set: VM_DONTCOPY, clear: 0 }],
  [ADVICE.DOFORK, { set: 0, clear: VM_DONTCOPY }],
  [ADVICE.WIPEONFORK, { set: VM_WIPEONFORK, clear: 0 }],
  [ADVICE.KEEPONFORK, { set: 0, clear: VM_WIPEONFORK }],
  [ADVICE.DONTDUMP, { set: VM_DONTDUMP, clear: 0 }],
  [ADVICE.DODUMP, { set: 0, clear: VM_DONTDUMP }],
  [ADVICE.MERGEABLE, { set: VM_MERGEABLE, clear: 0 }],
  [ADVICE.UNMERGEABLE, { set: 0, clear: VM_MERGEABLE }],
  [ADVICE.HUGEPAGE, { set: VM_HUGEPAGE, clear: VM_NOHUGEPAGE }],
  [ADVICE.NOHUGEPAGE, { set: VM_NOHUGEPAGE, clear: VM_HUGEPAGE }],
]);

/** The VMA that has the part afterwards, or why not; undefined for an advice of another kind. */
export function adviseFlags(
  space: AddressSpace,
  vma: Vma,
  start: number,
  end: number,
  advice: number,
): Vma | Refused | undefined {
  const flags = FLAGS.get(advice);
  if (flags === undefined) return undefined;
  if (advice === ADVICE.WIPEONFORK && (vma.file !== 0 || vma.shared)) {
    return refused('EINVAL', 'madvise: MADV_WIPEONFORK and not private anonymous memory');
  }
  if (advice === ADVICE.MERGEABLE && vma.shared) return vma;
  const extra = (vma.extra & ~flags.clear) | flags.set;
  if (extra === vma.extra) return vma;
  const { sealed, uffd } = vma;
  const high = advice === ADVICE.UNMERGEABLE && space.profile.unmergeableDropsHighFlags;
  const kept = high ? { sealed: false, uffd: uffd & ~UFFD_MINOR } : { sealed, uffd };
  const changed = modifyVma(space, vma, start, end, { ...vma, ...kept, extra });
  return changed ?? refused('EAGAIN', 'madvise: no room for another mapping');
}
