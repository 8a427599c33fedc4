/** The community's operators on prefixes and other parts of sequences; some take strings, too. */
import type { Kit, Operators } from './kit.js';

export const subSequenceOperators = (kit: Kit): Operators => {
  const { concat, equal, fail, int, length, list, seq, setOf, subSeq } = kit;
  const isText = (value: unknown): value is string => typeof value === 'string';
  /** Whether all of s stands in t, at a place from 0. */
  const isAt = (s: readonly unknown[], t: readonly unknown[], at: number): boolean =>
    s.every((item, i) => equal(item, t[at + i]));
  /** Where s begins in t, from 0; -1: nowhere. */
  const find = (s: readonly unknown[], t: readonly unknown[], from = 0): number => {
    for (let at = from; at + s.length <= t.length; at++) if (isAt(s, t, at)) return at;
    return -1;
  };
  const isPrefix = (a: unknown, b: unknown): boolean => {
    if (isText(a) && isText(b)) return b.startsWith(a);
    return seq(a).length <= seq(b).length && isAt(seq(a), seq(b), 0);
  };
  const isSuffix = (a: unknown, b: unknown): boolean => {
    if (isText(a) && isText(b)) return b.endsWith(a);
    const rest = seq(b).length - seq(a).length;
    return rest >= 0 && isAt(seq(a), seq(b), rest);
  };
  const prefixes = (s: unknown): readonly unknown[] => Array.from({ length: length(s) + 1 }, (_, n) => subSeq(s, 1, n));
  const common = (of: unknown): unknown => {
    const [first, ...others] = list(of).map(prefixes);
    const shared = first?.filter((prefix) => others.every((all) => all.some((other) => equal(prefix, other))));
    return shared?.at(-1) ?? fail('there is no common prefix of no sequences');
  };
  const parts = (s: unknown): readonly unknown[] => {
    const end = length(s);
    const starts = Array.from({ length: end }, (_, i) => i + 1);
    return [subSeq(s, 1, 0), ...starts.flatMap((from) => starts.slice(from - 1).map((to) => subSeq(s, from, to)))];
  };
  const replaceAt = (i: unknown, r: unknown, s: unknown, t: unknown): unknown =>
    concat(concat(subSeq(t, 1, int(i) - 1), r), subSeq(t, int(i) + length(s), length(t)));
  const replaceAll = (by: readonly unknown[], part: readonly unknown[], whole: readonly unknown[]): unknown => {
    if (part.length === 0) return whole.length === 0 ? by : whole.flatMap((item) => [...by, item]);
    const result: unknown[] = [];
    let done = 0;
    for (let at = find(part, whole); at >= 0; at = find(part, whole, done)) {
      result.push(...whole.slice(done, at), ...by);
      done = at + part.length;
    }
    return [...result, ...whole.slice(done)];
  };

  return {
    'SequencesExt!IsPrefix': isPrefix,
    'SequencesExt!IsStrictPrefix': (a: unknown, b: unknown) => isPrefix(a, b) && length(a) < length(b),
    'SequencesExt!IsSuffix': isSuffix,
    'SequencesExt!IsStrictSuffix': (a: unknown, b: unknown) => isSuffix(a, b) && length(a) < length(b),
    'SequencesExt!Prefixes': (s: unknown) => setOf(prefixes(s)),
    'SequencesExt!CommonPrefixes': (of: unknown) => (list(of).length === 0 ? setOf([]) : setOf(prefixes(common(of)))),
    'SequencesExt!LongestCommonPrefix': common,
    'SequencesExt!Suffixes': (s: unknown) =>
      setOf(Array.from({ length: length(s) + 1 }, (_, i) => subSeq(s, i + 1, length(s)))),
    'SequencesExt!SubSeqs': (s: unknown) => setOf(parts(s)),
    'SequencesExt!IndexFirstSubSeq': (s: unknown, t: unknown) => {
      const at = find(seq(s), seq(t));
      return at < 0 ? fail('IndexFirstSubSeq: the one sequence is no part of the other') : at + 1;
    },
    'SequencesExt!ReplaceSubSeqAt': replaceAt,
    'SequencesExt!ReplaceFirstSubSeq': (r: unknown, s: unknown, t: unknown) => {
      // A function gives the text itself: `$` has no meaning in it.
      if (isText(r) && isText(s) && isText(t)) return t.replace(s, () => r);
      const at = find(seq(s), seq(t));
      return at < 0 ? t : replaceAt(at + 1, r, s, t);
    },
    'SequencesExt!ReplaceAllSubSeqs': (r: unknown, s: unknown, t: unknown) => {
      if (isText(r) && isText(s) && isText(t)) {
        return s === '' ? (t === '' ? r : [...t].map((c) => r + c).join('')) : t.replaceAll(s, () => r);
      }
      return replaceAll(seq(r), seq(s), seq(t));
    },
  };
};
