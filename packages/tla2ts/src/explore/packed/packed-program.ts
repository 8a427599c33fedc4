/**
 * A program on packed states, made of the program on values of the table: actions and predicates that have a packed form run on the bits; the others,
 * and those that give up on a state, run on values, between a state that is unpacked and successors that are packed.
 */
import type { Action, Emit, Model, StatePredicate, StepPredicate, View, Words } from '@vmacheck/checker';
import type { PackedText } from './packed-text.js';
import { type Conjunction, type Program, allOf, allOfSteps } from '../program.js';
import type { StateLayout } from './layout.js';

type Successors = Action['successors'];
type Holds = StatePredicate['holds'];
type StepHolds = StepPredicate['holds'];
/** Conjuncts, in the order in which they are tested. */
type Conjuncts = readonly (Holds | undefined)[];

interface PackedCompiled {
  readonly actions: readonly (Successors | undefined)[];
  readonly invariants: readonly Conjuncts[];
  readonly initialProperties: readonly Conjuncts[];
  readonly sometimes: readonly Conjuncts[];
  readonly constraints: readonly Conjuncts[];
  readonly stepProperties: readonly (StepHolds | undefined)[];
  readonly stepConstraints: readonly (StepHolds | undefined)[];
  /** Writes what permutations make of a state over the state itself where it is less. */
  readonly least: View['write'] | undefined;
}

/** Thrown by packed code: on values, please. */
const bail = { name: 'bail' };
/** Thrown by packed code when the explorer wants no more. */
const stop = { name: 'stop' };

