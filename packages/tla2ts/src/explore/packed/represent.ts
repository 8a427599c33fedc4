/** Between words and values of the compiler: reading, storing, numbering, and tables for what is computed from few values. */
import {
  type Domain,
  type EnumDomain,
  anyValue,
  type SetDomain,
  type Slot,
  bool,
  intDomain,
  ones,
  productDomain,
  setDomain,
} from './domains.js';
import {
  type PackedVal,
  type ScalarVal,
  type Val,
  bitTest,
  boolVal,
  constant,
  intVal,
  isScalarVal,
  wordVal,
} from './vals.js';
import { type Code, fails, giveUp, mostSearched, unsupported } from './code.js';
import { Outside } from './outside.js';
import type { OutsideText } from './emit-outside.js';
import { Overflow, ValuePacker } from './pack-values.js';
import { DomainFinder, mostListed } from './domain-of-set.js';
import { SetValue, SpecError } from '../values/values.js';
import type { Library } from '../values/library.js';
import type { ValueTable } from '../values/value-table.js';

/** More entries than this are not put into a table. */
const mostEntries = 1 << 16;

/** In a list of results: there is none, the computation failed. */
export const hole = Symbol('hole');

export class Representation {
  readonly packer: ValuePacker;
  readonly outside: Outside;
  /** Makes words of values. */
  outsideText: () => OutsideText = () => unsupported('a value without a bound');
  readonly finder: DomainFinder;

  constructor(
    readonly code: Code,
    readonly table: ValueTable,
    readonly library: Library,
  ) {
    this.packer = new ValuePacker(table);
    this.outside = new Outside(table, this.packer);
    this.finder = new DomainFinder(table, library);
  }

  /* ------------------------------------------------------- reading ------------------------------------------------------- */

  /** The part of a value that lies in a slot. */
  read({ domain, word, shift }: Slot, words: readonly string[], at: number): Val {
    const text = words[word] as string;
    const from = at + shift;
    switch (domain.kind) {
      case 'bool':
        return bitTest(text, 1 << from);
      case 'int': {
        const bits = field(text, from, domain.bits);
        if (domain.low === 0) return intVal(bits, 0, domain.high);
        return intVal(`(${bits} + ${domain.low})`, domain.low, domain.high);
      }
      case 'enum':
        if (domain.values.length === 1) return constant(domain.values[0]);
        return { kind: 'enum', text: field(text, from, domain.bits), domain };
      case 'word':
        return wordVal(text);
      default:
        return { kind: 'packed', domain, words: words.slice(word, word + domain.words), shift: from };
    }
  }

  /** The parts of a function, record or tuple. */
  partsOf(val: Val): { readonly keys: EnumDomain; readonly parts: readonly Val[] } {
    if (val.kind === 'parts') return val;
    if (val.kind === 'packed' && val.domain.kind === 'product') {
      const { keys, slots } = val.domain;
      return { keys, parts: slots.map((slot) => this.read(slot, val.words, val.shift)) };
    }
    const [first, ...others] = val.kind === 'const' ? [val.value] : val.kind === 'enum' ? val.domain.values : [];
    const known = first === undefined ? undefined : this.packer.partsOf(first);
    if (known === undefined) return unsupported('the values of this function');
    const keys = this.finder.enumeration(known.keys.map(this.table.decode));
    if (val.kind === 'const') {
      return { keys, parts: keys.valueWords.map((word) => constant(known.values[known.keys.indexOf(word)])) };
    }
    // One of several functions: each of its values is one of theirs.
    const index = this.scalarIndex(val as ScalarVal);
    const all = [known, ...others.map((value) => this.packer.partsOf(value))].map((one) => {
      const isAlike =
        one?.keys.length === keys.values.length && keys.valueWords.every((word) => one.keys.includes(word));
      return isAlike ? one : unsupported('functions with other arguments');
    });
    const parts = keys.valueWords.map((word) =>
      this.choose(
        all.map((one) => one.values[one.keys.indexOf(word)]),
        index,
      ),
    );
    return { keys, parts };
  }

