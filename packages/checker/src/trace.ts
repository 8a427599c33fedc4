/** Traces from the parents that the explorer keeps. Actions are not stored: each step of a trace is done again to name it. */
import type { Model, Words } from './model.js';
import type { RecordList } from './chunks.js';
import type { TraceState } from './outcome.js';

/** The parent of an initial state. */
export const noParent = 0xffff_ffff;

/** Indices from an initial state to `index`. */
export const pathTo = (parents: RecordList, index: number): number[] => {
  const path: number[] = [];
  for (let at = index; at !== noParent; at = parents.chunkOf(at)[parents.offsetOf(at)] as number) path.push(at);
  return path.reverse();
};

/** The states of the path, each with the first action that leads to it from the one before. */
export const traceOf = (model: Model, states: RecordList, path: readonly number[]): TraceState[] =>
  traceThrough(
    model,
    path.map((index) => {
      const at = states.offsetOf(index);
      return states.chunkOf(index).slice(at, at + model.wordsPerState);
    }),
  );

/** The same for states given by their words. */
export const traceThrough = (model: Model, states: readonly Words[]): TraceState[] =>
  states.map((words, i) => {
    const before = states[i - 1];
    return before === undefined ? { words } : stepTo(model, before, words, actionBetween(model, before, words));
  });

/** A trace state with the label of the step that led to it. */
export const stepTo = (model: Model, from: Words, words: Words, action: number): TraceState => {
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
