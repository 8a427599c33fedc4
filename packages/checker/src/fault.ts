/** What can be wrong with a model, and which of the faults of a level is told. */
import type { Failure, Words } from './model.js';
import type { Verdict, Violation } from './outcome.js';
import { noParent } from './trace.js';

/** Something that is wrong. */
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
  /** Twice the number of the step among those from `parent`, and one more for what is wrong with the step, not with the state. */
  readonly order: number;
}

/** Of the faults of a level those with a shorter trace come first, then that of the first step in the order of the search. */
const comesBefore = (a: Fault, b: Fault | undefined): boolean => {
  if (b === undefined) return true;
  const difference = length(a) - length(b) || a.parent - b.parent || a.order - b.order;
  return difference < 0;
};

/** The first faults of a level, one of each kind. */
export class Faults {
  private readonly byKind = new Map<string, Fault>();

  get isEmpty(): boolean {
    return this.byKind.size === 0;
  }

  get all(): readonly Fault[] {
    return [...this.byKind.values()];
  }

  /** The one that is told. */
  get first(): Fault | undefined {
    let first: Fault | undefined;
    for (const fault of this.byKind.values()) if (comesBefore(fault, first)) first = fault;
    return first;
  }

  /** Another kind of fault has a trace that is as short as that of the first one: which is told depends on the order of the search. */
  get isTie(): boolean {
    const { first } = this;
    return first !== undefined && this.all.some((fault) => fault !== first && length(fault) === length(first));
  }

  add(fault: Fault): void {
    const kind = kindOf(fault);
    if (comesBefore(fault, this.byKind.get(kind))) this.byKind.set(kind, fault);
  }

  clear(): void {
    this.byKind.clear();
  }
}

const kindOf = ({ result, violation, failure }: Fault): string =>
  JSON.stringify([result, violation?.kind, violation?.name, failure?.message]);

/** Of the trace, beyond the level; initial states have no parent. */
const length = ({ parent, target }: Fault): number => (parent === noParent ? 0 : target === undefined ? 1 : 2);
