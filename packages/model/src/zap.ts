/** Emptying and moving page table entries (mm/memory.c `zap_page_range_single`, mm/mremap.c `move_page_tables`, 6.18). */
import type { AddressSpace } from './space.js';

/** Forgets the pages of [start, end), guards too: their mapping goes. */
export function unmapEntries(space: AddressSpace, start: number, end: number): void {
  zapPages(space, start, end);
  removeGuards(space, start, end);
}

/** Guard pages of [start, end) become ordinary ones. */
export function removeGuards(space: AddressSpace, start: number, end: number): void {
  if (space.guards.size > 0) for (const page of space.guards.keysIn(start, end)) space.guards.delete(page);
}

/** Forgets the pages of [start, end): private pages and their contents are gone. Guards stay. */
export function zapPages(space: AddressSpace, start: number, end: number): void {
  if (space.frameTable.size > 0) {
    for (const page of space.frameTable.keysIn(start, end)) {
      space.frameBytes.delete(space.frameTable.get(page) as number);
      space.frameTable.delete(page);
    }
  }
  if (space.mapped.size > 0) for (const page of space.mapped.keysIn(start, end)) space.mapped.delete(page);
}

/** Moves the entries of [from, from + count) to `to`, whatever they are; the ranges are disjoint and `to` is empty. */
export function movePages(space: AddressSpace, from: number, to: number, count: number): void {
  for (const page of space.frameTable.keysIn(from, from + count)) {
    const frame = space.frameTable.get(page) as number;
    space.frameTable.delete(page);
    space.frameTable.set(page - from + to, frame);
  }
  for (const table of [space.mapped, space.guards]) {
    if (table.size === 0) continue;
    for (const page of table.keysIn(from, from + count)) {
      table.delete(page);
      table.set(page - from + to, true);
    }
  }
}
