/** What the text of expressions calls: the operators of the language on values. One library belongs to one table of values. */
import type { EvaluationCode } from '../../diagnostics/codes.js';
import { RuleSets } from './rule-sets.js';
import { Interval, PowerSet, ProductSet, RuleSet, SequenceSet, UnionSet } from './sets.js';
import {
  LazyFunction,
  ModelValue,
  type RecordValue,
  SetValue,
  SpecError,
  TlaFunction,
  isRecord,
  kindOf,
} from './values.js';
import { WordSet, ascending, unionOf } from './word-set.js';
import type { ValueTable } from './value-table.js';
import { compareValues, sorted } from './order.js';
import { formatValue } from './format.js';

const fail = (message: string, code?: EvaluationCode): never => {
  throw new SpecError(message, code);
};

/** A set that is better not listed for a union that may only be asked for its members. */
const isLarge = (set: SetValue): boolean =>
  !(set instanceof WordSet) && !(set instanceof Interval) && (set instanceof UnionSet || set.size > 1000);

/** The operators. */
export type Library = ReturnType<typeof makeLibrary>;

export const makeLibrary = (table: ValueTable) => {
  const { encode, decode } = table;
  const ruleSets = new RuleSets(table);
  const setOf = (words: number[]): WordSet => table.set(ascending(words));
  /** Elements of one set have to be of one kind. */
  const oneKind = (values: readonly unknown[]): void => {
    let first: unknown;
    for (const value of values) {
      if (value instanceof ModelValue || value === undefined) continue;
      if (first === undefined) first = value;
      else if (typeof first !== typeof value || first instanceof SetValue !== value instanceof SetValue) {
        incomparable(first, value);
      }
    }
  };
  const wordsOf = (values: Iterable<unknown>): number[] => {
    const words: number[] = [];
    for (const value of values) words.push(encode(value));
    return words;
  };
  const show = (value: unknown): string => {
    const text = formatValue(value, table);
    return text.length > 200 ? `${text.slice(0, 200)}...` : text;
  };

  const bool = (value: unknown): boolean =>
    typeof value === 'boolean'
      ? value
      : fail(`a Boolean is needed here, not ${kindOf(value)}: ${show(value)}`, 'TLA3102');
  const int = (value: unknown): number =>
    typeof value === 'number'
      ? value
      : fail(`an integer is needed here, not ${kindOf(value)}: ${show(value)}`, 'TLA3107');
  const exact = (value: number): number =>
    Number.isSafeInteger(value) ? value : fail(`${value} is larger than the integers that are exact here (2^53)`);
  const set = (value: unknown): SetValue =>
    value instanceof SetValue ? value : fail(`a set is needed here, not ${kindOf(value)}: ${show(value)}`, 'TLA3107');
  const seq = (value: unknown): readonly unknown[] => {
    if (Array.isArray(value)) return value as readonly unknown[];
    if (value instanceof LazyFunction) return seq(table.force(value));
    return fail(`a sequence is needed here, not ${kindOf(value)}: ${show(value)}`, 'TLA3107');
  };

  const equal = (a: unknown, b: unknown): boolean => {
    if (a === b) return true;
    if (typeof a !== 'object' || typeof b !== 'object') {
      if (typeof a === typeof b || a instanceof ModelValue || b instanceof ModelValue) return false;
      return incomparable(a, b);
    }
    return equalObjects(a as object, b as object);
  };
  const equalObjects = (a: object, b: object): boolean => {
    if (Array.isArray(a) && Array.isArray(b)) {
      if (a.length !== b.length) return false;
      for (let i = 0; i < a.length; i++) if (!equal(a[i], b[i])) return false;
      return true;
    }
    if (a instanceof ModelValue || b instanceof ModelValue) return false;
    if (a instanceof SetValue && b instanceof SetValue) return equalSets(a, b);
    if (a instanceof SetValue || b instanceof SetValue) return incomparable(a, b);
    if (isRecord(a) && isRecord(b)) {
      let count = 0;
      for (const key in a) {
        count++;
        if (!Object.hasOwn(b, key) || !equal(a[key], b[key])) return false;
      }
      return Object.keys(b).length === count;
    }
    return encode(a) === encode(b) || differ(a, b);
  };
  const incomparable = (a: unknown, b: unknown): never =>
    fail(`${kindOf(a)} and ${kindOf(b)} cannot be compared: ${show(a)} and ${show(b)}`, 'TLA3104');
  const equalSets = (a: SetValue, b: SetValue): boolean => {
    const [x, y] = [a.words(), b.words()];
    if (x.length !== y.length) return false;
    if (x.every((word, i) => word === y[i])) return true;
    comparableSets(a, b);
    return false;
  };
  /** Sets can be compared if an element of the one can be compared with an element of the other. */
  const comparableSets = (a: SetValue, b: SetValue): void => {
    const [x, y] = [plainIn(a), plainIn(b)];
    if (x !== undefined && y !== undefined) equal(x, y);
  };
  const plainIn = (of: SetValue): unknown => {
    for (const word of of.words()) {
      const value = decode(word);
      if (!(value instanceof ModelValue)) return value;
    }
    return undefined;
  };
  /** Functions that are not equal: whether that is so, or they cannot be compared, as their domains cannot. */
  const differ = (a: object, b: object): false => {
    const [x, y] = [domainOf(a), domainOf(b)];
    if (x.size === y.size && x.size > 0) comparableSets(x, y);
    return false;
  };
  table.demandComparable = equal;

  const apply = (f: unknown, x: unknown): unknown => {
    if (Array.isArray(f)) {
      if (typeof x !== 'number' || x < 1 || x > f.length) outside(f, x);
      return f[(x as number) - 1];
    }
    if (f instanceof TlaFunction) {
      const i = f.domain.positionOf(encode(x));
      if (i < 0) outside(f, x);
      return f.words === undefined ? f.values?.[i] : decode(f.words[i] as number);
    }
    if (f instanceof LazyFunction) return f.domain.has(x) ? f.at(x) : outside(f, x);
    if (isRecord(f)) return typeof x === 'string' && Object.hasOwn(f, x) ? f[x] : outside(f, x);
    return fail(`${kindOf(f)} is applied as a function: ${show(f)}`, 'TLA3107');
  };
  const noArgument = (f: unknown, x: unknown): never =>
    fail(`${kindOf(x)} is no argument of ${kindOf(f)}: ${show(x)} and ${show(f)}`, 'TLA3104');
  const outside = (f: unknown, x: unknown): never =>
    fail(`the function is applied to ${show(x)}, which is not in its domain: ${show(f)}`, 'TLA3103');

  const field = (r: unknown, name: string): unknown => {
    if (isRecord(r) && Object.hasOwn(r, name)) return r[name];
    return isRecord(r)
      ? fail(`the record has no field \`${name}\`: ${show(r)}`, 'TLA3103')
      : fail(`${kindOf(r)} has no field \`${name}\`: ${show(r)}`, 'TLA3107');
  };

  const domainOf = (f: unknown): SetValue => {
    if (Array.isArray(f)) return ruleSets.interval(1, f.length);
    if (f instanceof TlaFunction) return table.set(f.domain.words);
    if (f instanceof LazyFunction) return f.domain;
    if (isRecord(f)) return setOf(wordsOf(Object.keys(f)));
    return fail(`${kindOf(f)} has no domain: ${show(f)}`, 'TLA3107');
  };

  const update = (f: unknown, x: unknown, change: (old: unknown) => unknown): unknown => {
    if (Array.isArray(f)) {
      if (typeof x !== 'number') return noArgument(f, x);
      if (x < 1 || x > f.length) return f;
      const copy = f.slice() as unknown[];
      copy[x - 1] = change(f[x - 1]);
      return copy;
    }
    if (f instanceof TlaFunction) {
      const i = f.domain.positionOf(encode(x));
      if (i < 0) {
        table.set(f.domain.words).missed(x);
        return f;
      }
      if (f.words === undefined) {
        const values = (f.values as readonly unknown[]).slice();
        values[i] = change(values[i]);
        return new TlaFunction(f.domain, values, undefined);
      }
      const words = f.words.slice();
      words[i] = encode(change(decode(words[i] as number)));
      return new TlaFunction(f.domain, undefined, words);
    }
    if (f instanceof LazyFunction) return update(table.force(f), x, change);
    if (isRecord(f)) {
      if (typeof x !== 'string') return noArgument(f, x);
      return Object.hasOwn(f, x) ? { ...f, [x]: change(f[x]) } : f;
    }
    return fail(`${kindOf(f)} cannot be changed with EXCEPT: ${show(f)}`, 'TLA3107');
  };

  const makeFunction = (domain: unknown, body: (x: unknown) => unknown): unknown => {
    const over = set(domain);
    if (over instanceof Interval && over.low === 1) return over.elements().map(body);
    if (over instanceof RuleSet) return new LazyFunction(over, body, encode);
    const d = table.domainOf(over);
    return table.makeFunction(d, d.elements.map(body));
  };

  const member = (value: unknown, of: unknown): boolean => set(of).has(value);
  const combine = (a: unknown, b: unknown, op: string, rule: (x: boolean, y: boolean) => boolean): RuleSet => {
    const [x, y] = [set(a), set(b)];
    return new RuleSet(
      () => `(${show(x)} ${op} ${show(y)})`,
      (value) => rule(x.has(value), y.has(value)),
    );
  };
  const union = (a: unknown, b: unknown): SetValue => {
    const [x, y] = [set(a), set(b)];
    if (x instanceof RuleSet || y instanceof RuleSet) return combine(a, b, '\\cup', (p, q) => p || q);
    if (isLarge(x) || isLarge(y)) return new UnionSet(table, x, y);
    oneKind([plainIn(x), plainIn(y)].filter((value) => value !== undefined));
    const words = unionOf(x.words(), y.words());
    return words === x.words() && !(x instanceof Interval) ? x : table.set(words);
  };
  const filter = (of: unknown, test: (value: unknown) => boolean): SetValue => {
    const all = set(of);
    if (all instanceof RuleSet)
      return new RuleSet(
        () => `{x \\in ${show(all)} : ...}`,
        (v) => all.has(v) && test(v),
      );
    if (!(all instanceof WordSet)) {
      const words: number[] = [];
      for (const value of all.elements()) if (test(value)) words.push(encode(value));
      return setOf(words);
    }
    const kept = all.words().filter((word) => test(decode(word)));
    return kept.length === all.size ? all : table.set(kept);
  };
  const choose = (of: unknown, test: (value: unknown) => boolean): unknown => {
    const all = set(of);
    if (all instanceof WordSet && all.ordered === undefined) {
      const known = seenSets.has(all) ? undefined : least(all, test);
      if (known !== undefined) return known;
    }
    const values = all instanceof WordSet ? ordered(all) : all.elements();
    for (const value of values) if (test(value)) return value;
    return fail('no element of the set of CHOOSE satisfies its predicate');
  };
  /**
   * What CHOOSE finds in a set that it has not seen before, without sorting it. undefined: nothing was found, or the
   * predicate failed; then the elements are tested in their order, which tells whether it fails before it is true.
   */
  const least = (all: WordSet, test: (value: unknown) => boolean): unknown => {
    seenSets.add(all);
    let best: unknown;
    try {
      for (const value of all.elements()) {
        if ((best === undefined || compareValues(value, best, table) < 0) && test(value)) best = value;
      }
    } catch (error) {
      if (error instanceof SpecError) return undefined;
      throw error;
    }
    return best;
  };
  /** Sets that CHOOSE has met: those that come again are worth sorting. */
  const seenSets = new WeakSet<SetValue>();
  const everyBetween = (low: unknown, high: unknown, test: (value: number) => boolean): boolean => {
    for (let i = int(low), end = int(high); i <= end; i++) if (!test(i)) return false;
    return true;
  };
  const someBetween = (low: unknown, high: unknown, test: (value: number) => boolean): boolean => {
    for (let i = int(low), end = int(high); i <= end; i++) if (test(i)) return true;
    return false;
  };
  const ordered = (of: SetValue): readonly unknown[] => sorted(of, table);

  return {
    SpecError,
    bool,
    int,
    set,
    seq,
    equal,
    apply,
    field,
    domainOf,
    update,
    makeFunction,
    member,
    union,
    filter,
    choose,
    ordered,
    show,
    fail,
    encode,
    setOf: (values: readonly unknown[]): SetValue => {
      oneKind(values);
      return setOf(wordsOf(values));
    },
    setOfWords: setOf,
    /** For `for of`, once or several times. */
    elements: (of: unknown): Iterable<unknown> => {
      const all = set(of);
      const elements = all.elements();
      return all instanceof WordSet || Array.isArray(elements) ? elements : [...elements];
    },
    every: (of: unknown, test: (value: unknown) => boolean): boolean => {
      if (of instanceof Interval) return everyBetween(of.low, of.high, test);
      for (const value of set(of).elements()) if (!test(value)) return false;
      return true;
    },
    some: (of: unknown, test: (value: unknown) => boolean): boolean => {
      if (of instanceof Interval) return someBetween(of.low, of.high, test);
      for (const value of set(of).elements()) if (test(value)) return true;
      return false;
    },
    everyBetween,
    someBetween,
    between: (value: unknown, low: unknown, high: unknown): boolean =>
      int(value) >= int(low) && int(value) <= int(high),
    map: (of: unknown, image: (value: unknown) => unknown): SetValue => {
      const values: unknown[] = [];
      for (const value of set(of).elements()) values.push(image(value));
      oneKind(values);
      return setOf(wordsOf(values));
    },
    intersect: (a: unknown, b: unknown): SetValue => {
      const [x, y] = [set(a), set(b)];
      if (!(x instanceof RuleSet)) return filter(x, (value) => y.has(value));
      if (!(y instanceof RuleSet)) return filter(y, (value) => x.has(value));
      return combine(a, b, '\\cap', (p, q) => p && q);
    },
    minus: (a: unknown, b: unknown): SetValue => {
      const [x, y] = [set(a), set(b)];
      return x instanceof RuleSet ? combine(a, b, '\\', (p, q) => p && !q) : filter(x, (value) => !y.has(value));
    },
    subset: (a: unknown, b: unknown): boolean => {
      const [x, y] = [set(a), set(b)];
      for (const value of x.elements()) if (!y.has(value)) return false;
      return true;
    },
    flatten: (of: unknown): SetValue => {
      let words: readonly number[] = [];
      for (const part of set(of).elements()) words = unionOf(words, set(part).words());
      return table.set(words);
    },
    interval: (low: unknown, high: unknown): SetValue => ruleSets.interval(int(low), int(high)),
    powerSet: (of: unknown): SetValue => new PowerSet(table, set(of)),
    functionSet: (domain: unknown, range: unknown): SetValue => ruleSets.functionSet(set(domain), set(range)),
    recordSet: (fields: Readonly<Record<string, unknown>>): SetValue => {
      for (const value of Object.values(fields)) set(value);
      return ruleSets.recordSet(fields as Readonly<Record<string, SetValue>>);
    },
    product: (factors: readonly unknown[]): SetValue => new ProductSet(table, factors.map(set)),
    lazyFunction: (domain: unknown, body: (x: unknown) => unknown): unknown =>
      new LazyFunction(set(domain), body, encode),
    add: (a: unknown, b: unknown): number => exact(int(a) + int(b)),
    subtract: (a: unknown, b: unknown): number => exact(int(a) - int(b)),
    multiply: (a: unknown, b: unknown): number => exact(int(a) * int(b)),
    negate: (a: unknown): number => 0 - int(a),
    divide: (a: unknown, b: unknown): number => (int(b) === 0 ? fail('division by zero') : Math.floor(int(a) / int(b))),
    modulo: (a: unknown, b: unknown): number => {
      const [x, y] = [int(a), int(b)];
      return y > 0 ? ((x % y) + y) % y : fail(`the second argument of % must be positive, not ${y}`);
    },
    power: (a: unknown, b: unknown): number => {
      const [base, exponent] = [int(a), int(b)];
      if (exponent < 0 || (base === 0 && exponent === 0)) fail(`${base} ^ ${exponent} has no value`);
      return exact(base ** exponent);
    },
    less: (a: unknown, b: unknown): boolean => int(a) < int(b),
    lessEqual: (a: unknown, b: unknown): boolean => int(a) <= int(b),
    naturals: new RuleSet(
      () => 'Nat',
      (value) => !(value instanceof ModelValue) && int(value) >= 0,
    ),
    integers: new RuleSet(
      () => 'Int',
      (value) => !(value instanceof ModelValue) && Number.isInteger(int(value)),
    ),
    strings: new RuleSet(
      () => 'STRING',
      (value) =>
        typeof value === 'string' ||
        (!(value instanceof ModelValue) &&
          fail(`only a string can be tested for membership in STRING, not ${show(value)}`)),
    ),
    booleans: table.set([2, 6]),
    empty: table.set([]),
    sequences: (of: unknown): SetValue => {
      const items = set(of);
      return new SequenceSet(items, () => `Seq(${show(items)})`);
    },
    record: (value: unknown): RecordValue =>
      isRecord(value) ? value : fail(`a record is needed here: ${show(value)}`, 'TLA3107'),
    append: (s: unknown, item: unknown): readonly unknown[] => [...seq(s), item],
    concat: (a: unknown, b: unknown): unknown =>
      typeof a === 'string' && typeof b === 'string' ? a + b : seq(a).concat(seq(b)),
    head: (s: unknown): unknown => (seq(s).length > 0 ? seq(s)[0] : fail('Head of the empty sequence')),
    tail: (s: unknown): readonly unknown[] =>
      seq(s).length > 0 ? seq(s).slice(1) : fail('Tail of the empty sequence'),
    length: (s: unknown): number => (typeof s === 'string' ? s.length : seq(s).length),
    subSeq: (s: unknown, from: unknown, to: unknown): readonly unknown[] => {
      const [items, low, high] = [seq(s), int(from), int(to)];
      if (low > high) return [];
      if (low < 1 || high > items.length) fail(`SubSeq(..., ${low}, ${high}) of a sequence of ${items.length}`);
      return items.slice(low - 1, high);
    },
    cardinality: (of: unknown): number => set(of).size,
  };
};
