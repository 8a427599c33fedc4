/**
 * Characters to tokens. Text before the module's head line and after its last `====` is no TLA+ and is not looked at. PlusCal lives in comments.
 */
import type { Diagnostic, DiagnosticCode } from '../diagnostics/diagnostic.js';
import { errorAt } from '../diagnostics/sink.js';
import { OPERATOR_SPELLINGS } from './operators.js';
import { KEYWORDS, PUNCTUATION, TokenStream, type TokenKind } from './tokens.js';

interface Spelling {
  readonly spelling: string;
  readonly kind: TokenKind;
  readonly text: string;
}

const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const HEAD = /-{4,}[ \t]*MODULE\b/;

/** `CONSTANTS` is a `CONSTANT` token, and so on. */
const SAME_KEYWORD: Readonly<Record<string, TokenKind>> = {
  CONSTANTS: 'CONSTANT',
  VARIABLES: 'VARIABLE',
  DEFS: 'DEF',
};

const WORDS: ReadonlyMap<string, { readonly kind: TokenKind; readonly text: string }> = new Map<
  string,
  { readonly kind: TokenKind; readonly text: string }
>([
  ...KEYWORDS.map((word) => [word, { kind: SAME_KEYWORD[word] ?? word, text: word }] as const),
  ...[...OPERATOR_SPELLINGS]
    .filter(([spelling]) => /^\w+$/.test(spelling))
    .map(([spelling, text]) => [spelling, { kind: 'operator', text }] as const),
]);

const SPELLINGS: readonly Spelling[] = [
  ...Object.entries(PUNCTUATION).map(([spelling, kind]) => ({ spelling, kind, text: kind })),
  ...[...OPERATOR_SPELLINGS].map(([spelling, text]) => ({ spelling, kind: 'operator' as const, text })),
  ...[...'ℕℤℝ'].map((spelling, i) => ({
    spelling,
    kind: 'identifier' as const,
    text: ['Nat', 'Int', 'Real'][i] ?? '',
  })),
];

/** `\in`, `\cup`, ...: looked up as whole words. */
const BACKSLASH_WORDS = new Map(SPELLINGS.filter((s) => /^\\\w/.test(s.spelling)).map((s) => [s.spelling, s]));

/** All other symbols by their first character, the longest first. */
const SYMBOLS = new Map<number, readonly Spelling[]>();
for (const s of SPELLINGS) {
  if (/^(\\\w|\w)/.test(s.spelling)) continue;
  const code = s.spelling.charCodeAt(0);
  SYMBOLS.set(
    code,
    [...(SYMBOLS.get(code) ?? []), s].sort((a, b) => b.spelling.length - a.spelling.length),
  );
}

/** Stands for a misspelt operator, so that the expression around it can still be read. */
const UNKNOWN_OPERATOR = '??';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', '\\': '\\', '"': '"' };

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

function isLetter(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90);
}

function isCapital(c: number): boolean {
  return c >= 65 && c <= 90;
}

function isWord(c: number): boolean {
  return isLetter(c) || isDigit(c) || c === 95;
}

export interface Lexed {
  readonly tokens: TokenStream;
  readonly diagnostics: readonly Diagnostic[];
  /** False if the file has no head line `---- MODULE`. */
  readonly hasModule: boolean;
}

/** Reads the tokens of the first module in a file, up to its end line; the last token is `end`. */
export function lex(file: string, source: string): Lexed {
  const head = HEAD.exec(source);
  const lexer = new Lexer(file, source, head?.index ?? source.length);
  if (head) lexer.run();
  return { tokens: lexer.finish(), diagnostics: lexer.diagnostics, hasModule: head !== null };
}

class Lexer {
  readonly diagnostics: Diagnostic[] = [];
  private readonly tokens: TokenStream;
  private line = 1;
  private lineStart = 0;
  /** What tabs add to the columns of the line: indent = offset - lineStart + shift. */
  private shift = 0;
  /** Modules that are open. */
  private depth = 0;
  private at: number;

  constructor(
    file: string,
    private readonly source: string,
    start: number,
  ) {
    this.tokens = new TokenStream(file, source);
    this.at = 0;
    while (this.at < start) this.skipOne(source.charCodeAt(this.at));
  }

  run(): void {
    const { source } = this;
    const length = source.length;
    while (this.at < length) {
      const c = source.charCodeAt(this.at);
      if (c === SPACE) this.at++;
      else if (c === TAB || c === NEWLINE || c === RETURN) this.skipOne(c);
      else if (isLetter(c) || c === 95) this.word();
      else if (isDigit(c)) this.number();
      else if (c === 40 && source.charCodeAt(this.at + 1) === 42) this.blockComment();
      else if (c === 92) this.backslash();
      else if (c === 34) this.string();
      else if (!this.symbol(c)) this.unknown();
      if (this.depth < 0) return;
    }
  }

