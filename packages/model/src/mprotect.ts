/**
 * mprotect (mm/mprotect.c, 6.18: `do_mprotect_pkey`, `mprotect_fixup`). VMA by VMA: what is before the one that is refused
 * stays changed.
 *
 *     before  |AA|BB|..|CC|     mprotect [0, 8) read-only
 *     after   |aabb|..|CC|      ENOMEM at the hole
 *
 * What happens to VM_ACCOUNT of a private mapping:
 *
 *     becomes    VM_ACCOUNT before   has an anon_vma or a file   VM_ACCOUNT after
 *     writable   no                  any                         yes, charged (not with NORESERVE)
 *     read-only  yes                 yes                         yes
 *     read-only  yes                 no                          no, given back (in 6.1: yes)
 *
 * Not modelled: memory-deny-write-execute, protection keys.
 */
import { mayExpand } from './limits.js';
import { modifyVma } from './modify.js';
import { PROT_EXEC, PROT_GROWSDOWN, PROT_GROWSUP, PROT_READ, PROT_SEM, PROT_WRITE } from './mmap-flags.js';
import { DONE, refused } from './outcome.js';
import { offsetInPage, pageOf, pagesOf, u64, wrapAdd } from './pages.js';
import { populateVma } from './populate.js';
import type { AddressSpace } from './space.js';
import type { Outcome, Vma } from './types.js';
import { VM_GROWSDOWN } from './vm-bits.js';
import { isAnonymous, isData, type VmaAttributes, withAttributes } from './vma.js';

interface Protection {
  readonly read: boolean;
  readonly write: boolean;
  readonly exec: boolean;
}

/** mprotect(2) with raw arguments. */
export function mprotect(space: AddressSpace, addr: bigint, length: bigint, prot: bigint): Outcome {
  const grows = u64(prot) & (PROT_GROWSDOWN | PROT_GROWSUP);
  const bits = u64(prot) & ~(PROT_GROWSDOWN | PROT_GROWSUP);
  if (grows === (PROT_GROWSDOWN | PROT_GROWSUP)) return refused('EINVAL', 'mprotect: grows both ways');
  if (offsetInPage(addr) !== 0) return refused('EINVAL', 'mprotect: address not page aligned');
  if (u64(length) === 0n) return DONE;
  const start = pageOf(addr);
  const end = wrapAdd(start, pagesOf(length));
  if (end <= start) return refused('ENOMEM', 'mprotect: range wraps');
  if ((bits & ~(PROT_READ | PROT_WRITE | PROT_EXEC | PROT_SEM)) !== 0n) {
    return refused('EINVAL', 'mprotect: unknown protection');
  }
  const first = space.tree.find(start);
  if (first === undefined || first.start >= end) return refused('ENOMEM', 'mprotect: nothing is mapped');
  const downwards = grows === PROT_GROWSDOWN;
  if (downwards && (first.extra & VM_GROWSDOWN) === 0) {
    return refused('EINVAL', 'mprotect: not a mapping that grows down');
  }
  if (!downwards && first.start > start) return refused('ENOMEM', 'mprotect: nothing is mapped at the start');
  if (grows === PROT_GROWSUP) return refused('EINVAL', 'mprotect: not a mapping that grows up');
  const protection = {
    read: (bits & PROT_READ) !== 0n,
    write: (bits & PROT_WRITE) !== 0n,
    exec: (bits & PROT_EXEC) !== 0n,
  };
  return protectRange(space, first, downwards ? first.start : start, end, protection);
}

function protectRange(space: AddressSpace, first: Vma, start: number, end: number, protection: Protection): Outcome {
  let reached = start;
  let vma: Vma | undefined = first;
  for (; vma !== undefined && vma.start < end; vma = space.tree.find(reached)) {
    if (reached !== start && vma.start !== reached) return refused('ENOMEM', 'mprotect: hole in the range');
    if (vma.sealed) return refused('EPERM', 'mprotect: a VMA is sealed');
    // A merge can reach past this VMA; what it swallowed had the new protection already.
    const changed = protectVma(space, vma, Math.max(vma.start, reached), Math.min(vma.end, end), protection);
    if (changed === undefined) return refused('ENOMEM', 'mprotect: a limit is reached');
    reached = changed.end;
  }
  return reached < end ? refused('ENOMEM', 'mprotect: hole at the end of the range') : DONE;
}

/** The VMA that has the start of the range afterwards; undefined when a limit stands against the change. */
function protectVma(
  space: AddressSpace,
  vma: Vma,
  start: number,
  end: number,
  protection: Protection,
): Vma | undefined {
  if (vma.read === protection.read && vma.write === protection.write && vma.exec === protection.exec) return vma;
  const pages = end - start;
  let account = vma.account;
  if (protection.write) {
    const becomesData = !isData(vma) && isData({ ...vma, ...protection });
    if (becomesData && !mayExpand(space, true, pages) && mayExpand(space, false, pages)) return undefined;
    if (!vma.account && !vma.write && !vma.shared && !vma.noreserve) {
      account = true;
      space.committed += pages;
    }
  } else if (space.profile.mprotectReadOnlyDropsAccount && vma.account && isAnonymous(vma) && vma.anonVma === 0) {
    account = false;
    space.committed -= pages;
  }
  const attributes: VmaAttributes = withAttributes(vma, { ...vma, ...protection, account });
  const changed = modifyVma(space, vma, start, end, attributes);
  if (changed === undefined) {
    space.committed += vma.account === account ? 0 : vma.account ? pages : -pages;
    return undefined;
  }
  // Locked memory is to be there: private pages that become writable are copied now rather than at the first write.
  if (vma.locked && !vma.write && !vma.shared && protection.write) populateVma(space, changed, start, end);
  return space.tree.find(start) as Vma;
}
