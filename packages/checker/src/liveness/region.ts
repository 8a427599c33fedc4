/** Parts of the product's nodes. Regions are disjoint; each node knows the number of its own. */
import type { Product } from './product.js';
import type { Test } from './tests.js';

/** Behaviours in the region take only edges that satisfy all filters. */
export interface Region {
  readonly number: number;
  readonly nodes: Uint32Array;
  readonly filters: readonly Test[];
}

/** The number of each node's region; 0: none. */
export type Regions = Uint32Array;

/** Follows an edge within a region. @returns the node at its end, or -1 */
export const followInside = (
  product: Product,
  regions: Regions,
  { number, filters }: Region,
  node: number,
  i: number,
): number => {
  const next = product.follow(node, i);
  if (next < 0 || regions[next] !== number) return -1;
  const state = product.stateOf(node);
  for (const filter of filters) if (!filter.holds(state, product.edge)) return -1;
  return next;
};
