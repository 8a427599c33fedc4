/**
 * Every value as one 32-bit word, equal values as equal words (hash-consing).
 *
 *   low bits   the rest
 *   01         a small integer, zigzag
 *   10         number of the node of an atom: Boolean, string, model value, large integer
 *   00         number of a node: a tuple, record, function or set, whose parts are words again
 *
 * All that is needed to understand a word is in the table of nodes: a table with the same nodes, in a file or in another thread, has the same words.
 * A state is a word per variable; what two values share is stored once. The JavaScript value of a node is kept as long as there is room, so that
 * decoding is an array access; it is made again from the words when it was dropped. Words are signed integers here and unsigned ones in typed arrays.
 */
import { Domain, LazyFunction, ModelValue, SetValue, TlaFunction } from './values.js';
import { NodeTable } from './node-table.js';
import { orderOfTexts, type TextOrder } from './text-order.js';
import { WordSet } from './word-set.js';

/** The field names of a record. */
interface Shape {
  /** In the order in which the first record had them. */
  readonly keys: readonly string[];
  /** Where the field of each of the keys stands among the words: fields are stored in the order of their names. */
  readonly places: readonly number[];
  /** The words of the names, in their order, and the word of the tuple of them. */
  readonly names: readonly number[];
  readonly word: number;
  /** A record from its fields in the order of their names. */
  readonly make: (...fields: unknown[]) => object;
}

const smallInteger = 2 ** 29;

/**
 * Tags of nodes. A record's first word is that of the tuple of its field names, a function's that of its domain; a set's words are ascending. The words of
 * a text or of a model value's name are its characters, those of a number the two halves of a double.
 */
const tuple = 0;
const record = 1;
const fn = 2;
const set = 3;
const text = 4;
const modelValue = 5;
const large = 6;
/** `FALSE` and `TRUE`, whose words are known beforehand, and what a variable has that was not given a value. */
const constant = 7;

/** Values kept for decoding; when there are more, all are dropped (values in use stay alive by themselves). */
const defaultKept = 1_000_000;

/** Shapes that are tried one after the other before the fields' names are put together to find one. */
const mostTried = 12;

/** A rough number of bytes for a kept value, for the bound on memory. */
const bytesPerKept = 160;

/** See the head of the file. */
export class ValueTable {
  /** Atoms by their nodes, and the other way round. Model values are equal by name. */
  private readonly atoms: unknown[] = [];
  private readonly atomOf = new Map<unknown, number>();
  private readonly modelValues = new Map<string, ModelValue>();
  private readonly shapes: Shape[] = [];
  private readonly shapeOf = new Map<string, Shape>();
  private readonly shapeAt = new Map<number, Shape>();
  /** The shape of the record before: records come in runs of one shape. */
  private lastShape: Shape | undefined = undefined;
  private readonly domains = new Map<number, Domain>();
  private decoded: (object | undefined)[] = [];
  private wordOf = new Map<object, number>();
  private stack = new Uint32Array(4096);
  private top = 0;

  /** Fails where TLC cannot compare two values. Asked for what is not in a set, with an element that is. */
  demandComparable: (a: unknown, b: unknown) => void = () => undefined;

  constructor(
    private readonly kept = defaultKept,
    readonly nodes = new NodeTable(),
    /** How strings and names compare. */
    readonly textOrder: TextOrder = orderOfTexts(() => []),
  ) {
    for (const value of [false, true, undefined]) {
      const node = this.nodes.add(constant, Uint32Array.of(Number(value)), 0, value === undefined ? 0 : 1);
      this.atoms[node] = value;
      this.atomOf.set(value, (node << 2) | 2);
    }
  }

  /** Bytes held, roughly. */
  get bytes(): number {
    return this.nodes.bytes + this.wordOf.size * bytesPerKept;
  }

  /** The word of a value. */
  readonly encode = (value: unknown): number => {
    if (typeof value === 'number') {
      if (value < smallInteger && value >= -smallInteger) return (((value << 1) ^ (value >> 31)) << 2) | 1;
      return this.atom(value);
    }
    if (value === false) return 2;
    if (value === true) return 6;
    if (typeof value !== 'object' || value === null) return this.atom(value);
    if (value instanceof ModelValue) return value.word < 0 ? (value.word = this.modelValueWord(value)) : value.word;
    return this.wordOf.get(value) ?? this.encodeObject(value);
  };

  /** The value of a word; the same object as long as it is kept. */
  readonly decode = (word: number): unknown => {
    switch (word & 3) {
      case 1: {
        const zigzag = word >>> 2;
        return (zigzag >>> 1) ^ -(zigzag & 1);
      }
      case 2:
        return this.atoms[word >>> 2] ?? this.atomAt(word >>> 2);
      // What stands in the place of a word that is not there (see memo.ts).
      case 3:
        return undefined;
      default: {
        const node = word >>> 2;
        return this.decoded[node] ?? this.rebuild(node, word);
      }
    }
  };

