export * from './types.js';
export * from './abi.js';
