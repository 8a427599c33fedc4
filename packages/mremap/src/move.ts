/**
 * Moving one piece once its address is known (mm/mremap.c: `move_vma`, `vrm_calc_charge`,
 * `copy_vma_and_data`, `expand_vma_in_place`, `vrm_stat_account`; fs/userfaultfd.c: `mremap_userfaultfd_prep`).
 * Not modelled: KSM, hooks of special mappings, failing allocations.
 */
import {
  type AddressSpace,
  type CopyJoins,
  copyRange,
  extendVma,
  movePages,
  type Vma,
  type VmaAttributes,
  wantsEvent,
  withAttributes,
} from '@vmacheck/model';
import { finish } from './finish.js';
import { movedPart } from './part.js';
import { checkRoomToMove } from './room.js';
import type { Working } from './types.js';

/** Phase `charge`: accountable memory is charged before it exists; a plain move costs nothing. */
export function charge(space: AddressSpace, m: Working): void {
  m.iterUsed = true;
  const refusal = m.inPlace ? undefined : checkRoomToMove(space);
  if (refusal !== undefined) return finish(m, refusal);
  m.phase = 'copy';
  if (m.vma.account) space.committed += chargeOf(m);
}

function chargeOf(m: Working): number {
  return m.call.dontUnmap ? m.newLen : m.delta;
}

/**
 * Phase `copy`: the new mapping, which may merge with its neighbours and even with its own source; or the grown one. What
 * MREMAP_DONTUNMAP is to unlock is split off first, so that the copy can merge with the rest of its source.
 */
export function copy(space: AddressSpace, m: Working): void {
  m.iterUsed = true;
  if (m.inPlace) return grow(space, m);
  if (splitsFirst(space, m)) m.vma = movedPart(space, m);
  const attributes = copyAttributes(space, m);
  const { copy: made, source } = copyRange(space, m.vma, m.addr, m.newAddr, m.newLen, attributes, joinsOf(space, m));
  m.copy = made;
  m.vma = source;
  m.phase = 'movePages';
}

function grow(space: AddressSpace, m: Working): void {
  m.vma = extendVma(space, m.vma, m.delta);
  m.copy = m.vma;
  m.phase = 'account';
}

/** A kernel without this defect knows before it looks for neighbours that the copy will not be registered. */
function copyAttributes(space: AddressSpace, { vma }: Working): VmaAttributes {
  return space.profile.uffdResetHitsMerged || !losesRegistration(space, vma) ? vma : { ...vma, uffd: 0 };
}

/** Only a userfaultfd that is told of moves keeps what moves. */
function losesRegistration(space: AddressSpace, vma: Vma): boolean {
  return vma.uffd !== 0 && !wantsEvent(space, vma, 'EVENT_REMAP');
}

/** What the copy may be joined with. */
function joinsOf(space: AddressSpace, m: Working): CopyJoins {
  const { profile } = space;
  if (!profile.unregisteredCopyJoins && losesRegistration(space, m.vma)) return 'nothing';
  return splitsFirst(space, m) || (m.call.dontUnmap && !profile.dontunmapJoinsSource) ? 'others' : 'any';
}

/** Only the part that moves is to be unlocked. */
function splitsFirst({ profile }: AddressSpace, { call, vma }: Working): boolean {
  return call.dontUnmap && vma.locked && !profile.partialDontunmapUnlocksAll;
}

/** Phase `movePages`: the page table entries follow, private, shared or zero; then the registration is dropped. */
export function moveEntries(space: AddressSpace, m: Working): void {
  m.iterUsed = true;
  movePages(space, m.addr, m.newAddr, m.len);
  if (losesRegistration(space, m.copy)) dropRegistration(space, m);
  else if (m.copy.uffd !== 0) announceRemap(space, m);
  m.phase = 'account';
}

/** The message comes after those about the destination, and before those about the rest of the source. */
function announceRemap({ events, profile }: AddressSpace, m: Working): void {
  const len = profile.remapTellsUnshrunkLength ? m.call.len : m.len;
  events.splice(m.told, 0, { ctx: m.copy.ctx, event: 'REMAP', from: m.addr, to: m.newAddr, len });
}

/** Without the feature EVENT_REMAP the new mapping is not registered; it does not merge again. */
function dropRegistration(space: AddressSpace, m: Working): void {
  const plain = withAttributes(m.copy, { ...m.copy, uffd: 0 });
  space.update(m.copy, plain);
  if (m.vma === m.copy) m.vma = plain;
  m.copy = plain;
}

/** Phase `account`: total_vm and locked_vm grow by what is new; unmapping the source will take off what is old. */
export function account(space: AddressSpace, m: Working): void {
  m.iterUsed = true;
  const pages = m.inPlace ? m.delta : m.newLen;
  space.totalVm += pages;
  const balanced = m.call.dontUnmap && !space.profile.dontunmapCountsLockedTwice;
  if (m.vma.locked && !balanced) space.lockedVm += pages;
  m.phase = m.inPlace ? 'next' : 'unmapSource';
}
