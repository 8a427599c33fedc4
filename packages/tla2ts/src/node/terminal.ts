/** Results go to stdout, complaints to stderr; exit codes are those of all of this project's programs. */
import { writeSync } from 'node:fs';
import { renderDiagnostics } from '../diagnostics/render.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';

/** 0 holds, 1 violated, 2 bad usage or input, 3 inconclusive, 130 interrupted. */
export type ExitCode = 0 | 1 | 2 | 3 | 130;

export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/**
 * Text for stderr. A terminal gets it at once: what a thread writes to its streams is handed on when it pauses, and a search
 * does not.
 */
export function tell(text: string): void {
  if (process.stderr.isTTY && wroteAtOnce(text)) return;
  process.stderr.write(text);
}

/** @returns false: the terminal takes nothing now */
function wroteAtOnce(text: string): boolean {
  try {
    writeSync(2, text);
    return true;
  } catch {
    return false;
  }
}

/** One clear message, and exit code 2. */
export function fail(message: string, help?: string): ExitCode {
  tell(`error: ${message}\n${help === undefined ? '' : `  help: ${help}\n`}`);
  return 2;
}

export function complain(
  diagnostics: readonly Diagnostic[],
  source: ((file: string) => string | undefined) | undefined,
): void {
  tell(renderDiagnostics(diagnostics, { source, color: mayColor(process.stderr) }));
}

/** Colour only on a terminal, and never where NO_COLOR is set to anything but nothing or the terminal is "dumb". */
export function mayColor(stream: { readonly isTTY?: boolean }): boolean {
  const { NO_COLOR = '', TERM } = process.env;
  return stream.isTTY === true && NO_COLOR === '' && TERM !== 'dumb';
}

/** What the operating system says about a file that cannot be read or written. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file',
    EISDIR: 'it is a folder',
    EACCES: 'permission denied',
    ENOTDIR: 'a part of the path is not a folder',
  };
  return ('code' in error && typeof error.code === 'string' && reasons[error.code]) || error.message;
}
