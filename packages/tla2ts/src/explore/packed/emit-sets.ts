/** Sets as bits: membership, the operations, sets by a predicate and by an element. */
import { type BoolVal, type PackedVal, type Val, bitTest, boolVal, constant, intVal } from './vals.js';
import { FunctionSet, Interval, PowerSet, ProductSet, RecordSet, SequenceSet, UnionSet } from '../values/sets.js';
import { type Logic, allOf, no, textOf, truth, yes } from './emit-logic.js';
import { type Domain, type SetDomain, isScalar, setDomain } from './domains.js';
import { type Code, fails, giveUp, unsupported } from './code.js';
import { type Representation, literal } from './represent.js';
import type { Loops, Relevant } from './emit-loops.js';
import type { Sequences } from './emit-sequences.js';
import { SetValue } from '../values/values.js';

export class Sets {
  constructor(
    private readonly code: Code,
    private readonly forms: Representation,
    private readonly logic: Logic,
    private readonly sequences: Sequences,
    private readonly loops: Loops,
  ) {}

  /** `x \\in S` */
  has(element: Val, given: Val): BoolVal {
    const { forms } = this;
    const set = forms.asSet(given);
    if (set.kind === 'const') return this.hasConstant(element, set.value);
    if (set.kind === 'powerSet') return this.subset(element, { ...set, kind: 'packed', shift: 0 });
    if (set.kind === 'interval') {
      const { text } = forms.bounds(element);
      const [low, high] = [forms.bounds(set.low), forms.bounds(set.high)];
      const name = this.code.bind(text);
      return boolVal(`${name} >= ${low.text} && ${name} <= ${high.text}`);
    }
    if (set.kind !== 'packed' || set.domain.kind !== 'set') return unsupported('a set of this form');
    const { universe } = set.domain;
    if (element.kind === 'const') {
      const index = universe.indexOf.get(forms.table.encode(element.value));
      return index === undefined ? no : bit(set, index);
    }
    const found = forms.findIn(element, universe);
    const index = this.code.bind(found.text, 'i');
    if (set.domain.words === 1) {
      const test = boolVal(`${set.words[0]} >>> (${index} + ${set.shift}) & 1) === 1`.replace(/^/, '('));
      return found.total ? test : boolVal(`${index} >= 0 && ${test.kind === 'bool' ? test.text : ''}`);
    }
    const word = this.wordAt(set.words, index);
    return boolVal(`${found.total ? '' : `${index} >= 0 && `}(${word} >>> (${index} & 31) & 1) === 1`);
  }

  /** The word of a set that has the bit with a number. */
  private wordAt(words: readonly string[], index: string): string {
    const place = this.code.bind(`${index} >> 5`, 'w');
    const last = words.at(-1) as string;
    return words.slice(0, -1).reduceRight((others, word, i) => `(${place} === ${i} ? ${word} : ${others})`, last);
  }

  /** Membership in a set that may be a rule. */
  private hasConstant(element: Val, set: unknown): BoolVal {
    const { forms } = this;
    const { library } = forms;
    if (!(set instanceof SetValue)) return unsupported('membership in what is no set');
    if (element.kind === 'const') return forms.computed(() => library.member(element.value, set)) as BoolVal;
    if (element.kind === 'int' && (set instanceof Interval || set === library.naturals || set === library.integers)) {
      const low = set instanceof Interval ? set.low : set === library.naturals ? 0 : -Infinity;
      const high = set instanceof Interval ? set.high : Infinity;
      const tests = [
        ...(element.low >= low ? [] : [`${element.text} >= ${literal(low)}`]),
        ...(element.high <= high ? [] : [`${element.text} <= ${literal(high)}`]),
      ];
      return tests.length === 0 ? yes : boolVal(tests.join(' && '));
    }
    const domain = forms.domainOf(element);
    if (isScalar(domain)) return this.logic.tested(element, (value) => library.member(value, set));
    if (set instanceof UnionSet) {
      return this.logic.or(this.hasConstant(element, set.left), () => this.hasConstant(element, set.right));
    }
    if (domain.kind === 'set') {
      if (set instanceof PowerSet) return this.subset(element, constant(set.base));
      if (domain.words === 1 && domain.bits <= 12) return this.inSmall(element, domain, set);
      return unsupported('a set of sets of this form');
    }
    if (set instanceof SequenceSet && (domain.kind === 'sequence' || isTuple(domain))) {
      return this.sequences.every(element, (item) => this.hasConstant(item, set.items));
    }
    if (domain.kind === 'product') {
      const { keys, parts } = forms.partsOf(element);
      const rangeOf = this.ranges(set, keys.values);
      if (rangeOf === undefined) return no;
      if (rangeOf !== 'listed')
        return this.logic.all(
          parts.map((part, i) => [part, rangeOf[i]] as const),
          ([part, range]) => this.hasConstant(part, range),
        );
      const listed = forms.finder.enumeration(forms.candidates(constant(set)).map(({ value }) => value));
      const found = forms.findIn(element, listed);
      return found.total ? yes : boolVal(`${found.text} >= 0`);
    }
    return unsupported('membership of such a value');
  }

