/** Functions, records, tuples: application as shift and mask, EXCEPT as the replacement of a field. */
import { type PackedVal, type Val, boolVal, constant } from './vals.js';
import { type Slot, ones } from './domains.js';
import { type Code, fails, unsupported } from './code.js';
import { type Representation, literal } from './represent.js';
import type { Logic } from './emit-logic.js';
import type { Sequences } from './emit-sequences.js';

/** The bits of a part whose place is known at run time. */
interface Place {
  /** Text of the shift in its word. */
  readonly shift: string;
  /** Text of the number of its word; undefined: the only one. */
  readonly word: string | undefined;
}

export class Functions {
  constructor(
    private readonly code: Code,
    private readonly forms: Representation,
    private readonly logic: Logic,
    private readonly sequences: Sequences,
  ) {}

  /** `f[x]` */
  apply(f: Val, x: Val): Val {
    const { forms } = this;
    const { library } = forms;
    if (f.kind === 'const') return forms.mapScalar(x, (value) => library.apply(f.value, value));
    if (f.kind === 'enum') {
      if (x.kind === 'const') return forms.mapScalar(f, (value) => library.apply(value, x.value));
      return this.table(f, x);
    }
    if (f.kind === 'packed' && f.domain.kind === 'sequence') return this.sequences.at(f, x);
    if (x.kind === 'const') {
      const { keys, parts } = this.explode(f);
      const index = keys.indexOf.get(forms.table.encode(x.value));
      return index === undefined ? fails('an argument outside of the domain') : (parts[index] as Val);
    }
    if (f.kind === 'packed' && f.domain.kind === 'product' && f.domain.uniform) {
      const index = this.code.bind(forms.indexIn(x, f.domain.keys), 'i');
      return this.readAt(f, index);
    }
    const { keys, parts } = this.explode(f);
    const index = this.code.bind(forms.indexIn(x, keys), 'i');
    const pick = (i: number): Val =>
      i === parts.length - 1
        ? (parts[i] as Val)
        : this.logic.choice(
            boolVal(`${index} === ${i}`) as never,
            () => parts[i] as Val,
            () => pick(i + 1),
          );
    return pick(0);
  }

  private explode(f: Val): ReturnType<Representation['partsOf']> {
    if (f.kind === 'packed' && f.domain.kind === 'sequence') return unsupported('a sequence');
    return this.forms.partsOf(f);
  }

  /** Two scalars by one table. */
  private table(f: Val & { kind: 'enum' }, x: Val): Val {
    const { forms } = this;
    if (x.kind !== 'enum' && x.kind !== 'int' && x.kind !== 'bool') return unsupported('an argument of this form');
    const [fs, xs] = [f.domain.values, forms.scalarValues(x)];
    if (fs.length * xs.length > 1 << 14) return unsupported('a large table');
    const results = fs.flatMap((g) => xs.map((value) => forms.compute(() => forms.library.apply(g, value))));
    return forms.choose(results, `${f.text} * ${xs.length} + ${forms.scalarIndex(x)}`);
  }

  private place({ domain, shift }: PackedVal, index: string): Place {
    const first = domain.kind === 'product' ? (domain.slots[0] as Slot) : unsupported('a place in a sequence');
    const { bits } = first.domain;
    const times = (text: string, factor: number): string => (factor === 1 ? text : `${text} * ${factor}`);
    if (domain.words === 1) {
      const offset = times(index, bits);
      return { word: undefined, shift: shift === 0 ? offset : `${offset} + ${shift}` };
    }
    const perWord = Math.floor(32 / bits);
    const isPower = (perWord & (perWord - 1)) === 0;
    const word = isPower ? `${index} >> ${Math.log2(perWord)}` : `${index} / ${perWord} | 0`;
    const within = isPower ? `(${index} & ${perWord - 1})` : `${index} % ${perWord}`;
    return { word: this.code.bind(`(${word})`, 'w'), shift: times(within, bits) };
  }

  private readAt(f: PackedVal, index: string): Val {
    const { domain } = f.domain.kind === 'product' ? (f.domain.slots[0] as Slot) : unsupported('a sequence');
    if (domain.words > 1) {
      const words = Array.from({ length: domain.words }, (_, j) => {
        const all = f.words.filter((_word, i) => i % domain.words === j);
        return this.code.bind(this.select(all, index), 'w');
      });
      return this.forms.read({ domain, word: 0, shift: 0 }, words, 0);
    }
    const { word, shift } = this.place(f, index);
    const text = word === undefined ? (f.words[0] as string) : this.select(f.words, word);
    return this.forms.read(
      { domain, word: 0, shift: 0 },
      [this.code.bind(`(${text} >>> ${parenthesised(shift)})`, 'x')],
      0,
    );
  }

