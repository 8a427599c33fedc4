/**
 * Making room and choosing the address (mm/mremap.c: `mremap_to`, `shrink_vma`, `expand_vma`,
 * `vma_expandable`, `vrm_set_new_addr`).
 */
import {
  type AddressSpace,
  addressOf,
  chooseAddress,
  done,
  isAnonymous,
  isFree,
  isTooLow,
  refused,
  refusedTooLow,
  TASK_PAGES,
  unmapPages,
  wrapAdd,
} from '@vmacheck/model';
import { finish } from './finish.js';
import { checkLate } from './prep.js';
import type { Working } from './types.js';

/**
 * Phase `unmapDest`: MREMAP_FIXED unmaps the destination of the piece. That can cut the source's own VMA, so that it is
 * looked up again.
 *
 *     before  |SSSSSSSSSS|     move [0, 2) -> 6
 *     after   |SSSSSS|..|SS|   the source is the lower part
 */
export function unmapDestination(space: AddressSpace, m: Working): void {
  const refusal = unmapPages(space, m.newAddr, m.newLen);
  m.told = space.events.length;
  if (refusal !== undefined) return finish(m, refusal);
  if (!lookUpAgain(space, m)) return;
  m.phase = m.resize === 'shrink' ? 'shrink' : 'choose';
}

/** Phase `shrink`: the tail goes, be it in place or before the rest is moved. */
export function shrink(space: AddressSpace, m: Working): void {
  const refusal = unmapPages(space, wrapAdd(m.addr, m.newLen), m.delta);
  if (refusal !== undefined) return finish(m, refusal);
  if (!m.call.fixed) return finish(m, done(addressOf(m.addr)));
  m.len = m.newLen;
  // A kernel with this defect goes on with the difference, and charges it to the moved mapping.
  if (!space.profile.fixedShrinkLeaksCommit) m.delta = 0;
  if (lookUpAgain(space, m)) m.phase = 'choose';
}

function lookUpAgain(space: AddressSpace, m: Working): boolean {
  const vma = space.lookup(m.addr);
  if (vma !== undefined) {
    m.vma = vma;
    return true;
  }
  finish(m, refused('EFAULT', 'mremap: the source was unmapped with the destination'));
  return false;
}

/** Phase `choose`: in place if the mapping can grow there; a fixed target; a hint; or wherever there is room. */
export function choose(space: AddressSpace, m: Working): void {
  m.iterUsed = true;
  const refusal = checkLate(space, m);
  if (refusal !== undefined) return finish(m, refusal);
  m.phase = 'charge';
  if (m.call.fixed) {
    // By now the destination is gone.
    if (isTooLow(space, m.newAddr)) finish(m, refusedTooLow('mremap'));
    return;
  }
  if (!m.call.dontUnmap) {
    m.inPlace = canGrowInPlace(space, m);
    if (m.inPlace) return;
    if (!m.call.mayMove) return finish(m, refused('ENOMEM', 'mremap: no room to grow and no MREMAP_MAYMOVE'));
  }
  const hint = m.call.dontUnmap ? m.newAddr : 0;
  const anonymous = isAnonymous(m.vma);
  const chosen = chooseAddress(space, hint, m.newLen, m.raw.chosen, anonymous);
  if (typeof chosen !== 'number') return finish(m, chosen);
  if (isTooLow(space, chosen)) return finish(m, refusedTooLow('mremap'));
  m.newAddr = chosen;
}

/** The range ends where its VMA ends, and what it grows into is free and in user space; low memory may not grow. */
function canGrowInPlace(space: AddressSpace, m: Working): boolean {
  const { end } = m.vma;
  const grown = end + m.delta;
  if (isTooLow(space, m.vma.start)) return false;
  if (m.addr + m.len !== end || !isFree(space, end, grown) || grown > TASK_PAGES) return false;
  const isKnown = space.known.start <= end && grown <= space.known.end;
  // Where other mappings of the process may lie unseen, the result tells whether there was room.
  return isKnown || m.raw.chosen === undefined || m.raw.chosen === addressOf(m.addr);
}
