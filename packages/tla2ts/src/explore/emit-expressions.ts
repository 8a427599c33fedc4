/**
 * JavaScript text of expressions for the checker: on values in the forms of values/values.ts, whose kinds need not be known beforehand, with state
 * variables in both states, and with TLC's order of evaluation. (The readable TypeScript of a specification's operators is made in ../emit.)
 */
import { isBoolean } from '../analysis/boolean.js';
import { symbolsOf } from '../analysis/children.js';
import type { EvaluationCode } from '../diagnostics/codes.js';
import type {
  DefinitionSymbol,
  ResolvedBound,
  ResolvedExpression,
  ResolvedPattern,
  ResolvedSymbol,
  VariableSymbol,
} from '../names/resolved.js';
import type { Span } from '../syntax/span.js';
import type { VariableNames } from './action-code.js';
import { equalText } from './builtins.js';
import type { SymbolText } from './config-values.js';
import { emptyScope, type Expressions, type Scope } from './expressions.js';
import { Calls } from './text/calls.js';
import { Declarations } from './text/declarations.js';
import { isConstantCall, isHoisted } from './text/hoisted.js';
import { dependenciesOf } from './dependencies.js';
import { lets } from './text/lets.js';
import { except, getter } from './text/records.js';

/** What the emitter has to know of configuration and program. */
export interface EmitterOptions {
  readonly names: VariableNames;
  readonly variables: readonly VariableSymbol[];
  readonly definitionOf: (symbol: ResolvedSymbol) => DefinitionSymbol | undefined;
  /** What the configuration puts in the place of a symbol. */
  readonly replacement: (symbol: ResolvedSymbol) => SymbolText | undefined;
  /** Text of `ENABLED A`. */
  readonly enabled: (action: ResolvedExpression, scope: Scope) => string;
  /** Whether there is an operator of a standard module, by `Module!Operator`. */
  readonly hasOperator: (name: string) => boolean;
  /** Every expression that may fail says where it stands when it does. */
  readonly located: boolean;
  /** The evaluations of these are counted, each under its number. */
  readonly points?: ReadonlyMap<ResolvedExpression, number> | undefined;
}

/** See the head of the file. */
export class ExpressionEmitter implements Expressions {
  /** Where errors can be, for `rt.locate` and `rt.failAt`. */
  readonly spans: Span[] = [];
  /** What all texts refer to. */
  readonly text = new Declarations();
  readonly calls = new Calls(this);

  constructor(readonly options: EmitterOptions) {}

  readonly definitionOf = (symbol: ResolvedSymbol): DefinitionSymbol | undefined => this.options.definitionOf(symbol);

  readonly fresh = this.text.fresh;

  readonly equal = equalText;

  readonly lets: Expressions['lets'] = (definitions, body, scope, when) => lets(this, definitions, body, scope, when);

  readonly raise = (message: string, at: ResolvedExpression, code: EvaluationCode = 'TLA3101'): string =>
    `rt.failAt(${this.place(at.span)}, ${JSON.stringify(message)}, ${JSON.stringify(code)})`;

  private place(span: Span): number {
    return this.spans.push(span) - 1;
  }

  /** The text, with its place when errors are to be located. */
  at(e: ResolvedExpression, text: string): string {
    return this.options.located ? `rt.locate(${this.place(e.span)}, () => ${text})` : text;
  }

  readonly test = (e: ResolvedExpression, scope: Scope): string => this.boolean(e, this.value(e, scope));

  readonly uncounted = (e: ResolvedExpression, scope: Scope): string => this.boolean(e, this.whole(e, scope));

  readonly counted = (e: ResolvedExpression): string => {
    const point = this.options.points?.get(e);
    return point === undefined ? '' : `rt.hit(${point});\n`;
  };

  private boolean(e: ResolvedExpression, text: string): string {
    return isBoolean(e) ? text : this.at(e, `rt.bool(${text})`);
  }

  readonly elements = (set: ResolvedExpression, scope: Scope): string =>
    this.at(set, `rt.elements(${this.value(set, scope)})`);

