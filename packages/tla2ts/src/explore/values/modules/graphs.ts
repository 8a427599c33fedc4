/** The community's modules of relations and graphs. A graph is a record of its nodes and its edges, pairs or sets of two nodes. */
import type { Fn2, Kit, Operator, Operators } from './kit.js';

/** Whether there is an edge, or a path, between two of the nodes, by their numbers. */
type Matrix = readonly (readonly boolean[])[];

/** By `Module!Operator`. */
export const graphOperators = (kit: Kit): Operators => {
  const { apply, bool, equal, field, list, makeFunction, seq, set, setOf } = kit;
  const nodes = (g: unknown): readonly unknown[] => list(field(g, 'node'));
  const edges = (g: unknown): readonly unknown[] => list(field(g, 'edge'));
  const numberOf = (items: readonly unknown[], x: unknown): number => items.findIndex((item) => equal(item, x));
  /** The number of a node of the graph. */
  const nodeNumber = (g: unknown, x: unknown): number => {
    const at = numberOf(nodes(g), x);
    return at < 0 ? kit.fail(`${kit.show(x)} is no node of the graph`) : at;
  };

  const matrix = (items: readonly unknown[], test: Fn2): Matrix => items.map((x) => items.map((y) => bool(test(x, y))));
  /** Paths of one edge or more. */
  const closure = (direct: Matrix): Matrix => {
    const reach = direct.map((row) => [...row]);
    for (let k = 0; k < reach.length; k++) {
      for (const row of reach) if (row[k] === true) reach[k]?.forEach((to, j) => (row[j] ||= to));
    }
    return reach;
  };
  const reflexive = (m: Matrix): Matrix => m.map((row, i) => row.map((one, j) => one || i === j));
  const asFunction = (items: readonly unknown[], m: Matrix): unknown =>
    makeFunction(kit.product([setOf(items), setOf(items)]), (pair) => {
      const [x, y] = seq(pair);
      return m[numberOf(items, x)]?.[numberOf(items, y)];
    });

  const adjacent = (g: unknown): Matrix => {
    const has = set(field(g, 'edge'));
    return matrix(nodes(g), (x, y) => has.has([x, y]));
  };
  const joined = (g: unknown): Matrix => {
    const has = set(field(g, 'edge'));
    return matrix(nodes(g), (x, y) => has.has(setOf([x, y])));
  };
  const isConnected = (m: Matrix): boolean => reflexive(closure(m)).every((row) => row.every(Boolean));
  const areConnected = (of: (g: unknown) => Matrix) => (x: unknown, y: unknown, g: unknown) => {
    const items = nodes(g);
    return reflexive(closure(of(g)))[numberOf(items, x)]?.[numberOf(items, y)] === true;
  };
  const simplePaths = (of: (g: unknown) => Matrix) => (g: unknown) => {
    const [items, m] = [nodes(g), of(g)];
    const extended = (path: readonly number[]): readonly (readonly number[])[] => [
      path,
      ...items.flatMap((_, i) =>
        m[path.at(-1) as number]?.[i] === true && !path.includes(i) ? extended([...path, i]) : [],
      ),
    ];
    return setOf(items.flatMap((_, i) => extended([i])).map((path) => path.map((j) => items[j])));
  };
  const picked = (g: unknown, test: (x: unknown, i: number) => boolean): unknown => setOf(nodes(g).filter(test));
  const ends = (edge: unknown): readonly unknown[] => seq(edge);
  const graph = (node: unknown, edge: unknown): unknown => ({ node, edge });
  const isGraph = (g: unknown): boolean => equal(g, graph(field(g, 'node'), field(g, 'edge')));
  const isDirected = (g: unknown): boolean => {
    const known = set(field(g, 'node'));
    return isGraph(g) && edges(g).every((edge) => ends(edge).length === 2 && ends(edge).every((x) => known.has(x)));
  };
  const isSymmetricGraph = (g: unknown): boolean => {
    const has = set(field(g, 'edge'));
    return isDirected(g) && edges(g).every((edge) => has.has(ends(edge).toReversed()));
  };
  const isUndirected = (g: unknown, loops: boolean): boolean => {
    const known = set(field(g, 'node'));
    return (
      isGraph(g) &&
      edges(g).every((edge) => {
        const both = list(edge);
        return both.every((x) => known.has(x)) && (both.length === 2 || (loops && both.length === 1));
      })
    );
  };
  const subgraphs = (g: unknown, test: (h: unknown) => boolean): unknown => {
    const all = kit.product([kit.powerSet(field(g, 'node')), kit.powerSet(field(g, 'edge'))]);
    const found = list(all).map((pair) => graph(seq(pair)[0], seq(pair)[1]));
    return setOf(found.filter(test));
  };
  const successors = (g: unknown, of: readonly unknown[]): unknown => {
    const has = set(field(g, 'edge'));
    return picked(g, (y) => of.some((x) => has.has([x, y])));
  };
  const predecessors = (g: unknown, of: readonly unknown[]): unknown => {
    const has = set(field(g, 'edge'));
    return picked(g, (x) => of.some((y) => has.has([x, y])));
  };
  const hasCycle = (g: unknown): boolean => closure(adjacent(g)).some((row, i) => row[i] === true);
  const components = (g: unknown): unknown => {
    const [items, m] = [nodes(g), reflexive(closure(joined(g)))];
    return setOf(m.map((row) => setOf(items.filter((_, j) => row[j]))));
  };

  /** A relation is asked only where the answer counts: it may have no value elsewhere. */
  type Property = (items: readonly unknown[], related: (x: unknown, y: unknown) => boolean) => boolean;
  const pairwise =
    (test: (related: (x: unknown, y: unknown) => boolean, x: unknown, y: unknown) => boolean): Property =>
    (items, related) =>
      items.every((x) => items.every((y) => test(related, x, y)));
  const all =
    (...properties: readonly Property[]): Property =>
    (items, related) =>
      properties.every((property) => property(items, related));
  const isReflexive: Property = (items, related) => items.every((x) => related(x, x));
  const isIrreflexive: Property = (items, related) => items.every((x) => !related(x, x));
  const isAntiSymmetric = pairwise((related, x, y) => !(related(x, y) && related(y, x)) || equal(x, y));
  const isTransitive: Property = (items, related) =>
    items.every((x) => items.every((y) => items.every((z) => !(related(x, y) && related(y, z)) || related(x, z))));
  const isTotal = pairwise((related, x, y) => equal(x, y) || related(x, y) || related(y, x));
  const properties: Readonly<Record<string, Property>> = {
    IsReflexive: isReflexive,
    IsIrreflexive: isIrreflexive,
    IsSymmetric: pairwise((related, x, y) => related(x, y) === related(y, x)),
    IsAntiSymmetric: isAntiSymmetric,
    IsAsymmetric: pairwise((related, x, y) => !(related(x, y) && related(y, x))),
    IsTransitive: isTransitive,
    IsStrictlyPartiallyOrdered: all(isIrreflexive, isAntiSymmetric, isTransitive),
    IsPartiallyOrdered: all(isReflexive, isAntiSymmetric, isTransitive),
    IsStrictlyTotallyOrdered: all(isIrreflexive, isAntiSymmetric, isTransitive, isTotal),
    IsTotallyOrdered: all(isReflexive, isAntiSymmetric, isTransitive, isTotal),
  };
  const ask =
    (op: Fn2) =>
    (x: unknown, y: unknown): boolean =>
      bool(op(x, y));
  const inRelation =
    (r: unknown): Fn2 =>
    (x, y) =>
      apply(r, [x, y]);
  const relation = (r: unknown, of: unknown): Matrix => matrix(list(of), inRelation(r));
  const relations = Object.entries(properties).flatMap(([name, holds]) => [
    [`Relation!${name}`, (r: unknown, of: unknown) => holds(list(of), ask(inRelation(r)))],
    [`Relation!${name}Under`, (op: Fn2, of: unknown) => holds(list(of), ask(op))],
  ]);

  return {
    ...(Object.fromEntries(relations) as Readonly<Record<string, Operator>>),
    'Relation!IsConnected': (r: unknown, of: unknown) => set(of).size < 2 || isConnected(relation(r, of)),
    'Relation!TransitiveClosure': (r: unknown, of: unknown) => asFunction(list(of), closure(relation(r, of))),
    'Relation!ReflexiveTransitiveClosure': (r: unknown, of: unknown) =>
      asFunction(list(of), set(of).size < 2 ? [[true]] : reflexive(closure(relation(r, of)))),
    'Graphs!IsDirectedGraph': isDirected,
    'Graphs!DirectedSubgraph': (g: unknown) => subgraphs(g, isDirected),
    'Graphs!Transpose': (g: unknown) => graph(field(g, 'node'), setOf(edges(g).map((edge) => ends(edge).toReversed()))),
    'Graphs!IsUndirectedGraph': isSymmetricGraph,
    'Graphs!UndirectedSubgraph': (g: unknown) => subgraphs(g, isSymmetricGraph),
    'Graphs!SimplePath': simplePaths(adjacent),
    'Graphs!AreConnectedIn': areConnected(adjacent),
    'Graphs!IsStronglyConnected': (g: unknown) => isConnected(adjacent(g)),
    'Graphs!ConnectionsIn': (g: unknown) => asFunction(nodes(g), reflexive(closure(adjacent(g)))),
    'Graphs!IsTreeWithRoot': (g: unknown, root: unknown) => {
      if (!isDirected(g)) return false;
      const outgoing = adjacent(g).map((row) => row.filter(Boolean).length);
      const at = numberOf(nodes(g), root);
      const reach = reflexive(closure(adjacent(g)));
      return at >= 0 && outgoing.every((n, i) => n <= (i === at ? 0 : 1)) && reach.every((row) => row[at]);
    },
    'Graphs!GraphUnion': (g: unknown, h: unknown) =>
      graph(kit.union(field(g, 'node'), field(h, 'node')), kit.union(field(g, 'edge'), field(h, 'edge'))),
    'Graphs!IsBipartiteWithPartitions': (g: unknown, u: unknown, v: unknown) => {
      const [left, right] = [set(u), set(v)];
      const crosses = ([x, y]: readonly unknown[]): boolean =>
        (left.has(x) && right.has(y)) || (left.has(y) && right.has(x));
      const isApart = list(u).every((x) => !right.has(x));
      return isApart && nodes(g).every((x) => left.has(x) || right.has(x)) && edges(g).every((e) => crosses(ends(e)));
    },
    'Graphs!HasCycle': hasCycle,
    'Graphs!IsDag': (g: unknown) => isDirected(g) && !hasCycle(g),
    'Graphs!Successors': (g: unknown, x: unknown) => successors(g, [x]),
    'Graphs!AllSuccessors': (g: unknown, of: unknown) => successors(g, list(of)),
    'Graphs!Predecessors': (g: unknown, x: unknown) => predecessors(g, [x]),
    'Graphs!AllPredecessors': (g: unknown, of: unknown) => predecessors(g, list(of)),
    'Graphs!Ancestors': (g: unknown, x: unknown) => {
      const [m, at] = [closure(adjacent(g)), nodeNumber(g, x)];
      return picked(g, (_, i) => m[i]?.[at] === true);
    },
    'Graphs!Descendants': (g: unknown, x: unknown) => {
      const row = closure(adjacent(g))[nodeNumber(g, x)];
      return picked(g, (_, i) => row?.[i] === true);
    },
    'Graphs!InDegree': (g: unknown, x: unknown) => set(predecessors(g, [x])).size,
    'Graphs!OutDegree': (g: unknown, x: unknown) => set(successors(g, [x])).size,
    'Graphs!Roots': (g: unknown) => picked(g, (x) => set(predecessors(g, [x])).size === 0),
    'Graphs!Leaves': (g: unknown) => picked(g, (x) => set(successors(g, [x])).size === 0),
    'Graphs!EmptyGraph': () => graph(setOf([]), setOf([])),
    'Graphs!Graphs': (of: unknown) => kit.recordSet({ node: setOf([of]), edge: kit.powerSet(kit.product([of, of])) }),
    'UndirectedGraphs!IsUndirectedGraph': (g: unknown) => isUndirected(g, true),
    'UndirectedGraphs!IsLoopFreeUndirectedGraph': (g: unknown) => isUndirected(g, false),
    'UndirectedGraphs!UndirectedSubgraph': (g: unknown) => subgraphs(g, (h) => isUndirected(h, true)),
    'UndirectedGraphs!SimplePath': simplePaths(joined),
    'UndirectedGraphs!AreConnectedIn': areConnected(joined),
    'UndirectedGraphs!ConnectedComponents': components,
    'UndirectedGraphs!IsStronglyConnected': (g: unknown) => nodes(g).length > 0 && isConnected(joined(g)),
    'UndirectedGraphs!UndirectedGraphs': (of: unknown) => {
      const pairs = list(of).flatMap((x) => list(of).map((y) => setOf([x, y])));
      return kit.recordSet({ node: setOf([of]), edge: kit.powerSet(setOf(pairs)) });
    },
  };
};