  /** Sets for the values of a function with these arguments; undefined: no function with these is in the set. */
  private ranges(set: SetValue, keys: readonly unknown[]): readonly SetValue[] | 'listed' | undefined {
    const { library, table } = this.forms;
    if (set instanceof FunctionSet) {
      const same = set.domain.size === keys.length && keys.every((key) => library.member(key, set.domain));
      return same ? keys.map(() => set.range) : undefined;
    }
    if (set instanceof RecordSet) {
      const names = Object.keys(set.fields);
      const same =
        names.length === keys.length && keys.every((key) => typeof key === 'string' && Object.hasOwn(set.fields, key));
      return same ? keys.map((key) => set.fields[key as string] as SetValue) : undefined;
    }
    if (set instanceof ProductSet) {
      const same =
        keys.length === set.factors.length && keys.every((key, i) => table.encode(key) === table.encode(i + 1));
      return same ? set.factors : undefined;
    }
    return 'listed';
  }

  private inSmall(element: Val, domain: SetDomain, set: SetValue): BoolVal {
    const { forms } = this;
    const [bits] = forms.store(element, domain);
    const flags = forms.valuesOf(domain).map((value) => forms.compute(() => forms.library.member(value, set)));
    return forms.choose(flags, bits as string) as BoolVal;
  }

  subset(a: Val, b: Val): BoolVal {
    const { forms } = this;
    if (a.kind === 'const' && b.kind === 'const') {
      return forms.computed(() => forms.library.subset(a.value, b.value)) as BoolVal;
    }
    if (b.kind === 'const') {
      const outside = this.without(a, (value) => forms.library.member(value, b.value));
      return allOf(outside.map((word) => boolVal(`${word} === 0`)));
    }
    const [v, w] = this.both(a, b) as [PackedVal, PackedVal];
    return allOf(v.words.map((word, i) => boolVal(`(${word} & ~${w.words[i]}) === 0`)));
  }

  /** Words of the elements that fail the test, where there may be any. */
  private without(a: Val, test: (value: unknown) => boolean): readonly string[] {
    const set = this.bits(a);
    const outside = set.domain.universe.values.map((value) => this.forms.compute(() => !test(value)));
    if (outside.some((flag) => typeof flag !== 'boolean')) return unsupported('elements that cannot be tested');
    return set.words.flatMap((word, w) => {
      const mask = outside
        .slice(w * 32, w * 32 + 32)
        .reduce<number>((bits, flag, i) => (flag === true ? bits | (1 << i) : bits), 0);
      return mask === 0 ? [] : [`(${word} & ${literal(mask)})`];
    });
  }

  powerSet(base: Val): Val {
    const { shift: _, ...bits } = this.bits(base);
    return { ...bits, kind: 'powerSet' };
  }