  readonly bind = (pattern: ResolvedPattern, scope: Scope): { pattern: string; scope: Scope } => {
    const locals = new Map(scope.locals);
    const names = symbolsOf(pattern).map((symbol) => {
      const name = this.fresh(symbol.name);
      locals.set(symbol, name);
      return name;
    });
    return {
      pattern: pattern.kind === 'name' ? (names[0] as string) : `[${names.join(', ')}]`,
      scope: { ...scope, locals },
    };
  };

  /** All that is evaluated as a value comes by here. */
  readonly value = (e: ResolvedExpression, scope: Scope): string => this.counting(e, this.whole(e, scope));

  counting(e: ResolvedExpression, text: string): string {
    const point = this.options.points?.get(e);
    return point === undefined ? text : `rt.hit(${point}, ${text})`;
  }

  private whole(e: ResolvedExpression, scope: Scope): string {
    if (isHoisted(e) || this.isRepeatable(e)) return this.text.once(e, () => this.plain(e, emptyScope));
    return this.plain(e, scope);
  }

  /** An application to constants that has the same value each time; where evaluations are counted, each counts. */
  private isRepeatable(e: ResolvedExpression): boolean {
    if (!isConstantCall(e) || this.options.points !== undefined) return false;
    return dependenciesOf(e, (symbol) => this.calls.replaced(symbol)).pure;
  }

  private plain(e: ResolvedExpression, scope: Scope): string {
    const value = (part: ResolvedExpression): string => this.value(part, scope);
    switch (e.kind) {
      case 'number':
        return e.value > BigInt(Number.MAX_SAFE_INTEGER)
          ? this.raise('an integer of more than 53 bits', e)
          : String(e.value);
      case 'decimal':
        return this.raise('a decimal number has no value in the checker', e);
      case 'string':
        return JSON.stringify(e.value);
      case 'boolean':
        return String(e.value);
      case 'at':
        return scope.at ?? this.raise('@ outside of EXCEPT', e);
      case 'apply':
        return this.calls.apply(e, scope);
      case 'junction': {
        const [only] = e.items;
        if (e.items.length === 1 && only !== undefined) return this.test(only, scope);
        const operator = e.operator === '/\\' ? ' && ' : ' || ';
        return `(${e.items.map((item) => this.test(item, scope)).join(operator)})`;
      }
      case 'tuple':
        return `[${e.items.map(value).join(', ')}]`;
      case 'setEnumeration':
        return e.items.length === 0 ? 'rt.empty' : `rt.setOf([${e.items.map(value).join(', ')}])`;
      case 'record':
        return `({ ${e.fields.map((field) => `${JSON.stringify(field.name)}: ${value(field.value)}`).join(', ')} })`;
      case 'recordSet':
        return this.at(
          e,
          `rt.recordSet({ ${e.fields.map((f) => `${JSON.stringify(f.name)}: ${value(f.value)}`).join(', ')} })`,
        );
      case 'functionSet':
        return this.at(e, `rt.functionSet(${value(e.domain)}, ${value(e.range)})`);
      case 'product':
        return this.at(e, `rt.product([${e.factors.map(value).join(', ')}])`);
      case 'functionApply': {
        const args = e.args.map(value);
        const argument = args.length === 1 ? args[0] : `[${args.join(', ')}]`;
        return this.at(e, `rt.apply(${value(e.function)}, ${argument})`);
      }
      case 'field':
        return this.at(e, `${getter(this, e.field)}(${value(e.record)})`);
      case 'setFilter': {
        const { pattern, scope: inner } = this.bind(e.bound.pattern, scope);
        return this.at(e, `rt.filter(${value(e.bound.set)}, (${pattern}) => ${this.test(e.predicate, inner)})`);
      }
      case 'setMap':
        return this.at(e, this.setMap(e.bounds, e.element, scope));
      case 'functionConstructor':
        return this.at(e, this.functionText('makeFunction', e.bounds, e.body, scope));
      case 'except':
        return except(this, e, scope);
      case 'if':
        return `(${this.test(e.condition, scope)} ? ${value(e.then)} : ${value(e.else)})`;
      case 'case': {
        const other = e.other === undefined ? this.raise('no condition of the CASE is true', e) : value(e.other);
        return `(${e.arms.map((arm) => `${this.test(arm.condition, scope)} ? ${value(arm.value)} : `).join('')}${other})`;
      }
      case 'let': {
        const { statements, scope: inner } = this.lets(e.definitions, e.body, scope);
        return `(() => {\n${statements}return ${this.value(e.body, inner)};\n})()`;
      }
      case 'choose': {
        if (e.set === undefined) return this.raise('CHOOSE without a set cannot be evaluated', e);
        const { pattern, scope: inner } = this.bind(e.pattern, scope);
        return this.at(e, `rt.choose(${value(e.set)}, (${pattern}) => ${this.test(e.body, inner)})`);
      }
      case 'quantifier':
        return e.bounds.length === 0
          ? this.raise('a quantifier without a set cannot be evaluated', e)
          : this.at(e, this.quantifier(e.quantifier === '\\A' ? 'every' : 'some', e.bounds, e.body, scope));
      case 'box':
        return `(${this.test(e.action, scope)} || ${this.unchanged(e.subscript, scope)})`;
      case 'angle':
        return `(${this.test(e.action, scope)} && !${this.unchanged(e.subscript, scope)})`;
      case 'fairness':
        return this.raise('a temporal formula has no value in a state', e);
    }
  }

