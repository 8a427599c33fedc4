/** Checks a specification with a configuration: compiles it, tests its assumptions, explores it, and tells what was found. */
import { type CompileOptions, type CompiledSpec, compileForChecker } from './compile.js';
import { type ExploreOptions, type Outcome, type TraceState, checkTemporal } from '@vmacheck/checker';
import type { CheckOutcome, TraceStep } from './outcome.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Program } from './program.js';
import { type Search, type SearchOptions, search } from './search.js';
import type { ModelConfig } from '../config/config.js';
import type { ResolvedSpec } from '../names/resolved.js';
import { readerOf } from './differences.js';
import { SpecError, isRecord } from './values/values.js';

/** Bounds, progress, and what is wanted beyond the configuration. */
export interface CheckOptions extends CompileOptions, SearchOptions {}

/** @returns what was found, or what is wrong with specification and configuration */
export const checkSpec = (
  spec: ResolvedSpec,
  config: ModelConfig,
  options: CheckOptions = {},
): CheckOutcome | readonly Diagnostic[] => {
  const compiled = compileForChecker(spec, config, options);
  if (!('program' in compiled)) return compiled;
  return checkCompiled(spec, config, compiled, options);
};

/** The second half of `checkSpec`. */
export const checkCompiled = (
  spec: ResolvedSpec,
  config: ModelConfig,
  compiled: CompiledSpec,
  options: SearchOptions = {},
): CheckOutcome => {
  const { warnings } = compiled;
  const temporal = [...new Set(compiled.selection.temporal.map(({ name }) => name))];
  const about = { spec: spec.root.file, config: config.file, warnings, temporal, reader: readerOf(compiled.table) };
  const assumption = compiled.program.failedAssumption();
  if (assumption !== undefined) {
    return {
      ...about,
      ...nothingDone,
      result: assumption.error ? 'error' : 'assertion',
      violation: undefined,
      failure: { code: assumption.code, message: assumption.message, span: assumption.span },
      bound: undefined,
      trace: undefined,
      coverage: [],
      expressions: compiled.expressions?.(),
      sometimes: [],
    };
  }
  const found = search(compiled, options);
  const expressions = compiled.expressions?.();
  const { program, outcome } = withLiveness(found, temporal, options);
  const { violation, bound } = outcome;
  const after = outcome.result === 'success' ? program.failedPostcondition(outcome) : undefined;
  if (after !== undefined) {
    const failure = { code: after.code, message: after.message, span: after.span };
    return {
      ...about,
      ...outcome,
      expressions,
      result: after.error ? 'error' : 'assertion',
      violation,
      bound,
      failure,
      trace: undefined,
    };
  }
  return {
    ...about,
    ...outcome,
    expressions,
    violation,
    bound,
    failure: failureOf(outcome, program),
    trace: outcome.trace && traceSteps(outcome.trace, program),
  };
};

const nothingDone = { distinct: 0, generated: 0, depth: 0, queue: 0, seconds: 0, bytes: 0 };

/** First the search for violations of safety; temporal properties are checked when it finds nothing wrong. */
const withLiveness = (
  found: Search,
  temporal: readonly string[],
  options: SearchOptions,
): Pick<Search, 'program' | 'outcome'> => {
  const { program, exploration, outcome: safe } = found;
  program.model.atPath?.(undefined);
  if (safe.result !== 'success') return found;
  if (safe.bound !== undefined) {
    // The specification ended the search: nothing can be said of behaviours that are known in part.
    return temporal.length === 0 ? found : { program, outcome: { ...safe, result: 'inconclusive' } };
  }
  try {
    return { program, outcome: checkTemporal(program.model, program.temporal(), exploration, safe, boundsOf(options)) };
  } catch (thrown) {
    const failure = program.model.failure?.(thrown);
    if (failure === undefined) throw thrown;
    return { program, outcome: { ...safe, result: failure.kind, failure } };
  }
};

const boundsOf = ({ save: _save, resume: _resume, ...options }: SearchOptions): ExploreOptions => options;

/** The failure with its place: what failed is done once more by a program that knows where it is. */
export const failureOf = (
  { failure, trace }: Pick<Outcome, 'failure' | 'trace'>,
  program: Program,
): CheckOutcome['failure'] => {
  if (failure === undefined) return undefined;
  const span = program.placeOfError(trace ?? []);
  return { code: failure.code, message: failure.message, span };
};

/** The states of a trace with their values, or those of the ALIAS. */
export const traceSteps = (trace: readonly TraceState[], program: Program): TraceStep[] =>
  trace.map(({ words, action, label }, i) => {
    const { aliasOf, model, valuesOf } = program;
    model.atLevel?.(i + 1);
    model.atPath?.(() => trace.slice(0, i + 1).map((state) => state.words));
    const next = trace[i + 1]?.words ?? words;
    const location = action === undefined ? undefined : model.actions[action]?.location;
    return { label, location, values: (aliasOf && aliasValues(aliasOf, words, next)) ?? valuesOf(words, 0) };
  });

/** An ALIAS that cannot be evaluated is not shown: the state itself is. */
const aliasValues = (
  aliasOf: (from: Uint32Array, to: Uint32Array) => unknown,
  from: Uint32Array,
  to: Uint32Array,
): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value = aliasOf(from, to);
    return isRecord(value) ? value : { alias: value };
  } catch (error) {
    if (error instanceof SpecError) return undefined;
    throw error;
  }
};
