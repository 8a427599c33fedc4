/** Models in words, written by hand, for the tests of the explorer. */
import type { Model, StatePredicate } from '../src/index.js';

/** A graph of at most 2^16 nodes; a node is two words, so that the state is not just one number. */
export interface Graph {
  readonly initial: readonly number[];
  /** Successors of each node, per action. */
  readonly edges: readonly (readonly (readonly number[])[])[];
}

export const nodeOf = (words: Uint32Array, at: number): number =>
  (words[at] as number) * 256 + (words[at + 1] as number);

/** What `nodeOf` reads. */
export const wordsOf = (node: number): [number, number] => [node >> 8, node & 255];

const write = (node: number, words: Uint32Array, at: number): void => {
  words.set(wordsOf(node), at);
};

export const graphModel = (graph: Graph, extra: Partial<Model> = {}): Model => ({
  name: 'graph',
  wordsPerState: 2,
  checkDeadlock: false,
  invariants: [],
  initial: (to, toAt, emit) => {
    for (const node of graph.initial) {
      write(node, to, toAt);
      if (!emit()) return;
    }
  },
  actions: graph.edges.map((successors, action) => ({
    name: `A${action}`,
    successors: (from, at, to, toAt, emit) => {
      for (const node of successors[nodeOf(from, at)] ?? []) {
        write(node, to, toAt);
        if (!emit()) return;
      }
    },
  })),
  ...extra,
});

/** A predicate of the node's number. */
export const node = (name: string, holds: (node: number) => boolean): StatePredicate => ({
  name,
  holds: (words, at) => holds(nodeOf(words, at)),
});

/** Counts from 0 to `last`, one action up, one back to zero. */
export const counter = (last: number, extra: Partial<Model> = {}): Model => ({
  name: 'counter',
  wordsPerState: 1,
  checkDeadlock: true,
  invariants: [],
  initial: (to, toAt, emit) => {
    to[toAt] = 0;
    emit();
  },
  actions: [
    {
      name: 'Up',
      successors: (from, at, to, toAt, emit) => {
        if (from[at] === last) return;
        to[toAt] = (from[at] as number) + 1;
        emit();
      },
    },
    {
      name: 'Reset',
      successors: (from, at, to, toAt, emit) => {
        if (from[at] !== last) return;
        to[toAt] = 0;
        emit();
      },
    },
  ],
  ...extra,
});

/** Two counters below `size` that go up one at a time: as many states as a square has fields. */
export const grid = (size: number, more: Partial<Model> = {}): Model => ({
  name: 'grid',
  wordsPerState: 2,
  checkDeadlock: false,
  invariants: [],
  initial: (to, at, emit) => {
    to[at] = 0;
    to[at + 1] = 0;
    emit();
  },
  actions: [0, 1].map((which) => ({
    name: `Up${which}`,
    successors: (from, at, to, toAt, emit) => {
      if (from[at + which]! + 1 >= size) return;
      to[toAt] = from[at]!;
      to[toAt + 1] = from[at + 1]!;
      to[toAt + which]!++;
      emit();
    },
  })),
  ...more,
});