  /** The domain that is a set with this word. */
  private domainAt(word: number): Domain {
    return this.domains.get(word) ?? this.domainOf(this.set(this.elementWords(word)));
  }

  /** The domain with the elements of a set. */
  domainOf(elements: SetValue): Domain {
    const word = this.encode(elements);
    let domain = this.domains.get(word);
    if (domain === undefined) {
      const words = elements.words();
      const values = words.map(this.decode);
      domain = new Domain(word, words, values, formOf(values, words, this.encode));
      this.domains.set(word, domain);
    }
    return domain;
  }

  /** The set with these words, which must be ascending and different. */
  set(words: readonly number[]): WordSet {
    return new WordSet(this, words);
  }

  /** Whether the word is that of a set whose elements are listed. */
  isSet(word: number): boolean {
    return (word & 3) === 0 && this.nodes.tagOf(word >>> 2) === set;
  }

  /** The words of a set's elements, ascending; of a word with `isSet`, as all that follows. */
  elementWords(word: number): readonly number[] {
    const kept = this.decoded[word >>> 2];
    if (kept instanceof WordSet) return kept.words();
    const { nodes } = this;
    const start = nodes.startOf(word >>> 2);
    return Array.from(nodes.arena.subarray(start, start + nodes.lengthOf(word >>> 2)), (w) => w | 0);
  }

  /** Whether the set has an element. */
  hasElement(word: number, element: number): boolean {
    const { nodes } = this;
    const { arena } = nodes;
    let low = nodes.startOf(word >>> 2);
    let high = low + nodes.lengthOf(word >>> 2);
    while (low < high) {
      const middle = (low + high) >>> 1;
      const at = (arena[middle] as number) | 0;
      if (at === element) return true;
      if (at < element) low = middle + 1;
      else high = middle;
    }
    return false;
  }

  /** The word of the set with one element more. */
  withElement(word: number, element: number): number {
    if (this.hasElement(word, element)) return word;
    const { nodes } = this;
    const length = nodes.lengthOf(word >>> 2);
    const base = this.top;
    this.reserve(length + 1);
    const { stack } = this;
    const { arena } = nodes;
    let from = nodes.startOf(word >>> 2);
    let to = base;
    const end = from + length;
    while (from < end && ((arena[from] as number) | 0) < element) stack[to++] = arena[from++] as number;
    stack[to++] = element;
    while (from < end) stack[to++] = arena[from++] as number;
    this.top = base;
    return nodes.add(set, stack, base, length + 1) << 2;
  }

  /** The word of the set of these words, ascending and different. */
  setWord(words: readonly number[]): number {
    const base = this.top;
    this.reserve(words.length);
    for (let i = 0; i < words.length; i++) this.stack[base + i] = words[i] as number;
    this.top = base;
    return this.nodes.add(set, this.stack, base, words.length) << 2;
  }

  /** Where the word of `f[x]` is in the arena; -1 if that is not told by the words alone. */
  private placeOf(f: number, x: number): number {
    if ((f & 3) !== 0) return -1;
    const { nodes } = this;
    const node = f >>> 2;
    const tag = nodes.tagOf(node);
    const start = nodes.startOf(node);
    if (tag === fn) {
      const position = this.domainAt((nodes.arena[start] as number) | 0).positionOf(x);
      return position < 0 ? -1 : start + 1 + position;
    }
    if (tag === record) {
      if ((x & 3) !== 2) return -1;
      const position = this.shapeOfWord((nodes.arena[start] as number) | 0).names.indexOf(x);
      return position < 0 ? -1 : start + 1 + position;
    }
    if (tag !== tuple || (x & 7) !== 1) return -1;
    const index = x >>> 3;
    return index >= 1 && index <= nodes.lengthOf(node) ? start + index - 1 : -1;
  }

  /** The word of `f[x]`; undefined if it is not told by the words alone. */
  at(f: number, x: number): number | undefined {
    const place = this.placeOf(f, x);
    return place < 0 ? undefined : (this.nodes.arena[place] as number) | 0;
  }

  /** The word of `[f EXCEPT ![x] = v]`; undefined if it is not told by the words alone. */
  replaced(f: number, x: number, v: number): number | undefined {
    const place = this.placeOf(f, x);
    if (place < 0) return undefined;
    const { nodes } = this;
    const { arena } = nodes;
    if (((arena[place] as number) | 0) === v) return f;
    const node = f >>> 2;
    const length = nodes.lengthOf(node);
    const start = nodes.startOf(node);
    const base = this.top;
    this.reserve(length);
    const { stack } = this;
    for (let i = 0; i < length; i++) stack[base + i] = arena[start + i] as number;
    stack[base + place - start] = v;
    this.top = base;
    return nodes.add(nodes.tagOf(node), stack, base, length) << 2;
  }

