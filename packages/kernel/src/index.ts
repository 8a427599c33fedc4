export { type LiveKernel, type NoLiveKernel, probeLive } from './live.js';
export type { Outcome, RecordOptions } from './outcome.js';
export { Recorder } from './recorder.js';
export { KernelUnavailable, recordPrograms, runPrograms } from './record.js';
export { RECORDED_OPS } from './words.js';
