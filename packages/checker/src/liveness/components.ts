/** Strongly connected components: Tarjan's algorithm (1972) with a stack of its own. */
import { type Region, type Regions, followInside } from './region.js';
import { type Watch, perWatch } from './graph.js';
import type { Product } from './product.js';

/** Memory for searches in one product; each leaves `index` zero on the nodes that it handed out. */
export interface Scratch {
  /** When a node was met, from 1. */
  readonly index: Uint32Array;
  readonly low: Uint32Array;
  readonly regions: Regions;
  /** Regions so far. */
  count: number;
}

/** Makes each component of a region a region of its own and hands it over. */
export const components = (
  product: Product,
  region: Region,
  scratch: Scratch,
  watch: Watch,
  found: (component: Region) => void,
): void => {
  const { index, low, regions } = scratch;
  const { nodes, filters } = region;
  /** The path to the current node, with the next edge of each of its nodes; the nodes without a component yet. */
  const path = new Stack();
  const edges = new Stack();
  const open = new Stack();
  let met = 0;
  const enter = (node: number): void => {
    index[node] = low[node] = ++met;
    path.push(node);
    edges.push(0);
    open.push(node);
    if (met % perWatch === 0) watch(path.bytes + edges.bytes + open.bytes);
  };
  for (const root of nodes) {
    if (regions[root] !== region.number || index[root] !== 0) continue;
    enter(root);
    while (path.size > 0) {
      const node = path.top;
      const count = product.edgesOf(node);
      let i = edges.top;
      let deeper = false;
      while (i < count && !deeper) {
        const next = followInside(product, regions, region, node, i++);
        if (next < 0) continue;
        const met = index[next] as number;
        if (met === 0) {
          edges.top = i;
          enter(next);
          deeper = true;
        } else if (met < (low[node] as number)) low[node] = met;
      }
      if (deeper) continue;
      path.pop();
      edges.pop();
      if (path.size > 0) low[path.top] = Math.min(low[path.top] as number, low[node] as number);
      if (low[node] !== index[node]) continue;
      const members = open.popFrom(node);
      const number = ++scratch.count;
      for (const member of members) {
        regions[member] = number;
        index[member] = 0;
      }
      found({ number, nodes: members, filters });
    }
  }
};

/** Unsigned 32-bit numbers. */
class Stack {
  size = 0;
  private items = new Uint32Array(1024);

  get bytes(): number {
    return this.items.byteLength;
  }

  get top(): number {
    return this.items[this.size - 1] as number;
  }

  set top(value: number) {
    this.items[this.size - 1] = value;
  }

  push(value: number): void {
    if (this.size === this.items.length) {
      const larger = new Uint32Array(this.size * 2);
      larger.set(this.items);
      this.items = larger;
    }
    this.items[this.size++] = value;
  }

  pop(): void {
    this.size--;
  }

  /** Takes away the last `value` and all above it. @returns them, good until the next push */
  popFrom(value: number): Uint32Array {
    const end = this.size;
    do this.size--;
    while (this.items[this.size] !== value);
    return this.items.subarray(this.size, end);
  }
}
