/** Random behaviours of a specification: what `check` tests, on a sample of what it would explore. */
import { simulate, type SimulateOptions, type SimulationOutcome, type Verdict } from '@vmacheck/checker';
import { failureOf, traceSteps } from './check.js';
import { type CompileOptions, compileForChecker } from './compile.js';
import type { CheckOutcome } from './outcome.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { ModelConfig } from '../config/config.js';
import type { ResolvedSpec } from '../names/resolved.js';
import { errorAt } from '../diagnostics/sink.js';
import { readerOf } from './differences.js';
import { paintWith } from '../diagnostics/paint.js';
import { counted } from './grouped.js';
import { type Look, paintedVerdict, renderTrace } from './render.js';

/** How to walk, and what is wanted beyond the configuration. */
export interface SimulateSpecOptions extends Omit<CompileOptions, 'mode'>, SimulateOptions {}

/** What a simulation found, in terms of the specification. */
export interface SimulateOutcome
  extends
    Omit<SimulationOutcome, 'violation' | 'failure' | 'bound' | 'trace'>,
    Pick<CheckOutcome, 'spec' | 'config' | 'violation' | 'failure' | 'bound' | 'trace' | 'warnings' | 'reader'> {}

/** @returns what was found, or what is wrong with specification and configuration */
export const simulateSpec = (
  spec: ResolvedSpec,
  config: ModelConfig,
  options: SimulateSpecOptions,
): SimulateOutcome | readonly Diagnostic[] => {
  const compiled = compileForChecker(spec, config, { ...options, mode: 'simulate' });
  if (!('program' in compiled)) return compiled;
  const { program } = compiled;
  const warnings = [...compiled.warnings, ...untested(config, new Set(compiled.selection.temporal.map((p) => p.name)))];
  const about = { spec: spec.root.file, config: config.file, warnings, reader: readerOf(compiled.table) };
  const assumption = program.failedAssumption();
  if (assumption !== undefined) {
    const { error, ...failure } = assumption;
    return {
      ...about,
      ...nothingDone,
      seed: options.seed,
      result: error ? 'error' : 'assertion',
      failure,
      violation: undefined,
      bound: undefined,
      trace: undefined,
    };
  }
  const outcome = simulate(program.model, options);
  return {
    ...about,
    ...outcome,
    violation: outcome.violation,
    bound: outcome.bound,
    failure: failureOf(outcome, program),
    trace: outcome.trace && traceSteps(outcome.trace, program),
  };
};

/** Warnings about properties of whole behaviours: a behaviour that was walked is only the beginning of one. */
const untested = (config: ModelConfig, temporal: ReadonlySet<string>): readonly Diagnostic[] =>
  config.properties
    .filter(({ text }) => temporal.has(text))
    .map(({ text, span }) => ({
      ...errorAt(
        'TLA3012',
        span,
        `random behaviours do not test the property \`${text}\`, which is about whole behaviours`,
      ),
      severity: 'warning',
      help: '`check` tests it',
    }));

const nothingDone = { behaviours: 0, steps: 0, tested: 0, longest: 0, seconds: 0, unreached: [] } as const;

/** The object that `simulate --json` prints. */
export interface SimulateJson {
  readonly spec: string;
  readonly config: string | undefined;
  readonly result: Verdict;
  readonly seed: number;
  readonly behaviours: number;
  readonly steps: number;
  readonly tested: number;
  readonly longest: number;
  readonly seconds: number;
  /** The property that does not hold. */
  readonly violated?: string;
  /** What went wrong, with its place. */
  readonly failure?: string;
  /** What sort of error it is. */
  readonly code?: string;
  /** The shortest behaviour that shows it: the values as TLA+ text. */
  readonly trace?: readonly { readonly action?: string; readonly values: Readonly<Record<string, string>> }[];
}

/** The object that `simulate --json` prints. */
export const simulateJson = (outcome: SimulateOutcome): SimulateJson => {
  const { spec, config, result, seed, behaviours, steps, tested, longest, violation, failure, trace, reader } = outcome;
  const span = failure?.span;
  const place = span === undefined ? '' : `${span.file}:${span.line}:${span.column}: `;
  return {
    spec,
    config,
    result,
    seed,
    behaviours,
    steps,
    tested,
    longest,
    seconds: Math.round(outcome.seconds * 1000) / 1000,
    ...(violation && { violated: violation.name }),
    ...(failure && { failure: place + failure.message, ...(failure.code !== undefined && { code: failure.code }) }),
    ...(trace && {
      trace: trace.map(({ label, values }) => ({
        ...(label !== undefined && { action: label }),
        values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, reader.format(value)])),
      })),
    }),
  };
};

/** Verdict, behaviour, and counts. */
export const renderSimulation = (outcome: SimulateOutcome, look: Look = {}): string => {
  const paint = paintWith(look.color);
  const { result, seed, behaviours, steps, tested, longest, seconds, trace, reader, unreached } = outcome;
  return [
    result === 'success' ? paint('good', 'no error in any of these behaviours') : paintedVerdict(outcome, paint),
    ...(trace === undefined || trace.length === 0 ? [] : ['', renderTrace(trace, reader, look), '']),
    `${counted(behaviours, 'behaviour')}, ${counted(steps, 'step')}, the longest ${counted(longest, 'state')}; ${counted(tested, 'state')} tested, ${seconds.toFixed(2)} s`,
    `seed ${seed}`,
    ...unreached.map((name) => `${paint('warning', 'never reached')}: ${name}`),
  ].join('\n');
};
