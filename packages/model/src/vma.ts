/**
 * One VMA: making and comparing. Mirrors `struct vm_area_struct` (include/linux/mm_types.h, 6.18) as far as the
 * calls of this package can tell VMAs apart. Not modelled: mempolicy, anon names, hugetlb.
 */
import type { Vma } from './types.js';
import { VM_GROWSDOWN, VM_STICKY } from './vm-bits.js';

/** userfaultfd modes, as in UFFDIO_REGISTER. */
export const UFFD_MISSING = 1;
export const UFFD_WP = 2;
export const UFFD_MINOR = 4;

/** The record that stands for "no VMA": all zero. */
export const NO_VMA: Vma = {
  start: 0,
  end: 0,
  pgoff: 0,
  read: false,
  write: false,
  exec: false,
  shared: false,
  file: 0,
  account: false,
  noreserve: false,
  locked: false,
  lockonfault: false,
  sealed: false,
  uffd: 0,
  anonShift: 0,
  anonVma: 0,
  ctx: 0,
  extra: 0,
};

/** What merging compares: the flags that a VMA has, its file, its registration. */
export type VmaAttributes = Omit<Vma, 'start' | 'end' | 'pgoff' | 'anonVma'>;

/** A VMA with another range; the page offset is given, because it depends on which end moved. */
export function withRange(vma: Vma, start: number, end: number, pgoff: number): Vma {
  return makeVma(vma, start, end, pgoff, vma.anonVma);
}

/** A VMA with other attributes over the same range. */
export function withAttributes(vma: Vma, attributes: VmaAttributes): Vma {
  return makeVma(attributes, vma.start, vma.end, vma.pgoff, vma.anonVma);
}

/** A VMA with another anon_vma. */
export function withAnonVma(vma: Vma, anonVma: number): Vma {
  return makeVma(vma, vma.start, vma.end, vma.pgoff, anonVma);
}

/** Builds the record field by field, always in the same order, so that all VMAs have one hidden class. */
export function makeVma(a: VmaAttributes, start: number, end: number, pgoff: number, anonVma: number): Vma {
  return {
    start,
    end,
    pgoff,
    read: a.read,
    write: a.write,
    exec: a.exec,
    shared: a.shared,
    file: a.file,
    account: a.account,
    noreserve: a.noreserve,
    locked: a.locked,
    lockonfault: a.lockonfault,
    sealed: a.sealed,
    uffd: a.uffd,
    anonShift: a.anonShift,
    anonVma,
    // Who drops a registration need not think of the context.
    ctx: a.uffd === 0 ? 0 : a.ctx,
    extra: a.extra,
  };
}

/** A VMA with the sticky ones of `extra` besides its own: what merging gives. */
export function withSticky(vma: Vma, extra: number): Vma {
  const sticky = extra & VM_STICKY & ~vma.extra;
  return sticky === 0 ? vma : withAttributes(vma, { ...vma, extra: vma.extra | sticky });
}

/** Pages of a VMA (`vma_pages`). */
export function vmaPages(vma: Vma): number {
  return vma.end - vma.start;
}

/** `vma_is_anonymous`: no file behind it. Shared anonymous memory has a file, its shmem object. */
export function isAnonymous(vma: Vma): boolean {
  return vma.file === 0;
}

/** `is_data_mapping`: private, writable, and no stack. RLIMIT_DATA counts these. */
export function isData(vma: VmaAttributes): boolean {
  return vma.write && !vma.shared && (vma.extra & VM_GROWSDOWN) === 0;
}

/** `vma_is_accessible`: some of read, write, exec. */
export function isAccessible(vma: Vma): boolean {
  return vma.read || vma.write || vma.exec;
}

/** Page offset that the VMA has, or would have, at `page`. */
export function pgoffAt(vma: Vma, page: number): number {
  return vma.pgoff + (page - vma.start);
}

/** The first flag or attribute in which two VMAs differ, other than the access bits; undefined when there is none. */
export function differenceBesidesAccess(a: VmaAttributes, b: VmaAttributes): keyof VmaAttributes | undefined {
  if (a.shared !== b.shared) return 'shared';
  if (a.file !== b.file) return 'file';
  if (a.account !== b.account) return 'account';
  if (a.noreserve !== b.noreserve) return 'noreserve';
  if (a.locked !== b.locked) return 'locked';
  if (a.lockonfault !== b.lockonfault) return 'lockonfault';
  if (a.sealed !== b.sealed) return 'sealed';
  if (a.uffd !== b.uffd) return 'uffd';
  if (a.anonShift !== b.anonShift) return 'anonShift';
  return ((a.extra ^ b.extra) & ~VM_STICKY) === 0 ? undefined : 'extra';
}

/** The first attribute in which two VMAs differ (`is_mergeable_vma`); undefined when none: they could be one. */
export function attributeDifference(a: VmaAttributes, b: VmaAttributes): keyof VmaAttributes | undefined {
  if (a.read !== b.read) return 'read';
  if (a.write !== b.write) return 'write';
  if (a.exec !== b.exec) return 'exec';
  return differenceBesidesAccess(a, b) ?? (a.ctx === b.ctx ? undefined : 'ctx');
}