  /** The set as bits of the universe that it has. */
  bits(given: Val): PackedVal & { readonly domain: SetDomain } {
    const { forms } = this;
    const val = forms.asSet(given);
    const domain = val.kind === 'packed' ? val.domain : forms.domainOf(val);
    if (domain.kind !== 'set') return unsupported('a set of this form');
    if (val.kind === 'packed') return { ...val, domain, words: forms.aligned(val), shift: 0 };
    return { kind: 'packed', domain, words: forms.bitsIn(val, domain), shift: 0 };
  }

  /** Two sets as bits of one universe; names or numbers. */
  private both(a: Val, b: Val, want?: SetDomain): readonly (PackedVal & { readonly domain: SetDomain })[] {
    const [x, y] = [this.bits(a), this.bits(b)];
    const joined = this.logic.widest(x.domain, y.domain);
    const domain = want === undefined ? joined : this.logic.widest(want, joined);
    return [a, b].map((val) => ({ kind: 'packed', domain, words: this.forms.bitsIn(val, domain), shift: 0 }));
  }

  combine(operator: '\\cup' | '\\cap' | '\\', a: Val, b: Val, want?: SetDomain): Val {
    const { library } = this.forms;
    if (a.kind === 'const' && b.kind === 'const') {
      const compute = { '\\cup': library.union, '\\cap': library.intersect, '\\': library.minus }[operator];
      return this.forms.computed(() => compute(a.value, b.value));
    }
    if (operator === '\\cup') {
      if (isEmpty(a)) return b;
      if (isEmpty(b)) return a;
    }
    if (operator !== '\\cup' && b.kind === 'const') return this.restricted(a, operator, b.value);
    if (operator === '\\cap' && a.kind === 'const') return this.restricted(b, operator, a.value);
    const [x, y] = this.both(a, b, operator === '\\cup' ? want : undefined) as [PackedVal, PackedVal];
    const sign = { '\\cup': '|', '\\cap': '&', '\\': '& ~' }[operator];
    const words = x.words.map((word, i) => {
      const other = y.words[i] as string;
      if (operator === '\\cup' && other === '0') return word;
      if (operator === '\\cup' && word === '0') return other;
      return `(${word} ${sign}${other})`;
    });
    return { ...x, words, ...possibleOf(operator, a, b, x.domain.key) };
  }

  /** A set without elements that are, or are not, in a constant one. */
  private restricted(a: Val, operator: '\\cap' | '\\', set: unknown): Val {
    const x = this.bits(a);
    const kept = x.domain.universe.values.map((value) =>
      this.forms.compute(() => this.forms.library.member(value, set) === (operator === '\\cap')),
    );
    if (kept.some((flag) => typeof flag !== 'boolean')) return unsupported('elements that cannot be tested');
    const masks = this.forms.gather(
      kept.map((flag) => truth(flag === true)),
      x.domain.words,
    );
    return { ...x, words: x.words.map((word, i) => `(${word} & ${masks[i]})`) };
  }

  /** `{a, b}` */
  enumeration(items: readonly Val[], want: SetDomain | undefined): Val {
    const { forms } = this;
    if (items.every((item) => item.kind === 'const')) {
      return forms.computed(() => forms.library.setOf(items.map((item) => item.value)));
    }
    return this.collect(
      items.map((item) => ({ item, present: yes })),
      want,
    );
  }

