/** Values into bits and back: for cold code, and for what actions do that have no packed form. */
import { type Domain, type EnumDomain, type Slot, ones } from './domains.js';
import { LazyFunction, SetValue, TlaFunction, isRecord } from '../values/values.js';
import type { ValueTable } from '../values/value-table.js';
import { UntracedError } from '../untraced-error.js';

/** Thrown for a value that a domain does not have. */
export class Overflow extends UntracedError {
  override readonly name = 'Overflow';

  constructor(
    readonly domain: Domain,
    readonly value: unknown,
  ) {
    super('a value outside of the domain that was inferred');
  }
}

/** Words to write to; those of the value are 0 before. */
type Target = Uint32Array | number[];

export class ValuePacker {
  constructor(private readonly table: ValueTable) {}

  pack({ domain, word, shift }: Slot, value: unknown, to: Target, at: number): void {
    const write = (bits: number): void => void (to[at + word] = ((to[at + word] as number) | (bits << shift)) >>> 0);
    switch (domain.kind) {
      case 'bool':
        if (typeof value !== 'boolean') throw new Overflow(domain, value);
        return write(Number(value));
      case 'int':
        if (typeof value !== 'number' || value < domain.low || value > domain.high) throw new Overflow(domain, value);
        return write(value - domain.low);
      case 'enum': {
        const index = domain.indexOf.get(this.table.encode(value));
        if (index === undefined) throw new Overflow(domain, value);
        return write(index);
      }
      case 'word':
        return write(this.table.encode(value));
      case 'set': {
        if (!(value instanceof SetValue)) throw new Overflow(domain, value);
        for (const element of value.words()) {
          const index = domain.universe.indexOf.get(element);
          if (index === undefined) throw new Overflow(domain, value);
          const place = at + word + (index >>> 5);
          to[place] = ((to[place] as number) | (1 << (shift + (index & 31)))) >>> 0;
        }
        return;
      }
      case 'product': {
        const parts = this.partsOf(value);
        const { keys, slots } = domain;
        if (parts?.keys.length !== keys.valueWords.length) throw new Overflow(domain, value);
        parts.keys.forEach((key, i) => {
          const slot = slots[keys.indexOf.get(key) ?? -1];
          if (slot === undefined) throw new Overflow(domain, value);
          this.pack({ ...slot, shift: slot.shift + shift }, parts.values[i], to, at + word);
        });
        return;
      }
      case 'sequence': {
        const items = value instanceof LazyFunction ? this.table.force(value) : value;
        if (!Array.isArray(items) || items.length > domain.slots.length) throw new Overflow(domain, value);
        const { length, slots } = domain;
        this.pack({ ...length, shift: length.shift + shift }, items.length, to, at + word);
        items.forEach((item, i) => {
          const slot = slots[i] as Slot;
          this.pack({ ...slot, shift: slot.shift + shift }, item, to, at + word);
        });
      }
    }
  }

  /** Arguments, as words, and values of a function. */
  partsOf(value: unknown): { keys: readonly number[]; values: readonly unknown[] } | undefined {
    const { table } = this;
    if (value instanceof LazyFunction) return this.partsOf(table.force(value));
    if (Array.isArray(value)) return { keys: value.map((_, i) => table.encode(i + 1)), values: value };
    if (value instanceof TlaFunction) return { keys: value.domain.words, values: table.valuesOf(value) };
    if (!isRecord(value)) return undefined;
    return { keys: Object.keys(value).map(table.encode), values: Object.values(value) };
  }

  /** The function with these arguments and values. */
  makeFunction({ valueWords }: EnumDomain, values: readonly unknown[]): unknown {
    const domain = this.table.domainOf(this.set(valueWords));
    const valueOf = new Map(valueWords.map((word, i) => [word, values[i]]));
    return this.table.makeFunction(
      domain,
      domain.words.map((word) => valueOf.get(word)),
    );
  }

  /** The set of the values with these words. */
  set(words: readonly number[]): SetValue {
    return this.table.set(words.toSorted((a, b) => a - b));
  }

  unpack({ domain, word, shift }: Slot, from: Target, at: number): unknown {
    const bits = ((from[at + word] as number) >>> shift) & ones(domain.bits);
    switch (domain.kind) {
      case 'bool':
        return bits === 1;
      case 'int':
        return bits + domain.low;
      case 'enum':
        return domain.values[bits];
      case 'word':
        return this.table.decode(bits | 0);
      case 'set': {
        const { valueWords } = domain.universe;
        const has = (i: number): boolean =>
          (((from[at + word + (i >>> 5)] as number) >>> (shift + (i & 31))) & 1) === 1;
        return this.set(valueWords.filter((_, i) => has(i)));
      }
      case 'product': {
        const { keys, slots } = domain;
        const values = slots.map((slot) => this.unpack({ ...slot, shift: slot.shift + shift }, from, at + word));
        return this.makeFunction(keys, values);
      }
      case 'sequence': {
        const { length, slots } = domain;
        const count = this.unpack({ ...length, shift: length.shift + shift }, from, at + word) as number;
        return slots
          .slice(0, count)
          .map((slot) => this.unpack({ ...slot, shift: slot.shift + shift }, from, at + word));
      }
    }
  }
}
