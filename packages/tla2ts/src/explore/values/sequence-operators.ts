/** Further operators of the community's modules on numbers, functions, sequences and bags. */
import type { Library } from './library.js';

type Fn1 = (a: unknown) => unknown;
type Fn2 = (a: unknown, b: unknown) => unknown;

/** By `Module!Operator`. */
export const sequenceOperators = (lib: Library): Readonly<Record<string, (...args: never[]) => unknown>> => {
  const { apply, bool, domainOf, equal, fail, int, makeFunction, seq, set, setOf } = lib;
  const list = (of: unknown): readonly unknown[] => [...set(of).elements()];
  const natural = (value: unknown): number => {
    const n = int(value);
    return n >= 0 && n < 2 ** 31 ? n : fail(`${n} is no number whose bits can be looked at`);
  };
  const isIn = (s: readonly unknown[], t: readonly unknown[], at: number): boolean =>
    s.every((item, i) => equal(item, t[at + i]));
  /** Where s begins in t, from 0; -1: nowhere. */
  const find = (s: readonly unknown[], t: readonly unknown[], from = 0): number => {
    for (let at = from; at + s.length <= t.length; at++) if (isIn(s, t, at)) return at;
    return -1;
  };
  const spliced = (t: readonly unknown[], at: number, length: number, r: readonly unknown[]): readonly unknown[] =>
    t.toSpliced(at, length, ...r);
  const prefixes = (s: readonly unknown[]): readonly unknown[] =>
    Array.from({ length: s.length + 1 }, (_, n) => s.slice(0, n));
  const subsets = (items: readonly unknown[]): readonly (readonly unknown[])[] =>
    items.reduceRight<readonly (readonly unknown[])[]>(
      (rest, item) => [...rest, ...rest.map((tail) => [item, ...tail])],
      [[]],
    );
  const arrangements = (items: readonly unknown[]): readonly (readonly unknown[])[] => [
    [],
    ...items.flatMap((item, i) => arrangements(items.toSpliced(i, 1)).map((rest) => [item, ...rest])),
  ];
  const common = (of: unknown): readonly unknown[] => {
    const [first, ...others] = list(of).map((s) => seq(s));
    if (first === undefined) return fail('there is no common prefix of no sequences');
    const length = first.findIndex((item, i) => !others.every((s) => i < s.length && equal(s[i], item)));
    return length < 0 ? first : first.slice(0, length);
  };
  const counted = (bag: unknown): readonly unknown[] =>
    list(domainOf(bag)).flatMap((x) => Array.from({ length: int(apply(bag, x)) }, () => x));
  const isInjective = (f: unknown): boolean => {
    const values = list(domainOf(f)).map((x) => apply(f, x));
    return setOf(values).size === values.length;
  };
  const isOnto = (f: unknown, to: unknown): boolean => {
    const values = setOf(list(domainOf(f)).map((x) => apply(f, x)));
    return list(to).every((y) => values.has(y));
  };
  const functions = (from: unknown, to: unknown, test: Fn1): unknown =>
    lib.filter(lib.functionSet(from, to), (f) => bool(test(f)));
  const size = (of: unknown): number => set(of).size;

  return {
    'Bitwise!&': (a: unknown, b: unknown) => natural(a) & natural(b),
    'Bitwise!|': (a: unknown, b: unknown) => natural(a) | natural(b),
    'Bitwise!^^': (a: unknown, b: unknown) => natural(a) ^ natural(b),
    // As many bits as the number has.
    'Bitwise!Not': (a: unknown) => (2 ** natural(a).toString(2).length - 1) ^ (natural(a) || 1),
    'Bitwise!shiftR': (a: unknown, by: unknown) => Math.floor(natural(a) / 2 ** natural(by)),
    'Functions!RestrictValues': (f: unknown, test: Fn1) =>
      makeFunction(
        lib.filter(domainOf(f), (x) => bool(test(apply(f, x)))),
        (x) => apply(f, x),
      ),
    'Functions!IsRestriction': (f: unknown, g: unknown) =>
      list(domainOf(f)).every((x) => domainOf(g).has(x) && equal(apply(f, x), apply(g, x))),
    'Functions!Inverse': (f: unknown, from: unknown, to: unknown) =>
      makeFunction(to, (y) => {
        const found = lib.ordered(set(from)).find((x) => equal(apply(f, x), y));
        return found ?? lib.choose(from, () => true);
      }),
    'Functions!Injection': (from: unknown, to: unknown) => functions(from, to, isInjective),
    'Functions!Surjection': (from: unknown, to: unknown) => functions(from, to, (f) => isOnto(f, to)),
    'Functions!Bijection': (from: unknown, to: unknown) => functions(from, to, (f) => isInjective(f) && isOnto(f, to)),
    'Functions!ExistsInjection': (from: unknown, to: unknown) => size(from) <= size(to),
    'Functions!ExistsSurjection': (from: unknown, to: unknown) =>
      size(to) === 0 ? size(from) === 0 : size(from) >= size(to),
    'Functions!ExistsBijection': (from: unknown, to: unknown) => size(from) === size(to),
    'BagsExt!FoldBag': (op: Fn2, base: unknown, bag: unknown) => counted(bag).reduce((r, x) => op(r, x), base),
    'BagsExt!ProductBag': (bag: unknown) => counted(bag).reduce((product, x) => lib.multiply(product, x), 1),
    'SequencesExt!ToBag': (s: unknown) =>
      makeFunction(setOf(seq(s)), (x) => seq(s).filter((item) => equal(item, x)).length),
    'SequencesExt!SetToAllKPermutations': (of: unknown) => setOf(arrangements(list(of))),
    'SequencesExt!IsSorted': (s: unknown, op: Fn2) =>
      seq(s).every((a, i) =>
        seq(s)
          .slice(i + 1)
          .every((b) => bool(op(a, b))),
      ),
    'SequencesExt!SelectInSubSeq': (s: unknown, from: unknown, to: unknown, test: Fn1) =>
      seq(lib.subSeq(s, from, to)).findIndex((item) => bool(test(item))) + 1,
    'SequencesExt!SelectLastInSubSeq': (s: unknown, from: unknown, to: unknown, test: Fn1) =>
      seq(lib.subSeq(s, from, to)).findLastIndex((item) => bool(test(item))) + 1,
    'SequencesExt!RemoveFirstMatch': (s: unknown, test: Fn1) => {
      const i = seq(s).findIndex((item) => bool(test(item)));
      return i < 0 ? s : seq(s).toSpliced(i, 1);
    },
    'SequencesExt!Snoc': (x: unknown, s: unknown) => [...seq(s), x],
    'SequencesExt!IsStrictSuffix': (a: unknown, b: unknown) => {
      const [s, t] = [seq(a), seq(b)];
      return s.length < t.length && isIn(s, t, t.length - s.length);
    },
    'SequencesExt!CommonPrefixes': (of: unknown) => setOf(size(of) === 0 ? [] : prefixes(common(of))),
    'SequencesExt!LongestCommonPrefix': common,
    'SequencesExt!Suffixes': (s: unknown) => setOf([[], ...seq(s).map((_, i) => seq(s).slice(i))]),
    'SequencesExt!FoldLeftDomain': (op: Fn2, base: unknown, s: unknown) =>
      seq(s).reduce((result, _, i) => op(result, i + 1), base),
    'SequencesExt!FoldRightDomain': (op: Fn2, s: unknown, base: unknown) =>
      seq(s).reduceRight((result, _, i) => op(i + 1, result), base),
    'SequencesExt!Interleave': (a: unknown, b: unknown) => {
      const [s, t] = [seq(a), seq(b)];
      if (s.length !== t.length) return fail('Interleave: the sequences differ in length');
      return s.length === 0 ? [[], []] : s.flatMap((item, i) => [[item], [t[i]]]);
    },
    'SequencesExt!SubSeqs': (s: unknown) =>
      setOf([[], ...seq(s).flatMap((_, i) => prefixes(seq(s).slice(i)).slice(1))]),
    'SequencesExt!AllSubSeqs': (s: unknown) => setOf(subsets(seq(s))),
    'SequencesExt!IndexFirstSubSeq': (s: unknown, t: unknown) => {
      const at = find(seq(s), seq(t));
      return at < 0 ? fail('IndexFirstSubSeq: the one sequence is no part of the other') : at + 1;
    },
    'SequencesExt!ReplaceSubSeqAt': (i: unknown, r: unknown, s: unknown, t: unknown) =>
      spliced(seq(t), int(i) - 1, seq(s).length, seq(r)),
    'SequencesExt!ReplaceFirstSubSeq': (r: unknown, s: unknown, t: unknown) => {
      const at = find(seq(s), seq(t));
      return at < 0 ? t : spliced(seq(t), at, seq(s).length, seq(r));
    },
    'SequencesExt!ReplaceAllSubSeqs': (r: unknown, s: unknown, t: unknown) => {
      const [by, part, whole] = [seq(r), seq(s), seq(t)];
      if (part.length === 0) return whole.length === 0 ? by : whole.flatMap((item) => [...by, item]);
      const result: unknown[] = [];
      let done = 0;
      for (let at = find(part, whole); at >= 0; at = find(part, whole, done)) {
        result.push(...whole.slice(done, at), ...by);
        done = at + part.length;
      }
      return [...result, ...whole.slice(done)];
    },
  };
};
