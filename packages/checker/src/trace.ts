/** Traces from the parents that the explorer keeps. Actions are not stored: each step of a trace is done again to name it. */
import type { Model, Words } from './model.js';
import type { Store } from './store.js';
import type { TraceState } from './outcome.js';

/** The parent of an initial state. */
export const noParent = 0xffff_ffff;

/** Indices from an initial state to `index`. */
export const pathTo = (store: Pick<Store, 'parentOf'>, index: number): number[] => {
  const path: number[] = [];
  for (let at = index; at !== noParent; at = store.parentOf(at)) path.push(at);
  return path.reverse();
};

/** States given by their words, each with the first action that leads to it from the one before. */
export const traceThrough = (model: Model, states: readonly Words[]): TraceState[] =>
  states.map((words, i) => {
    const before = states[i - 1];
    if (before === undefined) return { words };
    standAt(model, states, i);
    return labelled(model, before, words, actionBetween(model, before, words));
  });

/** Tells a model that what is asked of it is about the last of the first so many states of a behaviour. */
const standAt = (model: Model, states: readonly Words[], count: number): void => {
  model.atLevel?.(count);
  model.atPath?.(() => states.slice(0, count));
};

/**
 * A trace state with the label of the step that led to it.
 * @param before the behaviour of which so many states come before it
 */
export const stepTo = (
  model: Model,
  before: readonly Words[],
  count: number,
  words: Words,
  action: number,
): TraceState => {
  const from = before[count - 1];
  if (from === undefined) return { words };
  standAt(model, before, count);
  return labelled(model, from, words, action);
};

const labelled = (model: Model, from: Words, words: Words, action: number): TraceState => {
  const name = model.actions[action]?.name ?? '';
  return { action, label: model.describeStep?.(action, from, 0, words, 0) ?? name, words };
};

const actionBetween = (model: Model, from: Words, to: Words): number => {
  const target = new Uint32Array(model.wordsPerState);
  return model.actions.findIndex((action) => {
    let found = false;
    action.successors(from, 0, target, 0, () => {
      found ||= target.every((word, i) => word === to[i]);
      return !found;
    });
    return found;
  });
};

/** The states of a path where only their keys were stored: they are made again, each from the one before. */
export const traceByKeys = (model: Model, store: Store, path: readonly number[]): TraceState[] => {
  const states: Words[] = [];
  const target = new Uint32Array(store.bufferWords);
  for (const [i, index] of path.entries()) {
    const key = store.keyOf(index);
    const before = states.at(-1);
    let found: Words | undefined;
    const emit = (): boolean => {
      if (model.view !== undefined) model.view.write(target, 0, target, model.wordsPerState);
      const its = store.keyIn(target);
      if (its.every((word, at) => word === key[at])) found = target.slice(0, model.wordsPerState);
      return found === undefined;
    };
    standAt(model, states, i);
    if (before === undefined) model.initial(target, 0, emit);
    else model.actions.some(({ successors }) => (successors(before, 0, target, 0, emit), found !== undefined));
    // Only a model that is not the same each time has no such successor; what there is of the trace is shown.
    if (found === undefined) break;
    states.push(found);
  }
  return traceThrough(model, states);
};
