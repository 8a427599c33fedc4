/** A finite set as the ascending words of its elements: equality, union and membership are work on integers. */
import { ModelValue, SetValue } from './values.js';
import type { ValueTable } from './value-table.js';

/** Sets larger than this look elements up in a hash table. */
const smallSet = 16;

export class WordSet extends SetValue {
  private values: readonly unknown[] | undefined = undefined;
  /** An element that is no model value: those can be compared with anything. */
  private plain: unknown = undefined;
  private lookup: ReadonlySet<number> | undefined = undefined;

  constructor(
    private readonly table: ValueTable,
    private readonly sorted: readonly number[],
  ) {
    super();
  }

  override get size(): number {
    return this.sorted.length;
  }

  words(): readonly number[] {
    return this.sorted;
  }

  elements(): readonly unknown[] {
    this.values ??= this.sorted.map(this.table.decode);
    return this.values;
  }

  has(value: unknown): boolean {
    if (this.hasWord(this.table.encode(value))) return true;
    this.missed(value);
    return false;
  }

  /** What is no element has to be something that elements can be compared with. */
  missed(value: unknown): void {
    const { plain } = this;
    if (typeof value === typeof plain && typeof value !== 'object') return;
    if (value instanceof ModelValue || this.sorted.length === 0) return;
    const other = (this.plain ??= this.elements().find((element) => !(element instanceof ModelValue)));
    if (other !== undefined) this.table.demandComparable(other, value);
  }

  hasWord(word: number): boolean {
    const { sorted } = this;
    if (sorted.length > smallSet) {
      this.lookup ??= new Set(sorted);
      return this.lookup.has(word);
    }
    for (let i = 0; i < sorted.length; i++) if (sorted[i] === word) return true;
    return false;
  }
}

/** The words ascending, each once. Changes the array that it is given. */
export const ascending = (words: number[]): number[] => {
  let inOrder = true;
  for (let i = 1; i < words.length && inOrder; i++) inOrder = (words[i - 1] as number) < (words[i] as number);
  if (inOrder) return words;
  words.sort((a, b) => a - b);
  return words.filter((word, i) => i === 0 || word !== words[i - 1]);
};

/** The words that are in one of two ascending lists. */
export const unionOf = (a: readonly number[], b: readonly number[]): readonly number[] => {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const result: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const x = a[i] as number;
    const y = b[j] as number;
    if (x <= y) i++;
    if (y <= x) j++;
    result.push(x <= y ? x : y);
  }
  while (i < a.length) result.push(a[i++] as number);
  while (j < b.length) result.push(b[j++] as number);
  return result.length === a.length ? a : result;
};
