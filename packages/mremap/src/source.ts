/** What becomes of the source (mm/mremap.c: `unmap_source_vma`, `dontunmap_complete`). */
import {
  type AddressSpace,
  isAnonymous,
  type Profile,
  unmapRange,
  type Vma,
  withAnonVma,
  withAttributes,
} from '@vmacheck/model';
import { movedPart } from './part.js';
import type { Working } from './types.js';

/** Phase `unmapSource`: the old range is unmapped, or with MREMAP_DONTUNMAP left empty. */
export function releaseSource(space: AddressSpace, m: Working): void {
  m.iterUsed = true;
  m.phase = 'next';
  m.moved = [...m.moved, { from: m.addr, to: m.newAddr, len: m.len }];
  if (m.call.dontUnmap) keepSource(space, m);
  else if (m.len > 0) unmapSource(space, m);
}

/** The charge has moved with the memory: unmapping the old range gives nothing back. */
function unmapSource(space: AddressSpace, m: Working): void {
  const refusal = unmapRange(space, m.addr, m.addr + m.len);
  if (refusal === undefined && m.vma.account) space.committed += m.len;
}

/**
 * The old mapping stays, without pages. It is no longer locked: all of it by two defects, even what was not moved and what is one
 * VMA with the copy, or else the part that was moved. If all of it was moved it is as if it was never written, but for its page
 * offset, which stays until 7.2.
 *
 *     before    |LLLL|...     L locked, DONTUNMAP [0, 2) -> 5
 *     after     |oooo|.|LL|   o not locked
 *     intended  |oo|LL|.|LL|
 */
function keepSource(space: AddressSpace, m: Working): void {
  const { profile } = space;
  const selfMerged = m.vma === m.copy;
  const unlocksAll = selfMerged ? profile.unlockHitsMerged : profile.partialDontunmapUnlocksAll;
  const old = unlocksAll || !m.vma.locked ? m.vma : movedPart(space, m);
  const whole = old.start === m.addr && old.end === m.addr + m.len;
  const account = old.account && !profile.dontunmapClearsAccount;
  const kept = withAttributes(old, { ...old, locked: false, lockonfault: false, account });
  m.vma = whole && !selfMerged ? neverWritten(profile, kept) : kept;
  space.update(old, m.vma);
}

/** A mapping whose private pages have all left it, and its anon_vma with them. */
function neverWritten(profile: Profile, vma: Vma): Vma {
  const plain = withAnonVma(withAttributes(vma, { ...vma, anonShift: 0 }), 0);
  return profile.dontunmapResetsOffset && isAnonymous(vma) ? { ...plain, pgoff: vma.start } : plain;
}
