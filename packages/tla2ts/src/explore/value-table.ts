/**
 * Every TLA+ value as one 32-bit word, equal values as equal words (hash-consing).
 *
 *   low bits   the rest
 *   01         a small integer, zigzag
 *   10         number of an atom: Boolean, string, model value, large integer
 *   00         number of a node: a tuple, record, function or set, whose parts are words again
 *
 * A state is a word per variable; what two values share is stored once. The JavaScript value of a node is kept as long as
 * there is room, so that decoding is an array access; it is made again from the words when it was dropped.
 */
import { NodeTable } from './node-table.js';

/** How the table takes values apart and puts them together; equal values must have the same kind. */
export interface ValueKinds {
  readonly isSet: (value: object) => boolean;
  /** Every element at least once, in any order. */
  readonly elements: (set: object) => Iterable<unknown>;
  readonly makeSet: (elements: unknown[]) => object;
  /** Functions that are neither tuples nor records. */
  readonly isFunction: (value: object) => boolean;
  readonly entries: (fn: object) => Iterable<readonly [unknown, unknown]>;
  readonly makeFunction: (entries: [unknown, unknown][]) => object;
  /** Objects that are atoms: model values. */
  readonly isAtom: (value: object) => boolean;
}

type Shape = {
  /** Field names in the order in which the first record had them. */
  readonly keys: readonly string[];
  readonly word: number;
  readonly make: (...fields: unknown[]) => object;
};

const smallInteger = 2 ** 29;

/** Tags of nodes. A record's first word is its shape; a function's words are keys and values, sorted by key; a set's are sorted. */
const tuple = 0;
const record = 1;
const fn = 2;
const set = 3;

/** Values kept for decoding; when there are more, all are dropped (values in use stay alive by themselves). */
const defaultKept = 1_000_000;

/** A rough number of bytes for a kept value, for the bound on memory. */
const bytesPerKept = 160;

/** See the head of the file. */
export class ValueTable {
  readonly nodes = new NodeTable();
  private readonly atoms: unknown[] = [false, true];
  private readonly atomOf = new Map<unknown, number>([
    [false, 0],
    [true, 1],
  ]);
  private readonly shapes: Shape[] = [];
  private readonly shapeOf = new Map<string, Shape>();
  /** The shape of the record before: records come in runs of one shape. */
  private lastShape: Shape | undefined;
  private decoded: (object | undefined)[] = [];
  private wordOf = new Map<object, number>();
  private stack = new Uint32Array(4096);
  private top = 0;

  constructor(
    private readonly kinds: ValueKinds,
    private readonly kept = defaultKept,
  ) {}

  /** Bytes held, roughly. */
  get bytes(): number {
    return this.nodes.bytes + this.wordOf.size * bytesPerKept;
  }

  /** The word of a value. */
  encode(value: unknown): number {
    if (typeof value === 'number') {
      if (value < smallInteger && value >= -smallInteger) return (((value << 1) ^ (value >> 31)) << 2) | 1 | 0;
      return this.atom(value);
    }
    if (value === false) return 2;
    if (value === true) return 6;
    if (typeof value !== 'object' || value === null || this.kinds.isAtom(value)) return this.atom(value);
    const known = this.wordOf.get(value);
    return known === undefined ? this.encodeObject(value) : known;
  }

  /** The value of a word; the same object as long as it is kept. */
  decode(word: number): unknown {
    switch (word & 3) {
      case 1: {
        const zigzag = word >>> 2;
        return (zigzag >>> 1) ^ -(zigzag & 1);
      }
      case 2:
        return this.atoms[word >>> 2];
      default: {
        const node = word >>> 2;
        return this.decoded[node] ?? this.rebuild(node, word);
      }
    }
  }

  private atom(value: unknown): number {
    let index = this.atomOf.get(value);
    if (index === undefined) {
      index = this.atoms.length;
      this.atoms.push(value);
      this.atomOf.set(value, index);
    }
    return (index << 2) | 2;
  }

  private encodeObject(value: object): number {
    const base = this.top;
    let node: number;
    if (Array.isArray(value)) node = this.encodeTuple(value, base);
    else if (this.kinds.isSet(value)) node = this.encodeSet(value, base);
    else if (this.kinds.isFunction(value)) node = this.encodeFunction(value, base);
    else node = this.encodeRecord(value as Record<string, unknown>, base);
    this.top = base;
    const word = node << 2;
    if (this.decoded[node] === undefined) this.keep(node, word, value);
    return word;
  }

