/**
 * The checks on the source VMA (mm/mremap.c: `check_prep_vma`, `vma_multi_allowed`; before 6.17 `vma_to_resize` and
 * `resize_is_valid`), in the kernel's order.
 * Not modelled: hugetlb, DONTEXPAND and PFNMAP mappings.
 */
import { type AddressSpace, isData, mayExpand, mayLock, type Outcome, refused, type Vma } from '@vmacheck/model';
import { checkTarget } from './params.js';
import { checkRoom, impliesTarget } from './room.js';
import type { Working } from './types.js';

/** Why the VMA cannot be remapped, or undefined; fills in how the piece in hand changes its length. */
export function prepareVma(space: AddressSpace, m: Working, vma: Vma): Outcome | undefined {
  if (vma.sealed) return refused('EPERM', 'mremap: the mapping is sealed');
  m.delta = Math.abs(m.newLen - m.len);
  m.resize = m.newLen === m.len ? 'none' : m.newLen < m.len ? 'shrink' : 'expand';
  if (!impliesTarget(m)) {
    m.newAddr = m.addr;
    // In place, a range that gets no longer may run over other VMAs, holes and nothing at all.
    return m.resize === 'expand' ? checkSource(space, m, vma) : undefined;
  }
  const refusal = space.profile.targetRangeBeforeLookup ? undefined : checkTarget(m.raw);
  if (refusal !== undefined) return refusal;
  return checkRoom(space, m, 'target') ?? (space.profile.checksBeforeUnmap ? checkSource(space, m, vma) : undefined);
}

/** What is left to check once the destination and the tail are gone: everything, where nothing was checked before. */
export function checkLate(space: AddressSpace, m: Working): Outcome | undefined {
  if (!impliesTarget(m)) return undefined;
  const refusal = space.profile.checksBeforeUnmap ? undefined : checkSource(space, m, m.vma);
  if (refusal !== undefined || !m.call.dontUnmap || mayExpand(space, isData(m.vma), m.newLen)) return refusal;
  return refused('ENOMEM', 'mremap: MREMAP_DONTUNMAP and RLIMIT_AS or RLIMIT_DATA');
}

/** Whether what is kept of the range is in one mapping that may be moved or grow. */
function checkSource(space: AddressSpace, m: Working, vma: Vma): Outcome | undefined {
  if (m.len === 0 && !vma.shared) return refused('EINVAL', 'mremap: old length 0 and not a shared mapping');
  const kept = m.resize === 'shrink' ? m.newLen : m.len;
  if (kept > vma.end - m.addr) return refused('EFAULT', 'mremap: the range ends after its mapping');
  return m.resize === 'expand' ? checkGrowth(space, m, vma) : undefined;
}

function checkGrowth(space: AddressSpace, m: Working, vma: Vma): Outcome | undefined {
  m.populate = vma.locked;
  if (vma.locked && !mayLock(space, m.delta)) return refused('EAGAIN', 'mremap: more than RLIMIT_MEMLOCK');
  if (mayExpand(space, isData(vma), m.delta)) return undefined;
  return refused('ENOMEM', 'mremap: RLIMIT_AS or RLIMIT_DATA');
}

/**
 * Whether a VMA may be moved together with others. Registered memory may not, because its owner has to be told of the move;
 * memfds and shared anonymous memory have hooks for choosing addresses that are known to obey.
 */
export function mayMoveWithOthers(vma: Vma): boolean {
  return vma.uffd === 0;
}
