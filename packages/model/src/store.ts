/**
 * The set of VMAs of an address space, ordered by address (the kernel's maple tree): a list of chunks, each a sorted array of at most
 * `MOST` VMAs. A change copies at most the chunks that it touches, and only those that a clone or a snapshot has as well.
 * Callers hold VMAs, never positions, so that the representation can change.
 */
import { BlockSums, type Sum } from './block-sums.js';
import { Chunk } from './chunk.js';
import { type VmaDifference, vmaDifference } from './difference.js';
import { holeAbove, holeBelow, ROOM } from './room.js';
import type { Vma } from './types.js';

/** A chunk that grows beyond this is cut in two; one that shrinks below `FEWEST` joins its neighbour. */
const MOST = 256;
const FEWEST = 32;

const DATA: Sum = { of: (chunks, index) => (chunks[index] as Chunk).dataPages, join: (a, b) => a + b };

/** Ordered, disjoint VMAs. */
export class VmaStore {
  #chunks: Chunk[];
  #ownsList = true;
  #room = new BlockSums(ROOM);
  #data = new BlockSums(DATA);
  /** Who may change a chunk in place: this store, until somebody else has the chunks too. */
  #owner: object = {};
  /** What `snapshot` gave, as long as nothing changes. */
  #flat: readonly Vma[] | undefined;

  constructor(list: readonly Vma[] = []) {
    this.#chunks = cut(list, this.#owner);
  }

  get size(): number {
    return this.#chunks.reduce((sum, { list }) => sum + list.length, 0);
  }

  /** VMAs in each chunk: what a change costs. */
  get chunkSizes(): readonly number[] {
    return this.#chunks.map(({ list }) => list.length);
  }

  /** The lowest VMA that ends after `page` (`find_vma`): it contains the page or lies above it. */
  find(page: number): Vma | undefined {
    const chunk = this.#chunks[this.#chunkEndingAfter(page)];
    return chunk?.list[chunk.endingAfter(page)];
  }

  /** The highest VMA that starts before `page`. */
  findBefore(page: number): Vma | undefined {
    const chunk = this.#chunks[this.#chunkStartingBefore(page)];
    return chunk?.list[chunk.startingFrom(page) - 1];
  }

