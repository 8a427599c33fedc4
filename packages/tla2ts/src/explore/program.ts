/** Runs the text of a program (program-text.ts) and makes the checker's model of it. */
import type { Action, Emit, Failure, Field, Model, StatePredicate, StepPredicate, Words } from '@vmacheck/checker';
import type { ProgramText, Selection } from './program-text.js';
import type { ValueTable } from './value-table.js';
import { Verdicts } from './verdicts.js';

/** What the closure of a program returns. */
interface Compiled {
  readonly initial: (to: Words, at: number, emit: Emit) => void;
  readonly actions: readonly Action['successors'][];
  readonly invariants: readonly StatePredicate['holds'][];
  readonly initialProperties: readonly StatePredicate['holds'][];
  readonly sometimes: readonly StatePredicate['holds'][];
  readonly constraints: readonly StatePredicate['holds'][];
  readonly stepProperties: readonly StepPredicate['holds'][];
  readonly stepConstraints: readonly StepPredicate['holds'][];
  readonly view: ((words: Words, at: number) => unknown) | undefined;
  readonly alias: ((from: Words, at: number, to: Words, toAt: number) => unknown) | undefined;
}

/** A step's action with its arguments and bindings, as values. */
export interface StepLabel {
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
}

/** The model, and what a trace needs beside it. */
export interface Program {
  readonly model: Model;
  /** The variables' values. */
  readonly valuesOf: (words: Words, at: number) => Readonly<Record<string, unknown>>;
  /** The value of the ALIAS for a step; undefined when there is none. */
  readonly aliasOf: ((from: Words, to: Words) => unknown) | undefined;
}

/** Thrown by a program when the explorer wants no more, and caught by it. */
const stop = { name: 'stop' };

const run = (parts: ProgramParts, labels: boolean, label: (label: StepLabel) => void): [Compiled, ProgramText] => {
  const { table, library } = parts;
  const made = parts.text(labels);
  const rt = {
    ...library,
    stop,
    encode: (value: unknown) => table.encode(value),
    decode: (word: number) => table.decode(word),
    verdicts: () => new Verdicts(),
    label: (name: string, args: readonly unknown[], bindings: StepLabel['bindings']) => label({ name, args, bindings }),
    lazy,
  };
  return [(new Function('rt', made.text) as (rt: object) => Compiled)(rt), made];
};

/** A value that is computed when it is used for the first time. */
const lazy = <T>(compute: () => T): (() => T) => {
  let value: T;
  let known = false;
  return () => {
    if (!known) {
      value = compute();
      known = true;
    }
    return value;
  };
};

export const makeProgram = (parts: ProgramParts): Program => {
  const { selection, table, format } = parts;
  const { variables } = selection;
  const [compiled, { actions }] = run(parts, false, () => undefined);
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
  const { view, alias } = compiled;
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
    invariants: named('invariants', compiled.invariants),
    initialProperties: named('initialProperties', compiled.initialProperties),
    sometimes: named('sometimes', compiled.sometimes),
    ...(selection.stepProperties.length === 0
      ? {}
      : { stepProperties: named('stepProperties', compiled.stepProperties) }),
    ...(constraints.length === 0 ? {} : { constraint: allOf(constraints) }),
    ...(stepConstraints.length === 0 ? {} : { stepConstraint: allOfSteps(stepConstraints) }),
    ...(view === undefined
      ? {}
      : {
          view: {
            words: 1,
            write: (state: Words, at: number, to: Words, toAt: number): void => {
              to[toAt] = table.encode(view(state, at));
            },
          },
        }),
    failure: parts.failure,
    memoryInUse: () => table.bytes,
    describe,
    describeStep: labeller(parts, (action) => actions[action]?.name ?? ''),
  };
  return {
    model,
    valuesOf: (words, at) =>
      Object.fromEntries(variables.map(({ name }, i) => [name, table.decode(words[at + i] as number)])),
    aliasOf: alias === undefined ? undefined : (from, to) => alias(from, 0, to, 0),
  };
};

const allOf = (predicates: readonly StatePredicate[]): StatePredicate =>
  predicates.length === 1
    ? (predicates[0] as StatePredicate)
    : { name: 'constraints', holds: (words, at) => predicates.every(({ holds }) => holds(words, at)) };

const allOfSteps = (predicates: readonly StepPredicate[]): StepPredicate =>
  predicates.length === 1
    ? (predicates[0] as StepPredicate)
    : { name: 'constraints', holds: (from, at, to, toAt) => predicates.every((p) => p.holds(from, at, to, toAt)) };

/** Finds the label of a step by doing the action again in a program that was made with labels. */
const labeller = (parts: ProgramParts, nameOf: (action: number) => string): NonNullable<Model['describeStep']> => {
  let last: StepLabel | undefined;
  let compiled: Compiled | undefined;
  return (action, from, at, to, toAt) => {
    compiled ??= run(parts, true, (label) => (last = label))[0];
    const { length } = parts.selection.variables;
    const target = new Uint32Array(length);
    let found: StepLabel | undefined;
    compiled.actions[action]?.(from, at, target, 0, () => {
      if (target.every((word, i) => word === to[toAt + i])) found ??= last;
      return found === undefined;
    });
    return found === undefined ? nameOf(action) : labelText(found, parts.format);
  };
};

/** `Move(p1, 3)`, `Step(c = 4)` */
const labelText = ({ name, args, bindings }: StepLabel, format: (value: unknown) => string): string => {
  const shown = [...args.map(format), ...bindings.map(([key, value]) => `${key} = ${format(value)}`)];
  return shown.length === 0 ? name : `${name}(${shown.join(', ')})`;
};
