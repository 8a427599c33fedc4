/** A cycle in a strongly connected region that does all that has to be done. */
import { type Region, type Regions, followInside } from './region.js';
import type { Product } from './product.js';

/** Whether the edge that the product just followed from this node does what has to be done. */
export type Need = (node: number) => boolean;

/** Nodes from `start`, the last of which has an edge to `start`; nearest deeds come first. */
export const cycleThrough = (
  product: Product,
  regions: Regions,
  region: Region,
  start: number,
  needs: readonly Need[],
): readonly number[] => {
  const cycle: number[] = [];
  let at = start;
  let open = needs;
  /** A shortest walk to an edge that `wanted` accepts; its end is where the next one starts. */
  const walk = (wanted: (node: number, next: number) => boolean): void => {
    const from = new Map<number, number>();
    const queue = [at];
    for (const node of queue) {
      const count = product.edgesOf(node);
      for (let i = 0; i < count; i++) {
        const next = followInside(product, regions, region, node, i);
        if (next < 0) continue;
        if (wanted(node, next)) {
          const path = [node];
          for (let back = node; back !== at;) path.push((back = from.get(back) as number));
          cycle.push(...path.reverse());
          at = next;
          return;
        }
        if (!from.has(next) && next !== at) {
          from.set(next, node);
          queue.push(next);
        }
      }
    }
    throw new Error('a strongly connected region has no way to one of its edges');
  };
  while (open.length > 0) {
    walk((node) => {
      const left = open.filter((need) => !need(node));
      if (left.length === open.length) return false;
      open = left;
      return true;
    });
  }
  if (at !== start || cycle.length === 0) walk((_, next) => next === start);
  return cycle;
};
