/** Representations of sets. All can be asked for members; those that are finite can be listed, in TLC's order. */
import { compare, kindOf } from './compare.js';
import { TlaError } from './errors.js';
import { brief } from './format.js';
import { TlaSet } from './values.js';

/** Numbers, strings or Booleans, all of one kind: hashed, and sorted when somebody asks for the order. */
class SimpleSet<T> extends TlaSet<T> {
  readonly notation = undefined;
  #sorted: readonly T[] | undefined;

  constructor(private readonly values: ReadonlySet<T>) {
    super();
  }

  has(value: unknown): boolean {
    if (this.values.has(value as T)) return true;
    for (const first of this.values) {
      comparable(value, first);
      break;
    }
    return false;
  }

  elements(): readonly T[] {
    return (this.#sorted ??= [...this.values].sort(compare));
  }

  override inAnyOrder(): Iterable<T> {
    return this.values;
  }

  override get size(): number {
    return this.values.size;
  }
}

/** Whether a value is in a set is found by comparing it with an element: an error if they are of different kinds. */
function comparable(value: unknown, element: unknown): void {
  const kind = kindOf(value);
  const other = kindOf(element);
  if (kind !== other && kind !== 'model' && other !== 'model') {
    throw new TlaError('type', `${brief(value)}, a ${kind}, is looked for among values like ${brief(element)}`);
  }
}

/** A set with its elements listed. */
class ListedSet<T> extends TlaSet<T> {
  readonly notation = undefined;

  constructor(private readonly sorted: readonly T[]) {
    super();
  }

  has(value: unknown): boolean {
    let low = 0;
    let high = this.sorted.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const order = compare(this.sorted[middle], value);
      if (order === 0) return true;
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    if (this.sorted.length > 0) comparable(value, this.sorted[0]);
    return false;
  }

  elements(): readonly T[] {
    return this.sorted;
  }
}

/** `a..b`, not listed until somebody asks. */
class Interval extends TlaSet<number> {
  constructor(
    private readonly low: number,
    private readonly high: number,
  ) {
    super();
  }

  has(value: unknown): boolean {
    if (this.size === 0) return false;
    comparable(value, this.low);
    return (value as number) >= this.low && (value as number) <= this.high;
  }

  elements(): readonly number[] {
    return Array.from({ length: this.size }, (_, i) => this.low + i);
  }

  override get size(): number {
    return Math.max(0, this.high - this.low + 1);
  }

  override inAnyOrder(): Iterable<number> {
    return this;
  }

  override *[Symbol.iterator](): Iterator<number> {
    for (let i = this.low; i <= this.high; i++) yield i;
  }

  get notation(): string | undefined {
    return this.size === 0 ? undefined : `${this.low}..${this.high}`;
  }
}

/** A set that is known by its members' test, and listed on demand if it has an end. */
export class TestedSet<T> extends TlaSet<T> {
  #listed: readonly T[] | undefined;

  constructor(
    private readonly name: () => string,
    private readonly test: (value: unknown) => boolean,
    private readonly list?: () => Iterable<T>,
  ) {
    super();
  }

  /** It cannot be listed. */
  get endless(): boolean {
    return this.list === undefined;
  }

  has(value: unknown): boolean {
    return this.test(value);
  }

  elements(): readonly T[] {
    if (this.list === undefined) throw new TlaError('infinite', `${this.name()} cannot be listed: it has no end`);
    return (this.#listed ??= sortUnique([...this.list()]));
  }

  get notation(): string | undefined {
    return this.list === undefined ? this.name() : undefined;
  }
}

function sortUnique<T>(values: readonly T[]): readonly T[] {
  const sorted = [...values].sort(compare);
  return sorted.filter((value, i) => i === 0 || compare(sorted[i - 1], value) !== 0);
}

/** `{a, b, c}`. */
export function setOf(): TlaSet<never>;
export function setOf<T>(...values: readonly T[]): TlaSet<T>;
export function setOf<T>(...values: readonly T[]): TlaSet<T> {
  return setFrom(values);
}

/** The set of the elements of anything that can be gone through. */
export function setFrom<T>(values: Iterable<T>): TlaSet<T> {
  return setOfUnique(new Set(values));
}

/** The same, of values of which no two are the same object. The set is the result's from then on. */
export function setOfUnique<T>(unique: Set<T>): TlaSet<T> {
  let kind: string | undefined;
  for (const value of unique) {
    kind ??= typeof value;
    if (kind === 'object' || typeof value !== kind) return new ListedSet(sortUnique([...unique]));
  }
  return new SimpleSet(unique);
}

/** `a..b`. */
export function interval(low: number, high: number): TlaSet<number> {
  return new Interval(low, high);
}

/** The set of all that passes the test, where one of the sets that it is made of has no end. */
export function endlessSet<T>(what: string, test: (value: unknown) => boolean): TlaSet<T> {
  return new TestedSet<T>(() => what, test);
}

/** Whether a set cannot be listed. */
export function isEndless(set: unknown): boolean {
  return set instanceof TestedSet && set.endless;
}

/** `IsFiniteSet(S)`. */
export function isFinite(set: TlaSet<unknown>): boolean {
  return !isEndless(set);
}
