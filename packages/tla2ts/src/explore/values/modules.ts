/** Operators of standard modules and CommunityModules that are not in the language: by `Module!Operator`. */
import { AssertionError, TlaFunction, isRecord } from './values.js';
import type { Library } from './library.js';
import type { ValueTable } from './value-table.js';
import { formatValue } from './format.js';
import { isFiniteSet } from './sets.js';

type Operator = (...args: never[]) => unknown;
type Fn1 = (a: unknown) => unknown;
type Fn2 = (a: unknown, b: unknown) => unknown;

/** What TLC calls a search of all states, and random behaviours. */
export type RunMode = 'bfs' | 'simulate';

/** What operators may ask of the run. */
export interface RunState {
  readonly mode: RunMode;
  /** Of the state that is evaluated; 1 for an initial one. */
  level: number;
  /** The counts so far, and the largest level. */
  counts: () => Readonly<Record<'distinct' | 'generated' | 'queue' | 'diameter' | 'duration', number>>;
}

/** Where PrintT and the like write to. */
export type Printer = (text: string) => void;

export const moduleOperators = (
  lib: Library,
  table: ValueTable,
  print: Printer,
  run: RunState,
): Readonly<Record<string, Operator>> => {
  const { seq, set, int, apply, domainOf, setOf, fail, equal } = lib;
  const format = (value: unknown): string => formatValue(value, table);
  const list = (of: unknown): unknown[] => [...set(of).elements()];
  const sorted = (of: unknown): readonly unknown[] => lib.ordered(set(of));
  const fromPairs = (keys: readonly unknown[], at: (key: unknown) => unknown): unknown =>
    lib.makeFunction(setOf(keys), at);
  const sum = (values: Iterable<unknown>): number => {
    let total = 0;
    for (const value of values) total = lib.add(total, value);
    return total;
  };
  const values = (f: unknown): readonly unknown[] => {
    if (Array.isArray(f)) return f as readonly unknown[];
    if (f instanceof TlaFunction) return table.valuesOf(f);
    return isRecord(f) ? Object.values(f) : list(domainOf(f)).map((x) => apply(f, x));
  };
  const foldSet = (op: Fn2, base: unknown, of: unknown): unknown =>
    sorted(of).reduce((result, value) => op(value, result), base);
  const foldFunctionOnSet = (op: Fn2, base: unknown, f: unknown, of: unknown): unknown =>
    sorted(of).reduce((result, x) => op(apply(f, x), result), base);
  const foldLeft = (op: Fn2, base: unknown, s: unknown): unknown =>
    seq(s).reduce((result, value) => op(result, value), base);
  const foldRight = (op: Fn2, s: unknown, base: unknown): unknown =>
    seq(s).reduceRight((result, value) => op(value, result), base);
  const best = (of: unknown, better: (a: number, b: number) => boolean): number =>
    list(of)
      .map(int)
      .reduce((a, b) => (better(b, a) ? b : a));
  const permutations = (items: readonly unknown[]): unknown[][] =>
    items.length === 0
      ? [[]]
      : items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));
  const kSubsets = (items: readonly unknown[], k: number): unknown[][] => {
    if (k === 0) return [[]];
    return items.flatMap((item, i) => kSubsets(items.slice(i + 1), k - 1).map((rest) => [item, ...rest]));
  };
  const addToBag = (bag: unknown, x: unknown, n: number): unknown => {
    const before = domainOf(bag);
    const count = before.has(x) ? int(apply(bag, x)) : 0;
    if (count === 0 && n < 0) return bag;
    const rest = lib.minus(before, setOf([x]));
    const keys = count + n > 0 ? lib.union(rest, setOf([x])) : rest;
    return lib.makeFunction(keys, (y) => (equal(x, y) ? count + n : apply(bag, y)));
  };
  const addBags = (a: unknown, b: unknown): unknown => {
    const [x, y] = [domainOf(a), domainOf(b)];
    const count = (v: unknown): unknown => lib.add(x.has(v) ? apply(a, v) : 0, y.has(v) ? apply(b, v) : 0);
    return lib.makeFunction(lib.union(x, y), count);
  };
  const override = (f: unknown, g: unknown): unknown => {
    const first = domainOf(f);
    return lib.makeFunction(lib.union(first, domainOf(g)), (x) => (first.has(x) ? apply(f, x) : apply(g, x)));
  };
  const mapThenFold = (op: Fn2, base: unknown, f: Fn1, choose: (of: unknown) => unknown, of: unknown): unknown => {
    let rest = set(of);
    let result = base;
    while (rest.size > 0) {
      const x = choose(rest);
      result = op(f(x), result);
      rest = lib.minus(rest, setOf([x]));
    }
    return result;
  };
  const withSort = (of: unknown, op: Fn2): readonly unknown[] =>
    [...sorted(of)].toSorted((a, b) => (lib.bool(op(a, b)) ? -1 : 1));

  const registers = new Map<number, unknown>();
  const register = (key: unknown): unknown => {
    if (key === 'level') return run.level;
    if (key === 'config') return { mode: run.mode, worker: 1 };
    if (key === 'stats') return run.counts();
    const counts = run.counts();
    if (typeof key === 'string' && Object.hasOwn(counts, key)) return counts[key as keyof typeof counts];
    // A property of TLC's by which specifications ask whether it composes actions.
    if (key === '-Dtlc2.tool.impl.Tool.cdot') return 'true';
    if (typeof key !== 'number') return fail(`TLCGet(${format(key)}) is not supported`);
    return registers.has(key) ? registers.get(key) : fail(`TLCGet(${key}): nothing was set`);
  };
  /** A fixed sequence that looks random, so that a run is repeatable. */
  let seed = 1;
  const randomBelow = (n: number): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * n);
  };

  return {
    'TLC!TLCGet': register,
    'TLC!TLCSet': (key: unknown, value: unknown) => {
      registers.set(int(key), value);
      return true;
    },
    'TLC!JavaTime': () => 0,
    'TLC!RandomElement': (of: unknown) => sorted(of)[randomBelow(set(of).size)],
    'TLC!Print': (value: unknown, result: unknown) => (print(format(value)), result),
    'TLC!PrintT': (value: unknown) => (print(format(value)), true),
    'TLC!Assert': (condition: unknown, message: unknown) => {
      if (lib.bool(condition)) return true;
      throw new AssertionError(`the assertion failed: ${typeof message === 'string' ? message : format(message)}`);
    },
    'TLC!:>': (key: unknown, value: unknown) => fromPairs([key], () => value),
    'TLC!@@': override,
    'TLC!Permutations': (of: unknown) => {
      const items = list(of);
      return setOf(permutations(items).map((p) => fromPairs(items, (x) => p[items.findIndex((i) => equal(i, x))])));
    },
    'TLC!SortSeq': (s: unknown, op: Fn2) =>
      seq(s).toSorted((a, b) => (lib.bool(op(a, b)) ? -1 : Number(lib.bool(op(b, a))))),
    'TLC!ToString': format,
    'TLC!TLCEval': (value: unknown) => table.decode(table.encode(value)),
    'TLCExt!TLCDefer': () => true,
    'TLCExt!TLCNoOp': (value: unknown) => value,
    'TLCExt!AssertEq': (a: unknown, b: unknown) => {
      if (equal(a, b)) return true;
      throw new AssertionError(`the assertion failed: ${format(a)} = ${format(b)}`);
    },
    'FiniteSets!IsFiniteSet': (of: unknown) => isFiniteSet(set(of)),
    'Sequences!SelectSeq': (s: unknown, test: Fn1) => seq(s).filter((value) => lib.bool(test(value))),
    'Bags!EmptyBag': () => [],
    'Bags!BagToSet': domainOf,
    'Bags!SetToBag': (of: unknown) => lib.makeFunction(of, () => 1),
    'Bags!BagIn': (x: unknown, bag: unknown) => domainOf(bag).has(x),
    'Bags!CopiesIn': (x: unknown, bag: unknown) => (domainOf(bag).has(x) ? apply(bag, x) : 0),
    'Bags!BagCardinality': (bag: unknown) => sum(values(bag)),
    'Bags!(+)': addBags,
    'Bags!(-)': (a: unknown, b: unknown) => {
      const [x, y] = [domainOf(a), domainOf(b)];
      const count = (v: unknown): number => int(apply(a, v)) - (y.has(v) ? int(apply(b, v)) : 0);
      return lib.makeFunction(
        lib.filter(x, (v) => count(v) > 0),
        count,
      );
    },
    'Bags!BagUnion': (bags: unknown) => list(bags).reduce(addBags, []),
    'Bags!BagOfAll': (change: Fn1, bag: unknown) =>
      list(domainOf(bag)).reduce((all, x) => addToBag(all, change(x), int(apply(bag, x))), [] as unknown),
    'Bags!\\sqsubseteq': (a: unknown, b: unknown) =>
      list(domainOf(a)).every((x) => domainOf(b).has(x) && int(apply(a, x)) <= int(apply(b, x))),
    'Bags!IsABag': (bag: unknown) => values(bag).every((n) => typeof n === 'number' && n > 0),
    'Bags!SubBag': (bag: unknown) => {
      const keys = list(domainOf(bag));
      const pick = (chosen: readonly number[]): number[][] => {
        if (chosen.length === keys.length) return [[...chosen]];
        const most = int(apply(bag, keys[chosen.length]));
        return Array.from({ length: most + 1 }, (_, n) => pick([...chosen, n])).flat();
      };
      return setOf(
        pick([]).map((counts) => {
          const kept = keys.filter((_, i) => (counts[i] as number) > 0);
          return fromPairs(kept, (x) => counts[keys.findIndex((key) => equal(key, x))]);
        }),
      );
    },
    'BagsExt!BagAdd': (bag: unknown, x: unknown) => addToBag(bag, x, 1),
    'BagsExt!BagRemove': (bag: unknown, x: unknown) => addToBag(bag, x, -1),
    'BagsExt!BagRemoveAll': (bag: unknown, x: unknown) =>
      lib.makeFunction(lib.minus(domainOf(bag), setOf([x])), (y) => apply(bag, y)),
    'BagsExt!SumBag': (bag: unknown) => sum(list(domainOf(bag)).map((x) => lib.multiply(x, apply(bag, x)))),
    'Folds!MapThenFoldSet': mapThenFold,
    'Functions!Range': (f: unknown) => setOf(values(f)),
    'Functions!Restrict': (f: unknown, of: unknown) =>
      lib.makeFunction(lib.intersect(of, domainOf(f)), (x) => apply(f, x)),
    'Functions!RestrictDomain': (f: unknown, test: Fn1) =>
      lib.makeFunction(
        lib.filter(domainOf(f), (x) => lib.bool(test(x))),
        (x) => apply(f, x),
      ),
    'Functions!IsInjective': (f: unknown) => setOf(values(f)).size === values(f).length,
    'Functions!AntiFunction': (f: unknown) =>
      lib.makeFunction(setOf(values(f)), (y) => list(domainOf(f)).find((x) => equal(apply(f, x), y))),
    'Functions!FoldFunction': (op: Fn2, base: unknown, f: unknown) => foldFunctionOnSet(op, base, f, domainOf(f)),
    'Functions!FoldFunctionOnSet': foldFunctionOnSet,
    'Functions!SumFunction': (f: unknown) => sum(values(f)),
    'Functions!SumFunctionOnSet': (f: unknown, of: unknown) => sum(list(of).map((x) => apply(f, x))),
    'Functions!Pointwise': (f: unknown, g: unknown, op: Fn2) =>
      lib.makeFunction(domainOf(f), (x) => op(apply(f, x), apply(g, x))),
    'FiniteSetsExt!FoldSet': foldSet,
    'FiniteSetsExt!ReduceSet': (op: Fn2, of: unknown, base: unknown) => foldSet(op, base, of),
    'FiniteSetsExt!SumSet': (of: unknown) => sum(list(of)),
    'FiniteSetsExt!ProductSet': (of: unknown) => list(of).reduce((a, b) => lib.multiply(a, b), 1),
    'FiniteSetsExt!MapThenSumSet': (f: Fn1, of: unknown) => sum(list(of).map((value) => f(value))),
    'FiniteSetsExt!FlattenSet': lib.flatten,
    'FiniteSetsExt!SymDiff': (a: unknown, b: unknown) => lib.union(lib.minus(a, b), lib.minus(b, a)),
    'FiniteSetsExt!Quantify': (of: unknown, test: Fn1) => list(of).filter((value) => lib.bool(test(value))).length,
    'FiniteSetsExt!kSubset': (k: unknown, of: unknown) =>
      setOf(kSubsets(list(of), int(k)).map((items) => setOf(items))),
    'FiniteSetsExt!Max': (of: unknown) => best(of, (a, b) => a > b),
    'FiniteSetsExt!Min': (of: unknown) => best(of, (a, b) => a < b),
    'FiniteSetsExt!Choices': (sets: unknown) => {
      const groups = list(sets);
      const pick = (chosen: readonly unknown[]): unknown[][] => {
        const group = groups[chosen.length];
        return group === undefined ? [[...chosen]] : list(group).flatMap((x) => pick([...chosen, x]));
      };
      return setOf(pick([]).map((choice) => fromPairs(groups, (g) => choice[groups.findIndex((o) => equal(o, g))])));
    },
    'FiniteSetsExt!ChooseUnique': (of: unknown, test: Fn1) => lib.choose(of, (value) => lib.bool(test(value))),
    'SequencesExt!ToSet': (s: unknown) => setOf(seq(s)),
    'SequencesExt!SetToSeq': (of: unknown) => sorted(of),
    'SequencesExt!SetToSeqs': (of: unknown) => setOf(permutations(list(of))),
    'SequencesExt!SetToSortSeq': withSort,
    'SequencesExt!Contains': (s: unknown, x: unknown) => seq(s).some((item) => equal(item, x)),
    'SequencesExt!Reverse': (s: unknown) => seq(s).toReversed(),
    'SequencesExt!Remove': (s: unknown, x: unknown) => seq(s).filter((item) => !equal(item, x)),
    'SequencesExt!ReplaceAll': (s: unknown, a: unknown, b: unknown) =>
      seq(s).map((item) => (equal(item, a) ? b : item)),
    'SequencesExt!SelectInSeq': (s: unknown, test: Fn1) => seq(s).findIndex((item) => lib.bool(test(item))) + 1,
    'SequencesExt!SelectLastInSeq': (s: unknown, test: Fn1) => seq(s).findLastIndex((item) => lib.bool(test(item))) + 1,
    'SequencesExt!InsertAt': (s: unknown, i: unknown, x: unknown) => seq(s).toSpliced(int(i) - 1, 0, x),
    'SequencesExt!ReplaceAt': (s: unknown, i: unknown, x: unknown) => seq(s).with(int(i) - 1, x),
    'SequencesExt!RemoveAt': (s: unknown, i: unknown) => seq(s).toSpliced(int(i) - 1, 1),
    'SequencesExt!RemoveFirst': (s: unknown, x: unknown) => {
      const i = seq(s).findIndex((item) => equal(item, x));
      return i < 0 ? s : seq(s).toSpliced(i, 1);
    },
    'SequencesExt!Cons': (x: unknown, s: unknown) => [x, ...seq(s)],
    'SequencesExt!Front': (s: unknown) => seq(s).slice(0, -1),
    'SequencesExt!Last': (s: unknown) => (seq(s).length > 0 ? seq(s).at(-1) : fail('Last of the empty sequence')),
    'SequencesExt!IsPrefix': (a: unknown, b: unknown) =>
      seq(a).length <= seq(b).length && seq(a).every((item, i) => equal(item, seq(b)[i])),
    'SequencesExt!IsStrictPrefix': (a: unknown, b: unknown) =>
      seq(a).length < seq(b).length && seq(a).every((item, i) => equal(item, seq(b)[i])),
    'SequencesExt!IsSuffix': (a: unknown, b: unknown) => {
      const [x, y] = [seq(a), seq(b)];
      return x.length <= y.length && x.every((item, i) => equal(item, y[y.length - x.length + i]));
    },
    'SequencesExt!Prefixes': (s: unknown) => setOf([[], ...seq(s).map((_, i) => seq(s).slice(0, i + 1))]),
    'SequencesExt!FoldSeq': (op: Fn2, base: unknown, s: unknown) => seq(s).reduceRight((r, x) => op(x, r), base),
    'SequencesExt!FoldLeft': foldLeft,
    'SequencesExt!FoldRight': foldRight,
    'SequencesExt!FlattenSeq': (s: unknown) => seq(s).flatMap((part) => seq(part)),
    'SequencesExt!Zip': (a: unknown, b: unknown) => seq(a).map((item, i) => [item, seq(b)[i]]),
    'SequencesExt!SeqMod': (a: unknown, b: unknown) => (lib.modulo(a, b) === 0 ? b : lib.modulo(a, b)),
    'SequencesExt!BoundedSeq': (of: unknown, n: unknown) => {
      const items = list(of);
      let level: unknown[][] = [[]];
      const all = [...level];
      for (let i = 1; i <= int(n); i++) {
        level = level.flatMap((prefix) => items.map((item) => [...prefix, item]));
        all.push(...level);
      }
      return setOf(all);
    },
    'SequencesExt!TupleOf': (of: unknown, n: unknown) => lib.functionSet(lib.interval(1, n), of),
    'SequencesExt!SeqOf': (of: unknown, n: unknown) => {
      const items = list(of);
      let level: unknown[][] = [[]];
      const all = [...level];
      for (let i = 1; i <= int(n); i++) {
        level = level.flatMap((prefix) => items.map((item) => [...prefix, item]));
        all.push(...level);
      }
      return setOf(all);
    },
    'Combinatorics!factorial': () => fail('factorial is a function without an end'),
    'Randomization!RandomSubset': (k: unknown, of: unknown) => setOf(sorted(of).slice(0, int(k))),
    'Apalache!:=': equal,
    'Apalache!Skolem': (value: unknown) => value,
    'Apalache!Expand': (value: unknown) => value,
    'Apalache!ConstCardinality': (value: unknown) => value,
    'Apalache!ApaFoldSet': (op: Fn2, base: unknown, of: unknown) => sorted(of).reduce((r, x) => op(r, x), base),
    'Apalache!ApaFoldSeqLeft': foldLeft,
    'Apalache!MkSeq': (n: unknown, op: Fn1) => Array.from({ length: int(n) }, (_, i) => op(i + 1)),
    'Apalache!SetAsFun': (pairs: unknown) => {
      const entries = list(pairs).map((pair) => seq(pair));
      return fromPairs(
        entries.map(([key]) => key),
        (x) => entries.find(([key]) => equal(key, x))?.[1],
      );
    },
  };
};
