/** The nodes of a product that behaviours visit, breadth first. */
import { type Watch, perWatch } from './graph.js';
import type { Product } from './product.js';

/** The parent of a node in which behaviours begin, and of one that none visits. */
const root = 0xffff_fffe;
const unknown = 0xffff_ffff;

export interface Reached {
  /** Nodes by their distance from the beginning. */
  readonly order: Uint32Array;
  readonly parents: Uint32Array;
}

export const reach = (product: Product, watch: Watch): Reached => {
  const parents = new Uint32Array(product.nodes).fill(unknown);
  const order = new Uint32Array(product.nodes);
  let size = 0;
  const add = (node: number, parent: number): void => {
    if (parents[node] !== unknown) return;
    parents[node] = parent;
    order[size++] = node;
  };
  for (const node of product.initial()) add(node, root);
  for (let at = 0; at < size; at++) {
    if (at % perWatch === 0) watch(0);
    const node = order[at] as number;
    const count = product.edgesOf(node);
    for (let i = 0; i < count; i++) {
      const next = product.follow(node, i);
      if (next >= 0) add(next, node);
    }
  }
  return { order: order.subarray(0, size), parents };
};

/** The nodes from the beginning to this one. */
export const pathTo = ({ parents }: Reached, node: number): readonly number[] => {
  const path: number[] = [];
  for (let at = node; at !== root; at = parents[at] as number) path.push(at);
  return path.reverse();
};
