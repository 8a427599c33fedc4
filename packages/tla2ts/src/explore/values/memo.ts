/**
 * Remembers the values of an expression by the words that it depends on: a table with two places for each combination of words, of which an older one makes
 * room for a newer one. Classes are made by number of words, so that looking up is a few comparisons of integers.
 */

/** Found for words that are not in the table; no value has this word. */
export const missing = 3;

/** In the place of a word of a part that is not there, such as `f[x]` with x outside of the domain. */
export const absent = 7;

/** Places of a table: to start with, at most, and of all tables together. */
const firstBits = 6;
const mostBits = 17;
const mostPlaces = 2 ** 22;

/** Lists longer than this are made anew. */
const longestKept = 2 ** 16;
const mostLists = 2 ** 16;

/** A table of one expression. */
export interface Memo {
  readonly find: (...words: number[]) => number;
  /** @returns the value */
  readonly put: (...wordsAndValue: number[]) => number;
  readonly lists: (readonly number[])[];
  /** @returns the list */
  readonly putList: (...wordsAndList: [...number[], readonly number[]]) => readonly number[];
}

/** All tables of a program. */
export class Memos {
  /** Places of all tables. */
  places = 0;
  private readonly classes = new Map<number, new () => Memo>();
  private bytesOf = 0;

  /** Bytes of all tables. */
  get bytes(): number {
    return this.bytesOf;
  }

  /** A table for an expression that depends on so many words. */
  readonly table = (words: number): Memo => {
    let made = this.classes.get(words);
    if (made === undefined) {
      made = this.classOf(words);
      this.classes.set(words, made);
    }
    return new made();
  };

  /** Whether a table may grow to so many places, of so many bytes more. */
  private mayGrow(bits: number, bytes: number): boolean {
    const more = 2 ** (bits - 1);
    if (bits > mostBits || this.places + more > mostPlaces) return false;
    this.places += more;
    this.bytesOf += bytes;
    return true;
  }

  private classOf(words: number): new () => Memo {
    const names = Array.from({ length: words }, (_, i) => `w${i}`);
    const stride = 2 ** Math.ceil(Math.log2(words + 1));
    const hash = names.map((name) => `h = Math.imul(h ^ ${name}, 0x9e3779b1); h ^= h >>> 15;`).join(' ');
    const same = (at: string): string =>
      names.map((name, i) => `t[${at}${i === 0 ? '' : ` + ${i}`}] === ${name}`).join(' && ');
    const place = `let h = ${words}; ${hash} h = (Math.imul(h, 0x85ebca6b) >>> this.shift) * ${stride};`;
    const text = `'use strict';
return class {
  constructor() {
    this.bits = ${firstBits};
    this.shift = 32 - this.bits;
    this.table = new Int32Array(2 ** this.bits * ${stride}).fill(${missing});
    this.left = 2 ** this.bits;
    this.lists = [];
  }
  find(${names.join(', ')}) {
    ${place}
    const t = this.table;
    if (${same('h')}) return t[h + ${words}];
    h ^= ${stride};
    return ${same('h')} ? t[h + ${words}] : ${missing};
  }
  put(${names.join(', ')}, value) {
    if (--this.left < 0) this.grow();
    ${place}
    const t = this.table;
    if (t[h] !== ${missing}) {
      const other = h ^ ${stride};
      for (let i = 0; i <= ${words}; i++) t[other + i] = t[h + i];
    }
    ${names.map((name, i) => `t[h + ${i}] = ${name};`).join(' ')}
    t[h + ${words}] = value;
    return value;
  }
  putList(${names.join(', ')}, list) {
    if (list.length > ${longestKept}) return list;
    if (this.lists.length >= ${mostLists}) {
      this.table.fill(${missing});
      this.lists = [];
    }
    this.lists.push(list);
    this.put(${names.join(', ')}, (this.lists.length - 1) << 2);
    return list;
  }
  grow() {
    const old = this.table;
    if (!mayGrow(this.bits + 1, old.byteLength)) {
      this.left = Infinity;
      return;
    }
    this.bits++;
    this.shift--;
    this.table = new Int32Array(old.length * 2).fill(${missing});
    this.left = 2 ** this.bits;
    for (let i = 0; i < old.length; i += ${stride}) {
      if (old[i] !== ${missing}) this.put(${names.map((_, i) => `old[i + ${i}]`).join(', ')}, old[i + ${words}]);
    }
    this.left = 2 ** (this.bits - 1);
  }
};`;
    const mayGrow = (bits: number, bytes: number): boolean => this.mayGrow(bits, bytes);
    return (new Function('mayGrow', text) as (mayGrow: unknown) => new () => Memo)(mayGrow);
  }
}