  private atom(value: unknown): number {
    return this.atomOf.get(value) ?? this.newAtom(value);
  }

  private newAtom(value: unknown): number {
    const node = typeof value === 'string' ? this.nodeOfText(text, value) : this.nodeOfNumber(value as number);
    this.atoms[node] = value;
    const word = (node << 2) | 2;
    this.atomOf.set(value, word);
    return word;
  }

  private modelValueWord(value: ModelValue): number {
    const node = this.nodeOfText(modelValue, value.id);
    if (!this.modelValues.has(value.id)) this.modelValues.set(value.id, value);
    this.atoms[node] ??= value;
    return (node << 2) | 2;
  }

  /** An atom that came into the table of nodes without this object. */
  private atomAt(node: number): unknown {
    const { nodes } = this;
    const start = nodes.startOf(node);
    const words = nodes.arena.subarray(start, start + nodes.lengthOf(node));
    if (nodes.tagOf(node) === constant) return undefined;
    const value = ((): unknown => {
      if (nodes.tagOf(node) === large) return new Float64Array(words.slice().buffer)[0];
      const name = Array.from(words, (unit) => String.fromCharCode(unit)).join('');
      return nodes.tagOf(node) === text ? name : this.modelValue(name);
    })();
    this.atoms[node] = value;
    return value;
  }

  /** The model value with a name: there is one object for it, whether a configuration or a word asks for it first. */
  modelValue(name: string): ModelValue {
    const known = this.modelValues.get(name) ?? new ModelValue(name);
    this.modelValues.set(name, known);
    return known;
  }

  private nodeOfText(tag: number, value: string): number {
    const units = Uint32Array.from({ length: value.length }, (_, i) => value.charCodeAt(i));
    return this.nodes.add(tag, units, 0, units.length);
  }

  private nodeOfNumber(value: number): number {
    return this.nodes.add(large, new Uint32Array(Float64Array.of(value).buffer), 0, 2);
  }

  private encodeObject(value: object): number {
    const base = this.top;
    try {
      const node = this.nodeOf(value, base);
      const word = node << 2;
      if (this.decoded[node] === undefined) this.keep(node, word, value);
      return word;
    } finally {
      this.top = base;
    }
  }

  private nodeOf(value: object, base: number): number {
    if (Array.isArray(value)) return this.encodeTuple(value, base);
    if (value instanceof SetValue) return this.encodeSet(value, base);
    if (value instanceof TlaFunction) return this.encodeFunction(value, base);
    if (value instanceof LazyFunction) return this.encode(this.force(value)) >>> 2;
    return this.encodeRecord(value as Record<string, unknown>, base);
  }

  /** All of a function that was computed bit by bit, in the form that functions over its domain have. */
  force(lazy: LazyFunction): unknown {
    const domain = this.domainOf(lazy.domain);
    return this.makeFunction(
      domain,
      domain.elements.map((argument) => lazy.at(argument)),
    );
  }

  /** The values of a function, in the order of its domain. */
  valuesOf(f: TlaFunction): readonly unknown[] {
    return f.values ?? (f.words as readonly number[]).map(this.decode);
  }

  /** The function with these values, in the form that functions over the domain have. */
  makeFunction(domain: Domain, values: readonly unknown[]): unknown {
    switch (domain.form) {
      case 'sequence':
        return values;
      case 'record':
        return Object.fromEntries(domain.elements.map((key, i) => [key, values[i]]));
      case 'function':
        return new TlaFunction(domain, values, undefined);
    }
  }

  private keep(node: number, word: number, value: object): void {
    if (this.wordOf.size >= this.kept) {
      this.wordOf = new Map();
      this.decoded = [];
    }
    const kept = value instanceof SetValue && !(value instanceof WordSet) ? this.set(value.words()) : value;
    if (kept instanceof LazyFunction) return;
    this.decoded[node] = kept;
    this.wordOf.set(kept, word);
  }

  private reserve(words: number): void {
    this.top += words;
    if (this.top <= this.stack.length) return;
    const larger = new Uint32Array(Math.max(this.top, this.stack.length * 2));
    larger.set(this.stack);
    this.stack = larger;
  }

  private encodeTuple(value: readonly unknown[], base: number): number {
    const { length } = value;
    this.reserve(length);
    for (let i = 0; i < length; i++) {
      const word = this.encode(value[i]);
      this.stack[base + i] = word;
    }
    return this.nodes.add(tuple, this.stack, base, length);
  }

