/** What the compiler knows of a value: the value itself, or texts of the words that it is at run time. */
import type { EnumDomain, ProductDomain, SequenceDomain, SetDomain } from './domains.js';

export type Val =
  | { readonly kind: 'const'; readonly value: unknown }
  /** Text of a JavaScript Boolean. */
  | { readonly kind: 'bool'; readonly text: string; readonly bits?: BitTest }
  /** Text of a number from `low` to `high`. */
  | { readonly kind: 'int'; readonly text: string; readonly low: number; readonly high: number }
  /** Text of the number of a value. */
  | { readonly kind: 'enum'; readonly text: string; readonly domain: EnumDomain }
  | PackedVal
  /** A function, tuple or record whose values are known one by one; in the order of `keys`. */
  | { readonly kind: 'parts'; readonly keys: EnumDomain; readonly parts: readonly Val[] }
  /** Text of the word of any value. */
  | { readonly kind: 'word'; readonly text: string }
  /** `low .. high` */
  | { readonly kind: 'interval'; readonly low: Val; readonly high: Val }
  /** `SUBSET S`: gone through, never stored. */
  | PowerSetVal;

export interface PowerSetVal {
  readonly kind: 'powerSet';
  readonly domain: SetDomain;
  /** Of the base, from bit 0 on. */
  readonly words: readonly string[];
  /** As of the base. */
  readonly possible?: ReadonlySet<number>;
}

/** Bits as they lie in a state: from `shift` on in the only word, with others around them; or whole words. */
export interface PackedVal {
  readonly kind: 'packed';
  readonly domain: SetDomain | ProductDomain | SequenceDomain;
  readonly words: readonly string[];
  readonly shift: number;
  /** Of a set: the numbers of the elements that it may have; undefined: all of the universe. */
  readonly possible?: ReadonlySet<number>;
}

export type BoolVal = Extract<Val, { kind: 'bool' | 'const' }>;

export const wordVal = (text: string): Val => ({ kind: 'word', text });

export const constant = (value: unknown): Val => ({ kind: 'const', value });
/** Text that may stand behind any operator. */
export const boolVal = (text: string): BoolVal => ({ kind: 'bool', text: /^[\w$]+$/.test(text) ? text : `(${text})` });

/** A test of some bits of a word: whether any, none, or all of them are 1. */
interface BitTest {
  readonly word: string;
  readonly mask: number;
  readonly how: 'any' | 'none' | 'all';
}

export const bitTest = (word: string, mask: number, how: BitTest['how'] = 'any'): BoolVal => {
  const bits = mask < 0 ? `(${mask})` : String(mask);
  const result = how === 'any' ? '!== 0' : how === 'none' ? '=== 0' : `=== ${bits}`;
  return { kind: 'bool', text: `((${word} & ${bits}) ${result})`, bits: { word, mask, how } };
};

/** Two tests of one word as one; undefined where that is none. */
export const mergedTests = (a: BoolVal, b: BoolVal, conjunction: boolean): BoolVal | undefined => {
  if (a.kind !== 'bool' || b.kind !== 'bool' || a.bits === undefined || b.bits?.word !== a.bits.word) return undefined;
  const [x, y] = [a.bits, b.bits];
  const mask = x.mask | y.mask;
  if (!conjunction) return x.how === 'any' && y.how === 'any' ? bitTest(x.word, mask) : undefined;
  if (x.how === 'none' && y.how === 'none') return bitTest(x.word, mask, 'none');
  const all = (test: BitTest): boolean =>
    test.how === 'all' || (test.how === 'any' && (test.mask & (test.mask - 1)) === 0);
  return all(x) && all(y) ? bitTest(x.word, mask, 'all') : undefined;
};

/** The opposite of a test of bits; undefined where it is none. */
export const oppositeTest = ({ word, mask, how }: BitTest): BoolVal | undefined =>
  how === 'all' ? undefined : bitTest(word, mask, how === 'any' ? 'none' : 'any');

export const intVal = (text: string, low: number, high: number): Val =>
  low === high ? constant(low) : { kind: 'int', text, low, high };

/** A value that is a scalar at run time. */
export type ScalarVal = Extract<Val, { kind: 'bool' | 'int' | 'enum' }>;

export const isScalarVal = (val: Val): val is ScalarVal =>
  val.kind === 'bool' || val.kind === 'int' || val.kind === 'enum';
