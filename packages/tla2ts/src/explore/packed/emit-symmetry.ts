/**
 * The least of what permutations of model values make of a packed state: a loop over the permutations, in which bits that some of them move are looked up in tables by the
 * number of the permutation.
 */
import type { Domain, EnumDomain, ProductDomain, SequenceDomain, SetDomain, Slot } from './domains.js';
import { type Representation, field, literal } from './represent.js';
import { type Code, unsupported } from './code.js';
import type { StateLayout } from './layout.js';
import { loads } from './emit-state.js';
import { ones } from './domains.js';

/** The word of a value after a permutation. */
export type Permute = (word: number) => number;

/** Numbers in the tables of all permutations, at most. */
const mostNumbers = 1 << 21;

/** Where each permutation moves the bits of a byte, for sets of one word. */
const bytesMoved = `const bytesMoved = (places, count) => {
const bytes = Math.ceil(count / 8);
const moved = new Int32Array((places.length / count) * bytes * 256);
for (let row = 0; row < moved.length / 256; row++) {
const first = Math.floor(row / bytes) * count + (row % bytes) * 8;
for (let bits = 1; bits < 256; bits++) {
const rest = bits & (bits - 1);
moved[row * 256 + bits] = moved[row * 256 + rest] | (1 << places[first + 31 - Math.clz32(bits ^ rest)]);
}
}
return moved;
};`;

export class LeastState {
  /** Statements before the loop. */
  private before: string[] = [];
  private scratchWords = 0;
  private numbers = 0;
  private readonly tables = new Map<string, string>();

  constructor(
    private readonly code: Code,
    private readonly forms: Representation,
    private readonly layout: StateLayout,
    private readonly permutations: readonly Permute[],
  ) {}

  /**
   * The name of a function that writes a permuted state over the state itself where it is less, word by word. Words of sets come last: there is most to permute, and most
   * permutations are greater by the words before.
   */
  compile(): string {
    const { code, layout } = this;
    const isSet = (word: number): number =>
      Number(
        layout.slots.some(
          ({ domain, word: from }) => domain.kind === 'set' && from <= word && word < from + domain.words,
        ),
      );
    const order = Array.from({ length: layout.wordsPerState }, (_, i) => i).toSorted((a, b) => isSet(a) - isSet(b));
    const made = new Map<Slot, readonly string[]>();
    const [, body] = code.apart(() => {
      for (const i of order) {
        const word = code.bind(`${this.word(i, made)} | 0`, 'p');
        code.add(`if (!less) {
const least = to[toAt + ${i}] | 0;
if (${word} > least) continue;
less = ${word} < least;
}
if (less) to[toAt + ${i}] = ${word};
`);
      }
    });
    const name = code.fresh('least');
    const before = this.before.join('');
    if (this.tables.size > 0) code.declare(bytesMoved);
    for (const [text, table] of this.tables) code.declare(`const ${table} = ${text};`);
    code.declare(`const scratch = new Int32Array(${this.scratchWords});`);
    code.declare(`const ${name} = (from, at, to, toAt) => {
${loads(before + body)}${before}for (let p = 0; p < ${this.permutations.length}; p++) {
let less = false;
${body}}
};`);
    return name;
  }

  /** A word of the permuted state. */
  private word(i: number, made: Map<Slot, readonly string[]>): string {
    const { layout, forms } = this;
    const words = Array.from({ length: layout.wordsPerState }, (_, k) => `s${k}`);
    const here = layout.slots.filter(({ domain, word }) => word <= i && i < word + domain.words);
    const moved = here.filter(({ domain }) => !this.isFixed(domain));
    const mask = here.filter((slot) => !moved.includes(slot)).reduce((bits, slot) => bits | maskOf(slot), 0);
    const partOf = (slot: Slot): readonly string[] => {
      const known = made.get(slot) ?? this.part(slot.domain, partsIn(slot, words), true);
      made.set(slot, known);
      return known;
    };
    const text = forms.composeSlots(layout.wordsPerState, moved, moved.map(partOf))[i] as string;
    if (mask === 0) return text;
    const fixed = mask === -1 ? `s${i}` : `(s${i} & ${literal(mask)})`;
    return text === '0' ? fixed : `(${text} | ${fixed})`;
  }

