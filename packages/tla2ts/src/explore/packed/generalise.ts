/** A domain for values of which some were seen: with room for others like them. */
import {
  type Domain,
  type ScalarDomain,
  anyValue,
  bool,
  greatestInt,
  intDomain,
  isScalar,
  leastInt,
  productDomain,
  sequenceDomain,
  setDomain,
  sizeOf,
} from './domains.js';
import { type DomainFinder, mostListed } from './domain-of-set.js';
import { ModelValue, SetValue } from '../values/values.js';
import type { ValuePacker } from './pack-values.js';

/** Different values without a rule that are taken for all that there are. */
const mostSeen = 48;

/** Strings and model values beyond this number are not taken for possible unless they were seen. */
const mostAtoms = 64;

const isInteger = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value);
const isAtom = (value: unknown): boolean => typeof value === 'string' || value instanceof ModelValue;

export class Generaliser {
  constructor(
    private readonly finder: DomainFinder,
    private readonly packer: ValuePacker,
    /** Strings and model values of the specification. */
    private readonly atoms: readonly unknown[],
    private readonly modelSets: readonly (readonly unknown[])[],
    /** How much room there is for values that were not seen: 0 to 2. */
    private readonly room: number,
  ) {}

  of(values: readonly unknown[]): Domain {
    if (values.length === 0) return anyValue;
    if (values.every((value) => typeof value === 'boolean')) return bool;
    if (values.every(isInteger)) return this.integers(values);
    if (values.every((value) => typeof value !== 'object' || value instanceof ModelValue)) return this.scalars(values);
    if (values.every((value) => value instanceof SetValue)) return this.sets(values);
    if (values.every((value) => Array.isArray(value))) return this.arrays(values as readonly (readonly unknown[])[]);
    return this.functions(values) ?? this.listed(values);
  }

  private integers(values: readonly number[]): Domain {
    const low = values.reduce((a, b) => Math.min(a, b));
    const high = values.reduce((a, b) => Math.max(a, b));
    if (low < leastInt || high > greatestInt) return anyValue;
    if (this.room > 1) return intDomain(low < 0 ? leastInt : 0, greatestInt);
    const bits = 33 - Math.clz32(Math.max(Math.abs(low), Math.abs(high)));
    const most = 2 ** Math.min(30, Math.max(3, bits) + 4 * this.room) - 1;
    return intDomain(low < 0 ? -most - 1 : 0, most);
  }

  private scalars(values: readonly unknown[]): Domain {
    const more = [
      ...(values.some((value) => typeof value === 'string')
        ? this.atoms.filter((atom) => typeof atom === 'string')
        : []),
      ...this.modelValuesLike(values.filter((value) => value instanceof ModelValue)),
    ];
    const numbers = this.integers(values.filter(isInteger).concat(0));
    const range = values.some(isInteger) && numbers.kind === 'int' ? numbers : undefined;
    if (range !== undefined && range.high - range.low > mostListed) return anyValue;
    const between = range ? Array.from({ length: range.high - range.low + 1 }, (_, i) => range.low + i) : [];
    return this.finder.enumeration([...values, ...(more.length <= mostAtoms ? more : []), ...between]);
  }

  /** What stands beside one of them in a set that is written somewhere; where that was too little, all there are. */
  private modelValuesLike(values: readonly ModelValue[]): readonly unknown[] {
    if (values.length === 0) return [];
    if (this.room > 0) return this.atoms.filter((atom) => atom instanceof ModelValue);
    return this.modelSets.filter((set) => values.some((value) => set.includes(value))).flat();
  }

  private sets(values: readonly SetValue[]): Domain {
    const words = new Set(values.flatMap((value) => value.words()));
    const elements = [...words].map((word) => this.finder.valueOf(word));
    if (elements.length === 0 || elements.length > mostListed) return anyValue;
    const listed = this.universe(elements) ?? this.fewSeen(elements);
    if (listed === undefined) return anyValue;
    return listed.length > mostListed ? anyValue : setDomain(this.finder.enumeration(listed));
  }

  /** All values like these, if they are few. */
  private universe(elements: readonly unknown[]): readonly unknown[] | undefined {
    if (elements.every(isInteger)) {
      const [low, high] = [Math.min(0, ...elements), Math.max(...elements) * 2 + 1];
      return high - low < 64 << this.room ? Array.from({ length: high - low + 1 }, (_, i) => low + i) : undefined;
    }
    if (elements.every(isAtom)) return this.valuesOf(this.scalars(elements));
    const groups = new Map<string, unknown[]>();
    for (const element of elements) {
      const shape = this.shapeOf(element);
      if (shape === undefined) return undefined;
      groups.set(shape, [...(groups.get(shape) ?? []), element]);
    }
    const all: unknown[] = [];
    for (const group of groups.values()) {
      const values = this.tuples(group);
      if (values === undefined || all.length + values.length > mostListed) return undefined;
      all.push(...values);
    }
    return all;
  }

