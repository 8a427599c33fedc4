/** Diagnostics are values: phases collect them, the renderer (render.ts) turns them into text, nothing is thrown at a caller. */
import type { Span } from '../syntax/span.js';

/** Codes are in codes.ts, with one line of meaning each. */
import type { DiagnosticCode } from './codes.js';

export type { DiagnosticCode } from './codes.js';

export type Severity = 'error' | 'warning';

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** One sentence without a full stop: what was found and what was expected. */
  readonly message: string;
  /** Undefined only where there is no text to point at, such as a root module that cannot be read. */
  readonly span: Span | undefined;
  /** Further places or facts. */
  readonly notes: readonly DiagnosticNote[];
  /** What to do. */
  readonly help: string | undefined;
}

export interface DiagnosticNote {
  readonly message: string;
  readonly span: Span | undefined;
}
