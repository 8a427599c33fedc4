/** The distinct states among those that one step can lead to: a small set that is emptied for every step. */
import { hashWords } from './hash.js';
import type { Words } from './model.js';

/** Distinct records of words, by the order in which they came. */
export class Candidates {
  /** Records in the set. */
  count = 0;
  private records: Words;
  /** Index + 1 of a record, where `stamps` says that the slot was filled for this step. */
  private slots = new Uint32Array(64);
  private stamps = new Uint32Array(64);
  private stamp = 1;

  constructor(private readonly wordsPerRecord: number) {
    this.records = new Uint32Array(32 * wordsPerRecord);
  }

  clear(): void {
    this.count = 0;
    this.stamp++;
    if (this.stamp < 2 ** 32) return;
    this.stamps.fill(0);
    this.stamp = 1;
  }

  /** @returns whether the record at `words[0..]` is new */
  add(words: Words): boolean {
    if (this.count * 2 >= this.slots.length) this.grow();
    if (!this.enter(words, 0)) return false;
    this.records.set(words, this.count * this.wordsPerRecord);
    this.count++;
    return true;
  }

  /** A copy of a record. */
  at(index: number): Words {
    return this.records.slice(index * this.wordsPerRecord, (index + 1) * this.wordsPerRecord);
  }

  /** Takes a slot for the record at `words[at..]`, which is to have the index `count`, unless it is there already. */
  private enter(words: Words, at: number): boolean {
    const { slots, stamps, stamp } = this;
    const mask = slots.length - 1;
    let slot = hashWords(words, at, this.wordsPerRecord) & mask;
    for (; stamps[slot] === stamp; slot = (slot + 1) & mask) {
      if (this.equals((slots[slot] as number) - 1, words, at)) return false;
    }
    stamps[slot] = stamp;
    slots[slot] = this.count + 1;
    return true;
  }

  private equals(index: number, words: Words, at: number): boolean {
    const { records, wordsPerRecord } = this;
    const start = index * wordsPerRecord;
    for (let i = 0; i < wordsPerRecord; i++) if (records[start + i] !== words[at + i]) return false;
    return true;
  }

  private grow(): void {
    const old = this.records;
    const { count, wordsPerRecord } = this;
    this.records = new Uint32Array(old.length * 2);
    this.records.set(old);
    this.slots = new Uint32Array(this.slots.length * 2);
    this.stamps = new Uint32Array(this.slots.length);
    this.stamp = 1;
    for (this.count = 0; this.count < count; this.count++) this.enter(old, this.count * wordsPerRecord);
  }
}
