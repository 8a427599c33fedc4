/** The domain of the elements of a set, and of the values in a list. */
import {
  type Domain,
  type EnumDomain,
  anyValue,
  bool,
  enumDomain,
  greatestInt,
  intDomain,
  leastInt,
  productDomain,
  sequenceDomain,
  setDomain,
} from './domains.js';
import { FunctionSet, Interval, PowerSet, ProductSet, RecordSet, UnionSet, isFiniteSet } from '../values/sets.js';
import { SetValue, TlaFunction, isRecord } from '../values/values.js';
import type { Library } from '../values/library.js';
import type { ValueTable } from '../values/value-table.js';
import { SequenceSet } from '../values/sets.js';

/** More values are not told one by one. */
export const mostListed = 1024;

/** Elements of a sequence for which there is room at first. */
const firstLength = 4;

const least = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.min(a, b));

export class DomainFinder {
  constructor(
    private readonly table: ValueTable,
    private readonly library: Library,
  ) {}

  valueOf(word: number): unknown {
    return this.table.decode(word);
  }

  /** The values told one by one. */
  enumeration(values: readonly unknown[]): EnumDomain {
    return enumDomain(values, this.table);
  }

  /** A domain that has all elements of the set; `anyValue` where they cannot be told. */
  ofElements(set: SetValue): Domain {
    const { library, table } = this;
    if (set === library.naturals) return intDomain(0, greatestInt);
    if (set === library.integers) return intDomain(leastInt, greatestInt);
    if (set instanceof SequenceSet) return sequenceDomain(this.ofElements(set.items), firstLength);
    if (set instanceof FunctionSet) {
      if (!isFiniteSet(set.domain) || set.domain.size > mostListed) return anyValue;
      const part = this.ofElements(set.range);
      const keys = this.enumeration([...set.domain.elements()]);
      return productDomain(
        keys,
        keys.values.map(() => part),
      );
    }
    if (set instanceof RecordSet) {
      const keys = this.enumeration(Object.keys(set.fields));
      return productDomain(
        keys,
        keys.values.map((name) => this.ofElements(set.fields[name as string] as SetValue)),
      );
    }
    if (set instanceof ProductSet) {
      const keys = this.enumeration(set.factors.map((_, i) => i + 1));
      return productDomain(
        keys,
        keys.values.map((i) => this.ofElements(set.factors[(i as number) - 1] as SetValue)),
      );
    }
    if (set instanceof PowerSet) {
      if (!isFiniteSet(set.base) || set.base.size > mostListed) return anyValue;
      return setDomain(this.enumeration([...set.base.elements()]));
    }
    if (set instanceof Interval) return set.size === 0 ? anyValue : intDomain(set.low, set.high);
    if (set instanceof UnionSet || !isFiniteSet(set) || set.size > mostListed) return anyValue;
    return this.ofValues(set.words().map(table.decode));
  }

  /** The least domain of a simple form that has all these values. */
  ofValues(values: readonly unknown[]): Domain {
    if (values.length === 0) return anyValue;
    if (values.every((value) => typeof value === 'boolean')) return bool;
    if (values.every((value) => typeof value === 'number' && Number.isInteger(value))) {
      const [low, high] = [least(values as number[]), -least((values as number[]).map((value) => -value))];
      return low >= leastInt && high <= greatestInt ? intDomain(low, high) : anyValue;
    }
    if (values.every((value) => value instanceof SetValue && isFiniteSet(value))) {
      const elements = new Set((values as readonly SetValue[]).flatMap((value) => value.words()));
      return elements.size > mostListed ? anyValue : setDomain(this.enumeration([...elements].map(this.table.decode)));
    }
    return values.length > mostListed ? anyValue : this.enumeration(values);
  }

  /** The domain of a function's values, argument by argument, where all have the same arguments. */
  isFunction(value: unknown): boolean {
    return Array.isArray(value) || value instanceof TlaFunction || isRecord(value);
  }
}
