/** Searches for room between VMAs, in a list of chunks, past those that have none. */
import type { BlockSums, Sum } from './block-sums.js';
import type { Chunk } from './chunk.js';

/** The widest hole within a chunk or between it and the one above. */
export const ROOM: Sum = {
  of: (chunks, index) => {
    const { end, widestHole } = chunks[index] as Chunk;
    const above = chunks[index + 1];
    return above === undefined ? widestHole : Math.max(widestHole, above.start - end);
  },
  join: Math.max,
};

/**
 * The end of the highest hole of at least `pages` that ends at `limit` or below; the start of the lowest VMA if there is none.
 * @param first index of the last chunk that starts below `limit`
 */
export function holeBelow(
  chunks: readonly Chunk[],
  room: BlockSums,
  first: number,
  limit: number,
  pages: number,
): number {
  let at = limit;
  let index = first;
  while (index >= 0 && index < chunks.length) {
    const found = (chunks[index] as Chunk).holeBelow(at, pages);
    if (found.isRoom) return found.at;
    index = room.lastWith(chunks, index - 1, pages);
    at = index < 0 ? Math.min(found.at, (chunks[0] as Chunk).start) : (chunks[index + 1] as Chunk).start;
  }
  return at;
}

/**
 * The start of the lowest hole of at least `pages` that starts at `start` or above; nothing is mapped above the highest VMA.
 * @param first index of the first chunk that ends above `start`
 */
export function holeAbove(
  chunks: readonly Chunk[],
  room: BlockSums,
  first: number,
  start: number,
  pages: number,
): number {
  let at = start;
  let index = first;
  while (index < chunks.length) {
    const found = (chunks[index] as Chunk).holeAbove(at, pages);
    const above = chunks[index + 1];
    if (found.isRoom || above === undefined || found.at + pages <= above.start) return found.at;
    index = room.firstWith(chunks, index + 1, pages);
    if (index < 0) return (chunks.at(-1) as Chunk).end;
    at = (chunks[index] as Chunk).start;
  }
  return at;
}
