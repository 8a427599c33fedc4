/** The community's module `VectorClocks`. */
import { SetValue } from '../values.js';
import type { Fn1, Kit, Operators } from './kit.js';

export const clockOperators = (kit: Kit): Operators => {
  const { apply, domainOf, int, less, list, seq, union } = kit;
  const timeOf = (clock: unknown, node: unknown): number => (domainOf(clock).has(node) ? int(apply(clock, node)) : 0);
  /** Whether one clock may stand before another: it is smaller somewhere, and not larger everywhere else. */
  const mayPrecede = (a: unknown, b: unknown): boolean => {
    const nodes = list(union(domainOf(a), domainOf(b)));
    return nodes.some((node) => less(timeOf(a, node), timeOf(b, node)));
  };
  return {
    'VectorClocks!IsCausalOrder': (log: unknown, clock: Fn1) => {
      const clocks = seq(log).map((event) => clock(event));
      return clocks.every((later, i) => clocks.slice(0, i).every((earlier) => mayPrecede(earlier, later)));
    },
    // An event that happened before another has a smaller clock in some place and a larger one in none: the sum is smaller.
    'VectorClocks!CausalOrder': (log: unknown, clock: Fn1, _node: Fn1, nodes: Fn1) => {
      const sum = (event: unknown): number => {
        const time = clock(event);
        const own = nodes(time);
        return list(own instanceof SetValue ? own : domainOf(time)).reduce(
          (total: number, node) => total + int(apply(time, node)),
          0,
        );
      };
      const events = seq(log).map((event) => ({ event, sum: sum(event) }));
      return events.toSorted((a, b) => a.sum - b.sum).map(({ event }) => event);
    },
  };
};
