/** What a permutation of model values makes of a packed state: bits that move, and numbers that become others. */
import type { Domain, EnumDomain, SetDomain, Slot } from './domains.js';
import { type Representation, field, literal } from './represent.js';
import { type Code, unsupported } from './code.js';
import type { StateLayout } from './layout.js';
import { loads } from './emit-state.js';

/** The word of a value after the permutation. */
export type Permute = (word: number) => number;

export class PermutedState {
  constructor(
    private readonly code: Code,
    private readonly forms: Representation,
    private readonly layout: StateLayout,
    private readonly permute: Permute,
  ) {}

  /**
   * The name of a function that writes the permuted state over another one where it is less, word by word. Words of sets come last: there is most to permute, and most
   * permutations are greater by the words before.
   */
  compile(): string {
    const { code, layout } = this;
    const name = code.fresh('permuted');
    const names = Array.from({ length: layout.wordsPerState }, (_, i) => `s${i}`);
    const isSet = (word: number): number =>
      Number(
        layout.slots.some(
          ({ domain, word: from }) => domain.kind === 'set' && from <= word && word < from + domain.words,
        ),
      );
    const order = names.map((_, i) => i).toSorted((a, b) => isSet(a) - isSet(b));
    const [, body] = code.apart(() => {
      const made = new Map<Slot, readonly string[]>();
      const partOf = (slot: Slot): readonly string[] => {
        const known = made.get(slot) ?? this.part(slot, names, 0);
        made.set(slot, known);
        return known;
      };
      for (const i of order) {
        const here = layout.slots.filter(({ domain, word }) => word <= i && i < word + domain.words);
        const texts = this.forms.composeSlots(layout.wordsPerState, here, here.map(partOf));
        const word = code.fresh('p');
        code.add(`const ${word} = ${texts[i]} | 0;
if (!less) {
const least = to[toAt + ${i}] | 0;
if (${word} > least) return;
less = ${word} < least;
}
if (less) to[toAt + ${i}] = ${word};
`);
      }
    });
    code.declare(`const ${name} = (from, at, to, toAt) => {\n${loads(body)}let less = false;\n${body}};`);
    return name;
  }

  /** The words of a part without what is around it. */
  private part({ domain, word, shift }: Slot, words: readonly string[], at: number): readonly string[] {
    const plain = (): readonly string[] =>
      domain.words > 1
        ? words.slice(word, word + domain.words)
        : [field(words[word] as string, at + shift, domain.bits)];
    if (this.isFixed(domain)) return plain();
    switch (domain.kind) {
      case 'enum':
        return [`${this.code.table(this.places(domain))}[${plain()[0]}]`];
      case 'set':
        return this.elements(domain, plain());
      case 'product': {
        const { keys, slots } = domain;
        const from = this.places(keys);
        const parts: (readonly string[])[] = Array.from({ length: slots.length }, () => []);
        slots.forEach((slot, i) => {
          const to = from[i] as number;
          if (slots[to]?.domain.key !== slot.domain.key) unsupported('a permutation of unlike parts');
          parts[to] = this.part(slot, words.slice(word), at + shift);
        });
        return this.bound(this.forms.composeSlots(domain.words, slots, parts));
      }
      case 'sequence': {
        const { length, slots } = domain;
        const inside = words.slice(word);
        const [count] = this.part(length, inside, at + shift) as [string];
        const n = this.code.bind(count, 'length');
        // What is beyond the length stays 0.
        const parts = slots.map((slot, i) =>
          this.part(slot, inside, at + shift).map((text) => `(${n} > ${i} ? ${text} : 0)`),
        );
        return this.bound(this.forms.composeSlots(domain.words, [length, ...slots], [[n], ...parts]));
      }
      default:
        return unsupported('a permutation of a value without a bound');
    }
  }

  private bound(texts: readonly string[]): readonly string[] {
    return texts.map((text) => this.code.bind(text, 'p'));
  }

  /** The number of what each value becomes. */
  private places({ valueWords, indexOf }: EnumDomain): readonly number[] {
    return valueWords.map(
      (word) => indexOf.get(this.permute(word)) ?? unsupported('a value that is seen under one name only'),
    );
  }

  /** The permutation changes no value of the domain. */
  private isFixed(domain: Domain): boolean {
    const same = (all: EnumDomain): boolean => all.valueWords.every((word) => this.permute(word) === word);
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

  /** Bits that move by the same distance move together. */
  private elements({ universe, words: count }: SetDomain, words: readonly string[]): readonly string[] {
    const names = words.map((word) => this.code.bind(word, 's'));
    const texts: string[][] = Array.from({ length: count }, () => []);
    const moves = new Map<string, { from: number; to: number; by: number; mask: number }>();
    this.places(universe).forEach((place, i) => {
      const move = { from: i >>> 5, to: place >>> 5, by: (place & 31) - (i & 31) };
      const key = `${move.from} ${move.to} ${move.by}`;
      const known = moves.get(key) ?? { ...move, mask: 0 };
      moves.set(key, { ...known, mask: known.mask | (1 << (i & 31)) });
    });
    for (const { from, to, by, mask } of moves.values()) {
      const kept = `(${names[from]} & ${literal(mask)})`;
      texts[to]?.push(by === 0 ? kept : by > 0 ? `${kept} << ${by}` : `${kept} >>> ${-by}`);
    }
    return texts.map((all) => (all.length === 0 ? '0' : `(${all.join(' | ')})`));
  }
}
