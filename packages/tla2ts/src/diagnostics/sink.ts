import type { Span } from '../syntax/span.js';
import type { Diagnostic, DiagnosticCode, DiagnosticNote } from './diagnostic.js';

export interface DiagnosticDetails {
  readonly help?: string | undefined;
  readonly notes?: readonly DiagnosticNote[];
}

/** Makes an error. */
export function errorAt(
  code: DiagnosticCode,
  span: Span | undefined,
  message: string,
  details: DiagnosticDetails = {},
): Diagnostic {
  return { code, severity: 'error', message, span, notes: details.notes ?? [], help: details.help };
}

/** Sorted by file, then position, then code; the same complaint about the same place only once. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return [...diagnostics]
    .sort(
      (a, b) =>
        compare(a.span?.file ?? '', b.span?.file ?? '') ||
        (a.span?.offset ?? -1) - (b.span?.offset ?? -1) ||
        compare(a.code, b.code),
    )
    .filter((d) => {
      const key = `${d.span?.file}:${d.span?.offset}:${d.code}:${d.message}`;
      return !seen.has(key) && seen.add(key);
    });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
