/** Performs programs in the model and compares them with what was recorded. */
export { type ExplainedMerge, type Explanation, explainStep, type Origin } from './explain.js';
export { layoutDifference, layoutOf } from './layout.js';
export type { Observer } from './observer.js';
export { RecordedChecker, type RecordedCount, type RecordedViolation } from './recorded/check-recorded.js';
export { type ReplayOptions, replayProgram, showResult, type Side, type UnknownStep, type Verdict } from './replay.js';
export { type Performed, Session, stepResult } from './session.js';
export { type PropertyCount, PropertyMonitor } from './monitor.js';
export { NearMonitor } from './near/near-monitor.js';
export type { NearOperators } from './near/operators.js';
export {
  groupOf,
  type OwnProperty,
  type PhaseGroup,
  type Properties,
  type Property,
  type PropertyGroup,
  type PropertyVerdict,
  type PropertyViolation,
  type StateGroup,
  type StepGroup,
} from './properties.js';
// What observers and callers see of the model.
export {
  type Call,
  type FactName,
  FACTS,
  intended,
  type Moment,
  profileFor,
  type Profile,
  PROFILES,
  type Release,
  RELEASES,
  type Result,
  type Space,
  type Vma,
  VM_GROWSDOWN,
} from '@vmacheck/model';
export type { Machine } from '@vmacheck/mremap';
