/** The address space of a process: VMAs, split, merge and every call but mremap. */
export type * from './types.js';