  /* ------------------------------------------------------- domains ------------------------------------------------------- */

  /** The domain of all that a value can be. */
  domainOf(val: Val): Domain {
    switch (val.kind) {
      case 'word':
        return anyValue;
      case 'const':
        return this.finder.ofValues([val.value]);
      case 'bool':
        return bool;
      case 'int':
        return intDomain(val.low, val.high);
      case 'enum':
      case 'packed':
        return val.domain;
      case 'parts':
        return productDomain(
          val.keys,
          val.parts.map((part) => this.domainOf(part)),
        );
      case 'interval': {
        const [low, high] = [this.bounds(val.low), this.bounds(val.high)];
        return setDomain(this.universeOfRange(low.low, high.high));
      }
      case 'powerSet':
        return unsupported('a set of sets that depends on the state');
    }
  }

  universeOfRange(low: number, high: number): EnumDomain {
    if (high - low >= mostListed) unsupported('a large interval');
    return this.finder.enumeration(Array.from({ length: Math.max(0, high - low + 1) }, (_, i) => low + i));
  }

  /** What an integer can be; gives up on other values. */
  bounds(val: Val): { readonly text: string; readonly low: number; readonly high: number } {
    if (val.kind === 'int') return val;
    if (val.kind === 'const' && typeof val.value === 'number') {
      return { text: literal(val.value), low: val.value, high: val.value };
    }
    if (val.kind === 'enum') {
      const known = this.mapScalar(val, this.library.int);
      if (known.kind === 'int' || known.kind === 'const') return this.bounds(known);
    }
    return unsupported('an integer of this form');
  }

  /** All values of a domain, if they are few. */
  valuesOf(domain: Domain): readonly unknown[] {
    if (domain.kind === 'enum') return domain.values;
    if (domain.words > 1 || 2 ** domain.bits > mostEntries) return unsupported('so many values');
    const values = new Map<number, unknown>();
    const end = domain.kind === 'int' ? domain.high - domain.low + 1 : 2 ** domain.bits;
    for (let bits = 0; bits < end; bits++) {
      const value = this.valueOfBits(domain, bits);
      if (value !== hole) values.set(this.table.encode(value), value);
    }
    return [...values.values()];
  }

  /** `hole` for bits that are no value. */
  private valueOfBits(domain: Domain, bits: number): unknown {
    const value = this.packer.unpack({ domain, word: 0, shift: 0 }, [bits], 0);
    try {
      const again = [0];
      this.packer.pack({ domain, word: 0, shift: 0 }, value, again, 0);
      return again[0] === bits ? value : hole;
    } catch {
      return hole;
    }
  }

  /* ------------------------------------------------------- storing ------------------------------------------------------- */

  /** Texts of the words of a value in a domain, nothing around it; gives up at run time where the domain lacks it. */
  store(val: Val, domain: Domain): readonly string[] {
    if (val.kind === 'const') return this.storeConstant(val.value, domain);
    if (domain.kind === 'word') return [this.outsideText().wordOf(val)];
    if (val.kind === 'word') return this.fitted(val.text, domain);
    if (val.kind === 'packed' && val.domain.key === domain.key) return this.aligned(val);
    switch (domain.kind) {
      case 'bool':
        if (val.kind === 'bool') return [`(${val.text} ? 1 : 0)`];
        break;
      case 'int': {
        const { text, low, high } = this.bounds(val);
        const name = low < domain.low || high > domain.high ? this.code.bind(text) : text;
        if (low < domain.low) this.code.bail(`${name} < ${domain.low}`);
        if (high > domain.high) this.code.bail(`${name} > ${domain.high}`);
        return [domain.low === 0 ? name : `(${name} - ${literal(domain.low)})`];
      }
      case 'enum':
        return [this.indexIn(val, domain)];
      case 'set':
        return this.bitsIn(val, domain);
      case 'product': {
        const { keys, parts } = this.partsOf(val);
        if (keys.key !== domain.keys.key) {
          this.code.bail();
          return Array.from({ length: domain.words }, () => '0');
        }
        return this.composeSlots(
          domain.words,
          domain.slots,
          parts.map((part, i) => this.store(part, (domain.slots[i] as Slot).domain)),
        );
      }
      case 'sequence': {
        const { keys, parts } = this.partsOf(val);
        if (!keys.values.every((key, i) => key === i + 1)) return unsupported('a function as a sequence');
        if (parts.length > domain.slots.length) {
          this.code.bail();
          return Array.from({ length: domain.words }, () => '0');
        }
        const items = parts.map((part) => this.store(part, domain.element));
        return this.composeSlots(domain.words, [domain.length, ...domain.slots], [[String(parts.length)], ...items]);
      }
    }
    return unsupported(`a value of this form where ${domain.kind} is stored`);
  }

