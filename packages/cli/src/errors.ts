/** Errors that a user can cause: a code, a place, what was found, what to do. */
import { KernelUnavailable } from '@vmacheck/kernel';
import { TraceError } from '@vmacheck/trace';
import { EXIT, type ExitCode } from './exit-codes.js';

/** What can be wrong with a use of this program. Each code has one meaning; the numbers are never reused. */
export const CLI_ERRORS = {
  CLI1001: 'the command line is wrong',
  CLI1002: 'a file cannot be read',
  CLI1003: 'a file cannot be written',
  CLI1004: 'the trace has no such program or step',
  CLI4001: 'nothing can be run on that kernel here',
  CLI4002: 'a stage of verify that is required was skipped',
} as const;

export type CliErrorCode = keyof typeof CLI_ERRORS;

/** Ends a command with a message. */
export class CliError extends Error {
  readonly code: CliErrorCode;
  readonly help: string | undefined;
  readonly place: string | undefined;
  readonly exitCode: ExitCode;

  constructor(code: CliErrorCode, message: string, more: { readonly help?: string; readonly place?: string } = {}) {
    super(message);
    this.name = 'CliError';
    this.code = code;
    this.help = more.help;
    this.place = more.place;
    this.exitCode = code.startsWith('CLI4') ? EXIT.lacking : EXIT.usage;
  }
}

/** Ends a command that was interrupted; the totals were printed already. */
export class Interrupted extends Error {
  constructor() {
    super('interrupted');
    this.name = 'Interrupted';
  }
}

/** The lines of an error. */
export function errorText(code: string, message: string, place?: string, help?: string): string {
  const arrow = place === undefined ? '' : `\n  --> ${place}`;
  return `error[${code}]: ${message}${arrow}${help === undefined ? '' : `\n  help: ${help}`}`;
}

/** What to print for an error and how to exit; undefined for a fault of the program itself. */
export function explained(error: unknown): { readonly text: string; readonly exitCode: ExitCode } | undefined {
  if (error instanceof CliError) {
    return { text: errorText(error.code, error.message, error.place, error.help), exitCode: error.exitCode };
  }
  if (error instanceof TraceError) return { text: error.toString(), exitCode: EXIT.usage };
  if (error instanceof KernelUnavailable) {
    const help = howToGet(error.message);
    return { text: errorText('CLI4001', error.message, undefined, help), exitCode: EXIT.lacking };
  }
  return undefined;
}

/** How to come by what running programs lacks. */
function howToGet(lacking: string): string {
  if (lacking.includes('C compiler')) {
    return 'install one (Debian: apt-get install gcc libc6-dev) or name yours in CC; replay, fuzz, explain and check need none';
  }
  if (lacking.includes('qemu')) return 'install it (Debian: apt-get install qemu-system-x86), or use --kernel live';
  return 'programs run on Linux (x86_64) with a C compiler; other kernels also need qemu-system-x86_64 and an image';
}

/** What the operating system says about a file. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file or folder',
    EISDIR: 'it is a folder',
    EACCES: 'permission denied',
    ENOTDIR: 'a part of the path is not a folder',
    ENOSPC: 'no space is left',
  };
  return ('code' in error && typeof error.code === 'string' && reasons[error.code]) || error.message;
}

/** Is it an error of the operating system about a file? */
function isFileError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

/** Does work that writes to a file; what the operating system says becomes the message. */
export async function writing<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isFileError(error)) throw error;
    const help = 'give the name of a file in a folder that you may write to';
    throw new CliError('CLI1003', `cannot write ${file}: ${reasonOf(error)}`, { place: file, help });
  }
}
