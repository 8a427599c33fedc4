/**
 * A map from pages (or other numbers below 2^35) that can be branched for nothing and then costs little to change: a tree whose
 * nodes have 32 slots each, of which a change copies those on the way to it that a branch has as well.
 */

const BITS = 5;
const WIDTH = 1 << BITS;
const MASK = WIDTH - 1;
/** The root takes the highest bits of a key, the levels below five of these each. */
const LOW_BITS = 30;

const NOTHING: readonly unknown[] = Array.from({ length: WIDTH });

/** A node of the tree: slots of other nodes or, at the lowest level, of values. */
class Node {
  /** Slots in use. */
  used = 0;

  constructor(
    readonly owner: object,
    readonly slots: unknown[] = NOTHING.slice(),
  ) {}

  copy(owner: object): Node {
    const copy = new Node(owner, this.slots.slice());
    copy.used = this.used;
    return copy;
  }
}

/** See the head of the file. `undefined` is no value. */
export class PageMap<V> {
  #root: Node;
  #size = 0;
  /** Who may change a node in place: this map, until somebody else has the nodes too. */
  #owner: object = {};
  /** What `view` gave, as long as nothing changes. */
  #flat: ReadonlyMap<number, V> | undefined;

  constructor(root?: Node) {
    this.#root = root ?? new Node(this.#owner);
  }

  get size(): number {
    return this.#size;
  }

  get(key: number): V | undefined {
    let node = this.#root.slots[Math.floor(key / 2 ** LOW_BITS)] as Node | undefined;
    for (let shift = LOW_BITS - BITS; shift >= 0 && node !== undefined; shift -= BITS) {
      node = node.slots[(key >>> shift) & MASK] as Node | undefined;
    }
    return node as V | undefined;
  }

  has(key: number): boolean {
    return this.#size > 0 && this.get(key) !== undefined;
  }

  set(key: number, value: V): void {
    this.#flat = undefined;
    let node = this.#ownRoot();
    let slot = Math.floor(key / 2 ** LOW_BITS);
    for (let shift = LOW_BITS - BITS; shift >= 0; shift -= BITS) {
      node = this.#ownChild(node, slot);
      slot = (key >>> shift) & MASK;
    }
    if (node.slots[slot] === undefined) {
      node.used += 1;
      this.#size += 1;
    }
    node.slots[slot] = value;
  }

  delete(key: number): void {
    if (!this.has(key)) return;
    this.#flat = undefined;
    this.#size -= 1;
    this.#remove(this.#ownRoot(), Math.floor(key / 2 ** LOW_BITS), LOW_BITS - BITS, key);
  }

  /** Keys in [start, end), ascending. Costs what is there, not how long the range is. */
  keysIn(start: number, end: number): number[] {
    const keys: number[] = [];
    if (this.#size > 0) collect(this.#root, 0, LOW_BITS, start, end, keys);
    return keys;
  }

  /** The map as it is; later changes do not touch it. */
  view(): ReadonlyMap<number, V> {
    if (this.#flat === undefined) {
      const flat = new Map<number, V>();
      if (this.#size > 0) fill(this.#root, 0, LOW_BITS, flat);
      this.#flat = flat;
    }
    return this.#flat;
  }

  /** Whether neither has changed since one was cloned from the other. */
  isSame(other: PageMap<V>): boolean {
    return this.#root === other.#root;
  }

  /** Calls `see` for every key whose value is another than in `before`. Costs what differs, if both were one map once. */
  since(before: PageMap<V>, see: (key: number, old: V | undefined, now: V | undefined) => void): void {
    differ(before.#root, this.#root, 0, LOW_BITS, see);
  }

  /** An independent map with the same pages; costs nothing until one of the two changes. */
  clone(): PageMap<V> {
    const copy = new PageMap<V>(this.#root);
    copy.#size = this.#size;
    copy.#flat = this.#flat;
    this.#owner = {};
    return copy;
  }

  #ownRoot(): Node {
    if (this.#root.owner !== this.#owner) this.#root = this.#root.copy(this.#owner);
    return this.#root;
  }

  #ownChild(node: Node, slot: number): Node {
    const child = node.slots[slot] as Node | undefined;
    if (child?.owner === this.#owner) return child;
    if (child === undefined) node.used += 1;
    return (node.slots[slot] = child?.copy(this.#owner) ?? new Node(this.#owner)) as Node;
  }

  /** Takes out a key that is there, and the nodes that are empty then. @param shift of the slots below `node` */
  #remove(node: Node, slot: number, shift: number, key: number): void {
    if (shift >= 0) {
      const child = this.#ownChild(node, slot);
      this.#remove(child, (key >>> shift) & MASK, shift - BITS, key);
      if (child.used > 0) return;
    }
    node.slots[slot] = undefined;
    node.used -= 1;
  }
}

/** Adds the keys in [start, end) of a node whose first key is `base` and whose slots have 2^shift keys each. */
function collect(node: Node, base: number, shift: number, start: number, end: number, keys: number[]): void {
  const span = 2 ** shift;
  const from = Math.max(0, Math.floor((start - base) / span));
  const to = Math.min(WIDTH, Math.ceil((end - base) / span));
  for (let slot = from; slot < to; slot++) {
    const child = node.slots[slot];
    if (child === undefined) continue;
    const at = base + slot * span;
    if (shift === 0) keys.push(at);
    else collect(child as Node, at, shift - BITS, start, end, keys);
  }
}

/** Puts all of a node whose first key is `base` and whose slots have 2^shift keys each into a map. */
function fill<V>(node: Node, base: number, shift: number, map: Map<number, V>): void {
  let left = node.used;
  for (let slot = 0; left > 0; slot++) {
    const child = node.slots[slot];
    if (child === undefined) continue;
    left -= 1;
    const at = base + slot * 2 ** shift;
    if (shift === 0) map.set(at, child as V);
    else fill(child as Node, at, shift - BITS, map);
  }
}

/** See `since`; one of the two nodes may be missing. */
function differ<V>(
  before: Node | undefined,
  after: Node | undefined,
  base: number,
  shift: number,
  see: (key: number, old: V | undefined, now: V | undefined) => void,
): void {
  if (before === after) return;
  for (let slot = 0; slot < WIDTH; slot++) {
    const [old, now] = [before?.slots[slot], after?.slots[slot]];
    if (old === now) continue;
    const at = base + slot * 2 ** shift;
    if (shift === 0) see(at, old as V | undefined, now as V | undefined);
    else differ(old as Node | undefined, now as Node | undefined, at, shift - BITS, see);
  }
}
