/** Sequences: of a known length as their elements, others as length and slots, of which those behind the end are 0. */
import { type BoolVal, type PackedVal, type Val, boolVal, constant, intVal } from './vals.js';
import { type Code, fails, unsupported } from './code.js';
import { type Representation, field, literal } from './represent.js';
import type { Logic } from './emit-logic.js';
import type { SequenceDomain, Slot } from './domains.js';

/** A sequence whose length is known at run time only, nothing around it. */
interface Slotted {
  readonly domain: SequenceDomain;
  readonly words: readonly string[];
  /** Text of the length. */
  readonly length: string;
}

const operators: ReadonlySet<string> = new Set(['Len', 'Head', 'Tail', 'Append', '\\o', 'SubSeq']);

export class Sequences {
  constructor(
    private readonly code: Code,
    private readonly forms: Representation,
    private readonly logic: Logic,
    /** Makes a tuple of values. */
    private readonly tuple: (items: readonly Val[]) => Val,
  ) {}

  has(name: string): boolean {
    return operators.has(name);
  }

  compute(name: string, [a, b, c]: readonly Val[]): Val {
    const { library } = this.forms;
    const [x, y] = [a as Val, b as Val];
    if (x.kind === 'const' && typeof x.value === 'string') return this.ofStrings(name, x, b);
    switch (name) {
      case 'Len':
        return x.kind === 'const' ? this.forms.computed(() => library.length(x.value)) : this.length(x);
      case 'Head':
        return this.head(x);
      case 'Tail':
        return this.tail(x);
      case 'Append':
        return this.append(x, y);
      case 'SubSeq':
        return this.part(x, y, c as Val);
      default: {
        const [left, right] = [this.items(x), this.items(y)];
        if (left !== undefined && right !== undefined) return this.tuple([...left, ...right]);
        if (right !== undefined) return right.reduce((all, item) => this.append(all, item), x);
        return this.concatenated(x, y);
      }
    }
  }

  private ofStrings(name: string, a: Val & { kind: 'const' }, b: Val | undefined): Val {
    const { library } = this.forms;
    if (name === 'Len') return this.forms.computed(() => library.length(a.value));
    if (name === '\\o' && b?.kind === 'const') return this.forms.computed(() => library.concat(a.value, b.value));
    return unsupported('an operator on strings');
  }

  /** The elements of a sequence of known length. */
  private items(val: Val): readonly Val[] | undefined {
    if (val.kind === 'packed' && val.domain.kind === 'sequence') return undefined;
    const { keys, parts } = this.forms.partsOf(val);
    return keys.values.every((key, i) => key === i + 1) ? parts : unsupported('a function as a sequence');
  }

  private slotted(val: Val): Slotted {
    if (val.kind !== 'packed' || val.domain.kind !== 'sequence') return unsupported('a sequence of this form');
    const words = this.forms.aligned(val).map((word) => this.code.bind(word, 'q'));
    const length = this.forms.bounds(this.forms.read(val.domain.length, words, 0));
    return { domain: val.domain, words, length: this.code.bind(length.text, 'length') };
  }

  length(val: Val): Val {
    if (val.kind === 'enum') return this.forms.mapScalar(val, this.forms.library.length);
    const items = this.items(val);
    if (items !== undefined) return constant(items.length);
    const { domain, length } = this.slotted(val);
    return intVal(length, 0, domain.slots.length);
  }

  private head(val: Val): Val {
    const items = this.items(val);
    if (items !== undefined) return items[0] ?? fails('Head of the empty sequence');
    const { domain, words, length } = this.slotted(val);
    this.code.bail(`${length} === 0`);
    return this.forms.read(domain.slots[0] as Slot, words, 0);
  }

  private tail(val: Val): Val {
    const items = this.items(val);
    if (items !== undefined) return items.length > 0 ? this.tuple(items.slice(1)) : fails('Tail of the empty sequence');
    const { domain, words, length } = this.slotted(val);
    this.code.bail(`${length} === 0`);
    const { bits: lengthBits } = domain.length.domain;
    const { bits } = domain.element;
    if (domain.words === 1) {
      if (bits === 0) return packed(domain, [`(${words[0]} - 1)`]);
      const moved = lengthBits + bits >= 32 ? '0' : `(${words[0]} >>> ${lengthBits + bits}) << ${lengthBits}`;
      return packed(domain, [`(${moved} | ${length} - 1)`]);
    }
    const texts = domain.slots.slice(1).map((slot) => this.raw(slot, words));
    return packed(
      domain,
      this.forms.composeSlots(domain.words, [domain.length, ...domain.slots], [[`(${length} - 1)`], ...texts]),
    );
  }

