/** SYMMETRY: states that are the same but for the names of model values count as one. */
import type { View, Words } from '@vmacheck/checker';
import type { ValueTable } from './values/value-table.js';
import { ModelValue, SetValue, SpecError, TlaFunction, isRecord } from './values/values.js';
import { ascending } from './values/word-set.js';

/** What a model value becomes; those that are not there stay what they are. */
type Permutation = ReadonlyMap<ModelValue, ModelValue>;

/**
 * A view of states (or of their views) that is the same for all that permutations make of them: the least of these, word
 * by word. The permutations are a group: with two of them their composition counts, too. Words of sets come last: there is
 * most to permute, and by then few permutations may be left that give the least words so far.
 */
export function symmetricView(
  permutations: () => unknown,
  table: ValueTable,
  words: number,
  write: View['write'],
): View {
  let group: readonly Permuter[] | undefined;
  const orders = new Map<string, readonly number[]>();
  const original: Words = new Uint32Array(words);
  return {
    words,
    write: (state, at, to, toAt) => {
      write(state, at, original, 0);
      if (group === undefined) {
        group = [new Permuter(new Map(), table), ...permutersOf(permutations(), table)];
      }
      let left = group;
      for (const i of orderOf(original, table, orders)) {
        let least = Infinity;
        let best: Permuter[] = [];
        for (const permuter of left) {
          const word = permuter.word(original[i] as number) >>> 0;
          if (word > least) continue;
          if (word < least) best = [];
          least = word;
          best.push(permuter);
        }
        to[toAt + i] = least;
        left = best;
      }
    },
  };
}

/** All permutations that follow from those in a set of functions, without the one that changes nothing. */
export const permutersOf = (set: unknown, table: ValueTable): readonly Permuter[] =>
  closure(set, table).map((one) => new Permuter(one, table));

/** Places of the words, those of sets last. States that are the same but for names have sets in the same places. */
function orderOf(state: Words, table: ValueTable, known: Map<string, readonly number[]>): readonly number[] {
  const sets = Array.from(state, (word) => Number(table.isSet(word | 0)));
  const key = sets.join('');
  let order = known.get(key);
  if (order === undefined) {
    order = sets.map((_, i) => i).toSorted((a, b) => (sets[a] as number) - (sets[b] as number));
    known.set(key, order);
  }
  return order;
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
export class Permuter {
  /** By the number of a node: that of the permuted one + 1; 0: not known. */
  #nodes = new Uint32Array(1024);

  constructor(
    readonly permutation: Permutation,
    readonly table: ValueTable,
  ) {}

  word(word: number): number {
    const tag = word & 3;
    // A small integer.
    if (tag === 1) return word;
    if (tag === 2) return this.#permuted(word);
    const node = word >>> 2;
    if (node >= this.#nodes.length) this.#grow(node);
    const known = this.#nodes[node] as number;
    if (known !== 0) return (known - 1) << 2;
    const permuted = this.#permuted(word);
    this.#nodes[node] = (permuted >>> 2) + 1;
    return permuted;
  }

  #permuted(word: number): number {
    return this.table.encode(this.#value(this.table.decode(word)));
  }

  #grow(node: number): void {
    const larger = new Uint32Array(Math.max(node + 1, this.#nodes.length * 2));
    larger.set(this.#nodes);
    this.#nodes = larger;
  }

  #part(value: unknown): unknown {
    return typeof value === 'object' ? this.table.decode(this.word(this.table.encode(value))) : value;
  }

  #value(value: unknown): unknown {
    const { permutation, table } = this;
    if (value instanceof ModelValue) return permutation.get(value) ?? value;
    if (Array.isArray(value)) return value.map((item) => this.#part(item));
    if (value instanceof SetValue) return table.set(ascending(value.words().map((w) => this.word(w))));
    if (value instanceof TlaFunction) return this.#function(value);
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, this.#part(field)]));
  }

  #function(f: TlaFunction): unknown {
    const { table } = this;
    const values = table.valuesOf(f);
    const results = new Map(f.domain.words.map((argument, i) => [this.word(argument), this.#part(values[i])] as const));
    const domain = table.domainOf(table.set(ascending([...results.keys()])));
    return table.makeFunction(
      domain,
      domain.words.map((argument) => results.get(argument)),
    );
  }
}
