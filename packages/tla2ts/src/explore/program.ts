/** Runs the text of a program (program-text.ts) and makes the checker's model of it. */
import type {
  Action,
  Counts,
  Emit,
  Failure,
  Field,
  Formula,
  Model,
  RunCounts,
  StatePredicate,
  StepPredicate,
  Temporal,
  View,
  Words,
} from '@vmacheck/checker';
import { atomsOf, leadsTo, strongFairness, weakFairness } from '@vmacheck/checker';
import type { ProgramText, Selection } from './program-text.js';
import type { ValueTable } from './values/value-table.js';
import type { Named } from './program-text.js';
import type { Span } from '../syntax/span.js';
import { SpecError } from './values/values.js';
import type { RunState } from './values/modules/tlc.js';
import { symmetricView } from './symmetry.js';

/** A predicate with its conjuncts, in the order in which they are tested. */
export type Conjunction = StatePredicate['holds'] & { readonly parts?: readonly StatePredicate['holds'][] };

/** What the closure of a program returns. */
interface Compiled {
  readonly assumptions: readonly (() => boolean)[];
  readonly postconditions: readonly (() => boolean)[];
  readonly initial: (to: Words, at: number, emit: Emit) => void;
  readonly actions: readonly Action['successors'][];
  readonly invariants: readonly StatePredicate['holds'][];
  readonly initialProperties: readonly StatePredicate['holds'][];
  readonly sometimes: readonly StatePredicate['holds'][];
  readonly constraints: readonly StatePredicate['holds'][];
  readonly stepProperties: readonly StepPredicate['holds'][];
  readonly stepConstraints: readonly StepPredicate['holds'][];
  readonly temporal: () => CompiledTemporal;
  readonly view: View | undefined;
  readonly symmetry: (() => unknown) | undefined;
  readonly alias: ((from: Words, at: number, to: Words, toAt: number) => unknown) | undefined;
}

/** Temporal formulas, in the order of the selection. */
interface CompiledTemporal {
  readonly assumptions: readonly Formula[];
  readonly properties: readonly Formula[];
}

/** A step's action with its arguments and bindings, as values. */
interface StepLabel {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly bindings: readonly (readonly [string, unknown])[];
}

/** What a program is made of and runs on. */
export interface ProgramParts {
  readonly name: string;
  readonly selection: Selection;
  readonly table: ValueTable;
  /** The text, without or with the labels of steps. */
  readonly text: (labels: boolean) => ProgramText;
  /** What the emitter's text calls: `rt.member(...)` and the like. */
  readonly library: object;
  readonly format: (value: unknown) => string;
  readonly failure: (thrown: unknown) => Failure | undefined;
  readonly checkDeadlock: boolean;
  /** Bytes that values and what is remembered of them take. */
  readonly memoryInUse: () => number;
  /** What TLCGet gives. */
  readonly run: RunState;
}

/** The model, and what a trace needs beside it. */
export interface Program {
  readonly model: Model;
  /** The set of the permutations that states are the same under, computed when it is asked for. */
  readonly symmetry: (() => unknown) | undefined;
  /** What the constraints of the model are made of. */
  readonly constraints: readonly StatePredicate[];
  readonly stepConstraints: readonly StepPredicate[];
  /** The variables' values. */
  readonly valuesOf: (words: Words, at: number) => Readonly<Record<string, unknown>>;
  /** The value of the ALIAS for a step; undefined when there is none. */
  readonly aliasOf: ((from: Words, to: Words) => unknown) | undefined;
  /** Temporal properties and the fairness that they are checked under. */
  readonly temporal: () => Temporal;
  /** The first assumption that is false or has no value. */
  readonly failedAssumption: () => FailedAssumption | undefined;
  /** The first POSTCONDITION that is false or has no value after a run with these counts. */
  readonly failedPostcondition: (counts: Counts) => FailedAssumption | undefined;
  /** Where the error is that ended a run with this trace. */
  readonly placeOfError: (trace: readonly { readonly words: Words }[]) => Span | undefined;
}

interface FailedAssumption {
  readonly error: boolean;
  readonly code: string | undefined;
  readonly message: string;
  readonly span: Span | undefined;
}

/** Thrown by a program when the explorer wants no more, and caught by it. */
const stop = { name: 'stop' };

const run = (parts: ProgramParts, labels: boolean, label: (label: StepLabel) => void): [Compiled, ProgramText] => {
  const { library } = parts;
  const made = parts.text(labels);
  const rt = {
    ...library,
    stop,
    leadsTo,
    weakFairness,
    strongFairness,
    label: (name: string, args: readonly unknown[], bindings: StepLabel['bindings']) => label({ name, args, bindings }),
  };
  return [(new Function('rt', made.text) as (rt: object) => Compiled)(rt), made];
};

