/** Booleans and choices between values: text where it is enough, statements where a part needs them. */
import { type BoolVal, type Val, boolVal, constant, intVal, isScalarVal, mergedTests, oppositeTest } from './vals.js';
import { type EnumDomain, type SequenceDomain, type SetDomain, type Slot, bool, setDomain } from './domains.js';
import { type Code, fails, unsupported } from './code.js';
import type { Representation } from './represent.js';

export const yes = constant(true) as BoolVal;
export const no = constant(false) as BoolVal;

export const truth = (value: boolean): BoolVal => (value ? yes : no);

/** Text of a Boolean. */
export const textOf = (val: BoolVal): string => (val.kind === 'bool' ? val.text : String(val.value === true));

export const not = (val: BoolVal): BoolVal => {
  if (val.kind === 'const') return truth(val.value !== true);
  return (val.bits && oppositeTest(val.bits)) ?? boolVal(`!${val.text}`);
};

const connected = (tests: readonly BoolVal[], conjunction: boolean): BoolVal => {
  const [only] = tests;
  if (only === undefined) return truth(conjunction);
  return tests.length === 1 ? only : boolVal(tests.map(textOf).join(conjunction ? ' && ' : ' || '));
};

/** Connects conditions that cost nothing and cannot fail. */
export const allOf = (conditions: readonly BoolVal[]): BoolVal => {
  if (conditions.some((c) => c.kind === 'const' && c.value !== true)) return no;
  return connected(
    conditions.filter(({ kind }) => kind === 'bool'),
    true,
  );
};

export class Logic {
  constructor(
    private readonly code: Code,
    private readonly forms: Representation,
  ) {}

  /** The right side is evaluated where the left one does not decide. */
  and(left: BoolVal, right: () => BoolVal): BoolVal {
    return this.connect(left, right, true);
  }

  or(left: BoolVal, right: () => BoolVal): BoolVal {
    return this.connect(left, right, false);
  }

  all<T>(items: Iterable<T>, test: (item: T) => BoolVal): BoolVal {
    return this.series([...items], 0, test, true);
  }

  some<T>(items: Iterable<T>, test: (item: T) => BoolVal): BoolVal {
    return this.series([...items], 0, test, false);
  }

  private series<T>(items: readonly T[], from: number, test: (item: T) => BoolVal, neutral: boolean): BoolVal {
    const tests: BoolVal[] = [];
    const joined = (): BoolVal => connected(tests, neutral);
    for (let i = from; i < items.length; i++) {
      const [made, statements] = this.code.trying(() => test(items[i] as T));
      if (made === undefined) {
        return this.connect(joined(), () => fails('a part that fails'), neutral);
      }
      if (statements !== '') {
        const before = joined();
        const rest = (): BoolVal => {
          this.code.add(statements);
          return this.connect(made, () => this.series(items, i + 1, test, neutral), neutral);
        };
        return this.connect(before, rest, neutral);
      }
      if (made.kind === 'const') {
        if ((made.value === true) !== neutral) return truth(!neutral);
        continue;
      }
      const last = tests.at(-1);
      const merged = last && mergedTests(last, made, neutral);
      if (merged === undefined) tests.push({ ...made, text: this.code.take(made.text) });
      else tests[tests.length - 1] = merged;
    }
    return joined();
  }

  private connect(left: BoolVal, right: () => BoolVal, conjunction: boolean): BoolVal {
    if (left.kind === 'const') return (left.value === true) === conjunction ? right() : left;
    const [made, statements] = this.code.trying(right);
    if (made === undefined) {
      this.code.bail(conjunction ? left.text : `!${left.text}`);
      return truth(!conjunction);
    }
    if (statements === '') {
      if (made.kind === 'const') return (made.value === true) === conjunction ? left : made;
      const merged = mergedTests(left, made, conjunction);
      return merged ?? boolVal(this.code.take(`${left.text} ${conjunction ? '&&' : '||'} ${made.text}`));
    }
    const name = this.code.fresh('b');
    const condition = conjunction ? name : `!${name}`;
    this.code.add(`let ${name} = ${left.text};\nif (${condition}) {\n${statements}${name} = ${textOf(made)};\n}\n`);
    return boolVal(name);
  }

  /** One of two values. */
  choice(condition: BoolVal, then: () => Val, otherwise: () => Val): Val {
    if (condition.kind === 'const') return condition.value === true ? then() : otherwise();
    const test = this.code.bind(condition.text, 'c');
    const [a, before] = this.code.trying(then);
    if (a === undefined) {
      this.code.bail(test);
      return otherwise();
    }
    const [b, after] = this.code.trying(otherwise);
    if (b === undefined) {
      this.code.bail(`!${test}`);
      this.code.add(before);
      return a;
    }
    if ((a.kind === 'word') !== (b.kind === 'word')) unsupported('a value without a bound beside another one');
    const shape = this.join(a, b);
    const [x, xStatements] = this.code.inside(() => this.leaves(a, shape));
    const [y, yStatements] = this.code.inside(() => this.leaves(b, shape));
    const texts = { a: before + xStatements, b: after + yStatements };
    if (texts.a === '' && texts.b === '') {
      const chosen = x.map((text, i) => (text === y[i] ? text : `(${test} ? ${text} : ${y[i]})`));
      return this.rebuild(shape, chosen);
    }
    const names = x.map(() => this.code.fresh('v'));
    const assign = (list: readonly string[]): string => names.map((name, i) => `${name} = ${list[i]};\n`).join('');
    if (names.length > 0) this.code.add(`let ${names.join(', ')};\n`);
    this.code.add(`if (${test}) {\n${texts.a}${assign(x)}} else {\n${texts.b}${assign(y)}}\n`);
    return this.rebuild(shape, names);
  }

