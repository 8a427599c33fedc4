/**
 * Operators on words, without the values that they stand for: what the text of remembered values (../memo) calls when a set or a function is new. Each does what the
 * operator of the library does, and asks it where the words have no form that is known here.
 */
import type { Library } from './library.js';
import { absent } from './memo.js';
import { SpecError } from './values.js';
import type { ValueTable } from './value-table.js';

/** See the head of the file. */
export const wordOperations = (table: ValueTable, library: Library) => {
  const { encode, decode } = table;
  const part = (compute: () => unknown): number => {
    try {
      return encode(compute());
    } catch (error) {
      if (error instanceof SpecError) return absent;
      throw error;
    }
  };
  return {
    wordsOf: (values: Iterable<unknown>): number[] => {
      const words: number[] = [];
      for (const value of values) words.push(encode(value));
      return words;
    },
    /** The word of what is computed; of what fails, the word of a part that is not there. */
    part,
    /** The words of the elements of a set. */
    elementsOf: (set: number): readonly number[] =>
      table.isSet(set) ? table.elementWords(set) : library.set(decode(set)).words(),
    partAt: (f: number, x: number): number => {
      if (f === absent || x === absent) return absent;
      const word = table.at(f, x);
      return word === undefined ? part(() => library.apply(decode(f), decode(x))) : word;
    },
    partNamed: (r: number, name: string): number =>
      r === absent ? absent : part(() => library.field(decode(r), name)),
    memberWord: (x: number, set: number): boolean =>
      (table.isSet(set) && table.hasElement(set, x)) || library.member(decode(x), decode(set)),
    /** The set with one element more. */
    withElement: (set: number, x: number): number =>
      table.isSet(set) ? table.withElement(set, x) : encode(library.union(decode(set), library.setOf([decode(x)]))),
    /** `[f EXCEPT ![x] = v]`; a part of a part that is not there stays away. */
    replaced: (f: number, x: number, v: number): number => {
      if (f === absent || x === absent || v === absent) return f;
      return table.replaced(f, x, v) ?? encode(library.update(decode(f), decode(x), () => decode(v)));
    },
    /** Whether the values of two words are equal. */
    equalWords: (a: number, b: number): boolean => {
      if (a === b) return true;
      const areIntegers = (a & 3) === 1 && (b & 3) === 1;
      return !areIntegers && library.equal(decode(a), decode(b));
    },
    filterWords: (set: number, test: (word: number) => boolean): number => {
      if (!table.isSet(set)) return absent;
      try {
        return table.setWord(table.elementWords(set).filter(test));
      } catch (error) {
        if (error instanceof SpecError) return absent;
        throw error;
      }
    },
    everyWord: (words: readonly number[], test: (word: number) => boolean): boolean => {
      for (let i = 0; i < words.length; i++) if (!test(words[i] as number)) return false;
      return true;
    },
    someWord: (words: readonly number[], test: (word: number) => boolean): boolean => {
      for (let i = 0; i < words.length; i++) if (test(words[i] as number)) return true;
      return false;
    },
  };
};
