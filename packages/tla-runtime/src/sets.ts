/** Sets. All can be asked for members; those that are finite can be listed, in TLC's order. */
import { compare, equals, sortedEntries } from './compare.js';
import { TlaError } from './errors.js';
import { format } from './format.js';
import { functionWith } from './functions.js';
import { TlaSet } from './values.js';

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
    return typeof value === 'number' && value >= this.low && value <= this.high;
  }

  elements(): readonly number[] {
    return Array.from({ length: this.size }, (_, i) => this.low + i);
  }

  override get size(): number {
    return Math.max(0, this.high - this.low + 1);
  }

  override *[Symbol.iterator](): Iterator<number> {
    for (let i = this.low; i <= this.high; i++) yield i;
  }

  get notation(): string | undefined {
    return this.size === 0 ? undefined : `${this.low}..${this.high}`;
  }
}

/** A set that is known by its members' test, and listed on demand if it has an end. */
class TestedSet<T> extends TlaSet<T> {
  #listed: readonly T[] | undefined;

  constructor(
    private readonly name: () => string,
    private readonly test: (value: unknown) => boolean,
    private readonly list?: () => Iterable<T>,
  ) {
    super();
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
export function setOf<T>(...values: readonly T[]): TlaSet<T> {
  return new ListedSet(sortUnique(values));
}

/** The set of the elements of anything that can be gone through. */
export function setFrom<T>(values: Iterable<T>): TlaSet<T> {
  return new ListedSet(sortUnique([...values]));
}

/** `a..b`. */
export function interval(low: number, high: number): TlaSet<number> {
  return new Interval(low, high);
}

const isInteger = (value: unknown): boolean => typeof value === 'number';

export const Nat: TlaSet<number> = new TestedSet(
  () => 'Nat',
  (value) => isInteger(value) && (value as number) >= 0,
);
export const Int: TlaSet<number> = new TestedSet(() => 'Int', isInteger);
export const STRING: TlaSet<string> = new TestedSet(
  () => 'STRING',
  (value) => typeof value === 'string',
);
export const BOOLEAN: TlaSet<boolean> = setOf(false, true);

/** `{x \in set : test(x)}`. */
export function filterSet<T>(set: TlaSet<T>, test: (value: T) => boolean): TlaSet<T> {
  return new ListedSet(set.elements().filter((value) => test(value)));
}

/** `S \cup T`. */
export function union<T>(a: TlaSet<T>, b: TlaSet<T>): TlaSet<T> {
  return setFrom([...a, ...b]);
}

/** `S \cap T`. */
export function intersection<T>(a: TlaSet<T>, b: TlaSet<T>): TlaSet<T> {
  return filterSet(a, (value) => b.has(value));
}

/** `S \ T`. */
export function difference<T>(a: TlaSet<T>, b: TlaSet<T>): TlaSet<T> {
  return filterSet(a, (value) => !b.has(value));
}

/** `S \subseteq T`. */
export function isSubset(a: TlaSet<unknown>, b: TlaSet<unknown>): boolean {
  for (const value of a) if (!b.has(value)) return false;
  return true;
}

/** `UNION S`. */
export function bigUnion<T>(sets: TlaSet<TlaSet<T>>): TlaSet<T> {
  return setFrom([...sets].flatMap((set) => [...set]));
}

/** `SUBSET S`. */
export function powerSet<T>(set: TlaSet<T>): TlaSet<TlaSet<T>> {
  return new TestedSet(
    () => `SUBSET ${format(set)}`,
    (value) => value instanceof TlaSet && isSubset(value, set),
    function* () {
      const values = set.elements();
      if (values.length > 24) throw new TlaError('infinite', `SUBSET of a set with ${values.length} elements`);
      for (let bits = 0; bits < 2 ** values.length; bits++) yield setFrom(values.filter((_, i) => (bits >> i) & 1));
    },
  );
}

/** All tuples with one element of each list, the last varying fastest. */
function* tuples(lists: readonly (readonly unknown[])[]): Generator<readonly unknown[]> {
  const [first, ...rest] = lists;
  if (first === undefined) {
    yield [];
    return;
  }
  for (const value of first) for (const tail of tuples(rest)) yield [value, ...tail];
}

/** `S \X T \X U`. */
export function product<T extends readonly unknown[]>(...sets: readonly TlaSet<unknown>[]): TlaSet<T> {
  return new TestedSet(
    () => sets.map(format).join(' \\X '),
    (value) => Array.isArray(value) && value.length === sets.length && sets.every((set, i) => set.has(value[i])),
    () => tuples(sets.map((set) => set.elements())) as Iterable<T>,
  );
}

/** `[a : S, b : T]`. */
export function recordSet<R>(fields: Readonly<Record<string, TlaSet<unknown>>>): TlaSet<R> {
  const names = Object.keys(fields);
  return new TestedSet(
    () => `[${names.map((name) => `${name} : ${format(fields[name])}`).join(', ')}]`,
    (value) => {
      const entries = sortedEntries(value);
      return entries.length === names.length && entries.every(([name, field]) => fields[String(name)]?.has(field));
    },
    function* () {
      const lists = names.map((name) => (fields[name] as TlaSet<unknown>).elements());
      for (const values of tuples(lists)) {
        yield Object.fromEntries(names.map((name, i) => [name, values[i]])) as R;
      }
    },
  );
}

/** `[S -> T]`. */
export function functionSet<F>(domain: TlaSet<unknown>, range: TlaSet<unknown>): TlaSet<F> {
  return new TestedSet(
    () => `[${format(domain)} -> ${format(range)}]`,
    (value) => {
      const entries = sortedEntries(value);
      const args = domain.elements();
      return entries.length === args.length && entries.every(([key, v], i) => equals(key, args[i]) && range.has(v));
    },
    function* () {
      const args = domain.elements();
      const lists = args.map(() => range.elements());
      for (const values of tuples(lists)) yield functionOf(args.map((key, i) => [key, values[i]])) as F;
    },
  );
}

/** `Seq(S)`. */
export function sequencesOver<T>(set: TlaSet<T>): TlaSet<readonly T[]> {
  return new TestedSet(
    () => `Seq(${format(set)})`,
    (value) => sortedEntries(value).every(([key, item], i) => key === i + 1 && set.has(item)),
  );
}

/**
 * A function in its plainest representation: an array for the domain 1..n, a record for names, a `Map` for other simple
 * arguments, a `TlaFunction` for the rest.
 */
export function functionOf(entries: readonly (readonly [unknown, unknown])[]): unknown {
  const count = entries.length;
  if (entries.every(([key], i) => key === i + 1)) return entries.map(([, value]) => value);
  if (entries.every(([key]) => typeof key === 'string')) return Object.fromEntries(entries);
  if (entries.every(([key]) => typeof key !== 'object')) {
    const map = new Map(entries);
    const values = Array.from({ length: count }, (_, i) => map.get(i + 1));
    return map.size === count && values.every((_, i) => map.has(i + 1)) ? values : map;
  }
  return functionWith(entries);
}
