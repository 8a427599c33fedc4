/** What can be wrong with a model, and which of the faults of a level is told. */
import type { Failure, Words } from './model.js';
import type { Verdict, Violation } from './outcome.js';
import { noParent } from './trace.js';

/** Something that is wrong, found by one thread. */
export interface Fault {
  readonly result: Verdict;
  readonly violation?: Violation;
  readonly failure?: Failure;
  /** The state from which the step was made, or where the fault is; `noParent` for an initial state. */
  readonly parent: number;
  /** What the step led to; undefined: the fault is in the state `parent` itself. */
  readonly target?: Words;
  /** The action of the step. */
  readonly action: number;
}

/**
 * Of the faults of a level, those with a shorter trace come first, then those that the state which was found first leads to; one
 * thread expands a state, so that the first fault of a state is the same whoever expands it.
 */
export const comesBefore = (a: Fault, b: Fault | undefined): boolean => {
  if (b === undefined) return true;
  const [x, y] = [length(a), length(b)];
  return x < y || (x === y && a.parent < b.parent);
};

/** Of the trace, beyond the level; initial states have no parent. */
const length = ({ parent, target }: Fault): number => (parent === noParent ? 0 : target === undefined ? 1 : 2);
