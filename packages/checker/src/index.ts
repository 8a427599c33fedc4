/** Explicit-state exploration of models whose states are words. */
export type {
  Action,
  Emit,
  Failure,
  Field,
  Location,
  Model,
  Remembered,
  RunCounts,
  StatePredicate,
  StepPredicate,
  View,
  Words,
} from './model.js';
export type { ActionCoverage, Bound, Counts, Outcome, Reached, TraceState, Verdict, Violation } from './outcome.js';
export { Exploration, type ExploreOptions, explore } from './explore.js';
export { type HashWords, hashWords } from './hash.js';
export { type Crash, type Crew, type HelperOptions, type Report, help } from './team.js';
export type { RoundSizes, SharedSearch } from './round.js';
export { type SavedSnapshot, type Snapshot, type SnapshotHead, SnapshotError } from './snapshot.js';
export { NoRoom } from './space.js';
export { type SimulateOptions, type SimulationCounts, type SimulationOutcome, simulate } from './simulate.js';
export {
  type Formula,
  type NamedFormula,
  type StateAtom,
  type StepAtom,
  type Temporal,
  atomsOf,
  leadsTo,
  strongFairness,
  weakFairness,
} from './liveness/formula.js';
export { checkTemporal } from './liveness/check.js';