  /** The bits of a value that is known by its word; gives up where the domain lacks it. */
  private fitted(word: string, domain: Domain): readonly string[] {
    const { code } = this;
    const [fit, bits] = [code.fresh('fit'), code.fresh('bits')];
    code.declare(`const ${fit} = rt.outside.fitted[${this.outside.packing(domain)}];`);
    code.add(`const ${bits} = ${fit}(${word});\nif (${bits} === undefined) ${giveUp}\n`);
    return Array.from({ length: domain.words }, (_, i) => code.bind(`${bits}[${i}]`, 'w'));
  }

  storeConstant(value: unknown, domain: Domain): readonly string[] {
    if (domain.kind === 'word') return [String(this.table.encode(value))];
    const words: number[] = Array.from({ length: domain.words }, () => 0);
    try {
      this.packer.pack({ domain, word: 0, shift: 0 }, value, words, 0);
    } catch (error) {
      if (!(error instanceof Overflow)) throw error;
      this.code.bail();
    }
    return words.map((word) => literal(word | 0));
  }

  /** Words of parts, put together. */
  composeSlots(count: number, slots: readonly Slot[], parts: readonly (readonly string[])[]): readonly string[] {
    const constants: number[] = Array.from({ length: count }, () => 0);
    const texts: string[][] = constants.map(() => []);
    slots.forEach(({ word, shift }, i) => {
      parts[i]?.forEach((text, j) => {
        if (/^\(?-?\d+\)?$/.test(text))
          (constants[word + j] as number) |= Number(text.replaceAll(/[()]/g, '')) << shift;
        else texts[word + j]?.push(shift === 0 ? text : `${text} << ${shift}`);
      });
    });
    return constants.map((bits, i) => {
      const all = [...(texts[i] as string[]), ...(bits === 0 ? [] : [literal(bits)])];
      return all.length === 1 && bits !== 0 ? literal(bits) : all.length === 0 ? '0' : `(${all.join(' | ')})`;
    });
  }

  /** The words of a packed value without what is around it. */
  aligned({ domain, words, shift }: PackedVal): readonly string[] {
    if (domain.words > 1) return words;
    return [field(words[0] as string, shift, domain.bits)];
  }

  /* ------------------------------------------------------- numbering ------------------------------------------------------- */

  /** The number of a value in a list of values; gives up at run time where it is not there. */
  indexIn(val: Val, universe: EnumDomain): string {
    const found = this.findIn(val, universe);
    if (found.total) return found.text;
    const name = this.code.bind(found.text, 'i');
    this.code.bail(`${name} < 0`);
    return name;
  }

