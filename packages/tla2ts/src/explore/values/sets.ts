/** Sets that are rules, not lists: intervals, infinite sets, SUBSET, sets of functions, records, tuples and sequences. */
import { LazyFunction, ModelValue, SetValue, SpecError, TlaFunction, isRecord } from './values.js';
import type { ValueTable } from './value-table.js';
import { ascending } from './word-set.js';

/** More elements than this are not listed. */
const mostListed = 2 ** 24;

/** A set whose elements can be gone through, and listed when their words are needed. */
abstract class ListedSet extends SetValue {
  private listed: readonly number[] | undefined = undefined;

  constructor(protected readonly table: ValueTable) {
    super();
  }

  words(): readonly number[] {
    if (this.listed === undefined) {
      if (!(this instanceof UnionSet) && this.size > mostListed)
        throw new SpecError(`a set of ${this.size} elements is too large to be listed`);
      const words: number[] = [];
      for (const element of this.elements()) words.push(this.table.encode(element));
      this.listed = ascending(words);
    }
    return this.listed;
  }
}

/** A set of few elements that is gone through again is listed. */
const mostKept = 4096;

/** A set of structures, whose elements are made from those of other sets. */
abstract class StructureSet extends ListedSet {
  private kept: readonly unknown[] | undefined = undefined;
  private isSeen = false;

  /** Makes each element. */
  protected abstract make(): Iterable<unknown>;

  elements(): Iterable<unknown> {
    if (this.kept !== undefined) return this.kept;
    if (this.isSeen && this.size <= mostKept) return (this.kept = [...this.make()]);
    this.isSeen = true;
    return this.make();
  }
}

/** `a .. b` */
export class Interval extends ListedSet {
  private numbers: readonly number[] | undefined = undefined;

  constructor(
    table: ValueTable,
    readonly low: number,
    readonly high: number,
  ) {
    super(table);
  }

  override get size(): number {
    return Math.max(0, this.high - this.low + 1);
  }

  has(value: unknown): boolean {
    if (typeof value === 'number') return value >= this.low && value <= this.high;
    if (this.high < this.low || value instanceof ModelValue) return false;
    throw new SpecError('only an integer can be tested for membership in an interval');
  }

  elements(): readonly number[] {
    this.numbers ??= Array.from({ length: this.size }, (_, i) => this.low + i);
    return this.numbers;
  }
}

/** A set that can only be asked whether it has something. */
export class RuleSet extends SetValue {
  constructor(
    /** The set as TLA+ text. */
    readonly text: () => string,
    private readonly rule: (value: unknown) => boolean,
  ) {
    super();
  }

  has(value: unknown): boolean {
    return this.rule(value);
  }

  elements(): never {
    throw new SpecError(`the elements of ${this.text()} cannot be listed`);
  }

  words(): never {
    return this.elements();
  }
}

/** `Seq(S)` */
export class SequenceSet extends RuleSet {
  constructor(
    readonly items: SetValue,
    text: () => string,
  ) {
    super(text, (value) => {
      if (Array.isArray(value)) return value.every((item) => items.has(item));
      if (value instanceof ModelValue) return false;
      throw new SpecError('only a sequence can be tested for membership in a set of sequences');
    });
  }
}

/** `S \\cup T` where one is too large to be listed without need. */
export class UnionSet extends ListedSet {
  constructor(
    table: ValueTable,
    readonly left: SetValue,
    readonly right: SetValue,
  ) {
    super(table);
  }

  /** As long as it is not listed, an upper bound would not do: whoever asks has it listed. */
  override get size(): number {
    return this.left.size + this.right.size > mostListed ? Infinity : this.words().length;
  }

  has(value: unknown): boolean {
    return this.left.has(value) || this.right.has(value);
  }

  *elements(): Iterable<unknown> {
    yield* this.left.elements();
    for (const element of this.right.elements()) if (!this.left.has(element)) yield element;
  }
}

/** `SUBSET S`: by size, and within a size by the order of S. */
export class PowerSet extends ListedSet {
  constructor(
    table: ValueTable,
    readonly base: SetValue,
  ) {
    super(table);
  }

  override get size(): number {
    return 2 ** this.base.size;
  }

  has(value: unknown): boolean {
    if (!(value instanceof SetValue)) throw new SpecError('only a set can be tested for membership in SUBSET');
    for (const element of value.elements()) if (!this.base.has(element)) return false;
    return true;
  }

  *elements(): Iterable<unknown> {
    const words = this.base.words();
    for (let size = 0; size <= words.length; size++) yield* this.subsets(words, size, 0, []);
  }

  private *subsets(words: readonly number[], size: number, from: number, chosen: readonly number[]): Iterable<unknown> {
    if (chosen.length === size) {
      yield this.table.set(chosen);
      return;
    }
    for (let i = from; i <= words.length - (size - chosen.length); i++) {
      yield* this.subsets(words, size, i + 1, [...chosen, words[i] as number]);
    }
  }
}

