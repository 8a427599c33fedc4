/**
 * What processes that descend from one another have in common: the objects that they map, and who maps them. A private page is
 * no part of it: after a fork each process has its own.
 */
import { ObjectTable } from './object-table.js';
import type { AddressSpace } from './space.js';

/** See the head of the file. */
export class SharedMemory {
  /** By the `file` number of VMAs. */
  readonly objects: ObjectTable;
  /** The processes; a hole punched into an object is a hole in all of them. */
  readonly spaces = new Set<AddressSpace>();
  nextFile = 1;
  /** Pages charged by the objects. */
  committed = 0;

  constructor(objects = new ObjectTable()) {
    this.objects = objects;
  }

  /** The same objects for a branch of the state, without the processes. */
  clone(): SharedMemory {
    const copy = new SharedMemory(this.objects.clone());
    copy.nextFile = this.nextFile;
    copy.committed = this.committed;
    return copy;
  }
}