  finish(): TokenStream {
    this.emit('end', '', this.at);
    return this.tokens;
  }

  private emit(kind: TokenKind, text: string, end: number): void {
    const column = this.at - this.lineStart;
    this.tokens.push(kind, text, this.at, end, this.line, column + 1, column + this.shift);
    this.at = end;
  }

  private skipOne(c: number): void {
    if (c === TAB) {
      const indent = this.at - this.lineStart + this.shift;
      this.shift += 7 - (indent % 8);
    }
    this.at++;
    if (c === NEWLINE || (c === RETURN && this.source.charCodeAt(this.at) !== NEWLINE)) {
      this.line++;
      this.lineStart = this.at;
      this.shift = 0;
    }
  }

  private word(): void {
    const { source } = this;
    let end = this.at + 1;
    let letters = source.charCodeAt(this.at) !== 95;
    for (let c = source.charCodeAt(end); isWord(c); c = source.charCodeAt(++end)) letters ||= isLetter(c);
    if (!letters) return this.emit('_', '_', this.at + 1);
    const word = source.slice(this.at, end);
    // All words with a meaning of their own begin with two capitals.
    if (!isCapital(source.charCodeAt(this.at)) || !isCapital(source.charCodeAt(this.at + 1)))
      return this.emit('identifier', word, end);
    if (word.startsWith('WF_')) return this.emit('WF_', 'WF_', this.at + 3);
    if (word.startsWith('SF_')) return this.emit('SF_', 'SF_', this.at + 3);
    const known = WORDS.get(word);
    if (!known) return this.emit('identifier', word, end);
    if (known.kind === 'MODULE' && this.tokens.kinds.at(-1) === '----') this.depth++;
    this.emit(known.kind, known.text, end);
  }

  /** `12`, `1.5`, or an identifier that starts with digits (`2nd`). */
  private number(): void {
    const { source } = this;
    let end = this.at;
    while (isDigit(source.charCodeAt(end))) end++;
    let wordEnd = end;
    let letters = false;
    for (let c = source.charCodeAt(wordEnd); isWord(c); c = source.charCodeAt(++wordEnd)) letters ||= isLetter(c);
    if (letters) return this.emit('identifier', source.slice(this.at, wordEnd), wordEnd);
    if (source.charCodeAt(end) === 46 && isDigit(source.charCodeAt(end + 1))) {
      do end++;
      while (isDigit(source.charCodeAt(end)));
      return this.emit('decimal', source.slice(this.at, end), end);
    }
    this.emit('number', source.slice(this.at, end), end);
  }

  private backslash(): void {
    const { source } = this;
    if (source.charCodeAt(this.at + 1) === 42) return this.lineComment();
    let end = this.at + 1;
    while (isLetter(source.charCodeAt(end))) end++;
    if (end === this.at + 1) {
      if (!this.symbol(92)) this.unknown();
      return;
    }
    const number = /^\\(?:[bB][01]+|[oO][0-7]+|[hH][0-9a-fA-F]+)/.exec(source.slice(this.at, this.at + 80));
    const spelling = source.slice(this.at, end);
    if (number) return this.basedNumber();
    const known = BACKSLASH_WORDS.get(spelling);
    if (known) return this.emit(known.kind, known.text, end);
    // `x \inS`: the longest operator that it starts with.
    for (let shorter = end - 1; shorter > this.at + 1; shorter--) {
      const prefix = BACKSLASH_WORDS.get(source.slice(this.at, shorter));
      if (prefix) return this.emit(prefix.kind, prefix.text, shorter);
    }
    this.error('TLA1001', end, `there is no operator \`${spelling}\``);
    this.emit('operator', UNKNOWN_OPERATOR, end);
  }

  private basedNumber(): void {
    let end = this.at + 1;
    while (isWord(this.source.charCodeAt(end))) end++;
    const text = this.source.slice(this.at, end);
    if (!/^\\(?:[bB][01]+|[oO][0-7]+|[hH][0-9a-fA-F]+)$/.test(text)) {
      this.error(
        'TLA1004',
        end,
        `\`${text}\` is not a number`,
        'digits of \\b are 0 and 1, of \\o 0 to 7, of \\h 0 to 9 and A to F',
      );
    }
    this.emit('number', text, end);
  }

