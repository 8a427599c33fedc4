/**
 * What every VMA that comes or goes does to the rest of the address space: map_count, and the reference that it holds on
 * its file (mm/vma.c, 6.18: `vma_link`, `remove_vma`; mm/shmem.c: an object without references gives its charge back).
 */
import type { AddressSpace } from './space.js';

/** One more VMA with this file. The caller puts it into the tree. */
export function countVma(space: AddressSpace, file: number): void {
  space.mapCount += 1;
  const object = space.objects.get(file);
  if (object !== undefined) object.users += 1;
}

/** One VMA with this file fewer. The caller has taken it out of the tree. */
export function discountVma(space: AddressSpace, file: number): void {
  space.mapCount -= 1;
  const object = space.objects.get(file);
  if (object === undefined) return;
  object.users -= 1;
  if (object.users === 0 && !object.hasDescriptor) {
    space.shmemCommitted -= object.charged;
    space.objects.delete(file);
  }
}
