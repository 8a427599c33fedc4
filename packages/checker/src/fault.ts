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
  /** Which of the properties of its kind. */
  readonly order: number;
}

/**
 * Of the faults of a level, those with a shorter trace come first, then errors, assertions, and violated properties in the order of
 * the model: whatever the order in which threads find them, the verdict is the same.
 */
export const comesBefore = (a: Fault, b: Fault | undefined): boolean => {
  if (b === undefined) return true;
  const [x, y] = [ranks(a), ranks(b)];
  const i = x.findIndex((rank, at) => rank !== y[at]);
  return i >= 0 && (x[i] as number) < (y[i] as number);
};

const kinds = ['error', 'assertion', 'invariant', 'initial', 'step', 'deadlock'];

const ranks = ({ result, violation, parent, target, order }: Fault): readonly number[] => [
  parent === noParent ? 0 : target === undefined ? 1 : 2,
  kinds.indexOf(violation?.kind ?? result),
  order,
  parent,
];