  /** The set of the items that are present. */
  collect(items: readonly { readonly item: Val; readonly present: BoolVal }[], want: SetDomain | undefined): Val {
    const { forms } = this;
    const universe =
      want?.universe ?? forms.finder.enumeration(items.flatMap(({ item }) => forms.valuesOf(forms.domainOf(item))));
    const domain = setDomain(universe);
    const texts: string[][] = Array.from({ length: domain.words }, () => []);
    const conditions: BoolVal[] = universe.values.map(() => no);
    for (const { item, present } of items) {
      if (present.kind === 'const' && present.value !== true) continue;
      if (item.kind === 'const') {
        const i = universe.indexOf.get(forms.table.encode(item.value));
        if (i === undefined) this.code.bail(textOf(present));
        else conditions[i] = this.logic.or(conditions[i] as BoolVal, () => present);
        continue;
      }
      const found = forms.findIn(item, universe);
      const index = this.code.bind(found.text, 'i');
      if (!found.total) this.code.bail(`${index} < 0${present.kind === 'bool' ? ` && ${present.text}` : ''}`);
      texts.forEach((list, w) => {
        const here = domain.words === 1 ? [] : [`${index} >> 5 === ${w}`];
        const tests = [...(present.kind === 'bool' ? [present.text] : []), ...here];
        const shift = domain.words === 1 ? index : `(${index} & 31)`;
        list.push(tests.length === 0 ? `1 << ${shift}` : `(${tests.join(' && ')} ? 1 << ${shift} : 0)`);
      });
    }
    const fixed = forms.gather(conditions, domain.words);
    const words = fixed.map((word, w) => {
      const all = [...(texts[w] as string[]), ...(word === '0' ? [] : [word])];
      return all.length === 0 ? '0' : `(${all.join(' | ')})`;
    });
    return { kind: 'packed', domain, words, shift: 0 };
  }

  /** `{x \\in S : P(x)}` */
  filter(set: Val, test: (value: Val) => BoolVal, met?: Relevant): Val {
    const { forms } = this;
    if (set.kind !== 'interval' && this.loops.isLong(set)) {
      const domain = setDomain(this.loops.universeOf(set));
      const keep = (element: Val, index: string, add: AddBits): void => {
        const kept = test(element);
        if (kept.kind === 'const' && kept.value !== true) return;
        add(bitOf(index, domain.words), kept);
      };
      return this.accumulated(domain, set, keep, met);
    }
    const all = this.everyCandidate(set);
    const kept = all.map(({ value, present }) => this.logic.and(present as BoolVal, () => test(constant(value))));
    if (set.kind === 'const' && kept.every((k) => k.kind === 'const')) {
      return forms.computed(() =>
        forms.library.setOf(all.flatMap(({ value }, i) => (kept[i]?.value === true ? [value] : []))),
      );
    }
    if (set.kind !== 'packed' || set.domain.kind !== 'set') {
      const domain = setDomain(forms.finder.enumeration(all.map(({ value }) => value)));
      if (all.length === 0) return constant(forms.library.empty);
      const conditions = domain.universe.values.map(
        (value) => kept[all.findIndex((one) => forms.table.encode(one.value) === forms.table.encode(value))] as BoolVal,
      );
      return { kind: 'packed', domain, words: forms.gather(conditions, domain.words), shift: 0 };
    }
    // Elements for which the test says no more than that they are there are kept by a mask.
    const { domain } = set;
    const words = forms.aligned(set).map((word) => this.code.bind(word, 's'));
    const masks = words.map(() => 0);
    const rest = kept.map((condition, i) => {
      const plain = textOf(all[i]?.present as BoolVal);
      if (condition.kind !== 'bool' || condition.text !== plain) return condition;
      (masks[i >>> 5] as number) |= 1 << (i & 31);
      return no;
    });
    const others = forms.gather(rest, domain.words);
    const possible = new Set(
      kept.flatMap((condition, i) => (condition.kind === 'bool' || condition.value === true ? [i] : [])),
    );
    return {
      ...set,
      shift: 0,
      possible,
      words: words.map((word, w) => {
        if (masks[w] === 0) return others[w] as string;
        const masked = `(${word} & ${literal(masks[w] as number)})`;
        return others[w] === '0' ? masked : `(${masked} | ${others[w]})`;
      }),
    };
  }

  /** `{f(x) : x \\in S}` for a long S. */
  image(set: Val, of: (element: Val) => Val, want: SetDomain | undefined): Val {
    const { forms, code } = this;
    let domain = want;
    const [texts, body] = this.looping(set, (element, _, add) => {
      const item = of(element);
      domain ??= setDomain(forms.finder.enumeration(forms.valuesOf(forms.domainOf(item))));
      const found = forms.findIn(item, domain.universe);
      const index = code.bind(found.text, 'i');
      if (!found.total) code.bail(`${index} < 0`);
      add(bitOf(index, domain.words), yes);
    });
    return this.declared(domain, texts, body);
  }

