/** SYMMETRY: states that are the same but for the names of model values count as one. */
import type { View, Words } from '@vmacheck/checker';
import type { ValueTable } from './values/value-table.js';
import { ModelValue, SetValue, SpecError, TlaFunction, isRecord } from './values/values.js';
import { ascending } from './values/word-set.js';

/** What a model value becomes; those that are not there stay what they are. */
type Permutation = ReadonlyMap<ModelValue, ModelValue>;

/**
 * A view of states (or of their views) that is the same for all that permutations make of them: the least of these in the
 * order of their words. The permutations are a group: with two of them their composition counts, too.
 */
export function symmetricView(
  permutations: () => unknown,
  table: ValueTable,
  words: number,
  write: View['write'],
): View {
  let group: readonly Permuter[] | undefined;
  const [original, least, permuted] = [0, 1, 2].map(() => new Uint32Array(words)) as [Words, Words, Words];
  return {
    words,
    write: (state, at, to, toAt) => {
      group ??= closure(permutations(), table).map((permutation) => new Permuter(permutation, table));
      write(state, at, original, 0);
      least.set(original);
      for (const permuter of group) {
        for (let i = 0; i < words; i++) permuted[i] = permuter.word(original[i] as number);
        if (isLess(permuted, least)) least.set(permuted);
      }
      to.set(least, toAt);
    },
  };
}

function isLess(a: Words, b: Words): boolean {
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    if (x !== y) return x < y;
  }
  return false;
}

/** All compositions of the permutations in a set of functions, without the one that changes nothing. */
function closure(set: unknown, table: ValueTable): readonly Permutation[] {
  if (!(set instanceof SetValue)) throw new SpecError('SYMMETRY names no set of permutations');
  const given = [...set.elements()].map((f) => permutationOf(f, table));
  const found = new Map<string, Permutation>();
  const visit = (permutation: Permutation): void => {
    const key = [...permutation]
      .map(([a, b]) => `${table.encode(a)}:${table.encode(b)}`)
      .sort()
      .join();
    if (key === '' || found.has(key)) return;
    found.set(key, permutation);
    for (const next of given) visit(composed(permutation, next));
  };
  given.forEach(visit);
  return [...found.values()];
}

/** Without the model values that stay. */
function permutationOf(f: unknown, table: ValueTable): Permutation {
  if (Array.isArray(f) && f.length === 0) return new Map();
  if (!(f instanceof TlaFunction)) throw new SpecError('SYMMETRY: an element is no permutation of model values');
  const values = table.valuesOf(f);
  const pairs = f.domain.elements.map((from, i) => [from, values[i]] as const);
  if (!pairs.every((pair): pair is readonly [ModelValue, ModelValue] => pair.every((v) => v instanceof ModelValue))) {
    throw new SpecError('SYMMETRY: only model values can be permuted');
  }
  return new Map(pairs.filter(([from, to]) => from !== to));
}

function composed(first: Permutation, second: Permutation): Permutation {
  const moved = new Set([...first.keys(), ...second.keys()]);
  const pairs = [...moved].map((value) => {
    const middle = first.get(value) ?? value;
    return [value, second.get(middle) ?? middle] as const;
  });
  return new Map(pairs.filter(([from, to]) => from !== to));
}

/** Applies a permutation to values; what became of a word is remembered. */
class Permuter {
  readonly #known = new Map<number, number>();

  constructor(
    readonly permutation: Permutation,
    readonly table: ValueTable,
  ) {}

  word(word: number): number {
    // A small integer.
    if ((word & 3) === 1) return word;
    const known = this.#known.get(word);
    if (known !== undefined) return known;
    const permuted = this.table.encode(this.#value(this.table.decode(word))) >>> 0;
    this.#known.set(word, permuted);
    return permuted;
  }

  #part(value: unknown): unknown {
    return typeof value === 'object' ? this.table.decode(this.word(this.table.encode(value) >>> 0)) : value;
  }

  #value(value: unknown): unknown {
    const { permutation, table } = this;
    if (value instanceof ModelValue) return permutation.get(value) ?? value;
    if (Array.isArray(value)) return value.map((item) => this.#part(item));
    if (value instanceof SetValue) return table.set(ascending(value.words().map((w) => this.word(w >>> 0) | 0)));
    if (value instanceof TlaFunction) return this.#function(value);
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, this.#part(field)]));
  }

  #function(f: TlaFunction): unknown {
    const { table } = this;
    const values = table.valuesOf(f);
    const results = new Map(
      f.domain.words.map((argument, i) => [this.word(argument >>> 0) | 0, this.#part(values[i])] as const),
    );
    const domain = table.domainOf(table.set(ascending([...results.keys()])));
    return table.makeFunction(
      domain,
      domain.words.map((argument) => results.get(argument)),
    );
  }
}
