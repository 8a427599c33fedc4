/** The community's modules of functions, folds and finite sets. */
import type { Fn1, Fn2, Kit, Operators } from './kit.js';

export const functionOperators = (kit: Kit): Operators => {
  const { apply, bool, domainOf, equal, fail, foldUp, functions, list, makeFunction, set, setOf, sorted, sum } = kit;
  const { values, range } = kit;
  const restrict = (f: unknown, of: unknown): unknown => makeFunction(of, (x) => apply(f, x));
  const restrictTo = (f: unknown, test: (x: unknown) => boolean): unknown =>
    restrict(
      f,
      kit.filter(domainOf(f), (x) => test(x)),
    );
  /** `op(f(x1), op(f(x2), ... base))`, where x1 is chosen from the whole set, x2 from the rest, ... */
  const mapThenFold = (op: Fn2, base: unknown, f: Fn1, choose: Fn1, of: unknown): unknown => {
    const chosen: unknown[] = [];
    for (let rest = set(of); rest.size > 0;) {
      const x = choose(rest);
      if (!rest.has(x)) return fail(`what was chosen is not in the set: ${kit.show(x)}`);
      chosen.push(x);
      rest = kit.minus(rest, setOf([x]));
    }
    return chosen.reduceRight((result, x) => op(f(x), result), base);
  };
  const foldOnSet = (op: Fn2, base: unknown, f: unknown, of: unknown): unknown =>
    sorted(of).reduce((result, x) => op(apply(f, x), result), base);
  const isInjective = (f: unknown): boolean => range(f).size === values(f).length;
  const isOnto = (f: unknown, to: unknown): boolean => {
    const reached = range(f);
    return list(to).every((y) => reached.has(y));
  };
  const size = (of: unknown): number => set(of).size;
  /** The element that no other one goes before. */
  const best = (of: unknown, isFirst: (a: unknown, b: unknown) => boolean): unknown =>
    kit.choose(of, (x) => list(of).every((y) => isFirst(x, y)));
  const subsetsOf = (items: readonly unknown[], k: number): readonly (readonly unknown[])[] =>
    k === 0 ? [[]] : items.flatMap((item, i) => subsetsOf(items.slice(i + 1), k - 1).map((rest) => [item, ...rest]));

  return {
    'Folds!MapThenFoldSet': mapThenFold,
    'Functions!Restrict': restrict,
    'Functions!RestrictDomain': (f: unknown, test: Fn1) => restrictTo(f, (x) => bool(test(x))),
    'Functions!RestrictValues': (f: unknown, test: Fn1) => restrictTo(f, (x) => bool(test(apply(f, x)))),
    'Functions!IsRestriction': (f: unknown, g: unknown) =>
      kit.subset(domainOf(f), domainOf(g)) && list(domainOf(f)).every((x) => equal(apply(f, x), apply(g, x))),
    'Functions!Range': range,
    'Functions!Pointwise': (f: unknown, g: unknown, op: Fn2) =>
      makeFunction(domainOf(f), (x) => op(apply(f, x), apply(g, x))),
    'Functions!Inverse': (f: unknown, from: unknown, to: unknown) => {
      const reached = range(f);
      return makeFunction(to, (y) => kit.choose(from, (x) => !reached.has(y) || equal(apply(f, x), y)));
    },
    'Functions!AntiFunction': (f: unknown) => {
      const results = values(f);
      if (!isInjective(f)) return fail(`a value occurs more than once: ${kit.show(f)}`);
      return kit.fromLists(results, kit.argumentsOf(f));
    },
    'Functions!IsInjective': isInjective,
    'Functions!Injection': (from: unknown, to: unknown) => functions(from, to, isInjective),
    'Functions!Surjection': (from: unknown, to: unknown) => functions(from, to, (f) => isOnto(f, to)),
    'Functions!Bijection': (from: unknown, to: unknown) => functions(from, to, (f) => isInjective(f) && isOnto(f, to)),
    'Functions!ExistsInjection': (from: unknown, to: unknown) => size(from) <= size(to),
    'Functions!ExistsSurjection': (from: unknown, to: unknown) =>
      size(from) >= size(to) && (size(to) > 0 || size(from) === 0),
    'Functions!ExistsBijection': (from: unknown, to: unknown) => size(from) === size(to),
    'Functions!FoldFunction': (op: Fn2, base: unknown, f: unknown) => foldOnSet(op, base, f, domainOf(f)),
    'Functions!FoldFunctionOnSet': foldOnSet,
    'Functions!SumFunction': (f: unknown) => sum(values(f)),
    'Functions!SumFunctionOnSet': (f: unknown, of: unknown) => sum(list(of).map((x) => apply(f, x))),
    'FiniteSetsExt!FoldSet': (op: Fn2, base: unknown, of: unknown) => foldUp(op, base, sorted(of)),
    'FiniteSetsExt!ReduceSet': (op: Fn2, of: unknown, base: unknown) => foldUp(op, base, sorted(of)),
    'FiniteSetsExt!SumSet': (of: unknown) => sum(list(of)),
    'FiniteSetsExt!ProductSet': (of: unknown) => list(of).reduce((a, b) => kit.multiply(a, b), 1),
    'FiniteSetsExt!MapThenSumSet': (f: Fn1, of: unknown) => sum(list(of).map((x) => f(x))),
    'FiniteSetsExt!FlattenSet': kit.flatten,
    'FiniteSetsExt!SymDiff': (a: unknown, b: unknown) => kit.union(kit.minus(a, b), kit.minus(b, a)),
    'FiniteSetsExt!Quantify': (of: unknown, test: Fn1) => list(of).filter((x) => bool(test(x))).length,
    'FiniteSetsExt!kSubset': (k: unknown, of: unknown) =>
      kit.int(k) < 0 ? setOf([]) : setOf(subsetsOf(list(of), kit.int(k)).map((items) => setOf(items))),
    'FiniteSetsExt!Max': (of: unknown) => best(of, (a, b) => kit.lessEqual(b, a)),
    'FiniteSetsExt!Min': (of: unknown) => best(of, kit.lessEqual),
    'FiniteSetsExt!Choices': (sets: unknown) => setOf(kit.choices(list(sets).map(list)).map((choice) => setOf(choice))),
    'FiniteSetsExt!ChooseUnique': (of: unknown, test: Fn1) =>
      kit.choose(of, (x) => bool(test(x)) && list(of).every((y) => !bool(test(y)) || equal(y, x))),
    'Quorum!QuorumSystem': (of: unknown) => {
      const subsets = kit.powerSet(of);
      const all = list(subsets);
      return kit.filter(kit.powerSet(subsets), (system) => {
        const quorums = list(system);
        if (quorums.length === 0 || !quorums.every((p) => quorums.every((q) => kit.intersect(p, q).size > 0)))
          return false;
        return quorums.every((q) => all.every((larger) => !kit.subset(q, larger) || kit.member(larger, system)));
      });
    },
  };
};
