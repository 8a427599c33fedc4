/** What can be wrong with a trace file. Each code has one meaning; the numbers are never reused. */
export const TRACE_ERRORS = {
  TRACE1001: 'a line is not JSON',
  TRACE1002: 'a line is not a JSON object',
  TRACE1003: 'a record has an unknown type',
  TRACE1004: 'a program has a version that this reader does not know',
  TRACE1005: 'a step has an unknown operation',
  TRACE1006: 'a field is missing',
  TRACE1007: 'a field has the wrong type or an impossible value',
  TRACE1008: 'a hexadecimal number or address is malformed',
  TRACE1009: 'a step refers to a step that does not come before it',
  TRACE1010: 'a step stands before any program',
  TRACE1011: 'a list of VMAs is not sorted or has an empty VMA',
  TRACE1012: 'a file holds no program',
  TRACE1013: 'a file cannot be read',
  TRACE1014: 'a file is not in the compression that its name or first bytes say',
} as const;

export type TraceErrorCode = keyof typeof TRACE_ERRORS;

/** What a check found, before the reader adds the place. */
export interface Problem {
  readonly code: TraceErrorCode;
  readonly message: string;
  readonly help: string;
}

/**
 * The one error of reading a trace: what is wrong, where, and what to do about it. `line` counts from 1; 0 is the whole file.
 * `toString()` is ready to be printed.
 */
export class TraceError extends Error {
  readonly code: TraceErrorCode;
  readonly line: number;
  readonly help: string;
  /** The file's name, where it is known. */
  readonly file: string | undefined;

  constructor(problem: Problem, line: number, file?: string) {
    super(problem.message);
    this.name = 'TraceError';
    this.code = problem.code;
    this.line = line;
    this.help = problem.help;
    this.file = file;
  }

  /** The same error with the name of the file that it was found in. */
  inFile(file: string): TraceError {
    return new TraceError(this, this.line, file);
  }

  override toString(): string {
    const place = this.line > 0 ? `${this.file ?? 'line '}${this.file ? ':' : ''}${this.line}` : this.file;
    const arrow = place === undefined ? '' : `\n  --> ${place}`;
    return `error[${this.code}]: ${this.message}${arrow}\n  help: ${this.help}`;
  }
}
