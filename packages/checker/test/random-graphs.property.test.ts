import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Graph, graphModel, node, nodeOf } from './models.js';

import { explore } from '../src/index.js';

/** Distance of every reachable node and the number of edges leaving them, the simple way. */
const reference = (graph: Graph): { distance: Map<number, number>; generated: number } => {
  const distance = new Map<number, number>();
  let frontier = [...new Set(graph.initial)];
  let generated = graph.initial.length;
  for (let level = 1; frontier.length > 0; level++) {
    for (const n of frontier) distance.set(n, level);
    const next = frontier.flatMap((n) => graph.edges.flatMap((action) => action[n] ?? []));
    generated += next.length;
    frontier = [...new Set(next)].filter((n) => !distance.has(n));
  }
  return { distance, generated };
};

const graphs: fc.Arbitrary<Graph> = fc.integer({ min: 1, max: 600 }).chain((nodes) => {
  const some = (max: number): fc.Arbitrary<number[]> => fc.array(fc.nat(nodes - 1), { maxLength: max });
  return fc.record({
    initial: fc.array(fc.nat(nodes - 1), { minLength: 1, maxLength: 3 }),
    edges: fc.array(fc.array(some(3), { minLength: nodes, maxLength: nodes }), { minLength: 1, maxLength: 3 }),
  });
});

test('distinct states, generated states and depth are those of a simple search', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const { distance, generated } = reference(graph);
      const outcome = explore(graphModel(graph));
      expect(outcome).toMatchObject({ result: 'success', distinct: distance.size, generated });
      expect(outcome.depth).toBe(Math.max(...distance.values()));
    }),
    { numRuns: 60 },
  );
});

test('a counterexample is a path of the graph, and none is shorter', () => {
  fc.assert(
    fc.property(graphs, fc.nat(599), (graph, bad) => {
      const level = reference(graph).distance.get(bad);
      const outcome = explore(graphModel(graph, { invariants: [node('NotBad', (n) => n !== bad)] }));
      if (level === undefined) return void expect(outcome.result).toBe('success');
      const path = (outcome.trace ?? []).map(({ words, action }) => ({ at: nodeOf(words, 0), action }));
      expect(path).toHaveLength(level);
      expect(path.at(-1)?.at).toBe(bad);
      expect(graph.initial).toContain(path[0]?.at);
      path.slice(1).forEach(({ at, action }, i) => expect(graph.edges[action!]![path[i]!.at]).toContain(at));
    }),
    { numRuns: 60 },
  );
});

test('a run is repeatable in every number and in its trace', () => {
  fc.assert(
    fc.property(graphs, fc.nat(599), (graph, bad) => {
      const model = graphModel(graph, { invariants: [node('NotBad', (n) => n !== bad)] });
      const [a, b] = [explore(model, { clock: () => 0 }), explore(model, { clock: () => 0 })];
      expect(a).toEqual(b);
    }),
    { numRuns: 20 },
  );
});
