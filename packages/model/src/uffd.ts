/**
 * Registering ranges with a userfaultfd (fs/userfaultfd.c and mm/userfaultfd.c, 6.18: `userfaultfd_register`,
 * `userfaultfd_register_range`, `userfaultfd_unregister`, `userfaultfd_clear_vma`, `vma_can_userfault`). One context, with
 * the SIGBUS feature and without events. Holes in the range are skipped.
 *
 *     before  |AAAA|..|BB|     register [2, 8)
 *     after   |AA|AA|..|BB|    the upper part of A and B are armed
 *
 * Not modelled: several contexts, events, UFFDIO_COPY and its kin, closing the descriptor.
 */
import { modifyVma } from './modify.js';
import { DONE, notModelled, refused } from './outcome.js';
import { offsetInPage, pageOf, TASK_PAGES, u64 } from './pages.js';
import type { AddressSpace } from './space.js';
import type { Outcome, Refused, Vma } from './types.js';
import { isAnonymous, UFFD_MINOR, UFFD_WP } from './vma.js';

/** UFFDIO_REGISTER with raw arguments. */
export function uffdRegister(space: AddressSpace, addr: bigint, length: bigint, mode: bigint): Outcome {
  if (!space.hasUffd) return notModelled('no userfaultfd');
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
    if (space.profile.uffdRegisterKeepsWriteProtect && (vma.uffd & ~modes & UFFD_WP) !== 0) {
      return refused('EBUSY', 'register: registered with write protection');
    }
  }
  // Memory that has all these modes already is left alone, with the others that it may have too.
  armRange(space, range.start, range.end, modes, (vma) => (vma.uffd & modes) === modes);
  return DONE;
}

/** UFFDIO_UNREGISTER with raw arguments. */
export function uffdUnregister(space: AddressSpace, addr: bigint, length: bigint): Outcome {
  if (!space.hasUffd) return notModelled('no userfaultfd');
  const range = validRange(addr, length);
  if ('errno' in range) return range;
  const first = space.tree.find(range.start);
  if (first === undefined || first.start >= range.end) return refused('EINVAL', 'unregister: nothing is mapped');
  armRange(space, range.start, range.end, 0, (vma) => vma.uffd === 0);
  return DONE;
}

function armRange(space: AddressSpace, start: number, end: number, modes: number, skip: (vma: Vma) => boolean): void {
  let reached = start;
  for (let vma = space.tree.find(start); vma !== undefined && vma.start < end; vma = space.tree.find(reached)) {
    if (skip(vma)) reached = vma.end;
    else
      reached = modifyVma(space, vma, Math.max(vma.start, reached), Math.min(vma.end, end), {
        ...vma,
        uffd: modes,
      }).end;
  }
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
