/** The commands of `vmacheck`, for programs that run them in their own process. */
export { main } from './main.js';
export { EXIT, type ExitCode } from './exit-codes.js';
export { CLI_ERRORS, type CliErrorCode } from './errors.js';
export type { Output, Terminal } from './terminal.js';
