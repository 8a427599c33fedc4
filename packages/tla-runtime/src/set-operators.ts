/** The sets and the operators on sets that TLA+ has. */
import { equals, kindOf, sortedEntries } from './compare.js';
import { TlaError } from './errors.js';
import { brief, format } from './format.js';
import { functionOf } from './functions.js';
import { endlessSet, isEndless, setFrom, setOf, setOfUnique, TestedSet } from './sets.js';
import { TlaSet } from './values.js';

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
  if (isEndless(set)) return endlessSet(`a subset of ${format(set)}`, (value) => set.has(value) && test(value as T));
  const values: T[] = [];
  for (const value of set) if (test(value)) values.push(value);
  return setFrom(values);
}

/** `S \cup T`. */
export function union<T>(a: TlaSet<T>, b: TlaSet<T>): TlaSet<T> {
  if (isEndless(a) || isEndless(b)) {
    return endlessSet(`${format(a)} \\cup ${format(b)}`, (value) => a.has(value) || b.has(value));
  }
  const values = new Set(a.inAnyOrder());
  for (const value of b.inAnyOrder()) values.add(value);
  return setOfUnique(values);
}

/** `S \cap T`. */
export function intersection<T>(a: TlaSet<T>, b: TlaSet<T>): TlaSet<T> {
  return isEndless(a) ? filterSet(b, (value) => a.has(value)) : filterSet(a, (value) => b.has(value));
}

/** `S \ T`. */
export function difference<T>(a: TlaSet<T>, b: TlaSet<T>): TlaSet<T> {
  return filterSet(a, (value) => !b.has(value));
}

/** `S \subseteq T`. */
export function isSubset(a: TlaSet<unknown>, b: TlaSet<unknown>): boolean {
  for (const value of a.inAnyOrder()) if (!b.has(value)) return false;
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
    (value) => {
      if (kindOf(value) !== 'function') return false;
      const entries = sortedEntries(value);
      return (
        entries.length === sets.length && entries.every(([key, v], i) => key === i + 1 && sets[i]?.has(v) === true)
      );
    },
    () => tuples(sets.map((set) => set.elements())) as Iterable<T>,
  );
}

/** The same set, whose elements are tuples of one length: they are bound to as many names. */
export function tuplesOf<T extends readonly unknown[]>(set: TlaSet<unknown>, length: number): TlaSet<T> {
  for (const value of set) {
    if (!Array.isArray(value) || value.length !== length) {
      throw new TlaError('type', `${brief(value)} is no tuple of ${length}`);
    }
  }
  return set as TlaSet<T>;
}

/** `[a : S, b : T]`. */
export function recordSet<R>(fields: Readonly<Record<string, TlaSet<unknown>>>): TlaSet<R> {
  const names = Object.keys(fields);
  return new TestedSet(
    () => `[${names.map((name) => `${name} : ${format(fields[name])}`).join(', ')}]`,
    (value) => {
      if (kindOf(value) !== 'function') return false;
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

type Entries = readonly (readonly [unknown, unknown])[];

/** `[S -> T]`. `make` gives the functions their representation: the plainest, unless all have to be of one kind. */
export function functionSet<F>(
  domain: TlaSet<unknown>,
  range: TlaSet<unknown>,
  make: (entries: Entries) => unknown = functionOf,
): TlaSet<F> {
  return new TestedSet<F>(
    () => `[${format(domain)} -> ${format(range)}]`,
    (value) => {
      if (kindOf(value) !== 'function') return false;
      const entries = sortedEntries(value);
      const args = domain.elements();
      return entries.length === args.length && entries.every(([key, v], i) => equals(key, args[i]) && range.has(v));
    },
    function* () {
      const args = domain.elements();
      const lists = args.map(() => range.elements());
      for (const values of tuples(lists)) yield make(args.map((key, i) => [key, values[i]])) as F;
    },
  );
}

/** `Seq(S)`. */
export function sequencesOver<T>(set: TlaSet<T>): TlaSet<readonly T[]> {
  return new TestedSet(
    () => `Seq(${format(set)})`,
    (value) =>
      kindOf(value) === 'function' && sortedEntries(value).every(([key, item], i) => key === i + 1 && set.has(item)),
  );
}