/** Sets with more elements are not listed to be gone through several times. */
const mostAtHand = 2 ** 16;

/** All ways to take one element of each set; the last varies fastest. */
function* choices(sets: readonly SetValue[]): Iterable<readonly unknown[]> {
  if (!sets.every(({ size }) => size <= mostAtHand)) {
    yield* choicesOfLarge(sets, []);
    return;
  }
  const lists = sets.map((set) => [...set.elements()]);
  if (lists.some(({ length }) => length === 0)) return;
  const places = lists.map(() => 0);
  const chosen = lists.map((list) => list[0]);
  for (;;) {
    yield chosen.slice();
    let i = lists.length - 1;
    for (; i >= 0; i--) {
      const list = lists[i] as readonly unknown[];
      const place = ((places[i] as number) + 1) % list.length;
      places[i] = place;
      chosen[i] = list[place];
      if (place > 0) break;
    }
    if (i < 0) return;
  }
}

function* choicesOfLarge(sets: readonly SetValue[], chosen: readonly unknown[]): Iterable<readonly unknown[]> {
  const next = sets[chosen.length];
  if (next === undefined) yield chosen;
  else for (const element of next.elements()) yield* choicesOfLarge(sets, [...chosen, element]);
}

const productSize = (sets: readonly SetValue[]): number => sets.reduce((size, set) => size * set.size, 1);

/** `[S -> T]` */
export class FunctionSet extends StructureSet {
  constructor(
    table: ValueTable,
    readonly domain: SetValue,
    readonly range: SetValue,
  ) {
    super(table);
  }

  override get size(): number {
    return this.range.size ** this.domain.size;
  }

  has(value: unknown): boolean {
    const whole = value instanceof LazyFunction ? this.table.force(value) : value;
    const values = this.valuesOf(whole);
    if (values === undefined) return false;
    for (const part of values) if (!this.range.has(part)) return false;
    return true;
  }

  /** The values of a function over this domain. */
  private valuesOf(value: unknown): readonly unknown[] | undefined {
    if (Array.isArray(value)) {
      const same = value.length === this.domain.size && value.every((_, i) => this.domain.has(i + 1));
      return same ? value : undefined;
    }
    if (value instanceof TlaFunction) {
      return value.domain.word === this.table.encode(this.domain) ? this.table.valuesOf(value) : undefined;
    }
    if (!isRecord(value)) throw new SpecError('only a function can be tested for membership in a set of functions');
    const keys = Object.keys(value);
    return keys.length === this.domain.size && keys.every((key) => this.domain.has(key))
      ? Object.values(value)
      : undefined;
  }

  protected *make(): Iterable<unknown> {
    const domain = this.table.domainOf(this.domain);
    for (const values of choices(domain.words.map(() => this.range))) yield this.table.makeFunction(domain, values);
  }
}

/** `[a : S, b : T]` */
export class RecordSet extends StructureSet {
  constructor(
    table: ValueTable,
    readonly fields: Readonly<Record<string, SetValue>>,
  ) {
    super(table);
  }

  override get size(): number {
    return productSize(Object.values(this.fields));
  }

  has(value: unknown): boolean {
    if (!isRecord(value)) {
      if (value instanceof ModelValue || (Array.isArray(value) && value.length === 0)) return false;
      throw new SpecError('only a record can be tested for membership in a set of records');
    }
    const names = Object.keys(this.fields);
    if (Object.keys(value).length !== names.length || names.some((name) => !Object.hasOwn(value, name))) return false;
    return names.every((name) => this.fields[name]?.has(value[name]));
  }

  protected *make(): Iterable<unknown> {
    const names = Object.keys(this.fields);
    for (const values of choices(Object.values(this.fields))) {
      yield Object.fromEntries(names.map((name, i) => [name, values[i]]));
    }
  }
}

/** `S \X T` */
export class ProductSet extends ListedSet {
  constructor(
    table: ValueTable,
    readonly factors: readonly SetValue[],
  ) {
    super(table);
  }

  override get size(): number {
    return productSize(this.factors);
  }

  has(value: unknown): boolean {
    if (!Array.isArray(value)) throw new SpecError('only a tuple can be tested for membership in a set of tuples');
    return value.length === this.factors.length && this.factors.every((factor, i) => factor.has(value[i]));
  }

  elements(): Iterable<unknown> {
    return choices(this.factors);
  }
}

/** `IsFiniteSet(S)` */
export const isFiniteSet = (set: SetValue): boolean => {
  if (set instanceof RuleSet) return false;
  return partsOf(set).every(isFiniteSet);
};

/** The sets that a rule for a set is made of. */
const partsOf = (set: SetValue): readonly SetValue[] => {
  if (set instanceof PowerSet) return [set.base];
  if (set instanceof FunctionSet) return [set.domain, set.range];
  if (set instanceof RecordSet) return Object.values(set.fields);
  if (set instanceof UnionSet) return [set.left, set.right];
  return set instanceof ProductSet ? set.factors : [];
};