  /**
   * The words of the permuted value.
   * @param words those of the value, without what is around it
   * @param isOuter they do not depend on the permutation
   */
  private part(domain: Domain, words: readonly string[], isOuter: boolean): readonly string[] {
    if (this.isFixed(domain)) return words;
    switch (domain.kind) {
      case 'enum':
        return [`${this.code.table(this.places(domain))}[p * ${domain.values.length} + ${words[0]}]`];
      case 'set':
        return domain.words === 1 ? [this.smallSet(domain, words[0] as string)] : this.largeSet(domain, words, isOuter);
      case 'product':
        return this.product(domain, words, isOuter);
      case 'sequence':
        return this.sequence(domain, words, isOuter);
      default:
        return unsupported('a permutation of a value without a bound');
    }
  }

  private smallSet({ universe }: SetDomain, word: string): string {
    const count = universe.values.length;
    const bytes = Math.ceil(count / 8);
    const table = this.shared(`bytesMoved(${this.code.table(this.places(universe))}, ${count})`);
    const set = this.code.bind(word, 's');
    const texts = Array.from({ length: bytes }, (_, i) => {
      const byte = i === 0 ? `${set} & 255` : `${set} >>> ${8 * i} & 255`;
      return `${table}[(p * ${bytes} + ${i}) * 256 + (${byte})]`;
    });
    return this.code.bind(texts.join(' | '), 's');
  }

  /** Sets of several words have few elements for their size: these are listed. */
  private largeSet(
    { universe, words: count }: SetDomain,
    words: readonly string[],
    isOuter: boolean,
  ): readonly string[] {
    const { code } = this;
    const [size, listed] = [code.fresh('size'), this.reserve(32 * count)];
    const put = this.put(isOuter);
    put(`let ${size} = ${listed};\n`);
    words.forEach((word, i) => {
      const bit = i === 0 ? '31 - Math.clz32(w & -w)' : `${32 * i + 31} - Math.clz32(w & -w)`;
      put(`for (let w = ${word}; w !== 0; w &= w - 1) scratch[${size}++] = ${bit};\n`);
    });
    const made = this.reserve(count);
    const places = code.table(this.places(universe));
    code.add(`for (let i = ${made}; i < ${made + count}; i++) scratch[i] = 0;
for (let i = ${listed}; i < ${size}; i++) {
const place = ${places}[p * ${universe.values.length} + scratch[i]];
scratch[${made} + (place >>> 5)] |= 1 << (place & 31);
}
`);
    return words.map((_, i) => `scratch[${made + i}]`);
  }

  private product(
    { keys, slots, words: count }: ProductDomain,
    words: readonly string[],
    isOuter: boolean,
  ): readonly string[] {
    const { code, forms } = this;
    const from = this.sources(keys, slots);
    if (from === undefined) {
      const parts = slots.map((slot) => this.part(slot.domain, partsIn(slot, words), isOuter));
      return this.bound(forms.composeSlots(count, slots, parts));
    }
    const numbers = (of: (slot: Slot) => number): string =>
      code.table(from.flatMap((row) => row.map((source) => of(slots[source] as Slot))));
    const shifts = numbers(({ shift }) => shift);
    let wordAt = (_slot: number, _word: number): string => words[0] as string;
    if (count === 1) {
      const whole = code.bind(words[0] as string, 'w');
      wordAt = () => whole;
    } else {
      const kept = this.reserve(count);
      const put = this.put(isOuter);
      words.forEach((word, i) => put(`scratch[${kept + i}] = ${word};\n`));
      const places = numbers(({ word }) => kept + word);
      wordAt = (slot, word) => `scratch[${places}[p * ${slots.length} + ${slot}]${word === 0 ? '' : ` + ${word}`}]`;
    }
    const parts = slots.map(({ domain }, i) => {
      const source =
        domain.words > 1 || domain.bits === 32
          ? Array.from({ length: domain.words }, (_, k) => wordAt(i, k))
          : [`(${wordAt(i, 0)} >>> ${shifts}[p * ${slots.length} + ${i}] & ${ones(domain.bits)})`];
      return this.part(domain, this.bound(source), false);
    });
    return this.bound(forms.composeSlots(count, slots, parts));
  }

