/** The meaning of temporal operators on a behaviour that ends in a loop, written down once more for the tests. */
import type { Formula } from '@vmacheck/checker';

/** The states of a behaviour; after the last one it goes on with the one at `loop`. */
export interface Lasso {
  readonly states: readonly Uint32Array[];
  readonly loop: number;
}

/** The index of the state after a state. */
export const after = ({ states, loop }: Lasso, i: number): number => (i + 1 < states.length ? i + 1 : loop);

/** Whether the formula is true of the behaviour from its state i on. */
export const holdsFrom = (i: number, formula: Formula, lasso: Lasso): boolean => {
  const { states, loop } = lasso;
  const here = states[i] as Uint32Array;
  /** The state and all that come after it. */
  const all = states.flatMap((_, j) => (j >= Math.min(i, loop) ? [j] : []));
  switch (formula.kind) {
    case 'state':
      return formula.holds(here, 0);
    case 'step':
      return formula.holds(here, 0, states[after(lasso, i)] as Uint32Array, 0);
    case 'not':
      return !holdsFrom(i, formula.of, lasso);
    case 'and':
      return formula.of.every((part) => holdsFrom(i, part, lasso));
    case 'or':
      return formula.of.some((part) => holdsFrom(i, part, lasso));
    case 'always':
      return all.every((j) => holdsFrom(j, formula.of, lasso));
    case 'eventually':
      return all.some((j) => holdsFrom(j, formula.of, lasso));
  }
};
