/**
 * Going through the elements of a set while the program runs: for sets with many possible elements, where a copy of the text for each would be too long, and would
 * test one after the other for being there when few are. In a loop an element is the number of a value of the universe, not a constant.
 */
import { type EnumDomain, setDomain } from './domains.js';
import { type PowerSetVal, type Val, constant, intVal, wordVal } from './vals.js';
import { type Code, giveUp, unsupported } from './code.js';
import { type Representation, literal } from './represent.js';
import { SetValue } from '../values/values.js';
import { isFiniteSet } from '../values/sets.js';
import { mostListed } from './domain-of-set.js';

/** How many elements are at most told one by one. */
export interface Unrolling {
  /** Of a set that depends on the state. */
  readonly possible: number;
  /** Of a constant set: as constants they make simpler text. */
  readonly known: number;
  /** Whether operators on constants, such as `Safe(1, "a")`, are functions of their own. */
  readonly outlined: boolean;
  /** Whether the ways of a disjunction are functions of their own. */
  readonly split: boolean;
}

/** What is tried, one after the other, until the text is short enough. */
export const unrollings: readonly Unrolling[] = [
  { possible: 16, known: 64, outlined: false, split: false },
  { possible: 16, known: 64, outlined: true, split: false },
  { possible: 3, known: 3, outlined: true, split: false },
  { possible: 3, known: 3, outlined: true, split: true },
];

/** Which of the values of a universe have to be met. */
export type Relevant = (values: readonly unknown[]) => readonly boolean[];

export class Loops {
  unrolling: Unrolling = unrollings[0] as Unrolling;

  constructor(
    private readonly code: Code,
    private readonly forms: Representation,
  ) {}

  /** Whether it is better gone through than told one by one. */
  isLong(given: Val): boolean {
    const set = this.forms.asSet(given);
    switch (set.kind) {
      case 'word':
      case 'powerSet':
        return true;
      case 'const':
        return set.value instanceof SetValue && isFiniteSet(set.value) && set.value.size > this.unrolling.known;
      case 'interval': {
        const [low, high] = [this.forms.bounds(set.low), this.forms.bounds(set.high)];
        return high.high - low.low >= this.unrolling.possible;
      }
      case 'packed':
        if (set.domain.kind !== 'set') return false;
        return (set.possible?.size ?? set.domain.universe.values.length) > this.unrolling.possible;
      default:
        return false;
    }
  }

  /** How many elements are told one by one. */
  sizeOf(set: Val): number {
    return this.isLong(set) ? 1 : this.forms.candidates(set).length;
  }

  /** The values that elements are numbers of; intervals have none. */
  universeOf(given: Val): EnumDomain {
    const set = this.forms.asSet(given);
    if (set.kind === 'const') return this.listed(set.value as SetValue);
    if (set.kind === 'packed' && set.domain.kind === 'set') return set.domain.universe;
    return unsupported('the elements of such a set');
  }

  /**
   * Adds statements that do something with each element, in TLC's order; `break` in them ends the loop.
   * @param body told the name of the number in the universe, where there is one
   */
  over(given: Val, body: (element: Val, index: string) => void, relevant?: Relevant): void {
    const { code } = this;
    const set = this.forms.asSet(given);
    if (set.kind === 'interval') return this.between(set.low, set.high, body);
    if (set.kind === 'word') return this.words(set.text, body);
    if (set.kind === 'powerSet') return this.subsets(set, body);
    const universe = this.universeOf(set);
    const i = code.fresh('i');
    const element: Val =
      universe.values.length === 1 ? constant(universe.values[0]) : { kind: 'enum', text: i, domain: universe };
    const [, statements] = code.repeated(() => body(element, i));
    if (set.kind === 'const') {
      code.add(`for (let ${i} = 0; ${i} < ${universe.values.length}; ${i}++) {\n${statements}}\n`);
      return;
    }
    const all = this.forms.bitsIn(set, setDomain(universe)).map((word) => code.bind(word, 's'));
    const words = masked(all, relevant?.(universe.values)).map((word) => code.bind(word, 's'));
    const from = words.findIndex((word) => word !== '0');
    if (from < 0) return;
    const end = words.findLastIndex((word) => word !== '0') + 1;
    const left = code.fresh('left');
    const next = `const ${i} = 31 - Math.clz32(${left} & -${left})`;
    if (end === from + 1) {
      const number = from === 0 ? next : `${next} + ${from << 5}`;
      code.add(
        `for (let ${left} = ${words[from]}; ${left} !== 0; ${left} &= ${left} - 1) {\n${number};\n${statements}}\n`,
      );
      return;
    }
    const word = code.fresh('word');
    const more = words.slice(from + 1, end);
    const select = more.reduceRight((others, text, k) => `${word} === ${from + k + 1} ? ${text} : ${others}`, '0');
    code.add(`for (let ${word} = ${from}, ${left} = ${words[from]}; ; ) {
if (${left} === 0) {
if (++${word} === ${end}) break;
${left} = ${select};
continue;
}
${next} + (${word} << 5);
${left} &= ${left} - 1;
${statements}}
`);
  }

  private words(set: string, body: (element: Val, index: string) => void): void {
    const { code } = this;
    const [all, word] = [code.fresh('all'), code.fresh('w')];
    code.add(`const ${all} = rt.outside.elementsOf(${set});\nif (${all} === undefined) ${giveUp}\n`);
    const [, statements] = code.repeated(() => body(wordVal(word), ''));
    code.add(`for (const ${word} of ${all}) {\n${statements}}\n`);
  }

  /** Counting in the bits of the base only: subtracting the base carries over the bits between. */
  private subsets({ words, ...base }: PowerSetVal, body: (element: Val, index: string) => void): void {
    const { code } = this;
    const all = words.map((word) => code.bind(word, 'all'));
    const parts = all.map(() => code.fresh('part'));
    const more = code.fresh('more');
    const [, statements] = code.repeated(() => body({ ...base, kind: 'packed', words: parts, shift: 0 }, ''));
    const next = parts.map((part, i) => `(${part} = ${part} - ${all[i]} & ${all[i]}) !== 0`);
    code.add(
      `for (let ${parts.map((part) => `${part} = 0`).join(', ')}, ${more} = true; ${more}; ${more} = ${next.join(' || ')}) {\n${statements}}\n`,
    );
  }

  private between(from: Val, to: Val, body: (element: Val, index: string) => void): void {
    const { code, forms } = this;
    const [low, high] = [forms.bounds(from), forms.bounds(to)];
    const [i, end] = [code.fresh('i'), code.bind(high.text, 'end')];
    const [, statements] = code.repeated(() => body(intVal(i, low.low, high.high), i));
    code.add(`for (let ${i} = ${low.text}; ${i} <= ${end}; ${i}++) {\n${statements}}\n`);
  }

  private listed(set: SetValue): EnumDomain {
    if (set.size > mostListed) return unsupported('the elements of a large set');
    return this.forms.finder.enumeration([...this.forms.library.elements(set)]);
  }
}

/** Words of a set without the elements that do not matter. */
const masked = (words: readonly string[], matters: readonly boolean[] | undefined): readonly string[] => {
  if (matters === undefined) return words;
  return words.map((word, w) => {
    const here = matters.slice(32 * w, 32 * (w + 1));
    const mask = here.reduce((bits, matter, i) => (matter ? bits | (1 << i) : bits), 0);
    if (mask === 0) return '0';
    return here.every(Boolean) ? word : `${word} & ${literal(mask)}`;
  });
};
