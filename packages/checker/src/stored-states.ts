/** The states that an exploration found, in the order in which it found them. */
import type { Words } from './model.js';

export interface StoredStates {
  readonly size: number;
  /** The first state of each level; initial states come first. */
  readonly levels: readonly number[];
  /** Writes the state with this number to the beginning of `to`. */
  readonly read: (index: number, to: Words) => void;
  /** The number of the state in `words`, which has room for the view behind it; -1 if it was not found. */
  readonly indexOf: (words: Words) => number;
}
