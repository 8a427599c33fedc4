/** Tokens, kept as parallel arrays: a module of 1 MB has some 200,000 of them. */
import type { Span } from './span.js';

/** Words that cannot be used as identifiers. TRUE, FALSE, BOOLEAN and STRING are operators of the language, not reserved words. */
export const KEYWORDS = [
  'ACTION',
  'ASSUME',
  'ASSUMPTION',
  'AXIOM',
  'BY',
  'CASE',
  'CHOOSE',
  'CONSTANT',
  'CONSTANTS',
  'COROLLARY',
  'DEF',
  'DEFINE',
  'DEFS',
  'ELSE',
  'EXCEPT',
  'EXTENDS',
  'HAVE',
  'HIDE',
  'IF',
  'IN',
  'INSTANCE',
  'LAMBDA',
  'LEMMA',
  'LET',
  'LOCAL',
  'MODULE',
  'NEW',
  'OBVIOUS',
  'OMITTED',
  'ONLY',
  'OTHER',
  'PICK',
  'PROOF',
  'PROPOSITION',
  'PROVE',
  'QED',
  'RECURSIVE',
  'STATE',
  'SUFFICES',
  'TAKE',
  'TEMPORAL',
  'THEN',
  'THEOREM',
  'USE',
  'VARIABLE',
  'VARIABLES',
  'WITH',
  'WITNESS',
] as const;

type Keyword = (typeof KEYWORDS)[number];

/** Spellings of tokens that are neither operators nor words, to their kind. */
export const PUNCTUATION = {
  '(': '(',
  ')': ')',
  '[': '[',
  ']': ']',
  ']_': ']_',
  '{': '{',
  '}': '}',
  '<<': '<<',
  '⟨': '<<',
  '>>': '>>',
  '⟩': '>>',
  '>>_': '>>_',
  '⟩_': '>>_',
  ',': ',',
  ':': ':',
  '::': '::',
  '∷': '::',
  '.': '.',
  '!': '!',
  '@': '@',
  '==': '==',
  '≜': '==',
  '->': '->',
  '→': '->',
  '<-': '<-',
  '←': '<-',
  '|->': '|->',
  '↦': '|->',
  '\\A': '\\A',
  '\\forall': '\\A',
  '∀': '\\A',
  '\\E': '\\E',
  '\\exists': '\\E',
  '∃': '\\E',
  '\\AA': '\\AA',
  '\\EE': '\\EE',
} as const;

type Punctuation = (typeof PUNCTUATION)[keyof typeof PUNCTUATION];

export type TokenKind =
  | Keyword
  | Punctuation
  /** Any operator symbol or word (ENABLED, DOMAIN, ...); its text is canonical. */
  | 'operator'
  | 'identifier'
  | 'number'
  | 'decimal'
  | 'string'
  | 'WF_'
  | 'SF_'
  | '_'
  /** The name of a proof step: `<1>2.` */
  | 'step'
  | '----'
  | '===='
  /** The end of the file, or of what could be read of it. */
  | 'end';

/** A comment, for the doc comments of definitions. */
export interface Comment {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly endLine: number;
}

export class TokenStream {
  readonly kinds: TokenKind[] = [];
  /** The name of an identifier, the canonical name of an operator, the text of a number, the value of a string. */
  readonly texts: string[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly lines: number[] = [];
  /** From 1, in characters, for messages. */
  readonly columns: number[] = [];
  /** From 0, a tab leading to the next multiple of 8: the columns that junction lists compare. */
  readonly indents: number[] = [];
  /** Only strings never span lines and comments are no tokens, so a token ends on the line where it starts. */
  readonly comments: Comment[] = [];

  constructor(
    readonly file: string,
    readonly source: string,
  ) {}

  push(kind: TokenKind, text: string, start: number, end: number, line: number, column: number, indent: number): void {
    this.kinds.push(kind);
    this.texts.push(text);
    this.starts.push(start);
    this.ends.push(end);
    this.lines.push(line);
    this.columns.push(column);
    this.indents.push(indent);
  }

  /** From the start of one token to the end of another, which may be the same. */
  span(first: number, last: number): Span {
    const line = this.lines[first] ?? 1;
    const column = this.columns[first] ?? 1;
    const offset = this.starts[first] ?? 0;
    const endOffset = this.ends[last] ?? offset;
    return {
      file: this.file,
      line,
      column,
      offset,
      endLine: this.lines[last] ?? line,
      endColumn: (this.columns[last] ?? column) + endOffset - (this.starts[last] ?? endOffset),
      endOffset,
    };
  }
}
