/** Tokens of a configuration file: words, numbers, strings and a few symbols; the comments are TLA+'s. */
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { errorAt } from '../diagnostics/sink.js';
import type { Span } from '../syntax/span.js';

export interface ConfigToken {
  readonly kind: 'word' | 'number' | 'string' | 'symbol' | 'end';
  readonly text: string;
  readonly span: Span;
}

export interface ConfigTokens {
  /** The last one is `end`. */
  readonly tokens: readonly ConfigToken[];
  readonly diagnostics: readonly Diagnostic[];
}

const TOKEN =
  /(?<space>[ \t\f]+)|(?<line>\r\n|\r|\n)|(?<comment>\\\*[^\r\n]*)|(?<block>\(\*)|(?<word>[A-Za-z_0-9]*[A-Za-z_][A-Za-z_0-9]*)|(?<number>\d+)|(?<string>"(?:[^"\\\r\n]|\\.)*")|(?<symbol><-|[={}(),![\]]|-(?=\d))|(?<unknown>[^\sA-Za-z0-9_={}(),![\]]+|[^])/uy;

export function lexConfig(file: string, source: string): ConfigTokens {
  const tokens: ConfigToken[] = [];
  const diagnostics: Diagnostic[] = [];
  let line = 1;
  let lineStart = 0;
  let at = 0;

  const spanTo = (end: number): Span => ({
    file,
    line,
    column: at - lineStart + 1,
    offset: at,
    endLine: line,
    endColumn: end - lineStart + 1,
    endOffset: end,
  });
  const countLines = (text: string): void => {
    for (const newline of text.matchAll(/\r\n|\r|\n/g)) {
      line++;
      lineStart = at + newline.index + newline[0].length;
    }
  };

  while (at < source.length) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(source);
    const groups = match?.groups ?? {};
    let end = at + Math.max(1, match?.[0].length ?? 1);
    const text = source.slice(at, end);
    if (groups['block'] !== undefined) {
      const close = endOfComment(source, at);
      if (close === undefined) {
        diagnostics.push(errorAt('TLA1003', spanTo(at + 2), 'the comment that begins here does not end'));
      }
      end = close ?? source.length;
      countLines(source.slice(at, end));
    } else if (groups['line'] !== undefined) countLines(text);
    else if (groups['word'] !== undefined) tokens.push({ kind: 'word', text, span: spanTo(end) });
    else if (groups['number'] !== undefined) tokens.push({ kind: 'number', text, span: spanTo(end) });
    else if (groups['string'] !== undefined) tokens.push({ kind: 'string', text, span: spanTo(end) });
    else if (text.startsWith('"')) {
      end = lineEnd(source, at);
      diagnostics.push(errorAt('TLA1002', spanTo(end), 'the string does not end on the line where it begins'));
    } else if (groups['symbol'] !== undefined || groups['unknown'] !== undefined) {
      tokens.push({ kind: 'symbol', text, span: spanTo(end) });
    }
    at = end;
  }
  tokens.push({ kind: 'end', text: '', span: spanTo(at) });
  return { tokens, diagnostics };
}

function lineEnd(source: string, at: number): number {
  const end = source.slice(at).search(/[\r\n]/);
  return end < 0 ? source.length : at + end;
}

/** Past the end of the comment that begins at `start`; comments nest. */
function endOfComment(source: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < source.length; at++) {
    const two = source.slice(at, at + 2);
    if (two === '(*') depth++;
    else if (two === '*)') depth--;
    else continue;
    at++;
    if (depth === 0) return at + 1;
  }
  return undefined;
}
