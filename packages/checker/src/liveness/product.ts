/**
 * The graph of states together with an automaton: node `state * size + q` stands for "the behaviour is in `state`, and what
 * remains of it satisfies q". Edges are not stored: edge i of a node is found from the graph's edges and q's transitions.
 */
import type { Automaton } from './automaton.js';
import type { StateGraph } from './graph.js';
import type { Test, Tests } from './tests.js';

interface TestedTransition {
  readonly test: Test;
  readonly next: number;
  readonly postponed: ReadonlySet<number>;
}

export class Product {
  readonly size: number;
  readonly nodes: number;
  /** The graph's edge that `follow` took. */
  edge = 0;
  /** The `<>f` that `follow` did not fulfil. */
  postponed: ReadonlySet<number> = new Set();
  private readonly transitions: readonly (readonly TestedTransition[])[];

  constructor(
    private readonly graph: StateGraph,
    automaton: Automaton,
    tests: Tests,
  ) {
    this.size = automaton.states.length;
    this.nodes = graph.states * this.size;
    this.transitions = automaton.states.map((transitions) =>
      transitions.map(({ condition, next, postponed }) => ({ test: tests.of(condition), next, postponed })),
    );
  }

  /** The nodes in which behaviours begin. */
  *initial(): Generator<number> {
    for (let state = 0; state < this.graph.initial; state++) yield state * this.size;
  }

  stateOf(node: number): number {
    return Math.floor(node / this.size);
  }

  /** An upper bound on the edges of a node. */
  edgesOf(node: number): number {
    const state = this.stateOf(node);
    const { first } = this.graph;
    return ((first[state + 1] as number) - (first[state] as number)) * this.transitions[node % this.size]!.length;
  }

  /** @returns the node at the other end of an edge, -1 if there is no such edge; sets `edge` and `postponed` */
  follow(node: number, i: number): number {
    const state = this.stateOf(node);
    const { first, target } = this.graph;
    const begin = first[state] as number;
    const degree = (first[state + 1] as number) - begin;
    const transition = this.transitions[node % this.size]![Math.floor(i / degree)] as TestedTransition;
    const edge = begin + (i % degree);
    if (!transition.test.holds(state, edge)) return -1;
    this.edge = edge;
    this.postponed = transition.postponed;
    return (target[edge] as number) * this.size + transition.next;
  }
}