  /** The number of a value in a list of values, negative where it is not there; `total`: it always is. */
  findIn(val: Val, universe: EnumDomain): { readonly text: string; readonly total: boolean } {
    if (val.kind === 'const') {
      const index = universe.indexOf.get(this.table.encode(val.value)) ?? -1;
      return { text: literal(index), total: index >= 0 };
    }
    if (val.kind === 'enum' && val.domain.key === universe.key) return { text: val.text, total: true };
    if (isScalarVal(val)) return this.numbered(this.scalarValues(val), this.scalarIndex(val), universe);
    const domain = this.domainOf(val);
    if (domain.words > 1 || 2 ** domain.bits > mostEntries)
      return { text: this.searched(val, domain, universe), total: false };
    const numbers: number[] = Array.from({ length: 2 ** domain.bits }, () => -1);
    universe.values.forEach((value, i) => {
      const words = [0];
      try {
        this.packer.pack({ domain, word: 0, shift: 0 }, value, words, 0);
        numbers[words[0] as number] = i;
      } catch (error) {
        if (!(error instanceof Overflow)) throw error;
      }
    });
    const [text] = this.store(val, domain);
    return { text: `${this.code.table(numbers)}[${text}]`, total: false };
  }

  /** The number of a value with more bits than a table has entries for. */
  private searched(val: Val, domain: Domain, universe: EnumDomain): string {
    if (domain.words > mostSearched || domain.kind === 'word') return unsupported('the number of a large value');
    const [rows, numbers]: [number[], number[]] = [[], []];
    universe.values.forEach((value, i) => {
      const words = Array.from({ length: mostSearched }, () => 0);
      try {
        this.packer.pack({ domain, word: 0, shift: 0 }, value, words, 0);
        rows.push(...words.map((word) => word | 0));
        numbers.push(i);
      } catch (error) {
        if (!(error instanceof Overflow)) throw error;
      }
    });
    const name = this.code.search(rows, numbers);
    return `${name}(${[...this.store(val, domain), ...Array.from({ length: mostSearched - domain.words }, () => '0')].join(', ')})`;
  }

  private numbered(values: readonly unknown[], index: string, universe: EnumDomain): { text: string; total: boolean } {
    const numbers = values.map((value) => universe.indexOf.get(this.table.encode(value)) ?? -1);
    const total = numbers.every((number) => number >= 0);
    if (numbers.every((number, i) => number === i)) return { text: index, total };
    const first = numbers[0] as number;
    if (numbers.every((number, i) => number === first + i)) return { text: `(${index} + ${first})`, total };
    return { text: `${this.code.table(numbers)}[${index}]`, total };
  }

  /** The values that a scalar can have. */
  scalarValues(val: ScalarVal): readonly unknown[] {
    if (val.kind === 'bool') return [false, true];
    if (val.kind === 'enum') return val.domain.values;
    if (val.high - val.low >= mostEntries) unsupported('a table for a large range');
    return Array.from({ length: val.high - val.low + 1 }, (_, i) => val.low + i);
  }

  /** The number of a scalar among `scalarValues`. */
  scalarIndex(val: ScalarVal): string {
    if (val.kind === 'bool') return `(${val.text} ? 1 : 0)`;
    if (val.kind === 'enum' || val.low === 0) return val.text;
    return `(${val.text} - ${literal(val.low)})`;
  }

  /* ------------------------------------------------------- tables ------------------------------------------------------- */

  /** What the library computes; `hole` where it fails. */
  compute(make: () => unknown): unknown {
    try {
      return make();
    } catch (error) {
      if (error instanceof SpecError) return hole;
      throw error;
    }
  }

  /** A constant that was computed; gives up at run time where that failed. */
  computed(make: () => unknown): Val {
    const value = this.compute(make);
    if (value !== hole) return constant(value);
    return fails('a constant that has no value');
  }

  /** A function of a scalar, by a table. */
  mapScalar(val: Val, of: (value: unknown) => unknown): Val {
    if (val.kind === 'const') return this.computed(() => of(val.value));
    if (!isScalarVal(val)) return unsupported('a table for a value of this form');
    return this.choose(
      this.scalarValues(val).map((value) => this.compute(() => of(value))),
      this.scalarIndex(val),
    );
  }