  /** `SubSeq(s, m, n)` */
  private part(val: Val, from: Val, to: Val): Val {
    const { library } = this.forms;
    if (val.kind === 'const' && from.kind === 'const' && to.kind === 'const') {
      return this.forms.computed(() => library.subSeq(val.value, from.value, to.value));
    }
    const items = this.items(val);
    if (items !== undefined) {
      if (from.kind !== 'const' || to.kind !== 'const') return unsupported('a part of a tuple');
      const [low, high] = [this.forms.bounds(from).low, this.forms.bounds(to).low];
      if (low <= high && (low < 1 || high > items.length)) return fails('SubSeq outside of the sequence');
      return this.tuple(items.slice(low - 1, Math.max(low - 1, high)));
    }
    const s = this.slotted(val);
    const [low, high] = [this.forms.bounds(from), this.forms.bounds(to)];
    const [m, n] = [this.code.bind(low.text, 'm'), this.code.bind(high.text, 'n')];
    this.code.bail(`${m} <= ${n} && (${m} < 1 || ${n} > ${s.length})`);
    const length = this.code.bind(`(${m} > ${n} ? 0 : ${n} - ${m} + 1)`, 'length');
    if (low.low === low.high && low.low === 1)
      return this.made(s.domain, length, (i) => this.raw(s.domain.slots[i] as Slot, s.words));
    return this.made(s.domain, length, (i) => [this.elementAt(s, `${m} + ${i - 1}`)]);
  }

  /** Two sequences, one after the other. */
  private concatenated(a: Val, b: Val): Val {
    const domain = a.kind === 'packed' && a.domain.kind === 'sequence' ? a.domain : (b as PackedVal).domain;
    if (domain.kind !== 'sequence') return unsupported('sequences of this form');
    const [x, y] = [a, b].map((val) => this.slotted(packed(domain, this.forms.store(val, domain)))) as [
      Slotted,
      Slotted,
    ];
    const length = this.code.bind(`(${x.length} + ${y.length})`, 'length');
    this.code.bail(`${length} > ${domain.slots.length}`);
    return this.made(domain, length, (i) => {
      const [own] = this.raw(domain.slots[i] as Slot, x.words);
      return [`(${i} < ${x.length} ? ${own} : ${this.elementAt(y, `${i} - ${x.length}`)})`];
    });
  }

  /** `SelectSeq(s, T)` */
  select(val: Val, test: (item: Val) => BoolVal): Val {
    const items = this.items(val);
    if (items !== undefined) {
      const tests = items.map(test);
      if (tests.some(({ kind }) => kind !== 'const')) return unsupported('a part of a tuple');
      return this.tuple(items.filter((_, i) => (tests[i] as { value?: unknown }).value === true));
    }
    const { domain, words, length } = this.slotted(val);
    if (domain.element.words > 1) return unsupported('an index of large elements');
    const count = this.code.fresh('count');
    const names = words.map(() => this.code.fresh('r'));
    this.code.add(`let ${[`${count} = 0`, ...names.map((name) => `${name} = 0`)].join(', ')};\n`);
    domain.slots.forEach((slot, i) => {
      const [condition, statements] = this.code.inside(() => test(this.forms.read(slot, words, 0)));
      const bits = this.raw(slot, words);
      const kept = names
        .map((name, w) => [name, this.addedTo(domain, w, count, bits)] as const)
        .flatMap(([name, added]) => (added === undefined ? [] : [`${name} |= ${added};\n`]));
      const text = condition.kind === 'bool' ? condition.text : String(condition.value === true);
      this.code.add(`if (${length} > ${i}) {\n${statements}if (${text}) {\n${kept.join('')}${count}++;\n}\n}\n`);
    });
    // The length is in the lowest bits of the first word.
    return packed(
      domain,
      names.map((name, w) => (w === 0 ? `(${name} | ${count})` : name)),
    );
  }

  /** The bits of the element with a number from 0, which is text; those of another one where there is none. */
  private elementAt({ domain, words }: Slotted, index: string): string {
    if (domain.element.words > 1) return unsupported('an index of large elements');
    if (domain.element.bits === 0) return '0';
    return field(this.wordOf(domain, words, index), 0, domain.element.bits);
  }

  /** A sequence of this length with these elements; beyond it there is nothing. */
  private made(domain: SequenceDomain, length: string, element: (i: number) => readonly string[]): Val {
    const texts = domain.slots.map((_, i) => element(i).map((text) => `(${length} > ${i} ? ${text} : 0)`));
    return packed(
      domain,
      this.forms
        .composeSlots(domain.words, [domain.length, ...domain.slots], [[length], ...texts])
        .map((text) => this.code.bind(text, 'q')),
    );
  }

  private raw({ domain, word, shift }: Slot, words: readonly string[]): readonly string[] {
    if (domain.words > 1) return words.slice(word, word + domain.words);
    return [field(words[word] as string, shift, domain.bits)];
  }

  private append(val: Val, item: Val): Val {
    const items = this.items(val);
    if (items !== undefined) return this.tuple([...items, item]);
    const { domain, words, length } = this.slotted(val);
    const bits = this.forms.store(item, domain.element).map((word) => this.code.bind(word, 'n'));
    this.code.bail(`${length} === ${domain.slots.length}`);
    // The length is in the lowest bits of the first word.
    const grown = (word: string, i: number): string => (i === 0 ? `(${word} + 1)` : word);
    return packed(
      domain,
      words.map((word, i) => {
        const added = this.addedTo(domain, i, length, bits);
        return added === undefined ? grown(word, i) : `(${grown(word, i)} | ${added})`;
      }),
    );
  }

