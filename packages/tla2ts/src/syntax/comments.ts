/** The comments that belong to definitions. */
import type { Comment, TokenStream } from './tokens.js';

/**
 * The comment of the definition whose first token is `first`: the comments on the lines directly above it, else the one between
 * its `==` (token `equals`) and its body.
 */
export function docOf(tokens: TokenStream, first: number, equals: number | undefined): string | undefined {
  const above = commentsBetween(tokens, first - 1, first);
  const previousLine = first > 0 ? tokens.line(first - 1) : 0;
  const kept: Comment[] = [];
  let line = tokens.line(first);
  for (const comment of above.toReversed()) {
    if (comment.endLine < line - 1 || comment.line <= previousLine) break;
    kept.unshift(comment);
    line = comment.line;
  }
  if (kept.length > 0) return textOf(tokens, kept);
  return equals === undefined ? undefined : textOf(tokens, commentsBetween(tokens, equals, equals + 1));
}

/** The comments between two neighbouring tokens. */
function commentsBetween(tokens: TokenStream, before: number, after: number): readonly Comment[] {
  const from = before < 0 ? 0 : tokens.end(before);
  const to = tokens.start(after);
  const { comments } = tokens;
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle]?.start ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < comments.length && (comments[end]?.start ?? 0) < to) end++;
  return comments.slice(low, end);
}

/** Comment signs and frames of asterisks, dashes and equal signs removed; PlusCal and its translation's markers are no documentation. */
function textOf(tokens: TokenStream, comments: readonly Comment[]): string | undefined {
  const raw = comments.map((c) => tokens.source.slice(c.start, c.end)).join('\n');
  if (/--(fair )?algorithm\b|(BEGIN|END) TRANSLATION/.test(raw)) return undefined;
  const lines = raw.split(/\r?\n/).map((line) =>
    line
      .replace(/^\s*\(\*+\)\s*$/, '')
      .replace(/^\s*(\\\*+|\(\*+|\*+\)|\*+(?!\)))?/, '')
      .replace(/\**\*\)\s*$/, '')
      .replace(/^\s*[-=*]{3,}\s*$/, '')
      .trimEnd(),
  );
  const indents = lines.filter((l) => l.trim() !== '').map((l) => l.length - l.trimStart().length);
  const indent = Math.min(...indents, Infinity);
  const text = lines
    .map((l) => l.slice(Math.min(indent, l.length - l.trimStart().length)))
    .join('\n')
    .replace(/^\n+|\s+$/g, '');
  return text === '' ? undefined : text;
}

/** The comment that follows a module's head line, whose last token is `line`. */
export function headDocOf(tokens: TokenStream, line: number): string | undefined {
  return textOf(tokens, commentsBetween(tokens, line, line + 1));
}
