/**
 * The checks on the source VMA (mm/mremap.c, 6.17 and 6.18: `check_prep_vma`, `vma_multi_allowed`), in the kernel's order.
 * All of them come before the destination is unmapped.
 * Not modelled: hugetlb, DONTEXPAND and PFNMAP mappings, RLIMIT_MEMLOCK, RLIMIT_AS, RLIMIT_DATA.
 */
import { type Outcome, refused, type Vma } from '@vmacheck/model';
import type { Working } from './types.js';

/** Why the VMA cannot be remapped, or undefined; fills in how the piece in hand changes its length. */
export function prepareVma(m: Working, vma: Vma): Outcome | undefined {
  if (vma.sealed) return refused('EPERM', 'mremap: the mapping is sealed');
  m.delta = Math.abs(m.newLen - m.len);
  m.resize = m.newLen === m.len ? 'none' : m.newLen < m.len ? 'shrink' : 'expand';
  const impliesTarget = m.call.fixed || m.call.dontUnmap;
  if (!impliesTarget) m.newAddr = m.addr;
  // In place, a range that gets no longer may run over other VMAs, holes and nothing at all.
  if (!impliesTarget && m.resize !== 'expand') return undefined;

  if (m.len === 0 && !vma.shared) return refused('EINVAL', 'mremap: old length 0 and not a shared mapping');
  const kept = m.resize === 'shrink' ? m.newLen : m.len;
  if (kept > vma.end - m.addr) return refused('EFAULT', 'mremap: the range ends after its mapping');
  m.populate = m.resize === 'expand' && vma.locked;
  return undefined;
}

/**
 * Whether a VMA may be moved together with others. Registered memory may not, because its owner has to be told of the move;
 * memfds and shared anonymous memory have hooks for choosing addresses that are known to obey.
 */
export function mayMoveWithOthers(vma: Vma): boolean {
  return vma.uffd === 0;
}