  private string(): void {
    const { source } = this;
    let value = '';
    let end = this.at + 1;
    for (;;) {
      const c = source[end];
      if (c === undefined || c === '\n' || c === '\r') {
        this.error('TLA1002', end, 'the string does not end on the line where it begins');
        break;
      }
      end++;
      if (c === '"') break;
      if (c !== '\\') {
        value += c;
        continue;
      }
      const escape = ESCAPES[source[end] ?? ''];
      if (escape === undefined) {
        const at = this.at;
        this.at = end - 1;
        this.error('TLA1005', end + 1, 'strings have no such escape', 'the escapes are \\n \\t \\r \\f \\\\ and \\"');
        this.at = at;
        value += '\\';
      } else {
        value += escape;
        end++;
      }
    }
    this.emit('string', value, end);
  }

  private symbol(c: number): boolean {
    const { source } = this;
    if (c === 45 && source.startsWith('----', this.at)) return this.line4(45, '----');
    if (c === 61 && source.startsWith('====', this.at)) return this.line4(61, '====');
    if (c === 60) {
      const step = /^<(?:\d+|\+|\*)>\w*\.*/.exec(source.slice(this.at, this.at + 80));
      if (step) {
        this.emit('step', step[0].replace(/\.*$/, ''), this.at + step[0].length);
        return true;
      }
    }
    for (const { spelling, kind, text } of SYMBOLS.get(c) ?? []) {
      if (spelling.length === 1 || source.startsWith(spelling, this.at)) {
        this.emit(kind, text, this.at + spelling.length);
        return true;
      }
    }
    return false;
  }

  private line4(c: number, kind: '----' | '===='): true {
    let end = this.at;
    while (this.source.charCodeAt(end) === c) end++;
    this.emit(kind, kind, end);
    if (kind === '====' && --this.depth === 0) this.depth = -1;
    return true;
  }

  private lineComment(): void {
    const start = this.at;
    let end = start;
    for (let c = this.source.charCodeAt(end); c !== NEWLINE && c !== RETURN && end < this.source.length;) {
      c = this.source.charCodeAt(++end);
    }
    this.tokens.comments.push({ start, end, line: this.line, endLine: this.line });
    this.at = end;
  }

  private blockComment(): void {
    const { source } = this;
    const start = this.at;
    const line = this.line;
    const opened = { at: this.at, line: this.line, lineStart: this.lineStart, shift: this.shift };
    let depth = 0;
    while (this.at < source.length) {
      const c = source.charCodeAt(this.at);
      if (c !== 40 && c !== 42) {
        if (c <= RETURN) this.skipOne(c);
        else this.at++;
        continue;
      }
      const next = source.charCodeAt(this.at + 1);
      if (c === 40 && next === 42) {
        depth++;
        this.at += 2;
      } else if (c === 42 && next === 41) {
        depth--;
        this.at += 2;
        if (depth === 0) {
          this.tokens.comments.push({ start, end: this.at, line, endLine: this.line });
          return;
        }
      } else this.at++;
    }
    const end = { at: this.at, line: this.line, lineStart: this.lineStart, shift: this.shift };
    Object.assign(this, opened);
    this.error(
      'TLA1003',
      start + 2,
      'the comment that begins here does not end',
      'comments nest: each `(*` needs its own `*)`',
    );
    Object.assign(this, end);
  }

  private unknown(): void {
    const code = this.source.codePointAt(this.at) ?? 0;
    const end = this.at + (code > 0xffff ? 2 : 1);
    const character = String.fromCodePoint(code);
    const shown =
      code < 33 || code === 127 ? `U+${code.toString(16).toUpperCase().padStart(4, '0')}` : `\`${character}\``;
    this.error('TLA1001', end, `no TLA+ token begins with ${shown}`, HELP_FOR_CHARACTER[character]);
    this.at = end;
  }

  private error(code: DiagnosticCode, end: number, message: string, help?: string): void {
    const column = this.at - this.lineStart + 1;
    const span = {
      file: this.tokens.file,
      line: this.line,
      column,
      offset: this.at,
      endLine: this.line,
      endColumn: column + end - this.at,
      endOffset: end,
    };
    this.diagnostics.push(errorAt(code, span, message, { help }));
  }
}

const HELP_FOR_CHARACTER: Readonly<Record<string, string>> = {
  ';': 'TLA+ definitions have no terminator; semicolons belong to PlusCal',
  '“': 'strings are written with the plain quotation mark "',
  '”': 'strings are written with the plain quotation mark "',
  '`': 'strings are written with the plain quotation mark "',
  '?': 'the operator is `??`',
};
