/**
 * What packed code asks the values for: expressions without a packed form, evaluated by the code for values and remembered by the words that they depend on, and the
 * way between bits and words of values.
 */
import { type Domain, ones } from './domains.js';
import { Overflow, type ValuePacker } from './pack-values.js';
import { Memos, absent, missing } from '../values/memo.js';
import { NodeTable } from '../values/node-table.js';
import { SetValue, SpecError } from '../values/values.js';
import type { ValueTable } from '../values/value-table.js';

/** Evaluates an expression on values. */
export type Evaluate = (...values: unknown[]) => unknown;

/** Values that are remembered for a domain. */
const mostKept = 1 << 20;

export class Outside {
  /** What packed code calls, by number: with words, giving the word of the value, or `absent` where there is none. */
  readonly evaluated: ((...words: number[]) => number)[] = [];
  /** By number: bits in the first words of `scratch`, giving the word of the value. */
  readonly wordsOf: (() => number)[] = [];
  /** By number: the bits of the value with a word; undefined where the domain lacks it. */
  readonly fitted: ((word: number) => readonly number[] | undefined)[] = [];
  readonly scratch = new Uint32Array(1024);
  private readonly memos = new Memos();

  constructor(
    private readonly table: ValueTable,
    private readonly packer: ValuePacker,
  ) {}

  /** Bytes of what is remembered. */
  get bytes(): number {
    return this.memos.bytes;
  }

  /** @param make makes the evaluator, when it is needed for the first time. @returns the number in `evaluated` */
  evaluation(inputs: number, make: () => Evaluate): number {
    const { encode, decode } = this.table;
    let evaluate: Evaluate | undefined;
    const compute = (words: readonly number[]): number => {
      evaluate ??= make();
      try {
        return encode(evaluate(...words.map(decode)));
      } catch (error) {
        if (error instanceof SpecError) return absent;
        throw error;
      }
    };
    if (inputs === 0) {
      let only: number | undefined;
      return this.evaluated.push(() => (only ??= compute([]))) - 1;
    }
    const memo = this.memos.table(inputs);
    const of = (...words: number[]): number => {
      const known = memo.find(...words);
      return known === missing ? memo.put(...words, compute(words)) : known;
    };
    return this.evaluated.push(of) - 1;
  }

  /** The words of the elements of a set; undefined where they cannot be told. */
  readonly elementsOf = (word: number): readonly number[] | undefined => {
    if (this.table.isSet(word)) return this.table.elementWords(word);
    const set = this.table.decode(word);
    try {
      return set instanceof SetValue ? set.words() : undefined;
    } catch (error) {
      if (error instanceof SpecError) return undefined;
      throw error;
    }
  };

  /** @returns the number in `wordsOf` */
  unpacking(domain: Domain): number {
    const { table, packer, scratch } = this;
    const compute = (): number => table.encode(packer.unpack({ domain, word: 0, shift: 0 }, scratch, 0));
    let nodes = new NodeTable();
    let words: number[] = [];
    const of = (): number => {
      if (nodes.size >= mostKept) {
        nodes = new NodeTable();
        words = [];
      }
      const node = nodes.add(0, scratch, 0, domain.words);
      return (words[node] ??= compute());
    };
    return this.wordsOf.push(of) - 1;
  }

  /** @returns the number in `fitted` */
  packing(domain: Domain): number {
    const { table, packer } = this;
    const known = new Map<number, readonly number[] | undefined>();
    const compute = (word: number): readonly number[] | undefined => {
      const bits = Array.from({ length: domain.words }, () => 0);
      try {
        packer.pack({ domain, word: 0, shift: 0 }, table.decode(word), bits, 0);
      } catch (error) {
        if (error instanceof Overflow) return undefined;
        throw error;
      }
      return bits.map((one) => (one & ones(domain.bits)) | 0);
    };
    const of = (word: number): readonly number[] | undefined => {
      if (known.has(word)) return known.get(word);
      if (known.size >= mostKept) known.clear();
      const bits = compute(word);
      known.set(word, bits);
      return bits;
    };
    return this.fitted.push(of) - 1;
  }
}
