/**
 * Which values a part of a state can have, and how they are written into bits. A value of at most 32 bits lies in one word, at any shift; a larger
 * one takes whole words. Integers are kept as their distance from the least, enumerated values as their number, sets as a bit for each element of a
 * universe, functions, records and tuples as their values one after the other, sequences as length and slots.
 */

import type { ValueTable } from '../values/value-table.js';
import { compareValues } from '../values/order.js';

/** One of two, one of a range, one of a list: what a JavaScript integer stands for. */
export type ScalarDomain = BoolDomain | IntDomain | EnumDomain;

export type Domain = ScalarDomain | SetDomain | ProductDomain | SequenceDomain | WordDomain;

interface Sized {
  /** Structure as text: equal keys, equal domains. */
  readonly key: string;
  /** Bits in its only word; 32 where it has several. */
  readonly bits: number;
  readonly words: number;
}

export interface BoolDomain extends Sized {
  readonly kind: 'bool';
}

export interface IntDomain extends Sized {
  readonly kind: 'int';
  readonly low: number;
  readonly high: number;
}

/** Values in TLC's order of values, so that bits mean the same whatever the table of values has met before. */
export interface EnumDomain extends Sized {
  readonly kind: 'enum';
  readonly values: readonly unknown[];
  readonly valueWords: readonly number[];
  readonly indexOf: ReadonlyMap<number, number>;
}

/** Sets of elements of a universe. */
export interface SetDomain extends Sized {
  readonly kind: 'set';
  readonly universe: EnumDomain;
}

/** Where a part of a larger value lies. */
export interface Slot {
  readonly domain: Domain;
  readonly word: number;
  readonly shift: number;
}

/** Functions with one domain. */
export interface ProductDomain extends Sized {
  readonly kind: 'product';
  /** Arguments, in TLC's order of values. */
  readonly keys: EnumDomain;
  readonly slots: readonly Slot[];
  /** All parts are alike and lie one after the other: where the i-th lies can be computed. */
  readonly uniform: boolean;
}

/** Sequences of at most `slots.length` elements; slots beyond the length are 0. */
export interface SequenceDomain extends Sized {
  readonly kind: 'sequence';
  readonly element: Domain;
  readonly length: Slot;
  readonly slots: readonly Slot[];
}

/** Any value, as its word in the table of values. */
export interface WordDomain extends Sized {
  readonly kind: 'word';
}

/** Bits for the numbers `0 .. count - 1`. */
export const bitsFor = (count: number): number => (count <= 1 ? 0 : 32 - Math.clz32(count - 1));

/** Integers of a domain without bounds. */
export const leastInt = -(2 ** 30);
export const greatestInt = 2 ** 30 - 1;

/** Bits that are 1: `count` of them. */
export const ones = (count: number): number => (count >= 32 ? -1 : 2 ** count - 1);

export const bool: BoolDomain = { kind: 'bool', key: 'b', bits: 1, words: 1 };
export const anyValue: WordDomain = { kind: 'word', key: 'w', bits: 32, words: 1 };

export const intDomain = (low: number, high: number): IntDomain => ({
  kind: 'int',
  key: `i${low}..${high}`,
  bits: bitsFor(high - low + 1),
  words: 1,
  low,
  high,
});

export const enumDomain = (values: readonly unknown[], table: ValueTable): EnumDomain => {
  const valueOf = new Map(values.map((value) => [table.encode(value), value]));
  const ordered = [...valueOf].toSorted(([, a], [, b]) => compareValues(a, b, table));
  const valueWords = ordered.map(([word]) => word);
  return {
    kind: 'enum',
    key: `e${valueWords.join()}`,
    bits: bitsFor(valueWords.length),
    words: 1,
    values: ordered.map(([, value]) => value),
    valueWords,
    indexOf: new Map(valueWords.map((word, i) => [word, i])),
  };
};

export const setDomain = (universe: EnumDomain): SetDomain => {
  const count = universe.values.length;
  const words = Math.max(1, Math.ceil(count / 32));
  return { kind: 'set', key: `s(${universe.key})`, bits: words === 1 ? count : 32, words, universe };
};

/** Lays parts out one after the other, none across the border of two words, large ones in words of their own. */
export class Packer {
  private word = 0;
  private shift = 0;

  place(domain: Domain): Slot {
    if (this.shift > 0 && this.shift + (domain.words > 1 ? 32 : domain.bits) > 32) {
      this.word++;
      this.shift = 0;
    }
    const slot = { domain, word: this.word, shift: this.shift };
    if (domain.words > 1) this.word += domain.words;
    else this.shift += domain.bits;
    return slot;
  }

  get words(): number {
    return this.word + (this.shift > 0 ? 1 : 0);
  }

  /** Size of all that was placed. */
  get size(): { readonly bits: number; readonly words: number } {
    return this.words <= 1 && this.word === 0 ? { bits: this.shift, words: 1 } : { bits: 32, words: this.words };
  }
}

export const productDomain = (keys: EnumDomain, parts: readonly Domain[]): ProductDomain => {
  const packer = new Packer();
  const slots = parts.map((part) => packer.place(part));
  const { bits, words } = packer.size;
  const uniform = parts.every(({ key }) => key === parts[0]?.key);
  return {
    kind: 'product',
    key: `p(${keys.key}:${parts.map(({ key }) => key).join(';')})`,
    bits,
    words,
    keys,
    slots,
    uniform,
  };
};

export const sequenceDomain = (element: Domain, most: number): SequenceDomain => {
  const packer = new Packer();
  const length = packer.place(intDomain(0, most));
  const slots = Array.from({ length: most }, () => packer.place(element));
  const { bits, words } = packer.size;
  return { kind: 'sequence', key: `q(${element.key}*${most})`, bits, words, element, length, slots };
};

/** Values of a scalar domain. */
export const sizeOf = (domain: ScalarDomain): number => {
  if (domain.kind === 'bool') return 2;
  return domain.kind === 'int' ? domain.high - domain.low + 1 : domain.values.length;
};

export const isScalar = (domain: Domain): domain is ScalarDomain =>
  domain.kind === 'bool' || domain.kind === 'int' || domain.kind === 'enum';

/** The domain if it is one of sets. */
export const asSet = (domain: Domain | undefined): SetDomain | undefined =>
  domain?.kind === 'set' ? domain : undefined;
