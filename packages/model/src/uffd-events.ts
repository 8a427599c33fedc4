/**
 * What userfaultfds are told about memory that is registered with them (fs/userfaultfd.c, 6.18: `userfaultfd_unmap_prep`,
 * `userfaultfd_remove`, `mremap_userfaultfd_complete`, `dup_userfaultfd_complete`). Messages are collected in
 * `AddressSpace.events` in the order in which the kernel sends them.
 */
import type { AddressSpace } from './space.js';
import type { Vma } from './types.js';

/** Features of a userfaultfd that ask for messages. */
export type EventFeature = 'EVENT_FORK' | 'EVENT_REMAP' | 'EVENT_REMOVE' | 'EVENT_UNMAP';

/** Whether the userfaultfd that has the VMA wants such messages. */
export function wantsEvent(space: AddressSpace, vma: Vma, feature: EventFeature): boolean {
  return vma.ctx !== 0 && space.contexts.get(vma.ctx)?.features.has(feature) === true;
}

/** One message for a range that is to be unmapped, however many VMAs in it belong to the context. */
export function announceUnmap(space: AddressSpace, ctx: number, start: number, end: number): void {
  if (space.contexts.get(ctx)?.features.has('EVENT_UNMAP') !== true) return;
  const len = end - start;
  const told = space.events.some((e) => e.event === 'UNMAP' && e.ctx === ctx && e.from === start && e.len === len);
  if (!told) space.events.push({ ctx, event: 'UNMAP', from: start, len });
}

/** The pages [start, end) of a VMA are about to lose their contents. */
export function announceRemove(space: AddressSpace, vma: Vma, start: number, end: number): void {
  if (wantsEvent(space, vma, 'EVENT_REMOVE')) {
    space.events.push({ ctx: vma.ctx, event: 'REMOVE', from: start, len: end - start });
  }
}