export const packedProgram = (program: Program, layout: StateLayout, { text, outside }: PackedText): Program => {
  const { model } = program;
  const run = { emitted: 0 };
  const compiled = (new Function('rt', text) as (rt: object) => PackedCompiled)({ bail, stop, run, outside });
  const [wideFrom, wideTo, wide, wideNext] = Array.from({ length: 4 }, () => new Uint32Array(model.wordsPerState)) as [
    Words,
    Words,
    Words,
    Words,
  ];

  const successors = (action: Action, packed: Successors | undefined): Successors => {
    /** @param done successors that were emitted already, each as often */
    const onValues = (
      from: Words,
      at: number,
      to: Words,
      toAt: number,
      emit: Emit,
      done: Map<string, number>,
    ): void => {
      layout.unpack(from, at, wideFrom);
      action.successors(wideFrom, 0, wideTo, 0, () => {
        layout.pack(wideTo, to, toAt);
        if (done.size > 0) {
          const key = to.subarray(toAt, toAt + layout.wordsPerState).join();
          const times = done.get(key) ?? 0;
          if (times > 0) {
            done.set(key, times - 1);
            return true;
          }
        }
        return emit();
      });
    };
    if (packed === undefined) return (from, at, to, toAt, emit) => onValues(from, at, to, toAt, emit, new Map());
    /** The first successors of a state. */
    const emittedBefore = (from: Words, at: number, count: number): Map<string, number> => {
      const done = new Map<string, number>();
      const to = new Uint32Array(layout.wordsPerState);
      let left = count;
      if (count === 0) return done;
      try {
        packed(from, at, to, 0, () => {
          const key = to.join();
          done.set(key, (done.get(key) ?? 0) + 1);
          return --left > 0;
        });
      } catch (thrown) {
        if (thrown !== stop) throw thrown;
      }
      return done;
    };
    return (from, at, to, toAt, emit) => {
      run.emitted = 0;
      try {
        packed(from, at, to, toAt, emit);
      } catch (thrown) {
        if (thrown === stop) return;
        if (thrown !== bail) throw thrown;
        onValues(from, at, to, toAt, emit, emittedBefore(from, at, run.emitted));
      }
    };
  };
  const conjunct = (holds: Holds, packed: Holds | undefined): Holds => {
    const onValues: Holds = (words, at) => {
      layout.unpack(words, at, wide);
      return holds(wide, 0);
    };
    if (packed === undefined) return onValues;
    return (words, at) => {
      try {
        return packed(words, at);
      } catch (thrown) {
        if (thrown !== bail) throw thrown;
        return onValues(words, at);
      }
    };
  };
  const predicate = ({ holds, ...others }: StatePredicate, packed: Conjuncts = []): StatePredicate => {
    const { parts = [holds] } = holds as Conjunction;
    const [only, ...more] = parts.map((part, i) => conjunct(part, packed[i]));
    const all = only === undefined ? [] : [only, ...more];
    return {
      ...others,
      holds:
        only !== undefined && more.length === 0
          ? only
          : (words, at) => {
              for (let i = 0; i < all.length; i++) if (!(all[i] as Holds)(words, at)) return false;
              return true;
            },
    };
  };
  const predicates = (list: readonly StatePredicate[] = [], packed: readonly Conjuncts[]): StatePredicate[] =>
    list.map((one, i) => predicate(one, packed[i]));
  const step = ({ holds, ...others }: StepPredicate, packed: StepHolds | undefined): StepPredicate => {
    const onValues: StepHolds = (from, at, to, toAt) => {
      layout.unpack(from, at, wide);
      layout.unpack(to, toAt, wideNext);
      return holds(wide, 0, wideNext, 0);
    };
    if (packed === undefined) return { ...others, holds: onValues };
    return {
      ...others,
      holds: (from, at, to, toAt) => {
        try {
          return packed(from, at, to, toAt);
        } catch (thrown) {
          if (thrown !== bail) throw thrown;
          return onValues(from, at, to, toAt);
        }
      },
    };
  };
  const { describe, describeStep, stepProperties, view, atPath } = model;
  const unpacked = (words: Words, at: number): Words => {
    const values = new Uint32Array(model.wordsPerState);
    layout.unpack(words, at, values);
    return values;
  };
  const constraints = predicates(program.constraints, compiled.constraints);
  const stepConstraints = program.stepConstraints.map((one, i) => step(one, compiled.stepConstraints[i]));
  const packedModel: Model = {
    ...model,
    wordsPerState: layout.wordsPerState,
    initial: (to, toAt, emit) =>
      model.initial(wideTo, 0, () => {
        layout.pack(wideTo, to, toAt);
        return emit();
      }),
    actions: model.actions.map((action, i) => ({ ...action, successors: successors(action, compiled.actions[i]) })),
    invariants: predicates(model.invariants, compiled.invariants),
    initialProperties: predicates(model.initialProperties, compiled.initialProperties),
    sometimes: predicates(model.sometimes, compiled.sometimes),
    ...(constraints.length > 0 && { constraint: allOf(constraints) }),
    ...(stepConstraints.length > 0 && { stepConstraint: allOfSteps(stepConstraints) }),
    ...(stepProperties && {
      stepProperties: stepProperties.map((one, i) => step(one, compiled.stepProperties[i])),
    }),
    ...(view && { view: viewOf(view, program, layout, compiled.least) }),
    ...(atPath && {
      atPath: (path: (() => readonly Words[]) | undefined) =>
        atPath(path && (() => path().map((words) => unpacked(words, 0)))),
    }),
    ...(describe && { describe: (words, at) => describe(unpacked(words, at), 0) }),
    ...(describeStep && {
      describeStep: (action, from, at, to, toAt) => describeStep(action, unpacked(from, at), 0, unpacked(to, toAt), 0),
    }),
  };
  const { aliasOf } = program;
  return {
    ...program,
    model: packedModel,
    valuesOf: (words, at) => program.valuesOf(unpacked(words, at), 0),
    aliasOf: aliasOf && ((from, to) => aliasOf(unpacked(from, 0), unpacked(to, 0))),
    placeOfError: (trace) => program.placeOfError(trace.map(({ words }) => ({ words: unpacked(words, 0) }))),
  };
};

/** The least of the permuted states where there is a packed form of the permutations; else what is seen of the values. */
const viewOf = (view: View, program: Program, layout: StateLayout, least: View['write'] | undefined): View => {
  const { wordsPerState } = layout;
  if (program.symmetry === undefined || least === undefined) {
    const wide = new Uint32Array(program.model.wordsPerState);
    const seen = new Uint32Array(view.words);
    return {
      words: view.words,
      write: (state, at, to, toAt) => {
        layout.unpack(state, at, wide);
        view.write(wide, 0, seen, 0);
        to.set(seen, toAt);
      },
    };
  }
  return {
    words: wordsPerState,
    write: (state, at, to, toAt) => {
      for (let i = 0; i < wordsPerState; i++) to[toAt + i] = state[at + i] as number;
      least(state, at, to, toAt);
    },
  };
};
