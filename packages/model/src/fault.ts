/**
 * Page faults (mm/memory.c, 6.18: `handle_pte_fault`, `do_anonymous_page`, `do_read_fault`, `do_cow_fault`,
 * `do_shared_fault`, `do_wp_page`; mm/shmem.c: `shmem_get_folio_gfp`). The caller has checked the permissions.
 *
 * What a userfaultfd with the SIGBUS feature does to a page that is not in the page table:
 *
 *     memory                      MISSING            MINOR
 *     private anonymous           SIGBUS             (cannot be registered)
 *     object page not there yet   SIGBUS             made as usual
 *     object page exists          as usual           SIGBUS
 *
 * Write-protect mode marks no page by itself, so that it never faults. The anon_vma of a private mapping is made before any
 * of this is looked at: a write that ends in SIGBUS leaves it behind.
 * Not modelled: write-protected pages (UFFDIO_WRITEPROTECT), swap, out of memory.
 */
import { prepareAnonVma } from './anon-vma.js';
import { type PageBytes, WRITTEN_ZERO_PAGE, ZERO_PAGE } from './contents.js';
import { faultHuge, HUGE, takesHuge } from './huge.js';
import type { SharedObject } from './objects.js';
import type { AddressSpace } from './space.js';
import { signalled } from './outcome.js';
import type { Signalled, Vma } from './types.js';
import { isAnonymous, pgoffAt, UFFD_MINOR, UFFD_MISSING, UFFD_WP } from './vma.js';

/** Pages that one read fault of a file mapping may map if the object has them (fault_around_bytes / page size). */
const FAULT_AROUND_PAGES = 16;
/** Entries of one page table; fault-around stays in it. */
const PAGES_PER_TABLE = 512;

/** undefined when the page is there, or the signal that the access raises. */
export type FaultFailure = Signalled | undefined;

const GUARDED = signalled('SIGSEGV', 'a guard page');
const MISSING = signalled('SIGBUS', 'page is missing and registered with a userfaultfd');
const MINOR = signalled('SIGBUS', 'page is registered with a userfaultfd for minor faults');
const BEYOND_END = signalled('SIGBUS', 'beyond the end of the object');

/** Makes the page present for a read, or for a write if `write`. */
export function faultPage(space: AddressSpace, vma: Vma, page: number, write: boolean): FaultFailure {
  const frame = space.frameTable.get(page);
  if (frame !== undefined) {
    // A fault for writing makes the page dirty, even if nothing is written: what MADV_FREE gave up is kept.
    if (write && space.freed.size > 0) space.freed.delete(frame);
    return undefined;
  }
  if (space.mapped.has(page)) {
    if (write && vma.shared) markWritten(space, vma, page);
    else if (write) copyOnWrite(space, vma, page);
    return undefined;
  }
  if (space.guards.size > 0 && space.guards.has(page)) return GUARDED;
  if (isAnonymous(vma)) return faultAnonymous(space, vma, page, write);
  if (!write) return faultRead(space, vma, page);
  if (!vma.shared) return faultCopy(space, vma, page);
  const failure = faultShared(space, vma, page);
  if (failure === undefined) markWritten(space, vma, page);
  return failure;
}

/** An object's page that is still all zeros counts as written from now on. */
function markWritten(space: AddressSpace, vma: Vma, page: number): void {
  const { pages } = space.objects.get(vma.file) as SharedObject;
  const index = pgoffAt(vma, page);
  if (pages.get(index) === ZERO_PAGE) pages.set(index, WRITTEN_ZERO_PAGE);
}

/** The zero page, or a page of the object that was only read so far, is written: a private copy takes its place. */
function copyOnWrite(space: AddressSpace, vma: Vma, page: number): void {
  prepareAnonVma(space, vma);
  const bytes = space.bytesOf(vma, page);
  space.mapped.delete(page);
  space.putFrame(page, bytes);
}

function faultAnonymous(space: AddressSpace, vma: Vma, page: number, write: boolean): FaultFailure {
  const isHuge = vma.end - vma.start >= HUGE && takesHuge(space, vma, page);
  if (write || isHuge) prepareAnonVma(space, vma);
  if ((vma.uffd & UFFD_MISSING) !== 0) return MISSING;
  if (isHuge) faultHuge(space, page, write);
  else if (write) space.putFrame(page, ZERO_PAGE);
  else space.mapped.set(page, true);
  return undefined;
}

function faultRead(space: AddressSpace, vma: Vma, page: number): FaultFailure {
  if ((vma.uffd & (UFFD_WP | UFFD_MINOR)) === 0) {
    faultAround(space, vma, page);
    if (space.mapped.has(page)) return undefined;
  }
  return faultShared(space, vma, page);
}

function faultShared(space: AddressSpace, vma: Vma, page: number): FaultFailure {
  const bytes = objectPage(space, vma, page);
  if ('signal' in bytes) return bytes;
  space.mapped.set(page, true);
  return undefined;
}

function faultCopy(space: AddressSpace, vma: Vma, page: number): FaultFailure {
  prepareAnonVma(space, vma);
  const bytes = objectPage(space, vma, page);
  if ('signal' in bytes) return bytes;
  space.putFrame(page, bytes);
  return undefined;
}

/** The object's page behind `page`, made if it does not exist; or why it cannot be had. */
function objectPage(space: AddressSpace, vma: Vma, page: number): PageBytes | Signalled {
  const object = space.objects.get(vma.file) as SharedObject;
  const index = pgoffAt(vma, page);
  if (index >= object.size) return BEYOND_END;
  const present = object.pages.get(index);
  if (present !== undefined) {
    return (vma.uffd & UFFD_MINOR) !== 0 ? MINOR : present;
  }
  if ((vma.uffd & UFFD_MISSING) !== 0) return MISSING;
  space.shmemCommitted += object.addPage(index, ZERO_PAGE);
  return ZERO_PAGE;
}

/**
 * A read fault maps what the object already has near the page (`do_fault_around`): from the aligned 16 pages, or the start
 * of the VMA if that is higher, 16 pages up. Pages that are present then cannot fault when they are armed later.
 */
function faultAround(space: AddressSpace, vma: Vma, page: number): void {
  const object = space.objects.get(vma.file) as SharedObject;
  if (object.pages.size === 0) return;
  const table = page - (page % PAGES_PER_TABLE);
  const from = Math.max(page - (page % FAULT_AROUND_PAGES), vma.start);
  const to = Math.min(from + FAULT_AROUND_PAGES, table + PAGES_PER_TABLE, vma.end);
  for (let near = from; near < to; near += 1) {
    const index = pgoffAt(vma, near);
    if (index >= object.size || !object.pages.has(index)) continue;
    if (!space.frameTable.has(near) && !space.guards.has(near)) space.mapped.set(near, true);
  }
}