  /** `UNION {f(x) : x \\in S}` for a long S. */
  gathered(set: Val, of: (element: Val) => Val, want: SetDomain | undefined): Val {
    let domain = want;
    const [texts, body] = this.looping(set, (element, _, add) => {
      const part = of(element);
      const fitting = domain ?? this.bits(part).domain;
      domain = fitting;
      add(this.forms.bitsIn(part, fitting), yes);
    });
    return this.declared(domain, texts, body);
  }

  private accumulated(
    domain: SetDomain,
    set: Val,
    body: (element: Val, index: string, add: AddBits) => void,
    met: Relevant | undefined,
  ): Val {
    return this.declared(domain, ...this.looping(set, body, met));
  }

  /** A loop in which bits are added to words; the names of the words that there may be, and its text. */
  private looping(
    set: Val,
    body: (element: Val, index: string, add: AddBits) => void,
    met?: Relevant,
  ): readonly [readonly string[], string] {
    const { code } = this;
    const names = Array.from({ length: maxSetWords }, () => code.fresh('r'));
    const add: AddBits = (bits, condition) => {
      const text = bits.flatMap((word, i) => (word === '0' ? [] : [`${names[i]} |= ${word};\n`])).join('');
      code.add(condition.kind === 'const' ? text : `if (${condition.text}) {\n${text}}\n`);
    };
    const [, text] = code.inside(() => this.loops.over(set, (element, index) => body(element, index, add), met));
    return [names, text];
  }

  /** The set that a loop has made. */
  private declared(domain: SetDomain | undefined, names: readonly string[], loop: string): Val {
    if (domain === undefined) return fails('a set of values that fail');
    const words = names.slice(0, domain.words);
    if (words.length < domain.words) return unsupported('a set with so many elements');
    this.code.add(`let ${words.map((name) => `${name} = 0`).join(', ')};\n${loop}`);
    return { kind: 'packed', domain, words, shift: 0 };
  }

  /** The candidates; of a set that is bits, one for each bit. */
  private everyCandidate(set: Val): ReturnType<Representation['candidates']> {
    if (set.kind !== 'packed' || set.possible === undefined || set.domain.kind !== 'set')
      return this.forms.candidates(set);
    const { possible, ...all } = set;
    return this.forms.candidates(all).map((one, i) => (possible.has(i) ? one : { ...one, present: no }));
  }

  cardinality(set: Val): Val {
    if (set.kind === 'const') return this.forms.computed(() => this.forms.library.cardinality(set.value));
    if (set.kind === 'interval') {
      const [low, high] = [this.forms.bounds(set.low), this.forms.bounds(set.high)];
      const size = `Math.max(0, ${high.text} - ${low.text} + 1)`;
      return intVal(size, Math.max(0, high.low - low.high + 1), Math.max(0, high.high - low.low + 1));
    }
    const { words, domain } = this.bits(set);
    return intVal(`(${words.map((word) => `bitCount(${word})`).join(' + ')})`, 0, domain.universe.values.length);
  }

  isEmpty(set: Val): BoolVal {
    return allOf(this.bits(set).words.map((word) => boolVal(`${word} === 0`)));
  }

  /** The least that satisfies the predicate. */
  chooseFrom(set: Val, test: (value: Val) => BoolVal, met?: Relevant): Val {
    const { forms, code } = this;
    if (set.kind !== 'interval' && this.loops.isLong(set)) {
      const universe = this.loops.universeOf(set);
      const first = code.fresh('first');
      code.add(`let ${first} = -1;\n`);
      const look = (element: Val, index: string): void =>
        code.add(`if (${textOf(test(element))}) {\n${first} = ${index};\nbreak;\n}\n`);
      this.loops.over(set, look, met);
      code.bail(`${first} < 0`);
      return { kind: 'enum', text: first, domain: universe };
    }
    const all = forms.candidates(set);
    const order = forms.library.ordered(forms.packer.set(all.map(({ value }) => forms.table.encode(value))));
    const byWord = new Map(all.map((one) => [forms.table.encode(one.value), one]));
    const ordered = order.flatMap((value) => byWord.get(forms.table.encode(value)) ?? []);
    const tests: { value: unknown; holds: BoolVal | undefined; statements: string }[] = [];
    for (const { value, present } of ordered) {
      const [holds, statements] = this.code.trying(() =>
        this.logic.and(present as BoolVal, () => test(constant(value))),
      );
      if (holds?.kind === 'const' && holds.value !== true) continue;
      tests.push({ value, holds, statements });
      if (holds?.kind === 'const') break;
    }
    return this.firstOf(tests);
  }

