/**
 * The set of VMAs of an address space, ordered by address (the kernel's maple tree). Callers hold VMAs, never positions,
 * so that the representation can change.
 */
import type { Vma } from './types.js';

/** Ordered, disjoint VMAs. */
export interface VmaStore {
  readonly size: number;
  /** The lowest VMA that ends after `page` (`find_vma`): it contains the page or lies above it. */
  find(page: number): Vma | undefined;
  /** The highest VMA that starts before `page`. */
  findBefore(page: number): Vma | undefined;
  /** Takes out the VMAs that lie within [start, end) and puts `fresh` there; no VMA may cross the borders. */
  splice(start: number, end: number, fresh: readonly Vma[]): void;
  /** All VMAs in order; later changes do not touch the array. */
  snapshot(): readonly Vma[];
  /** An independent store with the same VMAs; costs nothing until one of the two changes. */
  clone(): VmaStore;
}

/** A sorted array with binary search, copied when it changes after somebody took a snapshot. */
export class ArrayVmaStore implements VmaStore {
  #list: Vma[];
  #lent: boolean;

  constructor(list: readonly Vma[] = [], lent = false) {
    this.#list = lent ? (list as Vma[]) : [...list];
    this.#lent = lent;
  }

  get size(): number {
    return this.#list.length;
  }

  find(page: number): Vma | undefined {
    return this.#list[this.#indexEndingAfter(page)];
  }

  findBefore(page: number): Vma | undefined {
    return this.#list[this.#indexStartingFrom(page) - 1];
  }

  splice(start: number, end: number, fresh: readonly Vma[]): void {
    const from = this.#indexEndingAfter(start);
    let to = from;
    while (to < this.#list.length && (this.#list[to] as Vma).start < end) to += 1;
    if (this.#lent) {
      this.#list = this.#list.slice();
      this.#lent = false;
    }
    if (fresh.length === 1 && to === from + 1) this.#list[from] = fresh[0] as Vma;
    else this.#list.splice(from, to - from, ...fresh);
  }

  snapshot(): readonly Vma[] {
    this.#lent = true;
    return this.#list;
  }

  clone(): VmaStore {
    return new ArrayVmaStore(this.snapshot(), true);
  }

  /** Index of the first VMA with end > page. */
  #indexEndingAfter(page: number): number {
    let low = 0;
    let high = this.#list.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#list[middle] as Vma).end > page) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Index of the first VMA with start >= page. */
  #indexStartingFrom(page: number): number {
    let low = 0;
    let high = this.#list.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#list[middle] as Vma).start >= page) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
