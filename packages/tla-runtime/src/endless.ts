/** Functions over sets without end: `[n \in Nat |-> e]`. A result is computed when somebody asks for it, and nobody can list them. */
import { equals } from './compare.js';
import { TlaError } from './errors.js';
import { brief } from './format.js';
import { TlaFunction, type TlaSet } from './values.js';

/** `[x \in S |-> e]` where S has no end: it has what generated code asks of a Map. */
export function makeEndless<K, V>(set: TlaSet<K>, result: (x: K) => V): ReadonlyMap<K, V> {
  return new EndlessFunction(set, result) as unknown as ReadonlyMap<K, V>;
}

class EndlessFunction<K, V> extends TlaFunction<K, V> {
  readonly size = Infinity;

  constructor(
    private readonly set: TlaSet<K>,
    private readonly result: (x: K) => V,
  ) {
    super();
  }

  override get over(): TlaSet<K> {
    return this.set;
  }

  has(x: unknown): boolean {
    return this.set.has(x);
  }

  get(x: unknown): V | undefined {
    return this.set.has(x) ? this.result(x as K) : undefined;
  }

  keys(): never {
    throw new TlaError('infinite', `a function over ${brief(this.set)} cannot be listed: it has no end`);
  }

  entries(): never {
    return this.keys();
  }

  [Symbol.iterator](): never {
    return this.keys();
  }

  with(key: K, value: V): TlaFunction<K, V> {
    return new EndlessFunction(this.set, (x) => (equals(x, key) ? value : this.result(x)));
  }
}