export const makeProgram = (parts: ProgramParts): Program => {
  const { selection, table, format } = parts;
  const { variables } = selection;
  const [compiled, { actions, text }] = run(parts, false, () => undefined);
  let last: StepLabel | undefined;
  let traced: Compiled | undefined;
  /** The program that knows labels and places; made when it is needed. */
  const tracing = (): Compiled => (traced ??= run(parts, true, (label) => (last = label))[0]);
  const named = <T>(
    kind: 'invariants' | 'initialProperties' | 'sometimes' | 'constraints' | 'stepProperties' | 'stepConstraints',
    predicates: readonly T[],
  ): { name: string; location: string; holds: T }[] =>
    selection[kind].map(({ name, expression: { span } }, i) => ({
      name,
      location: `${span.file}:${span.line}:${span.column}`,
      holds: predicates[i] as T,
    }));
  const constraints = named('constraints', compiled.constraints);
  const stepConstraints = named('stepConstraints', compiled.stepConstraints);
  const describe = (words: Words, at: number): Field[] =>
    variables.map(({ name }, i) => ({ name, value: format(table.decode(words[at + i] as number)) }));
  const { alias } = compiled;
  const countedAs = viewOf(compiled, table, variables.length);
  const valuesOf: Program['valuesOf'] = (words, at) =>
    Object.fromEntries(variables.map(({ name }, i) => [name, table.decode(words[at + i] as number)]));
  const model: Model = {
    name: parts.name,
    wordsPerState: variables.length,
    initial: compiled.initial,
    actions: actions.map(({ name, span }, i) => ({
      name,
      location: `${span.file}:${span.line}:${span.column}`,
      successors: compiled.actions[i] as Action['successors'],
    })),
    checkDeadlock: parts.checkDeadlock,
    inOrder: historic.test(text),
    ...hooksOf(parts.run, text, valuesOf),
    invariants: named('invariants', compiled.invariants),
    initialProperties: named('initialProperties', compiled.initialProperties),
    sometimes: named('sometimes', compiled.sometimes),
    ...(selection.stepProperties.length === 0
      ? {}
      : { stepProperties: named('stepProperties', compiled.stepProperties) }),
    ...(constraints.length === 0 ? {} : { constraint: allOf(constraints) }),
    ...(stepConstraints.length === 0 ? {} : { stepConstraint: allOfSteps(stepConstraints) }),
    ...(countedAs === undefined ? {} : { view: countedAs }),
    failure: parts.failure,
    memoryInUse: parts.memoryInUse,
    remembered: { save: () => table.nodes.words(), restore: (words) => table.nodes.restore(words) },
    describe,
    describeStep: (action, from, at, to, toAt) => {
      const label = labelOf(tracing().actions[action], variables.length, from, at, to, toAt, () => last);
      return label === undefined ? (actions[action]?.name ?? '') : labelText(label, format);
    },
  };
  return {
    model,
    symmetry: compiled.view === undefined ? compiled.symmetry : undefined,
    constraints,
    stepConstraints,
    valuesOf,
    aliasOf: alias === undefined ? undefined : (from, to) => alias(from, 0, to, 0),
    temporal: () => {
      const { assumptions, properties } = compiled.temporal();
      return {
        assumptions,
        properties: selection.temporal.map(({ name, expression: { span } }, i) => ({
          name,
          location: `${span.file}:${span.line}:${span.column}`,
          formula: properties[i] as Formula,
        })),
      };
    },
    failedAssumption: () => failedPredicate('assumption', compiled, tracing, parts),
    failedPostcondition: (counts) => {
      parts.run.counts = () => countsFor(counts);
      return failedPredicate('postcondition', compiled, tracing, parts);
    },
    placeOfError: (trace) => placeOfError(tracing(), trace, variables.length),
  };
};

/** Operators that depend on what was evaluated before, or on the way to a state. */
const historic = /\b(?:TLCSet|TLCGetAndSet|RandomElement|TLCExt!Trace)\b/;

/** What TLCGet may be asked for that changes as the run goes on. */
const asksForCounts = /TLCGet.*"(?:distinct|generated|queue|diameter|duration|stats)"/s;

/** What is told of the run, several times for each step: only where somebody asks. */
const hooksOf = (run: RunState, text: string, valuesOf: Program['valuesOf']): Partial<Model> => ({
  ...(text.includes('TLCGet') && {
    atLevel: (level: number) => {
      run.level = level;
    },
  }),
  ...(asksForCounts.test(text) && {
    atStart: (counts: () => RunCounts) => {
      run.counts = () => countsFor(counts());
    },
  }),
  ...(text.includes('TLCExt!Trace') && {
    atPath: (path: (() => readonly Words[]) | undefined) => {
      run.path = path && (() => path().map((words) => valuesOf(words, 0)));
    },
  }),
  ...(text.includes('TLCSet') && { isOver: () => run.isOver }),
});