  private sequence(
    { length, slots, words: count }: SequenceDomain,
    words: readonly string[],
    isOuter: boolean,
  ): readonly string[] {
    const { code, forms } = this;
    const n = code.bind(partsIn(length, words)[0] as string, 'length');
    // What is beyond the length stays 0.
    const parts = slots.map((slot, i) =>
      this.part(slot.domain, partsIn(slot, words), isOuter).map((text) => `(${n} > ${i} ? ${text} : 0)`),
    );
    return this.bound(forms.composeSlots(count, [length, ...slots], [[n], ...parts]));
  }

  private bound(texts: readonly string[]): readonly string[] {
    return texts.map((text) => this.code.bind(text, 'p'));
  }

  /** Adds statements where something that depends on the permutation, or does not, may stand. */
  private put(isOuter: boolean): (statement: string) => void {
    return (statement) => {
      if (isOuter) this.before.push(this.code.take(statement));
      else this.code.add(statement);
    };
  }

  /** Words of the scratch memory. @returns the first of them */
  private reserve(words: number): number {
    const first = this.scratchWords;
    this.scratchWords += words;
    return first;
  }

  /** A name for a value that is computed once. */
  private shared(text: string): string {
    const known = this.tables.get(text) ?? this.code.fresh('moved');
    this.tables.set(text, known);
    return known;
  }

  /** The number of what each value becomes, for one permutation after the other. */
  private places({ valueWords, indexOf }: EnumDomain): readonly number[] {
    this.numbers += this.permutations.length * valueWords.length;
    if (this.numbers > mostNumbers) unsupported('tables of so many permutations');
    return this.permutations.flatMap((permute) =>
      valueWords.map((word) => indexOf.get(permute(word)) ?? unsupported('a value that is seen under one name only')),
    );
  }

  /** For each permutation, which part comes to the place of each; undefined where all stay where they are. */
  private sources(keys: EnumDomain, slots: readonly Slot[]): readonly (readonly number[])[] | undefined {
    if (this.permutations.every((permute) => keepsAll(permute, keys))) return undefined;
    const places = this.places(keys);
    return this.permutations.map((_, p) => {
      const row = Array.from({ length: slots.length }, () => 0);
      slots.forEach((slot, i) => {
        const to = places[p * slots.length + i] as number;
        if (slots[to]?.domain.key !== slot.domain.key) unsupported('a permutation of unlike parts');
        row[to] = i;
      });
      return row;
    });
  }

  /** No permutation changes a value of the domain. */
  private isFixed(domain: Domain): boolean {
    const same = (all: EnumDomain): boolean => this.permutations.every((permute) => keepsAll(permute, all));
    switch (domain.kind) {
      case 'bool':
      case 'int':
        return true;
      case 'enum':
        return same(domain);
      case 'set':
        return same(domain.universe);
      case 'product':
        return same(domain.keys) && domain.slots.every((slot) => this.isFixed(slot.domain));
      case 'sequence':
        return this.isFixed(domain.element);
      case 'word':
        return false;
    }
  }
}

const keepsAll = (permute: Permute, { valueWords }: EnumDomain): boolean =>
  valueWords.every((word) => permute(word) === word);

const maskOf = ({ domain, shift }: Slot): number => (domain.words > 1 ? -1 : ones(domain.bits) << shift);

/** The words of a part without what is around it. */
const partsIn = ({ domain, word, shift }: Slot, words: readonly string[]): readonly string[] =>
  domain.words > 1 ? words.slice(word, word + domain.words) : [field(words[word] as string, shift, domain.bits)];