  private select(words: readonly string[], index: string): string {
    const last = words.at(-1) as string;
    return words.slice(0, -1).reduceRight((others, word, i) => `(${index} === ${i} ? ${word} : ${others})`, last);
  }

  /** `[f EXCEPT ![x] = ...]`; a function without the argument stays as it is. */
  replace(f: Val, x: Val, change: (old: Val) => Val): Val {
    const { forms } = this;
    if (f.kind === 'const' && x.kind === 'const') {
      const parts = forms.packer.partsOf(f.value);
      if (parts === undefined) return unsupported('EXCEPT of such a value');
    }
    if (f.kind === 'packed' && f.domain.kind === 'sequence') return this.sequences.replace(f, x, change);
    if (x.kind === 'const') {
      if (f.kind === 'packed' && f.domain.kind === 'product') {
        const index = f.domain.keys.indexOf.get(forms.table.encode(x.value));
        return index === undefined ? f : this.replaceSlot(f, f.domain.slots[index] as Slot, change);
      }
      const { keys, parts } = this.explode(f);
      const index = keys.indexOf.get(forms.table.encode(x.value));
      return { kind: 'parts', keys, parts: parts.map((part, i) => (i === index ? change(part) : part)) };
    }
    if (f.kind === 'packed' && f.domain.kind === 'product' && f.domain.uniform) {
      const index = this.code.bind(forms.indexIn(x, f.domain.keys), 'i');
      return this.replaceAt(f, index, change);
    }
    const { keys, parts } = this.explode(f);
    const index = this.code.bind(forms.indexIn(x, keys), 'i');
    return {
      kind: 'parts',
      keys,
      parts: parts.map((part, i) =>
        this.logic.choice(
          boolVal(`${index} === ${i}`) as never,
          () => change(part),
          () => part,
        ),
      ),
    };
  }

  private replaceSlot(f: PackedVal, slot: Slot, change: (old: Val) => Val): Val {
    const { domain, word, shift } = slot;
    const bits = this.forms.store(change(this.forms.read(slot, f.words, f.shift)), domain);
    if (domain.words > 1) {
      const words = f.words.map((text, i) =>
        i >= word && i < word + domain.words ? (bits[i - word] as string) : text,
      );
      return { ...f, words };
    }
    return {
      ...f,
      words: f.words.map((text, i) =>
        i === word ? replaced(text, f.shift + shift, domain.bits, bits[0] as string) : text,
      ),
    };
  }

  private replaceAt(f: PackedVal, index: string, change: (old: Val) => Val): Val {
    const { domain } = f.domain.kind === 'product' ? (f.domain.slots[0] as Slot) : unsupported('a sequence');
    const bits = this.forms.store(change(this.readAt(f, index)), domain).map((word) => this.code.bind(word, 'n'));
    if (domain.words > 1) {
      return {
        ...f,
        words: f.words.map(
          (text, i) => `(${index} === ${Math.floor(i / domain.words)} ? ${bits[i % domain.words]} : ${text})`,
        ),
      };
    }
    const { word, shift } = this.place(f, index);
    const by = this.code.bind(shift, 'at');
    const change1 = (text: string): string =>
      `(${text} & ~(${literal(ones(domain.bits))} << ${by}) | ${bits[0]} << ${by})`;
    return {
      ...f,
      words: f.words.map((text, i) =>
        word === undefined ? change1(text) : `(${word} === ${i} ? ${change1(text)} : ${text})`,
      ),
    };
  }

  /** DOMAIN f */
  domainOf(f: Val): Val {
    const { forms } = this;
    if (f.kind === 'const') return forms.computed(() => forms.library.domainOf(f.value));
    if (f.kind === 'enum') return forms.mapScalar(f, forms.library.domainOf);
    if (f.kind === 'packed' && f.domain.kind === 'sequence') {
      return { kind: 'interval', low: constant(1), high: this.sequences.length(f) };
    }
    const { keys } = this.explode(f);
    return constant(forms.packer.set(keys.valueWords));
  }
}

/** A word with other bits in a place. */
const replaced = (word: string, shift: number, bits: number, by: string): string => {
  if (bits === 0) return word;
  if (bits === 32) return by;
  const kept = `${word} & ${literal(~(ones(bits) << shift))}`;
  if (by === '0') return `(${kept})`;
  if (/^\d+$/.test(by)) return `(${kept} | ${literal(Number(by) << shift)})`;
  return `(${kept} | ${by}${shift === 0 ? '' : ` << ${shift}`})`;
};

const parenthesised = (text: string): string => (/^[\w$]+$/.test(text) ? text : `(${text})`);