  /** The first value whose test is true; gives up where there is none. */
  private firstOf(tests: readonly { value: unknown; holds: BoolVal | undefined; statements: string }[]): Val {
    const { forms, code } = this;
    const domain = forms.finder.ofValues(tests.map(({ value }) => value));
    if (tests.length === 0) return fails('CHOOSE of nothing');
    const last = tests.at(-1)?.holds;
    const isSure = last?.kind === 'const';
    if (tests.length === 1 && isSure) return constant(tests[0]?.value);
    if (domain.words > 1 || domain.kind === 'word') return unsupported('CHOOSE of a large value');
    const codes = tests.map(({ value }) => forms.storeConstant(value, domain)[0] as string);
    const name = code.fresh('first');
    if (isSure && tests.every(({ statements }) => statements === '')) {
      const text = codes.reduceRight((others, own, i) => `${textOf(tests[i]?.holds as BoolVal)} ? ${own} : ${others}`);
      code.add(`const ${name} = ${text};\n`);
    } else {
      code.add(`let ${name} = -1;\n`);
      const nested = tests.reduceRight((others, { holds, statements }, i) => {
        if (holds === undefined) return statements;
        if (holds.kind === 'const') return `${statements}${name} = ${codes[i]};\n`;
        return `${statements}if (${holds.text}) ${name} = ${codes[i]};\nelse {\n${others}}\n`;
      }, `${giveUp}\n`);
      code.add(nested);
    }
    return forms.read({ domain, word: 0, shift: 0 }, [name], 0);
  }
}

/** Adds bits to the words of a set where a condition is true. */
type AddBits = (bits: readonly string[], condition: BoolVal) => void;

/** Words of the largest sets that are made in loops. */
const maxSetWords = 32;

/** Words with the bit of an element whose number is known at run time. */
const bitOf = (index: string, words: number): readonly string[] =>
  words === 1
    ? [`1 << ${index}`]
    : Array.from({ length: words }, (_, i) => `(${index} >> 5 === ${i} ? 1 << (${index} & 31) : 0)`);

/** What a combination of sets of one universe may have. */
const possibleOf = (operator: '\\cup' | '\\cap' | '\\', a: Val, b: Val, key: string): Pick<PackedVal, 'possible'> => {
  const of = (val: Val): ReadonlySet<number> | undefined =>
    val.kind === 'packed' && val.domain.key === key ? val.possible : undefined;
  const [x, y] = [of(a), of(b)];
  if (operator === '\\') return x ? { possible: x } : {};
  if (operator === '\\cup') return x && y ? { possible: new Set([...x, ...y]) } : {};
  if (x === undefined || y === undefined) return x || y ? { possible: (x ?? y) as ReadonlySet<number> } : {};
  return { possible: new Set([...x].filter((i) => y.has(i))) };
};

/** The bit of an element. */
export const bit = (set: PackedVal, index: number): BoolVal => {
  const at = set.shift + (index & 31);
  return bitTest(set.words[index >>> 5] as string, 1 << at);
};

/** Functions over 1..n only. */
const isTuple = (domain: Domain): boolean =>
  domain.kind === 'product' && domain.keys.values.every((key, i) => key === i + 1);

const isEmpty = (val: Val): boolean => val.kind === 'const' && val.value instanceof SetValue && val.value.size === 0;