  /** Takes out the VMAs that lie within [start, end) and puts `fresh` there; no VMA may cross the borders. */
  splice(start: number, end: number, fresh: readonly Vma[]): void {
    this.#flat = undefined;
    const chunks = this.#ownList();
    if (chunks.length === 0) {
      chunks.push(...cut(fresh, this.#owner));
      return;
    }
    const index = this.#chunkEndingAfter(start);
    const chunk = this.#own(index);
    chunk.splice(chunk.endingAfter(start), end, fresh);
    this.#room.forget(index);
    this.#data.forget(index);
    if (index + 1 < chunks.length) this.#dropBelow(index + 1, end);
    if (chunk.list.length > MOST || chunk.list.length < FEWEST) this.#balance(index);
  }

  /** The end of the highest hole of at least `pages` that ends at `limit` or below; the start of the lowest VMA if there is none. */
  holeBelow(limit: number, pages: number): number {
    return holeBelow(this.#chunks, this.#room, this.#chunkStartingBefore(limit), limit, pages);
  }

  /** The start of the lowest hole of at least `pages` that starts at `start` or above; nothing is mapped above the highest one. */
  holeAbove(start: number, pages: number): number {
    return holeAbove(this.#chunks, this.#room, this.#chunkEndingAfter(start), start, pages);
  }

  /** The VMAs that map some of the pages [from, to) of a file. */
  ofFile(file: number, from: number, to: number): readonly Vma[] {
    return this.#chunks.flatMap((chunk) => chunk.ofFile(file, from, to));
  }

  /** Pages of private writable memory that is no stack. */
  get dataPages(): number {
    return this.#data.all(this.#chunks);
  }

  /** All VMAs in order; later changes do not touch the array. */
  snapshot(): readonly Vma[] {
    if (this.#flat !== undefined) return this.#flat;
    const [only] = this.#chunks;
    if (this.#chunks.length === 1) {
      this.#share();
      this.#flat = (only as Chunk).list;
    } else {
      this.#flat = this.#chunks.flatMap(({ list }) => list);
    }
    return this.#flat;
  }

  /** Whether neither has changed since one was cloned from the other. */
  isSame(other: VmaStore): boolean {
    return this.#chunks === other.#chunks;
  }

  /** What became of the VMAs of an earlier state of the same store, or of any other. */
  since(before: VmaStore): VmaDifference {
    return vmaDifference(before.#chunks, this.#chunks);
  }

  /** An independent store with the same VMAs; costs nothing until one of the two changes. */
  clone(): VmaStore {
    this.#share();
    const copy = new VmaStore();
    copy.#chunks = this.#chunks;
    copy.#ownsList = false;
    copy.#room = this.#room.clone();
    copy.#data = this.#data.clone();
    copy.#flat = this.#flat;
    return copy;
  }

  /** Chunks came or went at an index or above. */
  #forgetFrom(index: number): void {
    this.#room.forgetFrom(index);
    this.#data.forgetFrom(index);
  }

  /** From here on everything belongs to somebody else too. */
  #share(): void {
    this.#ownsList = false;
    this.#owner = {};
  }

  #ownList(): Chunk[] {
    if (!this.#ownsList) {
      this.#chunks = this.#chunks.slice();
      this.#ownsList = true;
    }
    return this.#chunks;
  }

  #own(index: number): Chunk {
    const chunk = this.#chunks[index] as Chunk;
    if (chunk.owner === this.#owner) return chunk;
    return (this.#chunks[index] = new Chunk(chunk.list.slice(), this.#owner));
  }

  /** Takes out the VMAs below `end` of the chunks from `index` on. */
  #dropBelow(index: number, end: number): void {
    let last = index;
    while (last < this.#chunks.length && (this.#chunks[last] as Chunk).end <= end) last += 1;
    const next = this.#chunks[last];
    const cutsNext = next !== undefined && next.start < end;
    if (last === index && !cutsNext) return;
    this.#forgetFrom(index);
    this.#chunks.splice(index, last - index);
    if (cutsNext) this.#own(index).splice(0, end, []);
  }

  /** Keeps chunks neither too large nor too small. */
  #balance(index: number): void {
    const chunks = this.#chunks;
    const chunk = chunks[index] as Chunk;
    const { length } = chunk.list;
    this.#forgetFrom(Math.max(0, index - 1));
    if (length > MOST) return void chunks.splice(index, 1, ...cut(chunk.list, this.#owner));
    const neighbour = index + 1 < chunks.length ? index : index - 1;
    const low = chunks[neighbour];
    const high = chunks[neighbour + 1];
    if (low === undefined || high === undefined) {
      if (length === 0) chunks.splice(index, 1);
    } else if (low.list.length + high.list.length <= MOST) {
      chunks.splice(neighbour, 2, new Chunk([...low.list, ...high.list], this.#owner));
    }
  }

  /** Index of the first chunk with a VMA that ends after the page, or else of the last one. */
  #chunkEndingAfter(page: number): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#chunks[middle] as Chunk).end > page) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Index of the last chunk with a VMA that starts before the page, or else of the first one. */
  #chunkStartingBefore(page: number): number {
    let low = 1;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#chunks[middle] as Chunk).start >= page) high = middle;
      else low = middle + 1;
    }
    return low - 1;
  }
}

/** Chunks with these VMAs, half full where there are several. */
function cut(list: readonly Vma[], owner: object): Chunk[] {
  if (list.length === 0) return [];
  if (list.length <= MOST) return [new Chunk(list.slice(), owner)];
  const chunks: Chunk[] = [];
  for (let from = 0; from < list.length; from += MOST / 2) {
    chunks.push(new Chunk(list.slice(from, from + MOST / 2), owner));
  }
  return chunks;
}
