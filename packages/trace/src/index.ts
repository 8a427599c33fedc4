export * from './types.js';
export * from './abi.js';
export * from './hex.js';
export { TRACE_ERRORS, TraceError, type TraceErrorCode } from './errors.js';
export { type Lines, type TraceRecord, readPrograms, readRecords, splitLines } from './reader.js';
export { formatHeader, formatProgram, formatStep } from './writer.js';