  private keep(node: number, word: number, value: object): void {
    if (this.wordOf.size >= this.kept) {
      this.wordOf = new Map();
      this.decoded = [];
    }
    this.decoded[node] = value;
    this.wordOf.set(value, word);
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
    const { keys } = shape;
    const { length } = keys;
    this.reserve(length + 1);
    this.stack[base] = shape.word;
    for (let i = 0; i < length; i++) {
      const word = this.encode(value[keys[i] as string]);
      this.stack[base + 1 + i] = word;
    }
    return this.nodes.add(record, this.stack, base, length + 1);
  }

  private shape(value: Record<string, unknown>): Shape {
    const last = this.lastShape;
    if (last !== undefined && hasKeys(value, last.keys)) return last;
    const keys = Object.keys(value);
    const name = JSON.stringify(keys.toSorted());
    let shape = this.shapeOf.get(name);
    if (shape === undefined) {
      shape = { keys, word: this.shapes.length, make: recordMaker(keys) };
      this.shapes.push(shape);
      this.shapeOf.set(name, shape);
    }
    this.lastShape = shape;
    return shape;
  }

  private encodeFunction(value: object, base: number): number {
    const keys = new Map<number, unknown>();
    for (const [key, result] of this.kinds.entries(value)) keys.set(this.encode(key), result);
    const length = keys.size * 2;
    this.reserve(length);
    let i = base;
    for (const key of sorted(keys)) {
      const word = this.encode(keys.get(key));
      this.stack[i] = key;
      this.stack[i + 1] = word;
      i += 2;
    }
    return this.nodes.add(fn, this.stack, base, length);
  }

  private encodeSet(value: object, base: number): number {
    let at = base;
    for (const element of this.kinds.elements(value)) {
      const word = this.encode(element);
      this.reserve(1);
      this.stack[at++] = word;
    }
    return this.nodes.add(set, this.stack, base, sortUnique(this.stack, base, at) - base);
  }

  private rebuild(node: number, word: number): object {
    const { nodes } = this;
    const start = nodes.startOf(node);
    const length = nodes.lengthOf(node);
    const parts = (from: number): unknown[] => {
      const values: unknown[] = [];
      for (let i = from; i < length; i++) values.push(this.decode(nodes.arena[start + i] as number));
      return values;
    };
    const value = ((): object => {
      switch (nodes.tagOf(node)) {
        case tuple:
          return parts(0);
        case record:
          return (this.shapes[nodes.arena[start] as number] as Shape).make(...parts(1));
        case set:
          return this.kinds.makeSet(parts(0));
        default: {
          const flat = parts(0);
          return this.kinds.makeFunction(flat.flatMap((key, i) => (i % 2 === 0 ? [[key, flat[i + 1]]] : [])));
        }
      }
    })();
    this.keep(node, word, value);
    return value;
  }
}

const sorted = (keys: ReadonlyMap<number, unknown>): number[] => {
  let previous = -Infinity;
  let inOrder = true;
  for (const key of keys.keys()) {
    inOrder &&= key > previous;
    previous = key;
  }
  return inOrder ? [...keys.keys()] : [...keys.keys()].toSorted((a, b) => a - b);
};

/** The record has exactly these fields, in this order (a record with another order is looked up by name). */
const hasKeys = (value: Record<string, unknown>, keys: readonly string[]): boolean => {
  let i = 0;
  for (const key in value) if (key !== keys[i++]) return false;
  return i === keys.length;
};

/** Makes records as an object literal would, so that they share the literal's hidden class. */
const recordMaker = (keys: readonly string[]): Shape['make'] => {
  const fields = keys.map((key, i) => `${JSON.stringify(key)}: f${i}`);
  return new Function(...keys.map((_, i) => `f${i}`), `return { ${fields.join(', ')} };`) as Shape['make'];
};

/** Sorts `words[from .. to)`, drops repetitions. @returns the new end */
const sortUnique = (words: Uint32Array, from: number, to: number): number => {
  if (to - from > 32) words.subarray(from, to).sort();
  else {
    for (let i = from + 1; i < to; i++) {
      const word = words[i] as number;
      let j = i;
      for (; j > from && (words[j - 1] as number) > word; j--) words[j] = words[j - 1] as number;
      words[j] = word;
    }
  }
  let end = from;
  for (let i = from; i < to; i++) if (end === from || words[i] !== words[end - 1]) words[end++] = words[i] as number;
  return end;
};
