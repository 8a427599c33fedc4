/**
 * Limits that a process can run into (mm/mmap.c, 6.18: `may_expand_vm`, `mlock_future_ok`; mm/mlock.c: `can_do_mlock`;
 * sysctl vm.max_map_count). They count what the model does not see, too.
 */
import { PAGE_SIZE } from './pages.js';
import type { AddressSpace } from './space.js';

/** Whether the process may lock memory at all. */
export function canLock(space: AddressSpace): boolean {
  return space.limits.memlock > 0 || space.capIpcLock;
}

/** Whether `pages` more may be locked. */
export function mayLock(space: AddressSpace, pages: number): boolean {
  return space.capIpcLock || pages + lockedPages(space) <= inPages(space.limits.memlock);
}

/** `mm->locked_vm`. */
export function lockedPages({ baseline, lockedVm }: AddressSpace): number {
  return baseline.lockedVm + lockedVm;
}

/** A limit in bytes as whole pages. */
export function inPages(bytes: number): number {
  return Math.floor(bytes / PAGE_SIZE);
}

/** Whether RLIMIT_AS or RLIMIT_DATA is set. */
export function isSizeLimited({ limits }: AddressSpace): boolean {
  return limits.as !== Infinity || limits.data !== Infinity;
}

/** `may_expand_vm`: whether the process may have `pages` more, which count as data or not. */
export function mayExpand(space: AddressSpace, asData: boolean, pages: number): boolean {
  const { limits, baseline } = space;
  if (baseline.totalVm + space.totalVm + pages > inPages(limits.as)) return false;
  // RLIMIT_DATA of 0 is taken for none, as long as the hard limit is none.
  if (!asData || limits.data === Infinity || limits.data === 0) return true;
  return dataPages(space) + pages <= inPages(limits.data);
}

/** `mm->data_vm`: pages of private writable memory that is no stack. */
export function dataPages(space: AddressSpace): number {
  return space.baseline.dataVm + space.tree.dataPages;
}

/** Mappings that may still be made before vm.max_map_count is reached; negative beyond it. */
export function spareMaps({ limits, baseline, mapCount }: AddressSpace): number {
  return limits.maxMapCount - baseline.mapCount - mapCount;
}
