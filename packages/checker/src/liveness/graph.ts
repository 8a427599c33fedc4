/**
 * All states and steps of a model that was explored, with the atoms of the formulas evaluated on them. Each state has a step
 * to itself (stuttering), the first of its edges; steps that leave the constraint are not there.
 */
import { Bits } from './bits.js';
import type { Model } from '../model.js';
import type { Atom, StateAtom, StepAtom } from './formula.js';
import type { StoredStates } from '../stored-states.js';

export interface StateGraph {
  /** States `0 .. states - 1`, those of the explorer; the first `initial` of them are initial states. */
  readonly states: number;
  readonly initial: number;
  /** Edges of state s: `first[s] .. first[s + 1] - 1`. */
  readonly first: Uint32Array;
  readonly target: Uint32Array;
  /** Values of an atom: by state, or by edge. */
  readonly values: ReadonlyMap<Atom, Bits>;
}

/** Called now and then with the bytes in use and what is to come; throws to end the work. */
export type Watch = (bytes: number) => void;

/** States or edges between two calls of a Watch. */
export const perWatch = 4096;

/** @param at told of each state before its atoms and steps are evaluated */
export const graphOf = (
  model: Model,
  stored: StoredStates,
  atoms: ReadonlySet<Atom>,
  watch: Watch,
  at: (state: number) => void,
): StateGraph => {
  const states = stored.size;
  const values = new Map<Atom, Bits>([...atoms].map((atom) => [atom, new Bits(states)]));
  const stateAtoms = [...atoms].filter((atom): atom is StateAtom => atom.kind === 'state');
  const stepAtoms = [...atoms].filter((atom): atom is StepAtom => atom.kind === 'step');
  const first = new Uint32Array(states + 1);
  let target = new Uint32Array(Math.max(1024, states * 4));
  let edges = 0;
  const words = model.wordsPerState + (model.view?.words ?? 0);
  const from = new Uint32Array(words);
  const to = new Uint32Array(words);
  /** The last state that has an edge to this one, + 1. With a view, steps to one state may differ, and all are kept. */
  const reached = new Uint32Array(model.view === undefined ? states : 0);
  let state = 0;
  let asked: readonly StepAtom[] = [];

  const addEdge = (index: number): void => {
    if (edges === target.length) {
      watch(target.byteLength * 3);
      const larger = new Uint32Array(target.length * 2);
      larger.set(target);
      target = larger;
    }
    target[edges] = index;
    for (const atom of asked) if (atom.holds(from, 0, to, 0)) values.get(atom)!.set(edges);
    edges++;
  };
  const accept = (): boolean => {
    const inside = model.constraint === undefined || insideNext(model.constraint.holds);
    if (!inside || model.stepConstraint?.holds(from, 0, to, 0) === false) return true;
    const index = stored.indexOf(to);
    if (model.view === undefined) {
      if (reached[index] === state + 1) return true;
      reached[index] = state + 1;
    }
    addEdge(index);
    return true;
  };
  let level = 1;
  const insideNext = (holds: (words: Uint32Array, at: number) => boolean): boolean => {
    model.atLevel?.(level + 1);
    const answer = holds(to, 0);
    model.atLevel?.(level);
    return answer;
  };

  for (; state < states; state++) {
    if (state % perWatch === 0) watch(0);
    while (level < stored.levels.length && state >= (stored.levels[level] as number)) level++;
    model.atLevel?.(level);
    at(state);
    stored.read(state, from);
    first[state] = edges;
    for (const atom of stateAtoms) if (atom.holds(from, 0)) values.get(atom)!.set(state);
    asked = stepAtoms.filter(({ guard }) => guard === undefined || values.get(guard)!.get(state));
    to.set(from);
    if (model.view === undefined) reached[state] = state + 1;
    addEdge(state);
    for (const action of model.actions) action.successors(from, 0, to, 0, accept);
  }
  first[states] = edges;
  for (const [atom, bits] of values) bits.reserve(atom.kind === 'state' ? states : edges);
  const initial = stored.levels[1] ?? states;
  return { states, initial, first, target: target.subarray(0, edges), values };
};
