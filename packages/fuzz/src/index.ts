/** fast-check arbitraries, a seeded generator and shrinking for memory-mapping programs, and the fuzzer of the model. */
export { alphabetSize, exhaustivePrograms } from './exhaustive.js';
export { generatePrograms, type GenerateOptions, headerOf, programArbitrary, programOf } from './generate.js';
export { type Alphabet, type Intent, intentArbitrary, type IntentKind } from './intent.js';
export { type FuzzOptions, type FuzzOutcome, type PropertyFailure, runFuzz, violationOf } from './run.js';
export {
  type Fails,
  type FailsEach,
  type ShrinkOptions,
  type Shrunk,
  shrinkProgram,
  shrinkTogether,
} from './shrink.js';
export { type Statistics, StatisticsObserver } from './statistics.js';
