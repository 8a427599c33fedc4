/** Tokens, kept as arrays: a module of 1 MB has some 200,000 of them. */
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

/** Numbers of each token: where it starts and ends, its line, its column, its indent. */
const numbersPerToken = 5;

export class TokenStream {
  readonly kinds: TokenKind[] = [];
  /** The name of an identifier, the canonical name of an operator, the text of a number, the value of a string. */
  readonly texts: string[] = [];
  /** Only strings never span lines and comments are no tokens, so a token ends on the line where it starts. */
  readonly comments: Comment[] = [];
  private numbers: Int32Array;

  constructor(
    readonly file: string,
    readonly source: string,
  ) {
    // A token and what is between it and the next are some five characters long.
    this.numbers = new Int32Array(Math.ceil(source.length / 5 + 16) * numbersPerToken);
  }

  /** Offset of the first character. */
  start(token: number): number {
    return this.number(token, 0);
  }

  /** Offset behind the last character. */
  end(token: number): number {
    return this.number(token, 1);
  }

  /** From 1. */
  line(token: number): number {
    return this.number(token, 2);
  }

  /** From 1, in characters, for messages. */
  column(token: number): number {
    return this.number(token, 3);
  }

  /** From 0, a tab leading to the next multiple of 8: the columns that junction lists compare. */
  indent(token: number): number {
    return this.number(token, 4);
  }

  /** 0 for what is no token. */
  private number(token: number, which: number): number {
    return this.numbers[token * numbersPerToken + which] ?? 0;
  }

  push(kind: TokenKind, text: string, start: number, end: number, line: number, column: number, indent: number): void {
    const at = this.kinds.length * numbersPerToken;
    if (at + numbersPerToken > this.numbers.length) {
      const larger = new Int32Array(this.numbers.length * 2);
      larger.set(this.numbers);
      this.numbers = larger;
    }
    this.kinds.push(kind);
    this.texts.push(text);
    const { numbers } = this;
    numbers[at] = start;
    numbers[at + 1] = end;
    numbers[at + 2] = line;
    numbers[at + 3] = column;
    numbers[at + 4] = indent;
  }

  /** From the start of one token to the end of another, which may be the same. */
  span(first: number, last: number): Span {
    const endOffset = this.end(last);
    return {
      file: this.file,
      line: this.line(first),
      column: this.column(first),
      offset: this.start(first),
      endLine: this.line(last),
      endColumn: this.column(last) + endOffset - this.start(last),
      endOffset,
    };
  }
}
