/** mremap() as a state machine in phases, over the address space of @vmacheck/model. */
export type { Machine, MovedPiece, Phase } from './types.js';
export { begin, step } from './machine.js';
export { mremap, perform } from './mremap.js';
