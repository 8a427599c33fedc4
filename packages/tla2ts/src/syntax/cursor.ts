/** Where the parser stands in the tokens, what it expects, and how it complains. */
import type { Diagnostic, DiagnosticCode } from '../diagnostics/diagnostic.js';
import { errorAt } from '../diagnostics/sink.js';
import type { Name, Span } from './ast.js';
import type { TokenKind, TokenStream } from './tokens.js';

/** Ends the unit that is being parsed; the parser goes on with the next one. Never leaves this folder. */
export class ParseFailure extends Error {
  constructor(readonly diagnostic: Diagnostic) {
    super(diagnostic.message);
  }
}

/** Deeper nesting and longer chains are refused, so that no phase can exhaust its stack. */
const MAX_DEPTH = 1000;

/** Reserved words and operators that are words may be names of record fields and modules. */
const WORD = /^[A-Z]/;

/** The kinds of tokens that are reserved words. */
const RESERVED = /^[A-Z]{2,}$/;

export class Cursor {
  protected position = 0;
  /**
   * The indent of the bullets of the innermost junction list that is open, -1 outside of lists. A token at or left of it does
   * not belong to the list's current item, whatever brackets are open: it reads as `outdent`.
   */
  protected limit = -1;
  private depth = 0;
  readonly diagnostics: Diagnostic[] = [];

  constructor(protected readonly tokens: TokenStream) {}

  /** The kind of the current token as the innermost junction list sees it. */
  protected get kind(): TokenKind | 'outdent' {
    const { position, tokens } = this;
    return tokens.indent(position) > this.limit ? (tokens.kinds[position] ?? 'end') : 'outdent';
  }

  protected get text(): string {
    return this.tokens.texts[this.position] ?? '';
  }

  protected rawKind(position: number): TokenKind {
    return this.tokens.kinds[position] ?? 'end';
  }

  protected rawText(position: number): string {
    return this.tokens.texts[position] ?? '';
  }

  protected isOperator(name: string): boolean {
    return this.kind === 'operator' && this.text === name;
  }

  /** Like `kind === ...`, for where the compiler would remember what `kind` was before the last move. */
  protected is(kind: TokenKind): boolean {
    return this.kind === kind;
  }

  protected accept(kind: TokenKind): boolean {
    if (this.kind !== kind) return false;
    this.position++;
    return true;
  }

  /** Goes past a token that has to be here; `purpose` says what for: "to close the `(` in line 3". */
  protected expect(kind: TokenKind, purpose: string): void {
    if (this.kind === kind) this.position++;
    else throw this.unexpected(`\`${kind}\` ${purpose}`);
  }

  protected expectOperator(name: string, purpose: string): void {
    if (this.isOperator(name)) this.position++;
    else throw this.unexpected(`\`${name}\` ${purpose}`);
  }

  /** The closing bracket for the opening one at `opened`. */
  protected close(kind: TokenKind, opened: number): void {
    if (this.kind === kind) {
      this.position++;
      return;
    }
    const span = this.tokens.span(opened, opened);
    const bracket = this.tokens.source.slice(span.offset, span.endOffset);
    const mismatch = /^(?:[)\]}]|>>|\]_|>>_)$/.test(this.kind);
    throw this.failure(mismatch ? 'TLA1105' : this.mismatchCode(), `${this.found()}, expected \`${kind}\``, {
      notes: [{ message: `the \`${bracket}\` that is open`, span }],
    });
  }

  protected name(what: string): Name {
    if (this.kind !== 'identifier')
      throw this.unexpected(what, undefined, RESERVED.test(this.kind) ? 'TLA1108' : undefined);
    const name = { text: this.text, span: this.spanHere() };
    this.position++;
    return name;
  }

  /** A name that may be a reserved word. */
  protected word(what: string): Name {
    const { kind, text } = this;
    if (kind !== 'identifier' && (kind === 'outdent' || kind === 'string' || !WORD.test(text)))
      throw this.unexpected(what);
    const name = { text, span: this.spanHere() };
    this.position++;
    return name;
  }

  protected spanHere(): Span {
    return this.tokens.span(this.position, this.position);
  }

  /** From the token at `first` to the one before the current. */
  protected spanSince(first: number): Span {
    return this.tokens.span(first, Math.max(first, this.position - 1));
  }

  /** Counts the nesting around `parse`. */
  protected enter(): void {
    if (++this.depth > MAX_DEPTH) {
      throw this.failure('TLA1110', 'the expression is nested too deeply', {
        help: `give parts of it names of their own; the limit is ${MAX_DEPTH} levels`,
      });
    }
  }

  protected leave(levels = 1): void {
    this.depth -= levels;
  }

  /** How deep the parser is; to go back to after a failure. */
  protected get nesting(): number {
    return this.depth;
  }

  protected resetNesting(depth: number): void {
    this.depth = depth;
    this.limit = -1;
  }

  /** "found X, expected Y", at the current token. */
  protected unexpected(expected: string, help?: string, code?: DiagnosticCode): ParseFailure {
    return this.failure(code ?? this.mismatchCode(), `${this.found()}, expected ${expected}`, {
      help: help ?? this.helpHere(),
    });
  }

  protected failure(
    code: DiagnosticCode,
    message: string,
    details: { readonly help?: string | undefined; readonly notes?: Diagnostic['notes'] } = {},
  ): ParseFailure {
    return new ParseFailure(errorAt(code, this.spanHere(), message, details));
  }

  private mismatchCode(): DiagnosticCode {
    return this.kind === 'outdent' ? 'TLA1106' : 'TLA1102';
  }

  private found(): string {
    const kind = this.rawKind(this.position);
    const span = this.spanHere();
    const source = this.tokens.source.slice(span.offset, span.endOffset);
    if (this.kind === 'outdent' && kind !== 'end' && kind !== '====') {
      const indent = this.tokens.indent(this.position);
      return `found \`${source}\` in column ${indent + 1}, not right of the list's bullets in column ${this.limit + 1}`;
    }
    switch (kind) {
      case 'end':
        return 'found the end of the file';
      case '====':
        return 'found the end of the module';
      case 'identifier':
        return `found the name \`${source}\``;
      case 'number':
      case 'decimal':
        return `found the number ${source}`;
      case 'string':
        return `found the string ${source}`;
      default:
        return RESERVED.test(kind) ? `found the reserved word \`${source}\`` : `found \`${source}\``;
    }
  }

  private helpHere(): string | undefined {
    if (this.kind === 'outdent') return 'indent it to the right of the bullets, or give the list brackets of its own';
    if (this.isOperator('=')) return 'definitions are written with `==`';
    if (this.kind === '==') return 'equality is written with `=`; or the definition before this one is not complete';
    return undefined;
  }
}
