/**
 * fork and exit of processes (mm/mmap.c, 6.18: `dup_mmap`, `exit_mmap`; mm/rmap.c: `anon_vma_fork`; fs/userfaultfd.c:
 * `dup_userfaultfd`).
 *
 *     VMA of the parent     in the child
 *     VM_DONTCOPY           is not there
 *     VM_WIPEONFORK         has no pages, as if it was never written
 *     locked                is not locked
 *     registered            stays registered, with a context of the child, if EVENT_FORK; otherwise not
 *     has an anon_vma       has one of its own, and a chain of several: it merges with nothing that was never written
 *
 * Nothing is merged. Private pages are copied when one of the two writes. Pages of the page table that a fault would bring back
 * are not copied: those of VMAs without an anon_vma.
 */
import { countVma, discountVma } from './link.js';
import { type AddressSpace, UNLOCKED } from './space.js';
import type { UffdContext, Vma } from './types.js';
import { wantsEvent } from './uffd-events.js';
import { VM_DONTCOPY, VM_MAYBE_GUARD, VM_WIPEONFORK } from './vm-bits.js';
import { UFFD_WP, vmaPages, withAnonVma, withAttributes } from './vma.js';
import { unmapEntries, zapPages } from './zap.js';

/** A child of the process. The parent keeps all but the right to write its private pages without a fault. */
export function fork(parent: AddressSpace): AddressSpace {
  const { vmas } = parent;
  const kept = vmas.filter((vma) => (vma.extra & VM_DONTCOPY) === 0);
  const contexts = childContexts(parent, kept);
  const fresh = kept.map((vma) => childVma(parent, vma));
  parent.cowBelow = parent.nextFrame;
  const child = parent.duplicate(fresh);
  child.events = [];
  child.contexts = contexts;
  child.lockFuture = UNLOCKED;
  child.lockedVm = 0;
  child.baseline = { ...parent.baseline, lockedVm: 0 };
  child.mapCount = 0;
  for (const vma of fresh) countVma(child, vma.file);
  for (const vma of vmas) leaveOut(child, vma, wantsEvent(parent, vma, 'EVENT_FORK'));
  return child;
}

/** What of a VMA's pages and charges the child does not get. */
function leaveOut(child: AddressSpace, vma: Vma, registered: boolean): void {
  if ((vma.extra & VM_DONTCOPY) !== 0) {
    child.totalVm -= vmaPages(vma);
    if (vma.account) child.committed -= vmaPages(vma);
  }
  if ((vma.extra & (VM_DONTCOPY | VM_WIPEONFORK)) !== 0) unmapEntries(child, vma.start, vma.end);
  else if (!copiesEntries(vma, registered)) zapPages(child, vma.start, vma.end);
}

/** `vma_needs_copy`: page table entries that no fault would bring back. */
function copiesEntries({ anonVma, extra, uffd }: Vma, registered: boolean): boolean {
  return anonVma !== 0 || (extra & VM_MAYBE_GUARD) !== 0 || (registered && (uffd & UFFD_WP) !== 0);
}

function childVma(parent: AddressSpace, vma: Vma): Vma {
  const registered = wantsEvent(parent, vma, 'EVENT_FORK');
  const uffd = registered ? vma.uffd : 0;
  const ctx = registered ? vma.ctx : 0;
  const isPlain = !vma.locked && !vma.lockonfault && vma.uffd === uffd;
  const child = isPlain ? vma : withAttributes(vma, { ...vma, ...UNLOCKED, uffd, ctx });
  if (vma.anonVma === 0) return child;
  return withAnonVma(child, (vma.extra & VM_WIPEONFORK) === 0 ? parent.nextAnonVma++ : 0);
}

/** Every context of a VMA that wants to hear of forks gets a twin, of which it tells. They keep the parent's numbers. */
function childContexts(parent: AddressSpace, vmas: readonly Vma[]): ReadonlyMap<number, UffdContext> {
  const contexts = new Map<number, UffdContext>();
  for (const vma of vmas) {
    const context = parent.contexts.get(vma.ctx);
    if (context === undefined || contexts.has(vma.ctx) || !wantsEvent(parent, vma, 'EVENT_FORK')) continue;
    contexts.set(vma.ctx, context);
    parent.events.push({ ctx: vma.ctx, event: 'FORK' });
  }
  return contexts;
}

/** The process ends: its mappings go, and objects that nobody else maps. */
export function exit(space: AddressSpace): void {
  const { vmas } = space;
  const last = vmas.at(-1);
  if (last !== undefined) {
    space.tree.splice(0, last.end, []);
    unmapEntries(space, 0, last.end);
  }
  for (const vma of vmas) discountVma(space, vma.file);
  space.totalVm = 0;
  space.lockedVm = 0;
  space.committed = 0;
  space.shared.spaces.delete(space);
}
