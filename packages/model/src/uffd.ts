/**
 * Registering ranges with a userfaultfd (fs/userfaultfd.c and mm/userfaultfd.c, 6.18: `userfaultfd_register`,
 * `userfaultfd_register_range`, `userfaultfd_unregister`, `userfaultfd_clear_vma`, `userfaultfd_release_all`,
 * `vma_can_userfault`). Holes in the range are skipped.
 *
 *     before  |AAAA|..|BB|     register [2, 8)
 *     after   |AA|AA|..|BB|    the upper part of A and B are armed
 *
 * Not modelled: UFFDIO_COPY and its kin, faults that wait (without the feature SIGBUS).
 */
import { FIRST_CONTEXT } from './call.js';
import { modifyVma } from './modify.js';
import { DONE, notModelled, refused } from './outcome.js';
import { offsetInPage, pageOf, TASK_PAGES, u64 } from './pages.js';
import type { AddressSpace } from './space.js';
import type { Outcome, Refused, Vma } from './types.js';
import { isAnonymous, pgoffAt, UFFD_MINOR, UFFD_WP } from './vma.js';

/** UFFDIO_REGISTER with raw arguments. */
export function uffdRegister(
  space: AddressSpace,
  addr: bigint,
  length: bigint,
  mode: bigint,
  ctx: number = FIRST_CONTEXT,
): Outcome {
  const unusable = checkContext(space, ctx);
  if (unusable !== undefined) return unusable;
  if (u64(mode) === 0n || u64(mode) > 7n) return refused('EINVAL', 'register: unknown mode or none');
  const range = validRange(addr, length);
  if ('errno' in range) return range;
  const modes = Number(mode);
  const first = space.tree.find(range.start);
  if (first === undefined || first.start >= range.end) return refused('EINVAL', 'register: nothing is mapped');
  for (let vma: Vma | undefined = first; vma !== undefined && vma.start < range.end; vma = space.next(vma)) {
    if ((modes & UFFD_MINOR) !== 0 && isAnonymous(vma)) {
      return refused('EINVAL', 'register: minor faults need an object');
    }
    if (vma.ctx !== 0 && vma.ctx !== ctx) return refused('EBUSY', 'register: belongs to another userfaultfd');
    if (space.profile.uffdRegisterKeepsWriteProtect && (vma.uffd & ~modes & UFFD_WP) !== 0) {
      return refused('EBUSY', 'register: registered with write protection');
    }
  }
  // Memory that has all these modes already is left alone, with the others that it may have too.
  const isArmed = (vma: Vma): boolean => (vma.uffd & modes) === modes;
  if (armRange(space, range.start, range.end, { modes, ctx }, isArmed)) return DONE;
  return refused('ENOMEM', 'register: no room for another mapping');
}

/** UFFDIO_UNREGISTER with raw arguments. */
export function uffdUnregister(
  space: AddressSpace,
  addr: bigint,
  length: bigint,
  ctx: number = FIRST_CONTEXT,
): Outcome {
  const unusable = checkContext(space, ctx);
  if (unusable !== undefined) return unusable;
  const range = validRange(addr, length);
  if ('errno' in range) return range;
  const first = space.tree.find(range.start);
  if (first === undefined || first.start >= range.end) return refused('EINVAL', 'unregister: nothing is mapped');
  for (let vma: Vma | undefined = first; vma !== undefined && vma.start < range.end; vma = space.next(vma)) {
    if (space.profile.uffdUnregistersOwnOnly && vma.ctx !== 0 && vma.ctx !== ctx) {
      return refused('EINVAL', 'unregister: belongs to another userfaultfd');
    }
  }
  if (armRange(space, range.start, range.end, NONE, (vma) => vma.uffd === 0)) return DONE;
  return refused('ENOMEM', 'unregister: no room for another mapping');
}

/** Closing the descriptor: everything that is registered with it is registered no more, and merges where it can. */
export function uffdClose(space: AddressSpace, ctx: number = FIRST_CONTEXT): Outcome {
  const unusable = checkContext(space, ctx);
  if (unusable !== undefined) return unusable;
  const contexts = new Map(space.contexts);
  contexts.delete(ctx);
  space.contexts = contexts;
  armRange(space, 0, TASK_PAGES, NONE, (vma) => vma.ctx !== ctx);
  return DONE;
}

interface Registration {
  readonly modes: number;
  readonly ctx: number;
}

const NONE: Registration = { modes: 0, ctx: 0 };

function checkContext(space: AddressSpace, ctx: number): Outcome | undefined {
  if (!space.hasUffd) return notModelled('no userfaultfd');
  return space.contexts.has(ctx) ? undefined : refused('EBADF', 'userfaultfd: closed');
}

/** False when there is no room for a split. */
function armRange(
  space: AddressSpace,
  start: number,
  end: number,
  { modes, ctx }: Registration,
  skip: (vma: Vma) => boolean,
): boolean {
  let reached = start;
  for (let vma = space.tree.find(start); vma !== undefined && vma.start < end; vma = space.tree.find(reached)) {
    if (skip(vma)) {
      reached = vma.end;
      continue;
    }
    const attributes = { ...vma, uffd: modes, ctx };
    const from = Math.max(vma.start, reached);
    const pgoff = space.profile.uffdMergesByFirstOffset ? vma.pgoff : pgoffAt(vma, from);
    const changed = modifyVma(space, vma, from, Math.min(vma.end, end), attributes, pgoff);
    if (changed === undefined) return false;
    reached = changed.end;
  }
  return true;
}

/** `validate_range`: unlike other calls it rounds nothing. Low addresses are as good as others, if something is mapped there. */
function validRange(addr: bigint, length: bigint): { readonly start: number; readonly end: number } | Refused {
  if (offsetInPage(addr) !== 0) return refused('EINVAL', 'uffd: address not page aligned');
  if (offsetInPage(length) !== 0) return refused('EINVAL', 'uffd: length not in pages');
  const start = pageOf(addr);
  const pages = pageOf(length);
  if (pages === 0) return refused('EINVAL', 'uffd: length is 0');
  if (start >= TASK_PAGES || pages > TASK_PAGES - start) return refused('EINVAL', 'uffd: range ends above user space');
  return { start, end: start + pages };
}
