/**
 * Looks for a behaviour that satisfies one obligation: a strongly connected region of the product that can be reached, in
 * which everything happens that has to happen again and again.
 */
import { type Need, cycleThrough } from './cycle.js';
import { type Region, type Regions, followInside } from './region.js';
import type { StateGraph, Watch } from './graph.js';
import type { Test, Tests } from './tests.js';
import type { Obligation } from './obligation.js';
import { Product } from './product.js';
import { automatonOf } from './automaton.js';
import { components } from './components.js';
import { pathTo, reach } from './reach.js';

/** States by number: the cycle's first state comes after the stem's last, and again after its own last. */
export interface Lasso {
  readonly stem: readonly number[];
  readonly cycle: readonly number[];
}

/** `<>[]always \/ []<>answer` */
interface Pair {
  readonly always: Test;
  readonly answer: Test;
}

/** @returns a lasso whose stem is as short as possible; undefined: no behaviour satisfies the obligation */
export const findLasso = (graph: StateGraph, obligation: Obligation, tests: Tests, watch: Watch): Lasso | undefined => {
  const automaton = automatonOf(obligation.rest);
  if (automaton.states.every((transitions) => transitions.length === 0)) return undefined;
  const bytes = graph.states * automaton.states.length * 20;
  watch(bytes);
  const watchAll: Watch = (more) => watch(bytes + more);
  const product = new Product(graph, automaton, tests);
  const reached = reach(product, watchAll);
  const { order } = reached;
  const often = obligation.often.map((condition): Need => {
    const test = tests.of(condition);
    return (node) => test.holds(product.stateOf(node), product.edge);
  });
  const promises = Array.from({ length: automaton.promises }, (_, promise): Need => {
    return () => !product.postponed.has(promise);
  });
  const needs = [...often, ...promises];
  const pairs = obligation.answered.map((pair): Pair => ({
    always: tests.of(pair.always),
    answer: tests.of(pair.answer),
  }));

  const regions: Regions = new Uint32Array(product.nodes);
  for (const node of order) regions[node] = 1;
  const index = new Uint32Array(product.nodes);
  const low = new Uint32Array(product.nodes);
  const scratch = { index, low, regions, count: 1 };
  const tail = tests.of(obligation.finally);
  const accepted = new Map<number, readonly Test[]>();
  const queue: Region[] = [{ number: 1, nodes: order, filters: tail.always ? [] : [tail] }];
  for (let region = queue.pop(); region !== undefined; region = queue.pop()) {
    components(product, region, scratch, watchAll, (component) => {
      const { number, nodes, filters } = component;
      const seen = survey(product, regions, component, needs, pairs);
      if (seen === undefined) return;
      const unanswered = seen.filter(({ avoided, answered }) => avoided && !answered);
      if (unanswered.length === 0) accepted.set(number, filters);
      else {
        const narrower = [...filters, ...unanswered.map(({ pair }) => pair.always)];
        queue.push({ number, nodes: nodes.slice(), filters: narrower });
      }
    });
  }

  const entry = order.find((node) => accepted.has(regions[node] as number));
  if (entry === undefined) return undefined;
  const number = regions[entry] as number;
  const filters = accepted.get(number) as readonly Test[];
  const region = { number, nodes: order.filter((node) => regions[node] === number), filters };
  const answers = (survey(product, regions, region, needs, pairs) ?? [])
    .filter(({ avoided }) => avoided)
    .map(({ pair: { answer } }): Need => {
      return (node) => answer.holds(product.stateOf(node), product.edge);
    });
  const cycle = cycleThrough(product, regions, region, entry, [...needs, ...answers]);
  const states = (nodes: readonly number[]): number[] => nodes.map((node) => product.stateOf(node));
  return { stem: states(pathTo(reached, entry).slice(0, -1)), cycle: states(cycle) };
};

interface Seen {
  readonly pair: Pair;
  /** `always` is false on some edge. */
  avoided: boolean;
  answered: boolean;
}

/** What the edges of a strongly connected region do for the pairs; undefined: something that is needed never happens. */
const survey = (
  product: Product,
  regions: Regions,
  region: Region,
  needs: readonly Need[],
  pairs: readonly Pair[],
): readonly Seen[] | undefined => {
  let open = needs;
  let some = false;
  const seen = pairs.map((pair): Seen => ({ pair, avoided: false, answered: false }));
  for (const node of region.nodes) {
    const count = product.edgesOf(node);
    const state = product.stateOf(node);
    for (let i = 0; i < count; i++) {
      if (followInside(product, regions, region, node, i) < 0) continue;
      some = true;
      if (open.some((need) => need(node))) open = open.filter((need) => !need(node));
      for (const one of seen) {
        one.avoided ||= !one.pair.always.holds(state, product.edge);
        one.answered ||= one.pair.answer.holds(state, product.edge);
      }
    }
  }
  return some && open.length === 0 ? seen : undefined;
};
