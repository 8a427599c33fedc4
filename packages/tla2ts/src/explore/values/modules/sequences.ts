/** Operators on sequences: what `Sequences` and `TLC` have beside those of the language, and the community's `SequencesExt` but for parts of sequences. */
import { permutations, type Fn1, type Fn2, type Kit, type Operators } from './kit.js';

export const sequenceOperators = (kit: Kit): Operators => {
  const { bool, concat, equal, fail, int, length, list, seq, setOf, sorted, subSeq } = kit;
  const removeAt = (s: unknown, i: unknown): unknown =>
    concat(subSeq(s, 1, int(i) - 1), subSeq(s, int(i) + 1, length(s)));
  /** The place of the first item, or the last one, that passes; 0: none does. */
  const firstThat = (s: unknown, test: Fn1): number => seq(s).findIndex((item) => bool(test(item))) + 1;
  const lastThat = (s: unknown, test: Fn1): number => seq(s).findLastIndex((item) => bool(test(item))) + 1;
  /** The same in a part of a sequence, as places in the whole. */
  const within = (find: typeof firstThat, s: unknown, from: unknown, to: unknown, test: Fn1): number => {
    const at = find(subSeq(s, from, to), test);
    return at === 0 ? 0 : at + int(from) - 1;
  };
  const removeFirst = (s: unknown, test: (item: unknown) => boolean): unknown => {
    const i = seq(s).findIndex(test);
    return i < 0 ? s : seq(s).toSpliced(i, 1);
  };
  const sortSeq = (s: readonly unknown[], before: Fn2): readonly unknown[] => {
    const done: unknown[] = [];
    // Inserted one by one from the end, as TLC does it: an operator that is no order gives the same sequence.
    for (const item of s) {
      let at = done.length;
      while (at > 0 && bool(before(item, done[at - 1]))) at--;
      done.splice(at, 0, item);
    }
    return done;
  };
  const bounded = (of: unknown, n: unknown): unknown => {
    const items = list(of);
    let longest: readonly (readonly unknown[])[] = [[]];
    const all = [...longest];
    for (let i = 1; i <= int(n); i++) {
      longest = longest.flatMap((prefix) => items.map((item) => [...prefix, item]));
      all.push(...longest);
    }
    return int(n) < 0 ? setOf([]) : setOf(all);
  };
  const subsets = (items: readonly unknown[]): readonly (readonly unknown[])[] =>
    items.reduceRight<readonly (readonly unknown[])[]>(
      (rest, item) => [...rest, ...rest.map((tail) => [item, ...tail])],
      [[]],
    );

  return {
    'Sequences!SelectSeq': (s: unknown, test: Fn1) => seq(s).filter((item) => bool(test(item))),
    'TLC!SortSeq': (s: unknown, before: Fn2) => sortSeq(seq(s), before),
    'SequencesExt!ToSet': kit.range,
    'SequencesExt!SetToSeq': sorted,
    'SequencesExt!SetToSeqs': (of: unknown) => setOf(permutations(list(of))),
    'SequencesExt!SetToSortSeq': (of: unknown, before: Fn2) => sortSeq(sorted(of), before),
    'SequencesExt!SetToAllKPermutations': (of: unknown) => setOf(subsets(list(of)).flatMap(permutations)),
    'SequencesExt!TupleOf': (of: unknown, n: unknown) => kit.functionSet(kit.interval(1, n), of),
    'SequencesExt!SeqOf': bounded,
    'SequencesExt!BoundedSeq': bounded,
    'SequencesExt!Contains': (s: unknown, x: unknown) => seq(s).some((item) => equal(item, x)),
    'SequencesExt!IsSorted': (s: unknown, op: Fn2) =>
      seq(s).every((a, i) =>
        seq(s)
          .slice(i + 1)
          .every((b) => bool(op(a, b))),
      ),
    'SequencesExt!Reverse': (s: unknown) => seq(s).toReversed(),
    'SequencesExt!Remove': (s: unknown, x: unknown) => seq(s).filter((item) => !equal(item, x)),
    'SequencesExt!ReplaceAll': (s: unknown, a: unknown, b: unknown) =>
      seq(s).map((item) => (equal(item, a) ? b : item)),
    'SequencesExt!SelectInSeq': firstThat,
    'SequencesExt!SelectLastInSeq': lastThat,
    'SequencesExt!SelectInSubSeq': (s: unknown, from: unknown, to: unknown, test: Fn1) =>
      within(firstThat, s, from, to, test),
    'SequencesExt!SelectLastInSubSeq': (s: unknown, from: unknown, to: unknown, test: Fn1) =>
      within(lastThat, s, from, to, test),
    'SequencesExt!InsertAt': (s: unknown, i: unknown, x: unknown) =>
      concat(concat(subSeq(s, 1, int(i) - 1), [x]), subSeq(s, i, length(s))),
    'SequencesExt!ReplaceAt': (s: unknown, i: unknown, x: unknown) => kit.update(s, i, () => x),
    'SequencesExt!RemoveAt': removeAt,
    'SequencesExt!RemoveFirst': (s: unknown, x: unknown) => removeFirst(s, (item) => equal(item, x)),
    'SequencesExt!RemoveFirstMatch': (s: unknown, test: Fn1) => removeFirst(s, (item) => bool(test(item))),
    'SequencesExt!Cons': (x: unknown, s: unknown) => concat([x], s),
    'SequencesExt!Snoc': (x: unknown, s: unknown) => kit.append(s, x),
    'SequencesExt!Front': (s: unknown) => subSeq(s, 1, length(s) - 1),
    'SequencesExt!Last': (s: unknown) => kit.apply(s, length(s)),
    'SequencesExt!SeqMod': (a: unknown, b: unknown) => kit.modulo(a, b) || b,
    'SequencesExt!FoldSeq': (op: Fn2, base: unknown, s: unknown) => kit.foldUp(op, base, seq(s)),
    'SequencesExt!FoldLeft': (op: Fn2, base: unknown, s: unknown) =>
      seq(s).reduce((result, item) => op(result, item), base),
    'SequencesExt!FoldRight': (op: Fn2, s: unknown, base: unknown) =>
      seq(s).reduceRight((result, item) => op(item, result), base),
    'SequencesExt!FoldLeftDomain': (op: Fn2, base: unknown, s: unknown) =>
      seq(s).reduce((result, _, i) => op(result, i + 1), base),
    'SequencesExt!FoldRightDomain': (op: Fn2, s: unknown, base: unknown) =>
      seq(s).reduceRight((result, _, i) => op(i + 1, result), base),
    'SequencesExt!FlattenSeq': (s: unknown) =>
      seq(s).length === 0 ? s : seq(s).reduce((whole, part) => concat(whole, part)),
    'SequencesExt!Zip': (a: unknown, b: unknown) =>
      seq(a)
        .slice(0, seq(b).length)
        .map((item, i) => [item, seq(b)[i]]),
    'SequencesExt!Interleave': (a: unknown, b: unknown) => {
      const [s, t] = [seq(a), seq(b)];
      if (s.length !== t.length) return fail('Interleave: the sequences differ in length');
      return s.length === 0 ? [[], []] : s.flatMap((item, i) => [[item], [t[i]]]);
    },
    'SequencesExt!AllSubSeqs': (s: unknown) => setOf(subsets(seq(s))),
  };
};
