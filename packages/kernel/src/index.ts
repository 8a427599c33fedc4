export { guestPlace } from './guest/guest-place.js';
export { type Kernel, KernelUnavailable } from './kernel.js';
export { type LiveKernel, type NoLiveKernel, probeLive } from './live.js';
export type { Outcome, RecordOptions } from './outcome.js';
export { livePlace, type Place } from './place.js';
export { Recorder } from './recorder.js';
export { recordPrograms, runPrograms } from './record.js';
export { RECORDED_OPS } from './words.js';