  /** The value with a number; gives up at run time at holes. */
  choose(values: readonly unknown[], index: string): Val {
    const known = values.filter((value) => value !== hole);
    if (known.length === 0) return fails('a table of failures');
    const at = this.code.bind(index, 'i');
    if (known.length < values.length) {
      this.code.bail(
        this.flagAt(
          values.map((value) => value === hole),
          at,
        ),
      );
    }
    const first = this.table.encode(known[0]);
    if (known.every((value) => this.table.encode(value) === first)) return constant(known[0]);
    const domain = this.finder.ofValues(known);
    if (domain.kind === 'bool')
      return boolVal(
        this.flagAt(
          values.map((value) => value === true),
          at,
        ),
      );
    const packed = values.map((value) => {
      const words: number[] = Array.from({ length: domain.words }, () => 0);
      if (value !== hole) this.packer.pack({ domain, word: 0, shift: 0 }, value, words, 0);
      return words;
    });
    const words = Array.from({ length: domain.words }, (_, i) => {
      const numbers = packed.map((all) => (all[i] as number) | 0);
      return numbers.every((number, j) => number === j) ? at : `${this.code.table(numbers)}[${at}]`;
    });
    const text = words[0] as string;
    switch (domain.kind) {
      case 'int':
        return intVal(domain.low === 0 ? text : `(${text} + ${literal(domain.low)})`, domain.low, domain.high);
      case 'enum':
        return { kind: 'enum', text, domain };
      case 'set':
        return { kind: 'packed', domain, words: words.map((word) => this.code.bind(word, 's')), shift: 0 };
      default:
        return unsupported('a table of values without a bound');
    }
  }

  private flagAt(flags: readonly boolean[], at: string): string {
    if (flags.every((flag) => !flag)) return 'false';
    if (flags.length > 32) return `${this.code.table(flags.map(Number))}[${at}] === 1`;
    const mask = flags.reduce((bits, flag, i) => (flag ? bits | (1 << i) : bits), 0);
    return `(${literal(mask)} >>> ${at} & 1) === 1`;
  }

  /* ------------------------------------------------------- sets ------------------------------------------------------- */

  /** The set as bits of a universe; gives up at run time where it has other elements. */
  bitsIn(given: Val, { universe, words: count }: SetDomain): readonly string[] {
    const val = this.asSet(given);
    if (val.kind === 'const') return this.storeConstant(val.value, setDomain(universe));
    if (val.kind === 'interval') {
      const [low, high] = [this.bounds(val.low), this.bounds(val.high)];
      const [a, b] = [this.code.bind(low.text), this.code.bind(high.text)];
      const members = universe.values.map((value) => `(${String(value)} >= ${a} && ${String(value)} <= ${b})`);
      if (!universe.values.every((value) => typeof value === 'number')) unsupported('an interval among other values');
      const [least, greatest] = [
        Math.min(...(universe.values as number[])),
        Math.max(...(universe.values as number[])),
      ];
      if (low.low < least) this.code.bail(`${a} < ${least} && ${a} <= ${b}`);
      if (high.high > greatest) this.code.bail(`${b} > ${greatest} && ${a} <= ${b}`);
      return this.gather(
        members.map((text) => boolVal(text)),
        count,
      );
    }
    if (val.kind !== 'packed' || val.domain.kind !== 'set') return unsupported('a set of this form');
    const words = this.aligned(val);
    const from = val.domain.universe;
    if (from.key === universe.key) return words;
    const places = from.valueWords.map((word) => universe.indexOf.get(word));
    if (places.every((place, i) => place === i)) return [...words, ...Array<string>(count - words.length).fill('0')];
    const names = words.map((word) => this.code.bind(word, 's'));
    const missing = names.map((_, w) =>
      places.reduce<number>(
        (mask, place, i) => (i >>> 5 === w && place === undefined ? mask | (1 << (i & 31)) : mask),
        0,
      ),
    );
    missing.forEach((mask, w) => {
      if (mask !== 0) this.code.bail(`(${names[w]} & ${literal(mask)}) !== 0`);
    });
    const texts: string[][] = Array.from({ length: count }, () => []);
    places.forEach((place, i) => {
      if (place === undefined) return;
      const bit = field(names[i >>> 5] as string, i & 31, 1);
      texts[place >>> 5]?.push((place & 31) === 0 ? bit : `${bit} << ${place & 31}`);
    });
    return texts.map((all) => (all.length === 0 ? '0' : `(${all.join(' | ')})`));
  }

