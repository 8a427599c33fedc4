/** A sorted array of VMAs, a part of a `VmaStore`. It is empty at most while the store changes it. */
import type { Vma } from './types.js';
import { isData, pgoffAt, vmaPages } from './vma.js';

/** Where a search for room ended: at a border of a hole that is large enough, or past the last VMA of the chunk. */
export interface Room {
  readonly isRoom: boolean;
  readonly at: number;
}

/** Which pages of a file some VMAs map: from the first to the last, and perhaps not all between. */
interface Extent {
  from: number;
  to: number;
}

const NONE: readonly Vma[] = [];

/** See the head of the file. */
export class Chunk {
  /** What the getters gave, as long as nothing changes. */
  #widest: number | undefined;
  #dataPages: number | undefined;
  #files: ReadonlyMap<number, Extent> | undefined;

  /** @param owner who may change it; everybody else must copy it */
  constructor(
    readonly list: Vma[],
    readonly owner: object,
  ) {}

  get start(): number {
    return (this.list[0] as Vma).start;
  }

  get end(): number {
    return (this.list[this.list.length - 1] as Vma).end;
  }

  /** Index of the first VMA with end > page. */
  endingAfter(page: number): number {
    const { list } = this;
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((list[middle] as Vma).end > page) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Index of the first VMA with start >= page. */
  startingFrom(page: number): number {
    const { list } = this;
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((list[middle] as Vma).start >= page) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Takes out the VMAs from an index on that start below `end`, and puts `fresh` there. */
  splice(from: number, end: number, fresh: readonly Vma[]): void {
    const { list } = this;
    this.#widest = undefined;
    this.#dataPages = undefined;
    this.#files = undefined;
    let to = from;
    while (to < list.length && (list[to] as Vma).start < end) to += 1;
    if (fresh.length === 1 && to === from + 1) list[from] = fresh[0] as Vma;
    else if (fresh.length <= 4) list.splice(from, to - from, ...fresh);
    else {
      // Too many for arguments of a call.
      const above = list.slice(to);
      list.length = from;
      for (const vma of fresh) list.push(vma);
      for (const vma of above) list.push(vma);
    }
  }

  /** Looks for the highest hole of `pages` below the page `limit` and above the lowest VMA of the chunk. */
  holeBelow(limit: number, pages: number): Room {
    const { list } = this;
    let at = limit;
    for (let i = this.startingFrom(limit) - 1; i >= 0; i--) {
      const vma = list[i] as Vma;
      if (vma.end + pages <= at) return { isRoom: true, at };
      at = Math.min(at, vma.start);
    }
    return { isRoom: false, at };
  }

  /** Looks for the lowest hole of `pages` from the page `start` on and below the highest VMA of the chunk. */
  holeAbove(start: number, pages: number): Room {
    const { list } = this;
    let at = start;
    for (let i = this.endingAfter(start); i < list.length; i++) {
      const vma = list[i] as Vma;
      if (at + pages <= vma.start) return { isRoom: true, at };
      at = vma.end;
    }
    return { isRoom: false, at };
  }

  /** The most pages between two neighbours of the chunk. */
  get widestHole(): number {
    if (this.#widest === undefined) {
      const { list } = this;
      this.#widest = 0;
      for (let i = 1; i < list.length; i++) {
        this.#widest = Math.max(this.#widest, (list[i] as Vma).start - (list[i - 1] as Vma).end);
      }
    }
    return this.#widest;
  }

  /** Pages of private writable memory that is no stack. */
  get dataPages(): number {
    this.#dataPages ??= this.list.reduce((sum, vma) => (isData(vma) ? sum + vmaPages(vma) : sum), 0);
    return this.#dataPages;
  }

  /** The VMAs that map some of the pages [from, to) of a file. */
  ofFile(file: number, from: number, to: number): readonly Vma[] {
    this.#files ??= extents(this.list);
    const extent = this.#files.get(file);
    if (extent === undefined || extent.to <= from || to <= extent.from) return NONE;
    return this.list.filter((vma) => vma.file === file && vma.pgoff < to && from < pgoffAt(vma, vma.end));
  }
}

function extents(vmas: readonly Vma[]): ReadonlyMap<number, Extent> {
  const files = new Map<number, Extent>();
  for (const vma of vmas) {
    if (vma.file === 0) continue;
    const to = pgoffAt(vma, vma.end);
    const extent = files.get(vma.file);
    if (extent === undefined) {
      files.set(vma.file, { from: vma.pgoff, to });
    } else {
      extent.from = Math.min(extent.from, vma.pgoff);
      extent.to = Math.max(extent.to, to);
    }
  }
  return files;
}
