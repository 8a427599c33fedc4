/** Bags: functions from their elements to how often they occur. */
import { permutations, type Fn1, type Fn2, type Kit, type Operators } from './kit.js';

export const bagOperators = (kit: Kit): Operators => {
  const { apply, domainOf, fail, int, list, makeFunction, minus, onKeys, setOf, sorted, union } = kit;
  const copies = (bag: unknown, x: unknown): number => (domainOf(bag).has(x) ? int(apply(bag, x)) : 0);
  const isCount = (n: unknown): boolean => typeof n === 'number' && n > 0;
  const isBag = (bag: unknown): boolean => kit.isFunction(bag) && kit.values(bag).every(isCount);
  const bagOf = (bag: unknown): unknown => (isBag(bag) ? bag : fail(`a bag is needed here, not ${kit.show(bag)}`));
  const addBags = (a: unknown, b: unknown): unknown => {
    bagOf(a);
    bagOf(b);
    return makeFunction(union(domainOf(a), domainOf(b)), (x) => kit.add(copies(a, x), copies(b, x)));
  };
  const subtractBags = (a: unknown, b: unknown): unknown => {
    const left = (x: unknown): number => copies(a, x) - copies(b, x);
    return makeFunction(
      kit.filter(domainOf(bagOf(a)), (x) => left(x) > 0),
      left,
    );
  };
  const without = (bag: unknown, x: unknown): unknown =>
    makeFunction(minus(domainOf(bag), setOf([x])), (y) => apply(bag, y));
  const withCount = (bag: unknown, x: unknown, n: number): unknown =>
    makeFunction(union(domainOf(bag), setOf([x])), (y) => (kit.equal(x, y) ? n : apply(bag, y)));
  /** Each element as often as it occurs, the same ones beside one another. */
  const listed = (bag: unknown): readonly unknown[] => {
    bagOf(bag);
    return sorted(domainOf(bag)).flatMap((x) => Array.from({ length: int(apply(bag, x)) }, () => x));
  };
  const subBags = (bag: unknown): unknown => {
    const keys = list(domainOf(bagOf(bag)));
    const counts = keys.map((x) => Array.from({ length: int(apply(bag, x)) + 1 }, (_, n) => n));
    return setOf(
      kit.choices(counts).map((chosen) => {
        const kept = keys.map((x, i) => [x, chosen[i]]).filter(([, n]) => n !== 0);
        return kit.fromLists(
          kept.map(([x]) => x),
          kept.map(([, n]) => n),
        );
      }),
    );
  };

  return {
    'TLC!Permutations': (of: unknown) => {
      const items = list(of);
      return setOf(permutations(items).map((order) => kit.fromLists(items, order)));
    },
    'Bags!IsABag': isBag,
    'Bags!EmptyBag': () => [],
    'Bags!BagToSet': (bag: unknown) => setOf(list(domainOf(bag))),
    'Bags!SetToBag': (of: unknown) => makeFunction(of, () => 1),
    'Bags!BagIn': (x: unknown, bag: unknown) => domainOf(bag).has(x),
    'Bags!CopiesIn': (x: unknown, bag: unknown) => copies(bag, x),
    'Bags!BagCardinality': (bag: unknown) => kit.sum(kit.values(bagOf(bag))),
    'Bags!(+)': addBags,
    'Bags!(-)': subtractBags,
    'Bags!BagUnion': (bags: unknown) => list(bags).reduce(addBags, []),
    'Bags!BagOfAll': (change: Fn1, bag: unknown) =>
      list(domainOf(bagOf(bag))).reduce(
        (all, x) =>
          addBags(
            all,
            onKeys([change(x)], () => apply(bag, x)),
          ),
        [] as unknown,
      ),
    'Bags!\\sqsubseteq': (a: unknown, b: unknown) =>
      list(domainOf(bagOf(a))).every((x) => int(apply(a, x)) <= copies(bagOf(b), x)),
    'Bags!SubBag': subBags,
    'BagsExt!BagAdd': (bag: unknown, x: unknown) => withCount(bag, x, copies(bag, x) + 1),
    'BagsExt!BagRemove': (bag: unknown, x: unknown) => {
      if (!domainOf(bag).has(x)) return bag;
      return copies(bag, x) === 1 ? without(bag, x) : withCount(bag, x, copies(bag, x) - 1);
    },
    'BagsExt!BagRemoveAll': without,
    'BagsExt!FoldBag': (op: Fn2, base: unknown, bag: unknown) => listed(bag).reduce((result, x) => op(result, x), base),
    // The results of the elements, each folded by itself, are folded once more.
    'BagsExt!MapThenFoldBag': (op: Fn2, base: unknown, f: Fn1, _choose: Fn1, bag: unknown) =>
      sorted(domainOf(bag)).reduceRight((result, x) => {
        const n = int(apply(bag, x));
        if (n < 1) return fail(`an element cannot occur ${n} times in a bag`);
        const own = Array.from({ length: n }).reduce((so) => op(so, f(x)), base);
        return op(own, result);
      }, base),
    'BagsExt!SumBag': (bag: unknown) => kit.sum(listed(bag)),
    'BagsExt!ProductBag': (bag: unknown) => listed(bag).reduce((product, x) => kit.multiply(product, x), 1),
    'SequencesExt!ToBag': (s: unknown) =>
      makeFunction(setOf(kit.seq(s)), (x) => kit.seq(s).filter((item) => kit.equal(item, x)).length),
    'BagsTheorems!Scaling': (n: unknown, bag: unknown) =>
      int(n) === 0 ? [] : makeFunction(domainOf(bag), (x) => kit.multiply(n, apply(bag, x))),
    'BagsTheorems!SeqToBag': (s: unknown) =>
      makeFunction(setOf(kit.seq(s)), (x) => kit.seq(s).filter((item) => kit.equal(item, x)).length),
  };
};
