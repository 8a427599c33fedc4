/** Functions over sets without end: `[n \in Nat |-> e]`. A result is computed when somebody asks for it, and nobody can list them. */
import { equals } from './compare.js';
import { TlaError } from './errors.js';
import { brief } from './format.js';
import { TlaFunction, type TlaSet } from './values.js';

/** See the head of the file. */
export class EndlessFunction<K, V> extends TlaFunction<K, V> {
  readonly size = Infinity;

  constructor(
    /** The domain. */
    readonly over: TlaSet<K>,
    private readonly result: (x: K) => V,
  ) {
    super();
  }

  override get notation(): string {
    return `[x \\in ${brief(this.over)} |-> ...]`;
  }

  has(x: unknown): boolean {
    return this.over.has(x);
  }

  get(x: unknown): V | undefined {
    return this.over.has(x) ? this.result(x as K) : undefined;
  }

  keys(): never {
    throw new TlaError('infinite', `a function over ${brief(this.over)} cannot be listed: it has no end`);
  }

  entries(): never {
    return this.keys();
  }

  [Symbol.iterator](): never {
    return this.keys();
  }

  with(key: K, value: V): TlaFunction<K, V> {
    return new EndlessFunction(this.over, (x) => (equals(x, key) ? value : this.result(x)));
  }
}
