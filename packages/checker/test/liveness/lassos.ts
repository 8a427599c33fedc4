/** Says of a behaviour `stem cycle cycle cycle ...` what a formula says, straight from the meaning of its operators. */
import type { Formula } from '../../src/index.js';

/** States of the behaviour, as words. */
export interface Word {
  readonly states: readonly Uint32Array[];
  /** The state that comes after the last one. */
  readonly loop: number;
}

/** The values of the formula at each state of the word. */
export const valuesOf = (formula: Formula, word: Word): readonly boolean[] => {
  const { states, loop } = word;
  const next = (i: number): number => (i + 1 < states.length ? i + 1 : loop);
  const suffix = (i: number): number[] => states.map((_, j) => j).filter((j) => j >= Math.min(i, loop));
  switch (formula.kind) {
    case 'state':
      return states.map((state) => formula.holds(state, 0));
    case 'step':
      return states.map((state, i) => formula.holds(state, 0, states[next(i)] as Uint32Array, 0));
    case 'not':
      return valuesOf(formula.of, word).map((value) => !value);
    case 'and':
    case 'or': {
      const parts = formula.of.map((part) => valuesOf(part, word));
      return states.map((_, i) => (formula.kind === 'and' ? parts.every((p) => p[i]) : parts.some((p) => p[i])));
    }
    case 'always':
    case 'eventually': {
      const inner = valuesOf(formula.of, word);
      return states.map((_, i) => {
        const after = suffix(i).map((j) => inner[j]);
        return formula.kind === 'always' ? after.every(Boolean) : after.some(Boolean);
      });
    }
  }
};

/** Whether the behaviour satisfies the formula. */
export const satisfies = (formula: Formula, word: Word): boolean => valuesOf(formula, word)[0] === true;
