/**
 * What processes that descend from one another have in common: the objects that they map, and who maps them. A private page is
 * no part of it: after a fork each process has its own.
 */
import type { SharedObject } from './objects.js';
import type { AddressSpace } from './space.js';

/** See the head of the file. */
export class SharedMemory {
  /** By the `file` number of VMAs. */
  readonly objects = new Map<number, SharedObject>();
  /** The processes; a hole punched into an object is a hole in all of them. */
  readonly spaces = new Set<AddressSpace>();
  nextFile = 1;
  /** Pages charged by the objects. */
  committed = 0;

  /** The same objects for a branch of the state, without the processes. */
  clone(): SharedMemory {
    const copy = new SharedMemory();
    for (const [id, object] of this.objects) copy.objects.set(id, object.clone());
    copy.nextFile = this.nextFile;
    copy.committed = this.committed;
    return copy;
  }
}
