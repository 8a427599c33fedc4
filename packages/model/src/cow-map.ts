/** A map that can be handed out and branched for nothing: it is copied at the first change after that. */
export class CowMap<V> {
  #map: Map<number, V>;
  #lent: boolean;

  constructor(map: Map<number, V> = new Map(), lent = false) {
    this.#map = map;
    this.#lent = lent;
  }

  get size(): number {
    return this.#map.size;
  }

  get(key: number): V | undefined {
    return this.#map.get(key);
  }

  has(key: number): boolean {
    return this.#map.has(key);
  }

  set(key: number, value: V): void {
    this.#own().set(key, value);
  }

  delete(key: number): void {
    if (this.#map.has(key)) this.#own().delete(key);
  }

  /** Keys in [start, end), ascending. Costs the smaller of the range's and the map's size. */
  keysIn(start: number, end: number): number[] {
    const keys: number[] = [];
    if (end - start <= this.#map.size) {
      for (let key = start; key < end; key += 1) if (this.#map.has(key)) keys.push(key);
      return keys;
    }
    for (const key of this.#map.keys()) if (key >= start && key < end) keys.push(key);
    return keys.sort((a, b) => a - b);
  }

  /** The map as it is; later changes do not touch it. */
  view(): ReadonlyMap<number, V> {
    this.#lent = true;
    return this.#map;
  }

  clone(): CowMap<V> {
    this.#lent = true;
    return new CowMap(this.#map, true);
  }

  #own(): Map<number, V> {
    if (this.#lent) {
      this.#map = new Map(this.#map);
      this.#lent = false;
    }
    return this.#map;
  }
}
