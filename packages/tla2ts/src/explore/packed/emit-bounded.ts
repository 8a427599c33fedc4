/** Expressions that bind identifiers to the elements of sets: quantifiers, functions, images and unions. Each element in its turn, or a loop where there are many. */
import type { ResolvedBound, ResolvedExpression } from '../../names/resolved.js';
import { type BoolVal, type Val, boolVal, constant } from './vals.js';
import { not, textOf, yes } from './emit-logic.js';
import { type Domain, asSet } from './domains.js';
import type { Env } from './env.js';
import type { Expressions } from './emit-expression.js';
import type { Relevant } from './emit-loops.js';
import { relevant } from './emit-relevant.js';
import { symbolsOf } from '../../analysis/children.js';
import { Unsupported, unsupported } from './code.js';

export class Bounded {
  constructor(private readonly emit: Expressions) {}

  /** Goes through all combinations of elements. */
  private each(
    bounds: readonly ResolvedBound[],
    env: Env,
    present: BoolVal,
    visit: (env: Env, present: BoolVal) => void,
  ): void {
    const sets = new Map(bounds.map(({ set }) => [set, this.emit.forms.candidates(this.emit.value(set, env))]));
    const go = (i: number, inner: Env, condition: BoolVal): void => {
      const bound = bounds[i];
      if (bound === undefined) return visit(inner, condition);
      for (const one of sets.get(bound.set) ?? []) {
        go(
          i + 1,
          this.emit.bind(bound.pattern, constant(one.value), inner),
          this.emit.logic.and(condition, () => one.present as BoolVal),
        );
      }
    };
    go(0, env, present);
  }

  quantifier(
    quantifier: '\\A' | '\\E' | '\\AA' | '\\EE',
    bounds: readonly ResolvedBound[],
    body: ResolvedExpression,
    env: Env,
  ): BoolVal {
    const [bound, ...rest] = bounds;
    if (bound === undefined) return this.emit.test(body, env);
    const all = quantifier === '\\A';
    // `x, y \\in S` is one set, evaluated before both.
    const sets = new Map(bounds.map(({ set }) => [set, this.emit.value(set, env)]));
    const level = (list: readonly ResolvedBound[], inner: Env): BoolVal => {
      const [first, ...others] = list;
      if (first === undefined) return this.emit.test(body, inner);
      const set = sets.get(first.set) as Val;
      if (this.emit.loops.isLong(set)) {
        const met = others.length === 0 ? relevant(this.emit, first, body, inner, all) : undefined;
        const test = (element: Val): BoolVal => level(others, this.emit.bind(first.pattern, element, inner));
        return this.searched(set, !all, test, met);
      }
      const test = ({ value, present }: { value: unknown; present: Val }): BoolVal => {
        const holds = (): BoolVal => level(others, this.emit.bind(first.pattern, constant(value), inner));
        return all
          ? this.emit.logic.or(not(present as BoolVal), holds)
          : this.emit.logic.and(present as BoolVal, holds);
      };
      const candidates = this.emit.forms.candidates(set);
      return all ? this.emit.logic.all(candidates, test) : this.emit.logic.some(candidates, test);
    };
    return level([bound, ...rest], env);
  }

  /** Whether an element of a set has, or none lacks, what is wanted. */
  private searched(set: Val, wanted: boolean, test: (element: Val) => BoolVal, met: Relevant | undefined): BoolVal {
    const { code, loops } = this.emit;
    const name = code.fresh('b');
    code.add(`let ${name} = ${!wanted};\n`);
    const look = (element: Val): void => {
      const found = test(element);
      code.add(`if (${textOf(wanted ? found : not(found))}) {\n${name} = ${wanted};\nbreak;\n}\n`);
    };
    loops.over(set, look, met);
    return boolVal(name);
  }