  /** The arguments of a function, as text. */
  private shapeOf(value: unknown): string | undefined {
    const parts = this.packer.partsOf(value);
    return parts?.keys.toSorted((a, b) => a - b).join();
  }

  /** All functions with these arguments whose values were seen at the argument. */
  private tuples(group: readonly unknown[]): readonly unknown[] | undefined {
    const parts = group.map(
      (value) => this.packer.partsOf(value) as { keys: readonly number[]; values: readonly unknown[] },
    );
    const keys = this.finder.enumeration(
      (parts[0] as { keys: readonly number[] }).keys.map((word) => this.finder.valueOf(word)),
    );
    const choices = keys.valueWords.map((word) => {
      const seen = parts.map(({ keys: own, values }) => values[own.indexOf(word)]);
      if (seen.every((value) => typeof value === 'string')) return this.finder.enumeration(seen).values;
      if (seen.every(isInteger)) return this.near(seen);
      const domain = this.of(seen);
      return isScalar(domain) ? this.valuesOf(domain) : this.finder.enumeration(seen).values;
    });
    if (choices.reduce((product, list) => product * (list?.length ?? Infinity), 1) > mostListed) return undefined;
    let all: (readonly unknown[])[] = [[]];
    for (const list of choices)
      all = all.flatMap((chosen) => (list as readonly unknown[]).map((value) => [...chosen, value]));
    return all.map((values) => this.packer.makeFunction(keys, values));
  }

  /** Integers that were seen; once there were others, those between and as many again. */
  private near(numbers: readonly number[]): readonly unknown[] {
    if (this.room === 0) return this.finder.enumeration(numbers).values;
    const [low, high] = [Math.min(0, ...numbers), 2 * Math.max(...numbers) + 1];
    return high - low > mostListed
      ? this.finder.enumeration(numbers).values
      : Array.from({ length: high - low + 1 }, (_, i) => low + i);
  }

  private valuesOf(domain: Domain): readonly unknown[] | undefined {
    if (!isScalar(domain) || sizeOf(domain as ScalarDomain) > mostListed) return undefined;
    if (domain.kind === 'bool') return [false, true];
    if (domain.kind === 'enum') return domain.values;
    return Array.from({ length: sizeOf(domain) }, (_, i) => domain.low + i);
  }

  private arrays(values: readonly (readonly unknown[])[]): Domain {
    const length = (values[0] as readonly unknown[]).length;
    if (length > 0 && values.every((value) => value.length === length)) return this.functions(values) ?? anyValue;
    const longest = Math.max(...values.map((value) => value.length));
    const elements = values.flat();
    if (elements.length === 0) return anyValue;
    const element = this.of(elements);
    return element.kind === 'word' ? anyValue : sequenceDomain(element, Math.max(4, longest * 2) << this.room);
  }

  private functions(values: readonly unknown[]): Domain | undefined {
    const parts = values.map((value) => this.packer.partsOf(value));
    const first = parts[0];
    const shape = this.shapeOf(values[0]);
    if (first === undefined || values.some((value) => this.shapeOf(value) !== shape)) return undefined;
    if (first.keys.length > mostListed) return anyValue;
    const keys = this.finder.enumeration(first.keys.map((word) => this.finder.valueOf(word)));
    const seen = keys.valueWords.map((word) => parts.map((part) => part?.values[part.keys.indexOf(word)]));
    // Fields of records and of tuples have kinds of their own; the values of other functions are alike.
    const alike = keys.values.some((key) => typeof key !== 'string' && typeof key !== 'number');
    const apart = alike ? [] : seen.map((own) => this.of(own));
    // A function over 1..n is no tuple if what was seen at one place, such as empty sequences only, tells too little.
    const whole = alike || apart.some(({ kind }) => kind === 'word') ? this.of(seen.flat()) : undefined;
    const domains = seen.map((_, i) => (whole !== undefined && (alike || whole.kind !== 'word') ? whole : apart[i]));
    return productDomain(keys, domains as readonly Domain[]);
  }

  private listed(values: readonly unknown[]): Domain {
    const few = this.fewSeen(this.finder.enumeration(values).values);
    return few === undefined ? anyValue : this.finder.enumeration(few);
  }

  /** Values of which nobody knows what others there are: where many were seen there are more, and where there were more, there are many. */
  private fewSeen(values: readonly unknown[]): readonly unknown[] | undefined {
    return values.length > mostSeen || this.room > 0 ? undefined : values;
  }
}
