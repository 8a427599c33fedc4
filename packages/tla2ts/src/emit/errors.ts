import type { Diagnostic, DiagnosticCode } from '../diagnostics/diagnostic.js';
import { errorAt } from '../diagnostics/sink.js';
import type { Span } from '../syntax/span.js';

/** Thrown inside the emitter for a construct that has no translation; callers get the diagnostic as a value. */
export class Untranslatable extends Error {
  readonly diagnostic: Diagnostic;

  constructor(code: DiagnosticCode, span: Span, message: string, help?: string) {
    super(message);
    this.diagnostic = errorAt(code, span, message, { help });
  }
}