/** The counts by the names that TLC has for them. */
const countsFor = ({ distinct, generated, queue, depth, seconds }: RunCounts): ReturnType<RunState['counts']> => ({
  distinct,
  generated,
  queue,
  diameter: depth,
  duration: Math.floor(seconds),
});

/** What decides whether two states are the same, if it is not their variables. */
const viewOf = ({ view, symmetry }: Compiled, table: ValueTable, variables: number): View | undefined => {
  if (symmetry === undefined) return view;
  const { words, write } = view ?? {
    words: variables,
    write: (state: Words, at: number, to: Words, toAt: number) => to.set(state.subarray(at, at + variables), toAt),
  };
  return symmetricView(symmetry, table, words, write);
};

/** One predicate for several. */
export const allOf = (predicates: readonly StatePredicate[]): StatePredicate =>
  predicates.length === 1
    ? (predicates[0] as StatePredicate)
    : { name: 'constraints', holds: (words, at) => predicates.every(({ holds }) => holds(words, at)) };

/** The same for predicates of steps. */
export const allOfSteps = (predicates: readonly StepPredicate[]): StepPredicate =>
  predicates.length === 1
    ? (predicates[0] as StepPredicate)
    : { name: 'constraints', holds: (from, at, to, toAt) => predicates.every((p) => p.holds(from, at, to, toAt)) };

/** The label of a step, found by doing the action again in the program that knows labels. */
const labelOf = (
  successors: Action['successors'] | undefined,
  length: number,
  from: Words,
  at: number,
  to: Words,
  toAt: number,
  last: () => StepLabel | undefined,
): StepLabel | undefined => {
  const target = new Uint32Array(length);
  let found: StepLabel | undefined;
  successors?.(from, at, target, 0, () => {
    if (target.every((word, i) => word === to[toAt + i])) found ??= last();
    return found === undefined;
  });
  return found;
};

const failedPredicate = (
  kind: 'assumption' | 'postcondition',
  compiled: Compiled,
  tracing: () => Compiled,
  { selection, failure }: ProgramParts,
): FailedAssumption | undefined => {
  for (const [i, holds] of compiled[`${kind}s`].entries()) {
    const { name, expression } = selection[`${kind}s`][i] as Named;
    try {
      if (!holds()) {
        return { error: false, code: undefined, message: `the ${kind} ${name} is false`, span: expression.span };
      }
    } catch (thrown) {
      const why = failure(thrown);
      if (why === undefined) throw thrown;
      const span = spanOf(() => tracing()[`${kind}s`][i]?.()) ?? expression.span;
      return { error: true, code: why.code, message: why.message, span };
    }
  }
  return undefined;
};

const spanOf = (compute: () => unknown): Span | undefined => {
  try {
    compute();
  } catch (thrown) {
    if (thrown instanceof SpecError) return thrown.span;
  }
  return undefined;
};

/** Does what was done on the last state of a trace: its tests, the step to it, the steps from it. */
const placeOfError = (
  compiled: Compiled,
  trace: readonly { readonly words: Words }[],
  length: number,
): Span | undefined => {
  const target = new Uint32Array(length);
  const last = trace.at(-1)?.words;
  const before = trace.at(-2)?.words;
  if (last === undefined) return spanOf(() => compiled.initial(target, 0, () => true)) ?? spanOf(compiled.temporal);
  const { constraints, invariants, initialProperties, sometimes, stepProperties, stepConstraints, view } = compiled;
  const tests = [...constraints, ...invariants, ...initialProperties, ...sometimes];
  const attempts = [
    ...tests.map((test) => () => test(last, 0)),
    () => view?.write(last, 0, new Uint32Array(view.words), 0),
    ...(before ? [...stepConstraints, ...stepProperties].map((test) => () => test(before, 0, last, 0)) : []),
    ...compiled.actions.map((successors) => () => successors(last, 0, target, 0, () => true)),
    () => evaluateTemporal(compiled, last),
  ];
  for (const attempt of attempts) {
    const span = spanOf(attempt);
    if (span !== undefined) return span;
  }
  return undefined;
};

/** Evaluates the predicates of all temporal formulas on a state and on the steps from it. */
const evaluateTemporal = ({ temporal, actions }: Compiled, state: Words): void => {
  const { assumptions, properties } = temporal();
  const to = state.slice();
  for (const atom of atomsOf([...assumptions, ...properties])) {
    if (atom.kind === 'state') atom.holds(state, 0);
    else {
      atom.holds(state, 0, state, 0);
      for (const successors of actions) {
        successors(state, 0, to, 0, () => {
          atom.holds(state, 0, to, 0);
          return true;
        });
      }
    }
  }
};

/** `Move(p1, 3)`, `Step(c = 4)` */
const labelText = ({ name, args, bindings }: StepLabel, format: (value: unknown) => string): string => {
  const shown = [...args.map(format), ...bindings.map(([key, value]) => `${key} = ${format(value)}`)];
  return shown.length === 0 ? name : `${name}(${shown.join(', ')})`;
};
