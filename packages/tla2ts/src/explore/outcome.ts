/** What a check found, in terms of the specification: names, values, places in the text. */
import type { ActionCoverage, Bound, Reached, Verdict } from '@vmacheck/checker';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Reader } from './differences.js';
import type { ExpressionCount } from './counting/counters.js';
import { expressionsJson, type ExpressionJson } from './counting/render-expressions.js';
import type { Span } from '../syntax/span.js';

/** A state of a counterexample. */
export interface TraceStep {
  /** The action with its arguments, `Move(p1, 3)`; undefined for the initial state. */
  readonly label: string | undefined;
  /** Where the action stands: `Mremap.tla:12:3`. */
  readonly location: string | undefined;
  /** The variables' values, or those of the ALIAS. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** The property that was violated. */
export interface ViolatedProperty {
  readonly kind: 'invariant' | 'initial' | 'step' | 'temporal';
  readonly name: string;
}

/** An error or a failed assertion: what sort of error (diagnostics/codes.ts), message and place. */
export interface FailureReport {
  readonly code: string | undefined;
  readonly message: string;
  readonly span: Span | undefined;
}

/** See the head of the file. */
export interface CheckOutcome {
  readonly spec: string;
  readonly config: string | undefined;
  readonly result: Verdict;
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
  readonly queue: number;
  readonly seconds: number;
  readonly bytes: number;
  readonly violation: ViolatedProperty | undefined;
  readonly failure: FailureReport | undefined;
  readonly bound: Bound | undefined;
  /** A shortest behaviour that shows what is wrong. */
  readonly trace: readonly TraceStep[] | undefined;
  /** There are faults of other kinds with traces that are as short. */
  readonly isTie?: boolean;
  /** For a violation of a temporal property: the index of the state of the trace that comes after its last one. */
  readonly loop?: number;
  /** Names of the properties that are about whole behaviours; they are checked when nothing else is wrong. */
  readonly temporal: readonly string[];
  readonly coverage: readonly ActionCoverage[];
  /** How often each expression was evaluated in the search; undefined: nobody asked. Temporal properties come after it. */
  readonly expressions: readonly ExpressionCount[] | undefined;
  readonly sometimes: readonly Reached[];
  /** In the compact form: how likely it is, at most, that a state was missed. */
  readonly missProbability?: number;
  /** Things that a user should know although they are no errors. */
  readonly warnings: readonly Diagnostic[];
  /** How the values of the trace are read. */
  readonly reader: Reader;
}

/** The object that `check --json` prints. */
export interface CheckJson {
  readonly spec: string;
  readonly config: string | undefined;
  readonly result: Verdict;
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
  readonly seconds: number;
  /** Memory of the process at the end, in bytes. */
  readonly bytes: number;
  /** What ended the search before it was complete. */
  readonly bound?: Bound;
  /** With `--compact`: how likely it is, at most, that a state was missed. */
  readonly missProbability?: number;
  /** With `--coverage`: how often each action led somewhere. */
  readonly coverage?: readonly ActionCoverage[];
  /** With `--coverage`: how often each expression was evaluated. */
  readonly expressions?: readonly ExpressionJson[];
  /** What went wrong, with its place. */
  readonly failure?: string;
  /** What sort of error it is. */
  readonly code?: string;
  /** The property that is violated. */
  readonly property?: string;
  /** Temporal properties of the configuration. */
  readonly temporal?: readonly string[];
  /** A behaviour that violates a temporal property: it has so many states, and after the last one goes on with this one, counted from 1. */
  readonly lasso?: { readonly states: number; readonly loop: number };
}

/** The object that `check --json` prints. */
export const checkJson = (outcome: CheckOutcome, withCoverage = false): CheckJson => {
  const { spec, config, result, distinct, generated, depth, bytes, failure } = outcome;
  const seconds = Math.round(outcome.seconds * 1000) / 1000;
  const { loop, trace, temporal, violation, missProbability } = outcome;
  const lasso = loop === undefined || trace === undefined ? {} : { lasso: { states: trace.length, loop: loop + 1 } };
  const property = violation === undefined ? {} : { property: violation.name };
  const properties = temporal.length === 0 ? {} : { temporal };
  const missed = missProbability === undefined ? {} : { missProbability };
  const json = {
    spec,
    config,
    result,
    distinct,
    generated,
    depth,
    seconds,
    bytes,
    ...(outcome.bound && { bound: outcome.bound }),
    ...missed,
    ...(withCoverage && { coverage: outcome.coverage, expressions: expressionsJson(outcome.expressions ?? []) }),
    ...property,
    ...properties,
    ...lasso,
  };
  if (failure === undefined) return json;
  const { code, span, message } = failure;
  const place = span === undefined ? '' : `${span.file}:${span.line}:${span.column}: `;
  return { ...json, failure: place + message, ...(code !== undefined && { code }) };
};
