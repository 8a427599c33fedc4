/**
 * Successors that were made and are not yet looked up, in the order in which they were made. Work on many of them at a time is a
 * few short loops over words, in which the processor can wait for several places of memory at once.
 */
import type { Words } from './model.js';

/** Marks of a successor that has no index: it was found before, or it is not to be stored. */
export const isKnown = -1;
export const isOutside = -2;

/** Memory of a batch that another thread may read. */
export interface SharedBatch {
  readonly capacity: number;
  readonly stride: number;
  readonly parts: readonly SharedArrayBuffer[];
}

/** See the head of the file. */
export class Batch {
  count = 0;
  /** Successors of the parent of the first one that were in batches before. */
  firstOrder = 0;
  /** The words of each: the state, behind it what a store wants to know of it. */
  readonly words: Words;
  readonly parents: Words;
  readonly actions: Words;
  readonly hashes: Int32Array;
  /** What became of each: the index of a new state, or one of the above. */
  readonly marks: Int32Array;
  /** @param stride words of each */
  constructor(
    readonly capacity: number,
    readonly stride: number,
    allocate: (words: number) => Words = (words) => new Uint32Array(words),
  ) {
    this.words = allocate(capacity * stride);
    this.parents = allocate(capacity);
    this.actions = allocate(capacity);
    this.hashes = new Int32Array(allocate(capacity).buffer);
    this.marks = new Int32Array(allocate(capacity).buffer);
  }

  /** For other threads; the batch must have been made of memory that they share. */
  get shared(): SharedBatch {
    const { capacity, stride, words, parents, actions, hashes, marks } = this;
    const parts = [words, parents, actions, hashes, marks].map(({ buffer }) => buffer as SharedArrayBuffer);
    return { capacity, stride, parts };
  }

  static of({ capacity, stride, parts }: SharedBatch): Batch {
    const left = [...parts];
    return new Batch(capacity, stride, () => new Uint32Array(left.shift() as SharedArrayBuffer));
  }

  clear(): void {
    this.count = 0;
    this.firstOrder = 0;
  }

  /** Which of the successors of its parent the one at `index` is, from 0 on. */
  orderOf(index: number): number {
    const { parents } = this;
    let first = index;
    while (first > 0 && parents[first - 1] === parents[index]) first--;
    return index - first + (first === 0 ? this.firstOrder : 0);
  }
}

/** The actions of successors that are in no batch, because they were met a short while ago. */
export class LeftOut {
  count = 0;
  readonly actions: Words;

  constructor(capacity: number) {
    this.actions = new Uint32Array(capacity);
  }

  /** @returns whether there is room for another one */
  add(action: number): boolean {
    this.actions[this.count++] = action;
    return this.count < this.actions.length;
  }
}