  private encodeRecord(value: Record<string, unknown>, base: number): number {
    const shape = this.shape(value);
    const { keys, places } = shape;
    const { length } = keys;
    this.reserve(length + 1);
    this.stack[base] = shape.word;
    for (let i = 0; i < length; i++) {
      const word = this.encode(value[keys[i] as string]);
      this.stack[base + 1 + (places[i] as number)] = word;
    }
    return this.nodes.add(record, this.stack, base, length + 1);
  }

  private shape(value: Record<string, unknown>): Shape {
    const last = this.lastShape;
    if (last !== undefined && hasKeys(value, last.keys)) return last;
    const tried = Math.min(this.shapes.length, mostTried);
    for (let i = 0; i < tried; i++) {
      const shape = this.shapes[i] as Shape;
      if (hasKeys(value, shape.keys)) return (this.lastShape = shape);
    }
    const keys = Object.keys(value);
    const names = keys.toSorted();
    return (this.lastShape = this.shapeOf.get(JSON.stringify(names)) ?? this.addShape(keys, names));
  }

  private addShape(keys: readonly string[], names: readonly string[]): Shape {
    const places = keys.map((key) => names.indexOf(key));
    const words = names.map(this.encode);
    const base = this.top;
    this.reserve(words.length);
    this.stack.set(words, base);
    this.top = base;
    const word = this.nodes.add(tuple, this.stack, base, words.length) << 2;
    const shape = { keys, places, names: words, word, make: recordMaker(keys, places) };
    this.shapes.push(shape);
    this.shapeOf.set(JSON.stringify(names), shape);
    this.shapeAt.set(word, shape);
    return shape;
  }

  /** The shape of records whose first word this is. */
  private shapeOfWord(word: number): Shape {
    if (this.lastShape?.word === word) return this.lastShape;
    const known = this.shapeAt.get(word);
    if (known !== undefined) return known;
    const names = this.decode(word) as readonly string[];
    return this.addShape(names, names);
  }

  private encodeFunction(value: TlaFunction, base: number): number {
    const words = this.wordsOf(value);
    const { length } = words;
    this.reserve(length + 1);
    this.stack[base] = value.domain.word;
    for (let i = 0; i < length; i++) this.stack[base + 1 + i] = words[i] as number;
    return this.nodes.add(fn, this.stack, base, length + 1);
  }

  private wordsOf(value: TlaFunction): readonly number[] {
    if (value.words === undefined) {
      value.words = (value.values as readonly unknown[]).map(this.encode);
      value.values = undefined;
    }
    return value.words;
  }

  private encodeSet(value: SetValue, base: number): number {
    const words = value.words();
    const { length } = words;
    this.reserve(length);
    for (let i = 0; i < length; i++) this.stack[base + i] = words[i] as number;
    return this.nodes.add(set, this.stack, base, length);
  }

  private rebuild(node: number, word: number): object | undefined {
    const { nodes } = this;
    // The place of a word that nobody wrote, such as a variable that an ALIAS does not name.
    if (nodes.tagOf(node) > set) return undefined;
    const start = nodes.startOf(node);
    const words = [...nodes.arena.subarray(start, start + nodes.lengthOf(node))].map((w) => w | 0);
    const value = ((): object => {
      switch (nodes.tagOf(node)) {
        case tuple:
          return words.map(this.decode);
        case record:
          return this.shapeOfWord(words[0] as number).make(...words.slice(1).map(this.decode));
        case set:
          return this.set(words);
        default:
          return new TlaFunction(this.domainAt(words[0] as number), undefined, words.slice(1));
      }
    })();
    this.keep(node, word, value);
    return value;
  }
}

const formOf = (
  elements: readonly unknown[],
  words: readonly number[],
  encode: (value: unknown) => number,
): Domain['form'] => {
  if (words.every((word, i) => word === encode(i + 1))) return 'sequence';
  return elements.every((element) => typeof element === 'string') ? 'record' : 'function';
};

/** The record has exactly these fields, in this order (a record with another order is looked up by name). */
const hasKeys = (value: Record<string, unknown>, keys: readonly string[]): boolean => {
  let i = 0;
  for (const key in value) if (key !== keys[i++]) return false;
  return i === keys.length;
};

/** Makes records as an object literal would, so that they share the literal's hidden class. */
const recordMaker = (keys: readonly string[], places: readonly number[]): Shape['make'] => {
  const fields = keys.map((key, i) => `${JSON.stringify(key)}: f${places[i]}`);
  return new Function(...keys.map((_, i) => `f${i}`), `return { ${fields.join(', ')} };`) as Shape['make'];
};
