/**
 * In how many ways a guard is satisfied, as TLC counts: disjuncts and witnesses of \E add up, conjuncts and elements of \A multiply. Each way leads to the same
 * successors, and each of them counts as generated.
 */
import type { DefinitionSymbol, ResolvedArgument, ResolvedBound, ResolvedExpression } from '../../names/resolved.js';
import { type BoolVal, type Val, boolVal, constant, intVal } from './vals.js';
import type { Env } from './env.js';
import type { Expressions } from './emit-expression.js';
import { relevant } from './emit-relevant.js';
import { branches } from '../structure.js';
import { not } from './emit-logic.js';
import { unsupported } from './code.js';

/** More ways than this are not looked for. */
const mostWays = 2 ** 24;

const none = constant(0);
const one = constant(1);

export class Ways {
  constructor(private readonly emit: Expressions) {}

  of(e: ResolvedExpression, env: Env): Val {
    if (!branches(e, this.emit.around.definitionOf)) return this.test(e, env);
    switch (e.kind) {
      case 'junction':
        return e.operator === '/\\'
          ? this.product(e.items.map((item) => () => this.of(item, env)))
          : this.sum(e.items.map((item) => () => this.of(item, env)));
      case 'quantifier':
        return this.quantified(e.quantifier === '\\E', e.bounds, e.body, env);
      case 'if':
        return this.choice(
          this.emit.test(e.condition, env),
          () => this.of(e.then, env),
          () => this.of(e.else, env),
        );
      case 'let':
        return this.of(e.body, this.emit.operators.lets(e.definitions, env));
      case 'apply': {
        const definition = this.emit.around.definitionOf(e.operator);
        if (definition?.recursive === true) return unsupported('a recursive guard');
        if (definition !== undefined) return this.applied(definition, e.args, env);
        const [left, right] = e.args as readonly ResolvedExpression[];
        return this.choice(
          not(this.emit.test(left!, env)),
          () => one,
          () => this.of(right!, env),
        );
      }
      default:
        return unsupported('a guard of this form');
    }
  }

  private test(e: ResolvedExpression, env: Env): Val {
    return this.choice(
      this.emit.test(e, env),
      () => one,
      () => none,
    );
  }

  private choice(condition: BoolVal, then: () => Val, otherwise: () => Val): Val {
    return this.emit.logic.choice(condition, then, otherwise);
  }

  private applied(definition: DefinitionSymbol, args: readonly ResolvedArgument[], env: Env): Val {
    const outer = env.lets.get(definition)?.env() ?? {
      ...env,
      locals: new Map(),
      operators: new Map(),
      lets: new Map(),
      at: undefined,
    };
    const inner = this.emit.operators.parameters(definition.parameters, args, outer, env);
    return this.of(definition.body, { ...inner, next: env.next, primed: env.primed });
  }

  private quantified(adds: boolean, bounds: readonly ResolvedBound[], body: ResolvedExpression, env: Env): Val {
    const { forms, code } = this.emit;
    const sets = adds ? new Map(bounds.map(({ set }) => [set, this.emit.value(set, env)])) : undefined;
    const level = (i: number, inner: Env): Val => {
      const bound = bounds[i];
      if (bound === undefined) return this.of(body, inner);
      const set = sets?.get(bound.set) ?? this.emit.value(bound.set, inner);
      if (this.emit.loops.isLong(set)) {
        const ways = code.fresh('ways');
        code.add(`let ${ways} = ${adds ? 0 : 1};\n`);
        const met = adds && i === bounds.length - 1 ? relevant(this.emit, bound, body, inner) : undefined;
        const count = (element: Val): void => {
          const { text } = forms.bounds(level(i + 1, this.emit.bind(bound.pattern, element, inner)));
          code.add(`${ways} ${adds ? '+' : '*'}= ${text};\n`);
        };
        this.emit.loops.over(set, count, met);
        return intVal(ways, 0, mostWays);
      }
      const candidates = forms.candidates(set);
      const parts = candidates.map(
        ({ value, present }) =>
          (): Val =>
            this.choice(
              present as BoolVal,
              () => level(i + 1, this.emit.bind(bound.pattern, constant(value), inner)),
              () => (adds ? none : one),
            ),
      );
      return adds ? this.sum(parts) : this.product(parts);
    };
    return level(0, env);
  }

  private sum(parts: readonly (() => Val)[]): Val {
    const { forms, code } = this.emit;
    const all = parts.map((part) => forms.bounds(part()));
    const fixed = all.reduce((total, { low, high }) => (low === high ? total + low : total), 0);
    const texts = all.flatMap(({ text, low, high }) => (low === high ? [] : [text]));
    if (texts.length === 0) return constant(fixed);
    if (fixed > 0) texts.push(String(fixed));
    const sum = (pick: 'low' | 'high'): number => all.reduce((total, part) => total + part[pick], 0);
    return intVal(code.bind(`(${texts.join(' + ')})`, 'ways'), sum('low'), sum('high'));
  }

  private product(parts: readonly (() => Val)[]): Val {
    const { forms } = this.emit;
    const from = (i: number): Val => {
      const part = parts[i];
      if (part === undefined) return one;
      const { text, low, high } = forms.bounds(part());
      if (high === 0) return none;
      const rest = (): Val => {
        const others = forms.bounds(from(i + 1));
        if (low === high && low === 1) return intVal(others.text, others.low, others.high);
        const product = others.low === others.high && others.low === 1 ? text : `(${text} * ${others.text})`;
        return intVal(product, low * others.low, high * others.high);
      };
      return low > 0 ? rest() : this.choice(boolVal(`${text} > 0`), rest, () => none);
    };
    return from(0);
  }
}
