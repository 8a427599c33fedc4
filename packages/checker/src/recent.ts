/**
 * States that were met a short while ago. Most successors of a breadth-first search are found several times within a few hundred
 * states: these are told here, in memory that the processor has at hand, and need not be looked up among all states. What is not
 * here may be known all the same.
 */
import type { Words } from './model.js';

/** Words of memory, about: where a state is looked up at once, and where its view has to be written before. */
const fewWords = 2 ** 15;
const manyWords = 2 ** 20;
const fewestSlots = 2 ** 6;

/** See the head of the file. */
export class Recent {
  /** For each slot a stamp, and the state that was the last one with its hash. */
  private readonly slots: Words;
  private readonly shift: number;
  /** Slots with another stamp are empty. */
  private stamp = 1;

  constructor(
    private readonly stateWords: number,
    hasView = false,
  ) {
    const allWords = hasView ? manyWords : fewWords;
    const bits = Math.floor(Math.log2(Math.max(fewestSlots, allWords / (stateWords + 1))));
    this.slots = new Uint32Array(2 ** bits * (stateWords + 1));
    this.shift = 32 - bits;
  }

  /** @returns whether the state at the beginning of `words` is here already; it is afterwards */
  meets(words: Words, hash: number): boolean {
    const { slots, stateWords, stamp } = this;
    const at = (hash >>> this.shift) * (stateWords + 1);
    let i = slots[at] === stamp ? 0 : stateWords + 1;
    while (i < stateWords && slots[at + 1 + i] === words[i]) i++;
    if (i === stateWords) return true;
    slots[at] = stamp;
    for (i = 0; i < stateWords; i++) slots[at + 1 + i] = words[i] as number;
    return false;
  }

  forget(): void {
    if (++this.stamp < 2 ** 32) return;
    this.slots.fill(0);
    this.stamp = 1;
  }
}