  /** A form that both values have: a value of this form with texts that do not count. */
  private join(a: Val, b: Val): Val {
    const { forms } = this;
    if (a.kind === 'const' && b.kind === 'const' && forms.table.encode(a.value) === forms.table.encode(b.value))
      return a;
    if (a.kind === 'word') return a;
    const [x, y] = [forms.domainOf(a), forms.domainOf(b)];
    if (x.kind === 'bool' && y.kind === 'bool') return boolVal('');
    if (x.kind === 'int' && y.kind === 'int') return intVal('', Math.min(x.low, y.low), Math.max(x.high, y.high));
    if (x.kind === 'set' && y.kind === 'set') return this.set(this.widest(x, y));
    if (a.kind === 'packed' && b.kind === 'packed' && x.key === y.key)
      return { ...a, words: a.words.map(() => ''), shift: 0 };
    if (x.kind === 'sequence' || y.kind === 'sequence') {
      const domain = x.kind === 'sequence' ? x : (y as SequenceDomain);
      return { kind: 'packed', domain, words: Array.from({ length: domain.words }, () => ''), shift: 0 };
    }
    if (this.isFunction(a) && this.isFunction(b)) {
      const [f, g] = [forms.partsOf(a), forms.partsOf(b)];
      if (f.keys.key === g.keys.key) {
        return { kind: 'parts', keys: f.keys, parts: f.parts.map((part, i) => this.join(part, g.parts[i] as Val)) };
      }
    }
    const values = [...forms.valuesOf(x), ...forms.valuesOf(y)];
    const domain = forms.finder.ofValues(values);
    if (domain.kind !== 'enum') return unsupported('two values of different forms');
    return { kind: 'enum', text: '', domain };
  }

  private isFunction(val: Val): boolean {
    return (
      val.kind === 'parts' ||
      (val.kind === 'packed' && val.domain.kind === 'product') ||
      (val.kind === 'enum' && val.domain.values.every((value) => this.forms.finder.isFunction(value))) ||
      (val.kind === 'const' && this.forms.finder.isFunction(val.value))
    );
  }

  private set(domain: SetDomain): Val {
    return { kind: 'packed', domain, words: Array.from({ length: domain.words }, () => ''), shift: 0 };
  }

  /** A domain of sets with the elements of both. */
  widest(a: SetDomain, b: SetDomain): SetDomain {
    if (a.key === b.key) return a;
    const has = (outer: EnumDomain, inner: EnumDomain): boolean =>
      inner.valueWords.every((word) => outer.indexOf.has(word));
    if (has(a.universe, b.universe)) return a;
    if (has(b.universe, a.universe)) return b;
    return setDomain(this.forms.finder.enumeration([...a.universe.values, ...b.universe.values]));
  }

  /** Texts of a value in a form. */
  leaves(val: Val, shape: Val): readonly string[] {
    switch (shape.kind) {
      case 'const':
        return [];
      case 'bool':
        return [val.kind === 'bool' ? val.text : String(val.kind === 'const' && val.value === true)];
      case 'int':
        return [this.forms.bounds(val).text];
      case 'word':
        return [this.forms.outsideText().wordOf(val)];
      case 'enum':
        return [this.forms.indexIn(val, shape.domain)];
      case 'packed':
        return this.forms.store(val, shape.domain);
      case 'parts': {
        const { parts } = this.forms.partsOf(val);
        return shape.parts.flatMap((part, i) => this.leaves(parts[i] as Val, part));
      }
      case 'interval':
      case 'powerSet':
        return unsupported('a choice of sets that are only gone through');
    }
  }

  rebuild(shape: Val, texts: readonly string[]): Val {
    let at = 0;
    const make = (form: Val): Val => {
      switch (form.kind) {
        case 'const':
        case 'interval':
        case 'powerSet':
          return form;
        case 'bool':
          return boolVal(texts[at++] as string);
        case 'int':
        case 'enum':
        case 'word':
          return { ...form, text: texts[at++] as string };
        case 'packed':
          return { ...form, words: form.words.map(() => texts[at++] as string), shift: 0 };
        case 'parts':
          return { ...form, parts: form.parts.map(make) };
      }
    };
    return make(shape);
  }

