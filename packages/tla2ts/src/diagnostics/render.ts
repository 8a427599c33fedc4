/** Diagnostics as text, in the manner of rustc: the message, the place, the line with carets, notes, help. */
import type { Span } from '../syntax/span.js';
import type { Diagnostic } from './diagnostic.js';
import { type Paint, paintWith } from './paint.js';

export interface RenderOptions {
  /** The text of a file by the name that its spans have; without it no lines are shown. */
  readonly source?: ((file: string) => string | undefined) | undefined;
  /** With terminal colours. */
  readonly color?: boolean | undefined;
}

/** Ends with a line break. */
export function renderDiagnostic(diagnostic: Diagnostic, options: RenderOptions = {}): string {
  const paint = paintWith(options.color);
  const { severity, code, message, span, notes, help } = diagnostic;
  const lines = [`${paint(severity, `${severity}[${code}]`)}${paint('bold', `: ${message}`)}`];
  const width = String(Math.max(span?.line ?? 0, ...notes.map((n) => n.span?.line ?? 0))).length;
  if (span) lines.push(...place(span, '^', width, options, paint));
  for (const note of notes) {
    lines.push(`${' '.repeat(width)}${paint('bold', 'note')}: ${note.message}`);
    if (note.span) lines.push(...place(note.span, '-', width, options, paint));
  }
  if (help !== undefined) lines.push(`${' '.repeat(width)}${paint('bold', 'help')}: ${help}`);
  return `${lines.join('\n')}\n`;
}

/** All of them with an empty line between, and at the end how many errors there are. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], options: RenderOptions = {}): string {
  if (diagnostics.length === 0) return '';
  const errors = diagnostics.filter((d) => d.severity === 'error').length;
  const texts = diagnostics.map((d) => renderDiagnostic(d, options));
  if (errors > 0) texts.push(errors === 1 ? '1 error\n' : `${errors} errors\n`);
  return texts.join('\n');
}

function place(span: Span, mark: '^' | '-', width: number, options: RenderOptions, paint: Paint): readonly string[] {
  const gutter = ' '.repeat(width);
  const lines = [`${gutter}${paint('blue', '-->')} ${span.file}:${span.line}:${span.column}`];
  const text = options.source?.(span.file)?.split(/\r\n|\r|\n/)[span.line - 1];
  if (text === undefined) return lines;
  const end = span.endLine === span.line ? span.endColumn : text.length + 1;
  const marks = mark.repeat(Math.max(1, end - span.column));
  // Tabs stay tabs, so that the carets stand below what they mean.
  const indent = text.slice(0, span.column - 1).replace(/[^\t]/g, ' ');
  const bar = paint('blue', '|');
  lines.push(
    `${gutter} ${bar}`,
    `${paint('blue', String(span.line).padStart(width))} ${bar} ${text.trimEnd()}`,
    `${gutter} ${bar} ${indent}${mark === '^' ? paint('error', marks) : paint('blue', marks)}`,
  );
  return lines;
}
