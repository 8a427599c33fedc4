/**
 * Flags in which a VMA that was taken over from a record differs from what the model would print: those that it has no
 * field for, and permissions that the memory can never get. They stay with their pages until something else is mapped there.
 */
import { parseHex, type VmaRecord } from '@vmacheck/trace';
import type { PageRange } from './page-set.js';

interface Flagged extends PageRange {
  readonly added: readonly string[];
  readonly dropped: ReadonlySet<string>;
}

const rangeOf = ({ start, end }: VmaRecord): PageRange => ({
  start: Number(parseHex(start) >> 12n),
  end: Number(parseHex(end) >> 12n),
});

const codesOf = ({ vmFlags }: VmaRecord): readonly string[] =>
  (vmFlags ?? '').split(' ').filter((code) => code !== '' && code !== 'sd');

/** See the head of the file. */
export class ForeignFlags {
  #flagged: readonly Flagged[] = [];

  clone(): ForeignFlags {
    const copy = new ForeignFlags();
    copy.#flagged = this.#flagged;
    return copy;
  }

  /** From a layout that was taken over, and how the model prints it. */
  take(records: readonly VmaRecord[], ours: readonly VmaRecord[]): void {
    const printed = new Map(ours.map((record) => [record.start, record]));
    this.#flagged = records.flatMap((record) => {
      const own = printed.get(record.start);
      return own === undefined || record.vmFlags === undefined ? [] : differing(record, own);
    });
  }

  /** Something else is mapped there. */
  forget({ start, end }: PageRange): void {
    if (this.#flagged.length === 0) return;
    this.#flagged = this.#flagged.filter((flagged) => flagged.end <= start || flagged.start >= end);
  }

  /** The model's VMAs with these flags. */
  apply(layout: readonly VmaRecord[]): readonly VmaRecord[] {
    if (this.#flagged.length === 0) return layout;
    return layout.map((record) => {
      const { start, end } = rangeOf(record);
      const found = this.#flagged.find((flagged) => flagged.start <= start && end <= flagged.end);
      if (found === undefined) return record;
      const kept = codesOf(record).filter((code) => !found.dropped.has(code));
      return { ...record, vmFlags: [...kept, ...found.added].join(' ') };
    });
  }
}

function differing(record: VmaRecord, own: VmaRecord): readonly Flagged[] {
  const theirs = codesOf(record);
  const ours = codesOf(own);
  const added = theirs.filter((code) => !ours.includes(code));
  const dropped = new Set(ours.filter((code) => !theirs.includes(code)));
  return added.length === 0 && dropped.size === 0 ? [] : [{ ...rangeOf(record), added, dropped }];
}
