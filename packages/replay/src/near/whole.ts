/** What is known of a whole state without looking at all of it: kept up to date by what changes. */
import type { FrameChange, Moment, Vma, VmaDifference } from '@vmacheck/model';
import type { NearOperators } from './operators.js';

/** What VMAs count for: their number, and pages. */
export interface Sums {
  readonly count: number;
  readonly total: number;
  readonly locked: number;
  readonly account: number;
  readonly data: number;
}

export const sumsOf = (vmas: readonly Vma[], operators: NearOperators): Sums => ({
  count: vmas.length,
  total: operators.totalPages(vmas),
  locked: operators.lockedPages(vmas),
  account: operators.accountPages(vmas),
  data: operators.dataPages(vmas),
});

/** See the head of the file. */
export class Whole {
  sums: Sums = { count: 0, total: 0, locked: 0, account: 0, data: 0 };
  /** Where each frame is mapped. */
  readonly #pages = new Map<number, Set<number>>();
  /** Where the VMAs begin that have an anon_vma. */
  readonly #starts = new Map<number, Set<number>>();
  #at: Moment | undefined;

  constructor(readonly operators: NearOperators) {}

  /** Makes it what is known of this moment. Costs what has changed since the last one. */
  moveTo(moment: Moment): void {
    if (this.#at === moment) return;
    if (this.#at === undefined) {
      const frames = [...moment.frames].map(([page, now]) => ({ page, old: undefined, now }));
      this.apply({ removed: [], added: moment.vmas }, frames, moment);
    } else {
      this.apply(moment.vmasSince(this.#at), moment.framesSince(this.#at), moment);
    }
  }

  /** The same, where the changes are known. */
  apply({ removed, added }: VmaDifference, frames: readonly FrameChange[], moment: Moment): void {
    this.#at = moment;
    const [gone, come] = [sumsOf(removed, this.operators), sumsOf(added, this.operators)];
    const { count, total, locked, account, data } = this.sums;
    this.sums = {
      count: count + come.count - gone.count,
      total: total + come.total - gone.total,
      locked: locked + come.locked - gone.locked,
      account: account + come.account - gone.account,
      data: data + come.data - gone.data,
    };
    for (const { start, anonVma } of removed) if (anonVma !== 0) remove(this.#starts, anonVma, start);
    for (const { start, anonVma } of added) if (anonVma !== 0) add(this.#starts, anonVma, start);
    for (const { page, old } of frames) if (old !== undefined) remove(this.#pages, old, page);
    for (const { page, now } of frames) if (now !== undefined) add(this.#pages, now, page);
  }

  /** Where a frame is mapped. */
  pagesOf(frame: number): Iterable<number> {
    return this.#pages.get(frame) ?? [];
  }

  /** Where the VMAs begin that have this anon_vma. */
  startsOf(anonVma: number): Iterable<number> {
    return this.#starts.get(anonVma) ?? [];
  }
}

function add(index: Map<number, Set<number>>, key: number, place: number): void {
  const places = index.get(key);
  if (places === undefined) index.set(key, new Set([place]));
  else places.add(place);
}

function remove(index: Map<number, Set<number>>, key: number, place: number): void {
  const places = index.get(key);
  places?.delete(place);
  if (places?.size === 0) index.delete(key);
}