  /** One of several constant sets as a set. */
  asSet(val: Val): Val {
    const isSets = val.kind === 'enum' && val.domain.values.every((value) => value instanceof SetValue);
    return isSets ? this.choose(val.domain.values, val.text) : val;
  }

  /** Words with a bit for each condition that is true. */
  gather(conditions: readonly Val[], count: number): readonly string[] {
    return Array.from({ length: count }, (_, w) => {
      let mask = 0;
      const texts: string[] = [];
      conditions.slice(w * 32, w * 32 + 32).forEach((condition, i) => {
        if (condition.kind === 'const') mask |= condition.value === true ? 1 << i : 0;
        else if (condition.kind === 'bool') texts.push(`(${condition.text} ? ${literal(1 << i)} : 0)`);
      });
      if (mask !== 0 || texts.length === 0) texts.push(literal(mask));
      return texts.length === 1 ? (texts[0] as string) : `(${texts.join(' | ')})`;
    });
  }

  /** Elements that a set may have, with the condition that it does; in the order in which they are gone through. */
  candidates(given: Val): readonly { readonly value: unknown; readonly present: Val }[] {
    const val = this.asSet(given);
    if (val.kind === 'const') {
      const set = val.value;
      if (!(set instanceof SetValue)) return unsupported('a set of this form');
      const elements = this.compute(() => (set.size > mostListed ? undefined : [...this.library.elements(set)]));
      if (!Array.isArray(elements)) return unsupported('the elements of a large set');
      return (elements as unknown[]).map((value) => ({ value, present: constant(true) }));
    }
    if (val.kind === 'interval') {
      const [low, high] = [this.bounds(val.low), this.bounds(val.high)];
      const [a, b] = [this.code.bind(low.text), this.code.bind(high.text)];
      if (high.high - low.low >= mostListed) unsupported('a large interval');
      return Array.from({ length: Math.max(0, high.high - low.low + 1) }, (_, i) => {
        const value = low.low + i;
        const tests = [
          ...(value < low.high ? [`${literal(value)} >= ${a}`] : []),
          ...(value > high.low ? [`${literal(value)} <= ${b}`] : []),
        ];
        return { value, present: tests.length === 0 ? constant(true) : boolVal(`(${tests.join(' && ')})`) };
      });
    }
    if (val.kind !== 'packed' || val.domain.kind !== 'set') return unsupported('a set of this form');
    const { words, shift } = val;
    const names = words.map((word) => this.code.bind(word, 's'));
    const { possible } = val;
    return val.domain.universe.values.flatMap((value, i) => {
      if (possible?.has(i) === false) return [];
      return { value, present: bitTest(names[i >>> 5] as string, 1 << (shift + (i & 31))) };
    });
  }
}

/** Bits of a word. */
export const field = (word: string, shift: number, bits: number): string => {
  if (bits >= 32) return word;
  if (bits === 0) return '0';
  const whole = shift + bits >= 32;
  if (shift === 0) return `(${word} & ${ones(bits)})`;
  return whole ? `(${word} >>> ${shift})` : `(${word} >>> ${shift} & ${ones(bits)})`;
};

/** A number as text that may stand behind any operator. */
export const literal = (value: number): string => (value < 0 ? `(${value})` : String(value));
