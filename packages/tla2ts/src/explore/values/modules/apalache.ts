/** Operators of the module `Apalache`, as its definitions in TLA+ have them. */
import type { Fn1, Fn2, Kit, Operators } from './kit.js';

export const apalacheOperators = (kit: Kit): Operators => {
  const { equal, int, list, seq, sorted } = kit;
  const same = (value: unknown): unknown => value;
  return {
    'Apalache!:=': equal,
    'Apalache!Skolem': same,
    'Apalache!Expand': same,
    'Apalache!ConstCardinality': same,
    'Apalache!Guess': (of: unknown) => kit.choose(of, () => true),
    'Apalache!ApaFoldSet': (op: Fn2, base: unknown, of: unknown) => sorted(of).reduce((r, x) => op(r, x), base),
    'Apalache!ApaFoldSeqLeft': (op: Fn2, base: unknown, s: unknown) => seq(s).reduce((r, x) => op(r, x), base),
    'Apalache!MkSeq': (n: unknown, op: Fn1) => Array.from({ length: int(n) }, (_, i) => op(i + 1)),
    'Apalache!FunAsSeq': (f: unknown, length: unknown, _capacity: unknown) =>
      Array.from({ length: int(length) }, (_, i) => kit.apply(f, i + 1)),
    'Apalache!Repeat': (op: Fn2, n: unknown, base: unknown) =>
      Array.from({ length: int(n) }).reduce((result, _, i) => op(result, i + 1), base),
    'Apalache!SetAsFun': (pairs: unknown) => {
      const entries = list(pairs).map((pair) => seq(pair));
      return kit.fromLists(
        entries.map(([key]) => key),
        entries.map(([, value]) => value),
      );
    },
  };
};
