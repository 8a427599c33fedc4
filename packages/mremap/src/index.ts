/** mremap() as a state machine in phases. */
export type * from './types.js';
