/**
 * Whether a specification allows a recorded trace, which may leave variables out: the states that agree with the record so far are
 * followed, all of them, to their successors that agree with the next one. A state may also stay as it is.
 */
import type { Words } from '@vmacheck/checker';
import type { CompiledSpec } from '../compile.js';
import { isValueOf } from './json-values.js';
import type { Program } from '../program.js';
import type { RecordedTrace } from './trace-file.js';
import type { TraceStep } from '../outcome.js';

/** Something that can be reached from the states before, and by how much it is not what was recorded. */
export interface Nearest {
  /** The step with its arguments; undefined for an initial state. */
  readonly label: string | undefined;
  readonly differences: readonly { readonly variable: string; readonly value: unknown }[];
}

/** What came of it. */
export interface FollowedTrace {
  readonly isAllowed: boolean;
  /** A behaviour that agrees with the record, or with its beginning that is allowed. */
  readonly trace: readonly TraceStep[];
  /** Invariants that are false in the last state of it. */
  readonly violated: readonly string[];
  /** Where the record is not allowed: what comes nearest. */
  readonly nearest?: Nearest;
  /** More states agree with the record than are followed: it may be allowed although that was not found. */
  readonly isCut: boolean;
}

/** A record of variables that the specification does not have. */
export class UnknownVariable extends Error {
  override readonly name = 'UnknownVariable';
}

/** States that are followed at a time, at most. */
const mostFollowed = 20_000;

interface Followed {
  readonly words: Words;
  readonly before: Followed | undefined;
  readonly label: string | undefined;
  readonly location: string | undefined;
}

export const followTrace = ({ program, table }: CompiledSpec, { states }: RecordedTrace): FollowedTrace => {
  const { model, valuesOf } = program;
  const to = new Uint32Array(model.wordsPerState);
  let followed: Followed[] = [];
  let isCut = false;
  for (const [i, recorded] of states.entries()) {
    const next = new Map<string, Followed>();
    let nearest: (Nearest & { readonly words: Words; readonly before: Followed | undefined }) | undefined;
    model.atLevel?.(Math.max(i, 1));
    const consider = (before: Followed | undefined, action: number | undefined): boolean => {
      const differences = differencesOf(valuesOf(to, 0), recorded, table);
      if (differences.length === 0) {
        const key = to.join();
        if (next.size >= mostFollowed) isCut = true;
        else if (!next.has(key)) next.set(key, followedTo(program, before, to.slice(), action));
      } else if (nearest === undefined || differences.length < nearest.differences.length) {
        nearest = { label: labelOf(program, before, to, action), differences, words: to.slice(), before };
      }
      return !isCut;
    };
    if (i === 0) model.initial(to, 0, () => consider(undefined, undefined));
    for (const state of followed) {
      for (const [action, { successors }] of model.actions.entries()) {
        successors(state.words, 0, to, 0, () => consider(state, action));
      }
      to.set(state.words);
      consider(state, undefined);
    }
    if (next.size === 0) {
      const last = nearest?.before ?? followed[0];
      return { ...pathOf(program, last), isAllowed: false, isCut, ...(nearest && { nearest }) };
    }
    followed = [...next.values()];
  }
  return { ...pathOf(program, followed[0]), isAllowed: true, isCut: false };
};

const differencesOf = (
  values: Readonly<Record<string, unknown>>,
  recorded: RecordedTrace['states'][number],
  table: CompiledSpec['table'],
): Nearest['differences'] =>
  Object.entries(recorded).flatMap(([variable, json]) => {
    if (!(variable in values)) {
      throw new UnknownVariable(`there is no variable ${variable}; there are ${Object.keys(values).join(', ')}`);
    }
    return isValueOf(json, values[variable], table) ? [] : [{ variable, value: values[variable] }];
  });

const labelOf = (
  { model }: Program,
  before: Followed | undefined,
  to: Words,
  action: number | undefined,
): string | undefined => {
  if (before === undefined) return undefined;
  if (action === undefined) return 'stuttering';
  return model.describeStep?.(action, before.words, 0, to, 0) ?? model.actions[action]?.name;
};

const followedTo = (
  program: Program,
  before: Followed | undefined,
  words: Words,
  action: number | undefined,
): Followed => ({
  words,
  before,
  label: labelOf(program, before, words, action),
  location: action === undefined ? undefined : program.model.actions[action]?.location,
});

const pathOf = (
  { model, valuesOf }: Program,
  last: Followed | undefined,
): Pick<FollowedTrace, 'trace' | 'violated'> => {
  const trace: TraceStep[] = [];
  for (let at = last; at !== undefined; at = at.before) {
    trace.unshift({ label: at.label, location: at.location, values: valuesOf(at.words, 0) });
  }
  const isFalse = ({ holds }: (typeof model.invariants)[number]): boolean =>
    last !== undefined && !holds(last.words, 0);
  return { trace, violated: model.invariants.filter(isFalse).map(({ name }) => name) };
};