  /** What a new element adds to a word; undefined: nothing. */
  private addedTo(
    { slots, element }: SequenceDomain,
    word: number,
    at: string,
    bits: readonly string[],
  ): string | undefined {
    if (element.words > 1) {
      const here = slots.flatMap((slot, i) =>
        word >= slot.word && word < slot.word + element.words ? [[i, word - slot.word] as const] : [],
      );
      const [only] = here;
      return only === undefined ? undefined : `(${at} === ${only[0]} ? ${bits[only[1]]} : 0)`;
    }
    const here = slots.flatMap((slot, i) => (slot.word === word ? [{ i, shift: slot.shift }] : []));
    const [first] = here;
    if (first === undefined) return undefined;
    const last = first.i + here.length - 1;
    const moved = `${bits[0]} << ${shiftText(at, first, element.bits)}`;
    return here.length === slots.length ? moved : `(${at} >= ${first.i} && ${at} <= ${last} ? ${moved} : 0)`;
  }

  /** `s[i]` */
  at(val: PackedVal, index: Val): Val {
    const { domain, words, length } = this.slotted(val);
    const { text, low, high } = this.forms.bounds(index);
    const i = this.code.bind(text, 'i');
    if (high < 1 || low > domain.slots.length) return fails('an index outside of the sequence');
    if (low < 1) this.code.bail(`${i} < 1`);
    this.code.bail(`${i} > ${length}`);
    if (low === high) return this.forms.read(domain.slots[low - 1] as Slot, words, 0);
    if (domain.element.words > 1) return unsupported('an index of large elements');
    const word = this.wordOf(domain, words, `${i} - 1`);
    return this.forms.read({ domain: domain.element, word: 0, shift: 0 }, [this.code.bind(word, 'x')], 0);
  }

  /** The word with an element at its lowest bits. */
  private wordOf({ slots, element }: SequenceDomain, words: readonly string[], at: string): string {
    const index = this.code.bind(`(${at})`, 'i');
    const texts = words.map((word, w) => {
      const first = slots.findIndex((slot) => slot.word === w);
      const { shift } = slots[Math.max(0, first)] as Slot;
      return {
        last: slots.findLastIndex((slot) => slot.word === w),
        text: `(${word} >>> ${shiftText(index, { i: Math.max(0, first), shift }, element.bits)})`,
      };
    });
    const used = texts.filter(({ last }) => last >= 0);
    const final = (used.at(-1) as { text: string }).text;
    return used
      .slice(0, -1)
      .reduceRight((others, { last, text }) => `(${index} <= ${last} ? ${text} : ${others})`, final);
  }

  /** `[s EXCEPT ![i] = ...]` */
  replace(val: PackedVal, index: Val, change: (old: Val) => Val): Val {
    const old = this.at(val, index);
    const { domain, words } = this.slotted(val);
    const bits = this.forms.store(change(old), domain.element).map((word) => this.code.bind(word, 'n'));
    const i = this.code.bind(this.forms.bounds(index).text, 'i');
    if (domain.element.words > 1) return unsupported('an index of large elements');
    const mask = literal(2 ** domain.element.bits - 1 || 0);
    return packed(
      domain,
      words.map((word, w) => {
        const cleared = this.addedTo(domain, w, `(${i} - 1)`, [mask]);
        const set = this.addedTo(domain, w, `(${i} - 1)`, bits);
        return cleared === undefined ? word : `(${word} & ~(${cleared}) | ${set})`;
      }),
    );
  }

  /** The elements, with the condition that the sequence is long enough to have each. */
  elements(val: Val): readonly { readonly val: Val; readonly present: BoolVal }[] {
    const items = this.items(val);
    if (items !== undefined) return items.map((item) => ({ val: item, present: constant(true) as BoolVal }));
    const { domain, words, length } = this.slotted(val);
    return domain.slots.map((slot, i) => ({
      val: this.forms.read(slot, words, 0),
      present: boolVal(`${length} > ${i}`),
    }));
  }

  /** Whether every element passes a test. */
  every(val: Val, test: (item: Val) => BoolVal): BoolVal {
    const items = this.items(val);
    if (items !== undefined) return this.logic.all(items, test);
    const { domain, words, length } = this.slotted(val);
    return this.logic.all(domain.slots, (slot) => {
      const i = domain.slots.indexOf(slot);
      return this.logic.or(boolVal(`${length} <= ${i}`), () => test(this.forms.read(slot, words, 0)));
    });
  }
}

const packed = (domain: SequenceDomain, words: readonly string[]): Val => ({ kind: 'packed', domain, words, shift: 0 });

/** The shift of a slot, from that of the first one of its word. */
const shiftText = (at: string, { i, shift }: { readonly i: number; readonly shift: number }, bits: number): string => {
  const index = i === 0 ? at : `(${at} - ${i})`;
  const distance = bits === 1 ? index : `${index} * ${bits}`;
  return shift === 0 ? `(${distance})` : `(${distance} + ${shift})`;
};