  functionOf(bounds: readonly ResolvedBound[], body: ResolvedExpression, env: Env, want?: Domain): Val {
    const keys: unknown[] = [];
    const parts: Val[] = [];
    const [first] = bounds;
    const wanted = want?.kind === 'product' ? want.slots[0]?.domain : undefined;
    if (bounds.length === 1 && first !== undefined) {
      const set = this.emit.value(first.set, env);
      if (set.kind !== 'const') return unsupported('a function over a set that depends on the state');
      for (const { value } of this.emit.forms.candidates(set)) {
        keys.push(value);
        parts.push(this.emit.value(body, this.emit.bind(first.pattern, constant(value), env), wanted));
      }
    } else {
      const symbols = bounds.map(({ pattern }) => pattern);
      this.each(bounds, env, yes, (inner, present) => {
        if (present.kind !== 'const') unsupported('a function over a set that depends on the state');
        keys.push(symbols.map((pattern) => this.boundValue(pattern, inner)));
        parts.push(this.emit.value(body, inner, wanted));
      });
    }
    return this.emit.parts(keys, parts);
  }

  private boundValue(pattern: ResolvedBound['pattern'], env: Env): unknown {
    const values = symbolsOf(pattern).map((symbol) => {
      const val = env.locals.get(symbol)?.computed?.val;
      return val?.kind === 'const' ? val.value : unsupported('a function over a set that depends on the state');
    });
    return pattern.kind === 'name' ? values[0] : values;
  }

  /** `UNION {f[x] : x \\in S}`, and UNION of a constant. */
  flatten(e: ResolvedExpression, env: Env, want?: Domain): Val {
    if (e.kind === 'setMap' || e.kind === 'setEnumeration') {
      const [only] = e.kind === 'setMap' ? e.bounds : [];
      const from = e.kind === 'setMap' && e.bounds.length === 1 && only ? this.emit.value(only.set, env) : undefined;
      if (e.kind === 'setMap' && only !== undefined && from !== undefined && this.emit.loops.isLong(from)) {
        return this.emit.sets.gathered(
          from,
          (element) => this.emit.value(e.element, this.emit.bind(only.pattern, element, env), want),
          asSet(want),
        );
      }
      let all: Val = constant(this.emit.forms.library.empty);
      const add = (part: ResolvedExpression, inner: Env, present: BoolVal): void => {
        const set = this.emit.logic.choice(
          present,
          () => this.emit.value(part, inner, want),
          () => constant(this.emit.forms.library.empty),
        );
        all = this.emit.sets.combine('\\cup', all, set, asSet(want));
      };
      if (e.kind === 'setMap') this.each(e.bounds, env, yes, (inner, present) => add(e.element, inner, present));
      else for (const item of e.items) add(item, env, yes);
      return all;
    }
    const set = this.emit.value(e, env);
    if (set.kind === 'const') return this.emit.forms.computed(() => this.emit.forms.library.flatten(set.value));
    return unsupported('UNION of this set');
  }

  /** `{f(x) : x \\in S}` */
  setMap(bounds: readonly ResolvedBound[], element: ResolvedExpression, env: Env, want?: Domain): Val {
    const [only] = bounds;
    const from = bounds.length === 1 && only !== undefined ? this.emit.value(only.set, env) : undefined;
    const inLoop = (): Val | undefined =>
      only &&
      from &&
      this.emit.sets.image(
        from,
        (one) => this.emit.value(element, this.emit.bind(only.pattern, one, env), asSet(want)?.universe),
        asSet(want),
      );
    if (from !== undefined && this.emit.loops.isLong(from)) return inLoop() as Val;
    const items: { item: Val; present: BoolVal }[] = [];
    const { code } = this.emit;
    let asks = false;
    const [, before] = code.inside(() =>
      this.each(bounds, env, yes, (inner, present) => {
        const [item, statements] = code.trying(() => this.emit.value(element, inner, asSet(want)?.universe));
        asks ||= present.kind === 'bool' && (item === undefined || statements !== '');
        if (item === undefined) return code.bail(textOf(present));
        code.add(statements);
        items.push({ item, present });
      }),
    );
    // What is computed for elements that are not there may give up: a loop passes by these.
    const looped = asks
      ? code.attempt(inLoop, (error) => {
          if (error instanceof Unsupported) return undefined;
          throw error;
        })
      : undefined;
    if (looped !== undefined) return looped;
    code.add(before);
    if (items.every(({ item, present }) => item.kind === 'const' && present.kind === 'const')) {
      return this.emit.forms.computed(() =>
        this.emit.forms.library.setOf(items.map(({ item }) => (item as Val & { kind: 'const' }).value)),
      );
    }
    return this.emit.sets.collect(items, asSet(want));
  }
}
