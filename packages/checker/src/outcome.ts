/** What an exploration found: verdict, counts, and a shortest trace when something is wrong. */
import type { Failure, Location, RunCounts, Words } from './model.js';

/** The words that every front end uses for a verdict. */
export type Verdict =
  'success' | 'safety-violation' | 'liveness-violation' | 'deadlock' | 'assertion' | 'error' | 'inconclusive';

/** The property that does not hold, and of which kind it is. */
export interface Violation {
  readonly kind: 'invariant' | 'initial' | 'step' | 'temporal';
  readonly name: string;
  readonly location?: Location;
}

/** Why an exploration ended before it was complete. One that the model itself ended is a success unless a fault was found. */
export interface Bound {
  readonly kind: 'states' | 'depth' | 'memory' | 'time' | 'interrupted' | 'exit';
  /** The limit that was reached: states, levels, bytes or seconds; 0 for an interruption, and where the model itself ended the run (`exit`). */
  readonly limit: number;
}

/** One state of a trace and how it was reached. */
export interface TraceState {
  /** Index into the model's actions; undefined for the initial state. */
  readonly action?: number;
  /** The action with its parameters, as the model describes it. */
  readonly label?: string;
  readonly words: Words;
}

/** How often an action led somewhere. */
export interface ActionCoverage {
  readonly name: string;
  readonly location?: Location;
  /** Successors that it made. */
  readonly generated: number;
  /** States that it was the first to find. */
  readonly distinct: number;
}

/** Whether a "sometimes" property was seen. */
export interface Reached {
  readonly name: string;
  readonly reached: boolean;
  /** Level of the first state in which it was true; initial states are level 1. */
  readonly depth?: number;
}

/** The counts of an exploration that may still be under way. */
export interface Counts extends RunCounts {
  readonly bytes: number;
}

/** The result of an exploration. */
export interface Outcome extends Counts {
  readonly result: Verdict;
  readonly violation?: Violation;
  readonly failure?: Failure;
  readonly bound?: Bound;
  /** Threads found faults of other kinds with traces that are as short: one thread might tell of another one. */
  readonly isTie?: boolean;
  /** From an initial state to the one that shows the fault; no shorter one exists. */
  readonly trace?: readonly TraceState[];
  /** For a violation of liveness: the index into the trace of the state that comes after its last one. */
  readonly loop?: number;
  readonly coverage: readonly ActionCoverage[];
  readonly sometimes: readonly Reached[];
  /** In the compact form: how likely it is, at most, that two states had the same hash and one was missed. */
  readonly missProbability?: number;
}
