/** Shared objects by number: a table that can be branched for nothing. A branch copies an object when it first asks for it. */
import { PageMap } from './page-map.js';
import type { SharedObject } from './objects.js';

/** See the head of the file. */
export class ObjectTable {
  #entries = new PageMap<Entry>();
  #owner: object = {};

  has(file: number): boolean {
    return this.#entries.has(file);
  }

  /** The object, which may be changed: other branches do not see it. */
  get(file: number): SharedObject | undefined {
    const entry = this.#entries.get(file);
    if (entry === undefined || entry.owner === this.#owner) return entry?.object;
    const object = entry.object.clone();
    this.set(file, object);
    return object;
  }

  set(file: number, object: SharedObject): void {
    this.#entries.set(file, { object, owner: this.#owner });
  }

  delete(file: number): void {
    this.#entries.delete(file);
  }

  /** Every object, by number. */
  *values(): Generator<SharedObject> {
    for (const file of this.#entries.view().keys()) yield this.get(file) as SharedObject;
  }

  /** An independent table with the same objects. */
  clone(): ObjectTable {
    const copy = new ObjectTable();
    copy.#entries = this.#entries.clone();
    this.#owner = {};
    return copy;
  }
}

interface Entry {
  readonly object: SharedObject;
  /** Who may change it: one table, until another has the entry too. */
  readonly owner: object;
}
