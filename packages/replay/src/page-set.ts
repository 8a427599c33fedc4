/** A set of page numbers as disjoint ranges. */

/** Half-open. */
export interface PageRange {
  readonly start: number;
  readonly end: number;
}

/** See the head of the file. Meant for few ranges. */
export class PageSet {
  #ranges: readonly PageRange[] = [];

  clone(): PageSet {
    const copy = new PageSet();
    copy.#ranges = this.#ranges;
    return copy;
  }

  get isEmpty(): boolean {
    return this.#ranges.length === 0;
  }

  add({ start, end }: PageRange): void {
    if (start >= end) return;
    this.remove({ start, end });
    this.#ranges = [...this.#ranges, { start, end }];
  }

  remove({ start, end }: PageRange): void {
    this.#ranges = this.#ranges.flatMap((range) => {
      if (range.end <= start || range.start >= end) return [range];
      const parts = [
        { start: range.start, end: Math.min(range.end, start) },
        { start: Math.max(range.start, end), end: range.end },
      ];
      return parts.filter((part) => part.start < part.end);
    });
  }

  has(page: number): boolean {
    return this.meets({ start: page, end: page + 1 });
  }

  meets({ start, end }: PageRange): boolean {
    return this.#ranges.some((range) => range.start < end && range.end > start);
  }
}
