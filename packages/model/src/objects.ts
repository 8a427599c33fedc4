/**
 * Shared objects: memfds and the shmem objects behind shared anonymous memory (mm/shmem.c, 6.18: `shmem_get_folio_gfp`,
 * `shmem_zero_setup`). An object is its size and the pages that exist so far; a page that nobody touched does not exist.
 * Not modelled: truncation, seals on memfds, huge pages, swap.
 */
import { PageMap } from './page-map.js';
import type { PageBytes } from './contents.js';
import type { SharedMemory } from './shared-memory.js';
import type { AddressSpace } from './space.js';
import type { Accounting, Vma } from './types.js';

/** What a `file` number of a VMA stands for. */
export class SharedObject {
  /** Pages that exist, by index. */
  readonly pages: PageMap<PageBytes>;
  /** VMAs that map it; an object without a descriptor goes when this becomes 0. */
  users = 0;
  /** Pages that reclaim took, whose charge is given back when the object changes next (`shmem_recalc_inode`). */
  reclaimed = 0;

  constructor(
    readonly id: number,
    /** Pages; an access beyond is SIGBUS. */
    readonly size: number,
    /** A descriptor keeps it alive (memfd). */
    readonly hasDescriptor: boolean,
    readonly accounting: Accounting,
    pages: PageMap<PageBytes> = new PageMap(),
  ) {
    this.pages = pages;
  }

  /** Pages that this object has charged to the global commit counter. */
  get charged(): number {
    if (this.accounting === 'size') return this.size;
    return this.accounting === 'blocks' ? this.pages.size + this.reclaimed : 0;
  }

  /** A page comes to exist. @returns how many more pages are charged */
  addPage(index: number, bytes: PageBytes): number {
    this.pages.set(index, bytes);
    return this.accounting === 'blocks' ? 1 - this.#settle() : 0;
  }

  /** Reclaim takes a page. */
  reclaimPage(index: number): void {
    this.pages.delete(index);
    if (this.accounting === 'blocks') this.reclaimed += 1;
  }

  /** A hole is punched. @returns how many pages fewer are charged */
  removePages(indices: readonly number[]): number {
    for (const index of indices) this.pages.delete(index);
    return this.accounting === 'blocks' ? indices.length + this.#settle() : 0;
  }

  #settle(): number {
    const { reclaimed } = this;
    this.reclaimed = 0;
    return reclaimed;
  }

  clone(): SharedObject {
    const copy = new SharedObject(this.id, this.size, this.hasDescriptor, this.accounting, this.pages.clone());
    copy.users = this.users;
    copy.reclaimed = this.reclaimed;
    return copy;
  }
}

/** Takes pages [from, to) out of an object, and out of all page tables; copies that processes made for themselves stay. */
export function punchHole(shared: SharedMemory, file: number, from: number, to: number): void {
  const object = shared.objects.get(file);
  if (object === undefined) return;
  shared.committed -= object.removePages(object.pages.keysIn(from, to));
  for (const space of shared.spaces)
    for (const vma of space.tree.ofFile(file, from, to)) forgetPages(space, vma, from, to);
}

function forgetPages(space: AddressSpace, vma: Vma, from: number, to: number): void {
  const start = vma.start + Math.max(0, from - vma.pgoff);
  const end = Math.min(vma.end, vma.start + (to - vma.pgoff));
  for (const page of space.mapped.keysIn(start, end)) space.mapped.delete(page);
}
