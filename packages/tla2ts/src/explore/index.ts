/** Specifications explored by the checker. */
export { type CheckOptions, checkCompiled, checkSpec } from './check.js';
export { type CompileOptions, type CompiledSpec, compileForChecker } from './compile.js';
export {
  type Manifest,
  type ManifestModel,
  type ManifestModule,
  type ManifestMutant,
  type ManifestResult,
  applyMutant,
  parseManifest,
} from './manifest.js';
export { type CountedOperators, countedOperators } from './counting/counted-operators.js';
export type { ExpressionCount } from './counting/counters.js';
export { neverEvaluated, renderExpressions } from './counting/render-expressions.js';
export { type CheckJson, type CheckOutcome, type TraceStep, type ViolatedProperty, checkJson } from './outcome.js';
export type { Reader } from './differences.js';
export { traceText } from './traces/trace-file.js';
export { renderCoverage, renderOutcome, renderTrace, renderVerdict } from './render.js';
export {
  type ManifestHost,
  type ManifestOptions,
  type ModelReport,
  type MutantReport,
  runManifest,
} from './run-manifest.js';
export {
  renderSimulation,
  simulateJson,
  simulateSpec,
  type SimulateJson,
  type SimulateOutcome,
  type SimulateSpecOptions,
} from './simulate.js';
export type { World } from './values/modules/world.js';
