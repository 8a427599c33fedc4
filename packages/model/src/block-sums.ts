/**
 * A sum over a list of chunks, kept for blocks of them, so that a search can pass by many chunks at once. A change makes the
 * sums of the blocks forgotten that it touches; they are made again when somebody asks.
 */
import type { Chunk } from './chunk.js';

const BITS = 4;
/** Chunks of a block. */
const BLOCK = 1 << BITS;

/** What is added up: a number for each chunk, and how two of them make one. */
export interface Sum {
  /** What the chunk at an index contributes, which may depend on the chunk above it, too. */
  readonly of: (chunks: readonly Chunk[], index: number) => number;
  readonly join: (a: number, b: number) => number;
}

/** See the head of the file. */
export class BlockSums {
  readonly #sum: Sum;
  #blocks: (number | undefined)[] = [];

  constructor(sum: Sum) {
    this.#sum = sum;
  }

  clone(): BlockSums {
    const copy = new BlockSums(this.#sum);
    copy.#blocks = this.#blocks.slice();
    return copy;
  }

  /** The chunk at an index changed. */
  forget(index: number): void {
    for (const block of [(index - 1) >> BITS, index >> BITS]) {
      if (block >= 0 && block < this.#blocks.length) this.#blocks[block] = undefined;
    }
  }

  /** Other chunks came to be at an index and above. */
  forgetFrom(index: number): void {
    this.#blocks.length = Math.min(this.#blocks.length, Math.max(0, index - 1) >> BITS);
  }

  /** The sum of all chunks; 0 if there are none. */
  all(chunks: readonly Chunk[]): number {
    let sum = 0;
    for (let block = 0; block << BITS < chunks.length; block++) sum = this.#sum.join(sum, this.#block(chunks, block));
    return sum;
  }

  /** The highest index from `index` downwards whose chunk contributes at least `wanted`, for sums that are maxima; -1 if there is none. */
  lastWith(chunks: readonly Chunk[], index: number, wanted: number): number {
    let at = index;
    while (at >= 0) {
      if (this.#block(chunks, at >> BITS) < wanted) at = ((at >> BITS) << BITS) - 1;
      else if (this.#sum.of(chunks, at) < wanted) at -= 1;
      else return at;
    }
    return -1;
  }

  /** The lowest index from `index` upwards whose chunk contributes at least `wanted`, for sums that are maxima; -1 if there is none. */
  firstWith(chunks: readonly Chunk[], index: number, wanted: number): number {
    let at = index;
    while (at < chunks.length) {
      if (this.#block(chunks, at >> BITS) < wanted) at = ((at >> BITS) + 1) << BITS;
      else if (this.#sum.of(chunks, at) < wanted) at += 1;
      else return at;
    }
    return -1;
  }

  #block(chunks: readonly Chunk[], block: number): number {
    const known = this.#blocks[block];
    if (known !== undefined) return known;
    while (this.#blocks.length <= block) this.#blocks.push(undefined);
    let sum = 0;
    const end = Math.min(chunks.length, (block << BITS) + BLOCK);
    for (let index = block << BITS; index < end; index++) sum = this.#sum.join(sum, this.#sum.of(chunks, index));
    return (this.#blocks[block] = sum);
  }
}
