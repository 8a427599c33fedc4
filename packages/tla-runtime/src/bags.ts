/** Bags: functions from elements to how often each is there, a number above 0. They are what the module Bags of TLA+ says. */
import { functionOf } from './functions.js';
import { apply, domain, int } from './operators.js';
import { difference, filterSet, union } from './set-operators.js';
import { setFrom } from './sets.js';
import type { TlaSet, TlaValue } from './values.js';

const bagOf = (elements: TlaSet<TlaValue>, copies: (x: TlaValue) => number): TlaValue =>
  functionOf([...elements].map((x) => [x, copies(x)] as const).filter(([, count]) => count > 0));

/** `EmptyBag`. */
export const emptyBag: TlaValue = [];

/** `SetToBag(S)`: each element once. */
export function setToBag(set: TlaSet<unknown>): TlaValue {
  return bagOf(set as TlaSet<TlaValue>, () => 1);
}

/** `CopiesIn(e, B)`. */
export function copiesIn(element: unknown, bag: unknown): number {
  return domain(bag).has(element) ? int(apply(bag, element)) : 0;
}

/** `BagIn(e, B)`. */
export function bagIn(element: unknown, bag: unknown): boolean {
  return domain(bag).has(element);
}

/** `BagCardinality(B)`: all copies of all elements. */
export function bagCardinality(bag: unknown): number {
  return domain(bag)
    .elements()
    .reduce((sum: number, x) => sum + copiesIn(x, bag), 0);
}

/** `IsABag(B)`. */
export function isABag(bag: unknown): boolean {
  return domain(bag)
    .elements()
    .every((x) => {
      const copies: unknown = apply(bag, x);
      return typeof copies === 'number' && copies > 0;
    });
}

/** `B (+) C`. */
export function addBags(a: unknown, b: unknown): TlaValue {
  return bagOf(union(domain(a), domain(b)), (x) => copiesIn(x, a) + copiesIn(x, b));
}

/** `B (-) C`: copies that B has more than C. */
export function subtractBags(a: unknown, b: unknown): TlaValue {
  return bagOf(domain(a), (x) => copiesIn(x, a) - copiesIn(x, b));
}

/** `BagUnion(S)`: the sum of a set of bags. */
export function bagUnion(bags: TlaSet<unknown>): TlaValue {
  return [...bags].reduce<TlaValue>((sum, bag) => addBags(sum, bag), emptyBag);
}

/** `B \sqsubseteq C`. */
export function isSubBag(a: unknown, b: unknown): boolean {
  return filterSet(domain(a), (x) => copiesIn(x, a) > copiesIn(x, b)).size === 0;
}

/** `SubBag(B)`: all bags that are contained in B. */
export function subBags(bag: unknown): TlaSet<TlaValue> {
  const [first] = domain(bag).elements();
  if (first === undefined) return setFrom([emptyBag]);
  const one = setFrom([first]);
  const rest = subBags(bagOf(difference(domain(bag), one), (x) => copiesIn(x, bag)));
  const counts = Array.from({ length: copiesIn(first, bag) + 1 }, (_, n) => n);
  return setFrom(
    [...rest].flatMap((part) =>
      counts.map((n) =>
        addBags(
          part,
          bagOf(one, () => n),
        ),
      ),
    ),
  );
}

/** `BagOfAll(F, B)`: the bag of what F makes of each copy. */
export function bagOfAll(change: (x: TlaValue) => unknown, bag: unknown): TlaValue {
  return domain(bag)
    .elements()
    .reduce<TlaValue>((sum, x) => addBags(sum, functionOf([[change(x), copiesIn(x, bag)]])), emptyBag);
}
