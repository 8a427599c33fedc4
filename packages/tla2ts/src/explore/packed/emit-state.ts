/** The words of the current state and of the next one in the text of a function. */
import type { Domain, Slot } from './domains.js';
import { type Representation, literal } from './represent.js';
import type { Env } from './env.js';
import type { StateLayout } from './layout.js';
import type { Val } from './vals.js';
import type { VariableSymbol } from '../../names/resolved.js';
import { ones } from './domains.js';
import { unsupported } from './code.js';

/** Text that loads the words that a text uses; `words[at..]` is the state. */
export const loads = (text: string, words = 'from', at = 'at'): string => {
  return loaded(text, 's', words, at);
};

/** The same for the words of the next state, where that exists already. */
export const loadsNext = (text: string, words = 'to', at = 'toAt'): string => loaded(text, 'n', words, at);

const loaded = (text: string, letter: 's' | 'n', words: string, at: string): string => {
  const used = new Set(Array.from(text.matchAll(new RegExp(`\\b${letter}(\\d+)\\b`, 'g')), ([, word]) => Number(word)));
  return [...used].map((i) => `const ${letter}${i} = ${words}[${at} + ${i}] | 0;\n`).join('');
};

export class PackedState {
  private readonly indices: ReadonlyMap<VariableSymbol, number>;

  constructor(
    private readonly forms: Representation,
    private readonly layout: StateLayout,
    private readonly variables: readonly VariableSymbol[],
  ) {
    this.indices = new Map(variables.map((variable, i) => [variable, i]));
  }

  private slotOf(variable: VariableSymbol): Slot {
    const index = this.indices.get(variable);
    return index === undefined ? unsupported('a variable of another module') : (this.layout.slots[index] as Slot);
  }

  domainOf(variable: VariableSymbol): Domain {
    return this.slotOf(variable).domain;
  }

  /** The value of a variable in the current state. */
  readonly current = (variable: VariableSymbol): Val => {
    const slot = this.slotOf(variable);
    return this.forms.read(slot, this.names('s'), 0);
  };

  /** What a step that was taken has given to the variables. */
  taken(): Env['next'] {
    const names = this.names('n');
    return new Map(this.variables.map((variable) => [variable, this.forms.read(this.slotOf(variable), names, 0)]));
  }

  private names(letter: 's' | 'n'): readonly string[] {
    return Array.from({ length: this.layout.wordsPerState }, (_, i) => `${letter}${i}`);
  }

  /** The value as it will be stored, in names that may be repeated. */
  fitted(variable: VariableSymbol, val: Val): Val {
    const { domain, shift } = this.slotOf(variable);
    if (val.kind === 'const') return val;
    const { code } = this.forms;
    if (val.kind === 'packed' && val.domain.key === domain.key && val.shift === shift) {
      return { ...val, words: val.words.map((word) => code.bind(word, 'n')) };
    }
    const words = this.forms.store(val, domain).map((word) => code.bind(word, 'n'));
    return this.forms.read({ domain, word: 0, shift: 0 }, words, 0);
  }

  /** Writes the next state. */
  write({ next }: Env): void {
    const { code } = this.forms;
    const kept = new Map<number, number>();
    const parts: string[][] = Array.from({ length: this.layout.wordsPerState }, () => []);
    for (const variable of this.variables) {
      const { domain, word, shift } = this.slotOf(variable);
      const val = next.get(variable) ?? unsupported('a variable without a value in the next state');
      if (domain.bits === 0 && val === 'same') continue;
      const mask = ones(domain.bits) << shift;
      if (val === 'same') {
        for (let i = 0; i < domain.words; i++) kept.set(word + i, (kept.get(word + i) ?? 0) | mask);
      } else if (val.kind === 'packed' && val.domain.key === domain.key && val.shift === shift && domain.words === 1) {
        parts[word]?.push(mask === -1 ? (val.words[0] as string) : `${val.words[0]} & ${literal(mask)}`);
      } else {
        this.forms.store(val, domain).forEach((text, i) => {
          if (text !== '0') parts[word + i]?.push(shift === 0 ? text : `${text} << ${shift}`);
        });
      }
    }
    const whole = this.usedBits();
    parts.forEach((texts, i) => {
      const mask = kept.get(i) ?? 0;
      if (mask !== 0) {
        texts.push(mask === whole[i] ? `s${i}` : `s${i} & ${literal(mask)}`);
      }
      code.add(`to[toAt + ${i}] = ${texts.length === 0 ? '0' : texts.join(' | ')};\n`);
    });
  }

  /** The bits of each word that some variable has. */
  private usedBits(): readonly number[] {
    const bits = Array.from({ length: this.layout.wordsPerState }, () => 0);
    for (const { domain, word, shift } of this.layout.slots) {
      for (let i = 0; i < domain.words; i++) (bits[word + i] as number) |= ones(domain.bits) << shift;
    }
    return bits;
  }
}
