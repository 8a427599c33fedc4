/**
 * Shared objects: memfds and the shmem objects behind shared anonymous memory (mm/shmem.c, 6.18: `shmem_get_folio_gfp`,
 * `shmem_zero_setup`). An object is its size and the pages that exist so far; a page that nobody touched does not exist.
 * Not modelled: truncation, holes punched, seals on memfds, huge pages, swap.
 */
import { CowMap } from './cow-map.js';
import type { PageBytes } from './contents.js';

/** What a `file` number of a VMA stands for. */
export class SharedObject {
  /** Pages that exist, by index. */
  readonly pages: CowMap<PageBytes>;
  /** VMAs that map it; an object without a descriptor goes when this becomes 0. */
  users = 0;

  constructor(
    readonly id: number,
    /** Pages; an access beyond is SIGBUS. */
    readonly size: number,
    /** A descriptor keeps it alive (memfd). */
    readonly hasDescriptor: boolean,
    /** The whole size was charged when it was made; otherwise each page is charged when it comes to exist. */
    readonly chargedWhole: boolean,
    pages: CowMap<PageBytes> = new CowMap(),
  ) {
    this.pages = pages;
  }

  /** Pages that this object has charged to the global commit counter. */
  get charged(): number {
    return this.chargedWhole ? this.size : this.pages.size;
  }

  clone(): SharedObject {
    const copy = new SharedObject(this.id, this.size, this.hasDescriptor, this.chargedWhole, this.pages.clone());
    copy.users = this.users;
    return copy;
  }
}
