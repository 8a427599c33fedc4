/** In what two lists of chunks differ that have most of their chunks in common: costs the number of chunks, and the length of those that differ. */
import type { Chunk } from './chunk.js';
import type { Vma } from './types.js';

/** VMAs that only one of two states has. */
export interface VmaDifference {
  readonly removed: readonly Vma[];
  readonly added: readonly Vma[];
}

const NOTHING: VmaDifference = { removed: [], added: [] };

/** See the head of the file. A VMA is the same if it is the same object. */
export function vmaDifference(before: readonly Chunk[], after: readonly Chunk[]): VmaDifference {
  if (before === after) return NOTHING;
  const removed: Vma[] = [];
  const added: Vma[] = [];
  let i = 0;
  let k = 0;
  while (i < before.length || k < after.length) {
    const a = before[i];
    const b = after[k];
    if (a === b) {
      i += 1;
      k += 1;
      continue;
    }
    // Up to where both go on with the same chunk: chunks are in the order of their addresses.
    let [end, next] = [i, k];
    while (before[end] !== after[next]) {
      const [x, y] = [before[end], after[next]];
      if (y === undefined || (x !== undefined && x.start <= y.start)) end += 1;
      else next += 1;
    }
    compare(listed(before, i, end), listed(after, k, next), removed, added);
    i = end;
    k = next;
  }
  return { removed, added };
}

const listed = (chunks: readonly Chunk[], from: number, to: number): readonly Vma[] =>
  to === from + 1 ? (chunks[from] as Chunk).list : chunks.slice(from, to).flatMap(({ list }) => list);

/** Both lists are sorted by start. */
function compare(before: readonly Vma[], after: readonly Vma[], removed: Vma[], added: Vma[]): void {
  let i = 0;
  let k = 0;
  while (i < before.length || k < after.length) {
    const a = before[i];
    const b = after[k];
    if (a === b) {
      i += 1;
      k += 1;
    } else if (b === undefined || (a !== undefined && a.start <= b.start)) {
      removed.push(a as Vma);
      i += 1;
    } else {
      added.push(b);
      k += 1;
    }
  }
}