  /** Whether two values are equal. */
  equal(a: Val, b: Val): BoolVal {
    const { forms } = this;
    if (a.kind === 'const' && b.kind === 'const')
      return forms.computed(() => forms.library.equal(a.value, b.value)) as BoolVal;
    if (a.kind === 'const') return this.equal(b, a);
    const [x, y] = [forms.domainOf(a), forms.domainOf(b)];
    if (a.kind === 'bool') {
      if (b.kind === 'const' && typeof b.value === 'boolean') return b.value ? a : not(a);
      return y.kind === bool.kind && b.kind === 'bool'
        ? boolVal(`${a.text} === ${b.text}`)
        : unsupported('unlike values');
    }
    if (a.kind === 'int' && y.kind === 'int') {
      if (y.high < a.low || y.low > a.high) return no;
      return boolVal(`${a.text} === ${forms.bounds(b).text}`);
    }
    if (isScalarVal(b) || b.kind === 'const') {
      if (a.kind === 'enum' || a.kind === 'int') return this.equalScalars(a, b);
    }
    if (isScalarVal(a) && (b.kind === 'enum' || b.kind === 'int')) return this.equalScalars(b, a);
    // One of several sets or functions, beside a set or function that may be any.
    if (a.kind === 'enum' && y.kind === 'set') return this.equal(forms.asSet(a), b);
    if (b.kind === 'enum' && x.kind === 'set') return this.equal(a, forms.asSet(b));
    if (x.kind === 'set' && y.kind === 'set') {
      const domain = this.widest(x, y);
      const [v, w] = [forms.bitsIn(a, domain), forms.bitsIn(b, domain)];
      return allOf(v.map((word, i) => boolVal(`${word} === ${w[i]}`)));
    }
    if (a.kind === 'packed' && b.kind === 'packed' && x.key === y.key) {
      const [v, w] = [forms.aligned(a), forms.aligned(b)];
      return allOf(v.map((word, i) => boolVal(`${word} === ${w[i]}`)));
    }
    if (x.kind === 'sequence' || y.kind === 'sequence') return this.equalSequences(a, b);
    if (this.isFunction(a) && this.isFunction(b)) {
      const [f, g] = [forms.partsOf(a), forms.partsOf(b)];
      if (f.keys.key !== g.keys.key) return no;
      return allOf(f.parts.map((part, i) => this.equal(part, g.parts[i] as Val)));
    }
    return unsupported('a comparison of such values');
  }

  /** A sequence of unknown length, and a constant one or a tuple. */
  private equalSequences(a: Val, b: Val): BoolVal {
    const { forms } = this;
    const [s, other] = a.kind === 'packed' && a.domain.kind === 'sequence' ? [a, b] : [b, a];
    if (s.kind !== 'packed' || s.domain.kind !== 'sequence' || !this.isFunction(other)) return unsupported('sequences');
    const { keys, parts } = forms.partsOf(other);
    const { length, slots } = s.domain;
    if (!keys.values.every((key, i) => key === i + 1) || parts.length > slots.length) return no;
    const same = this.equal(forms.read(length, s.words, s.shift), constant(parts.length));
    return this.and(same, () =>
      this.all(
        parts.map((part, i) => [part, slots[i] as Slot] as const),
        ([part, slot]) => this.equal(forms.read(slot, s.words, s.shift), part),
      ),
    );
  }

  private equalScalars(a: Val & { kind: 'enum' | 'int' }, b: Val): BoolVal {
    const { forms } = this;
    const mine = forms.scalarValues(a);
    if (b.kind === 'const') return this.tested(a, (value) => forms.library.equal(value, b.value));
    if (b.kind !== 'enum' && b.kind !== 'int' && b.kind !== 'bool') return unsupported('a comparison of such values');
    // Unlike values are an error to compare: every pair is looked at.
    for (const x of mine) {
      for (const y of forms.scalarValues(b)) {
        if (typeof forms.compute(() => forms.library.equal(x, y)) !== 'boolean') return unsupported('unlike values');
      }
    }
    const domain = forms.finder.enumeration([...mine, ...forms.scalarValues(b)]);
    return boolVal(`${forms.indexIn(a, domain)} === ${forms.indexIn(b, domain)}`);
  }

  /** A test of a scalar: one comparison where one value decides, else a table. */
  tested(val: Val, test: (value: unknown) => boolean): BoolVal {
    const { forms } = this;
    if (val.kind !== 'enum' && val.kind !== 'int') return forms.mapScalar(val, test) as BoolVal;
    const results = forms.scalarValues(val).map((value) => forms.compute(() => test(value)));
    if (results.every((result) => typeof result === 'boolean')) {
      const chosen = results.flatMap((result, i) => (result ? [i] : []));
      if (chosen.length === 0) return no;
      if (chosen.length === results.length) return yes;
      const [only] = chosen;
      if (chosen.length === 1) return boolVal(`${forms.scalarIndex(val)} === ${only}`);
      if (chosen.length === results.length - 1)
        return boolVal(`${forms.scalarIndex(val)} !== ${results.indexOf(false)}`);
    }
    return forms.mapScalar(val, test) as BoolVal;
  }
}