  unchanged(e: ResolvedExpression, scope: Scope): string {
    if (e.kind === 'tuple') return `(${e.items.map((item) => this.unchanged(item, scope)).join(' && ') || 'true'})`;
    return equalText(this.value(e, { ...scope, primed: true }), this.value(e, scope));
  }

  private quantifier(
    how: 'every' | 'some',
    bounds: readonly ResolvedBound[],
    body: ResolvedExpression,
    scope: Scope,
  ): string {
    const [first, ...rest] = bounds;
    if (first === undefined) return this.test(body, scope);
    const { pattern, scope: inner } = this.bind(first.pattern, scope);
    const predicate = `(${pattern}) => ${this.quantifier(how, rest, body, inner)}`;
    const { set } = first;
    if (set.kind === 'apply' && set.operator.kind === 'builtin' && set.operator.name === '..') {
      const [low, high] = set.args as readonly ResolvedExpression[];
      return `rt.${how}Between(${this.value(low!, scope)}, ${this.value(high!, scope)}, ${predicate})`;
    }
    return `rt.${how}(${this.value(set, scope)}, ${predicate})`;
  }

  private setMap(bounds: readonly ResolvedBound[], element: ResolvedExpression, scope: Scope): string {
    const [first] = bounds;
    if (bounds.length === 1 && first !== undefined) {
      const { pattern, scope: inner } = this.bind(first.pattern, scope);
      return `rt.map(${this.value(first.set, scope)}, (${pattern}) => ${this.value(element, inner)})`;
    }
    const { pattern, scope: inner } = this.bindAll(bounds, scope);
    return `rt.map(${this.productOf(bounds, scope)}, (${pattern}) => ${this.value(element, inner)})`;
  }

  private productOf(bounds: readonly ResolvedBound[], scope: Scope): string {
    return `rt.product([${bounds.map(({ set }) => this.value(set, scope)).join(', ')}])`;
  }

  private bindAll(bounds: readonly ResolvedBound[], scope: Scope): { pattern: string; scope: Scope } {
    let inner = scope;
    const patterns = bounds.map((bound) => {
      const made = this.bind(bound.pattern, inner);
      inner = made.scope;
      return made.pattern;
    });
    return { pattern: `[${patterns.join(', ')}]`, scope: inner };
  }

  functionText(
    make: 'makeFunction' | 'lazyFunction',
    bounds: readonly ResolvedBound[],
    body: ResolvedExpression,
    scope: Scope,
  ): string {
    const [first] = bounds;
    const single = bounds.length === 1 && first !== undefined;
    const { pattern, scope: inner } = single ? this.bind(first.pattern, scope) : this.bindAll(bounds, scope);
    const domain = single ? this.value(first.set, scope) : this.productOf(bounds, scope);
    return `rt.${make}(${domain}, (${pattern}) => ${this.value(body, inner)})`;
  }
}
