/**
 * The values of the checker. A value has one form only, so that equal values look equal:
 *
 *   Int, STRING, BOOLEAN        number (exact to 2^53), string, boolean
 *   model value                 ModelValue, equal to itself only
 *   function over 1..n          array (tuples and sequences; the empty function too)
 *   function over strings       plain object (records)
 *   other function              TlaFunction, or LazyFunction before somebody asks for all of it
 *   set                         SetValue: its elements as words (see value-table.ts), or a rule for them
 */
import type { EvaluationCode } from '../../diagnostics/codes.js';
import type { Span } from '../../syntax/span.js';
import { UntracedError } from '../untraced-error.js';

/** What a specification did wrong, found while a value was computed. */
export class SpecError extends UntracedError {
  override readonly name: string = 'SpecError';
  /** The innermost expression that failed, once it is known. */
  span: Span | undefined = undefined;

  constructor(
    message: string,
    readonly code: EvaluationCode = 'TLA3101',
  ) {
    super(message);
  }
}

/** TLC's `Assert` with a false condition. */
export class AssertionError extends SpecError {
  override readonly name = 'AssertionError';

  constructor(message: string) {
    super(message, 'TLA3106');
  }
}

/** A value of a configuration file that is equal to itself only. */
export class ModelValue {
  /** The word of the value, once the table has seen it. */
  word = -1;

  constructor(readonly id: string) {}
}

/** A set. */
export abstract class SetValue {
  /** The elements in the order of values, once somebody asked for it. */
  ordered: readonly unknown[] | undefined = undefined;

  abstract has(value: unknown): boolean;
  /** The elements, in any order but always the same; an error for infinite sets. */
  abstract elements(): Iterable<unknown>;
  /** The words of the elements, ascending, each once. */
  abstract words(): readonly number[];
  get size(): number {
    return this.words().length;
  }
}

/** The domain of functions: the words of its elements, and where each stands. Shared by all functions over it. */
export class Domain {
  private readonly index: ReadonlyMap<number, number>;
  /** Positions + 1 by the upper bits of the word, where all elements are atoms or integers with small words. */
  private readonly direct: Uint16Array | undefined = undefined;
  private readonly tag: number;

  constructor(
    /** The set's word. */
    readonly word: number,
    readonly words: readonly number[],
    readonly elements: readonly unknown[],
    /** Which form functions over it have. */
    readonly form: 'sequence' | 'record' | 'function',
  ) {
    this.index = new Map(words.map((w, i) => [w, i]));
    this.tag = (words[0] ?? 0) & 3;
    if (words.every((w) => (w & 3) === this.tag && w >= 0 && w < 4 * mostDirect)) {
      this.direct = new Uint16Array(mostDirect);
      words.forEach((w, i) => ((this.direct as Uint16Array)[w >>> 2] = i + 1));
    }
  }

  /** Where an element stands; -1 when there is none with this word. */
  positionOf(word: number): number {
    const { direct } = this;
    if (direct === undefined) return this.index.get(word) ?? -1;
    return (word & 3) === this.tag ? (direct[word >>> 2] ?? 0) - 1 : -1;
  }
}

const mostDirect = 1024;

/**
 * A function over a domain that is neither 1..n nor a set of strings: its values, or their words once it has been
 * through the table; those at `i` belong to `domain.words[i]`.
 */
export class TlaFunction {
  constructor(
    readonly domain: Domain,
    public values: readonly unknown[] | undefined,
    public words: readonly number[] | undefined,
  ) {}
}

/** A function that computes its values when they are asked for: `f[x \in S] == ...`, which may use itself. */
export class LazyFunction {
  private readonly known = new Map<number, unknown>();

  constructor(
    readonly domain: SetValue,
    private readonly compute: (argument: unknown) => unknown,
    private readonly wordOf: (value: unknown) => number,
  ) {}

  /** The value at an argument of the domain. */
  at(argument: unknown): unknown {
    const word = this.wordOf(argument);
    if (this.known.has(word)) return this.known.get(word);
    const value = this.compute(argument);
    this.known.set(word, value);
    return value;
  }
}

/** A record, or any function over strings. */
export type RecordValue = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is RecordValue =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof SetValue) &&
  !(value instanceof TlaFunction) &&
  !(value instanceof LazyFunction) &&
  !(value instanceof ModelValue);

/** What a value is, for messages. */
export const kindOf = (value: unknown): string => {
  if (typeof value === 'number') return 'an integer';
  if (typeof value === 'string') return 'a string';
  if (typeof value === 'boolean') return 'a Boolean';
  if (value instanceof SetValue) return 'a set';
  if (value instanceof ModelValue) return 'a model value';
  if (Array.isArray(value)) return 'a tuple';
  if (value instanceof TlaFunction || value instanceof LazyFunction) return 'a function';
  return value === undefined ? 'a variable without a value' : 'a record';
};
