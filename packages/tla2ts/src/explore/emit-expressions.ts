/**
 * JavaScript text of expressions for the checker: on values in the forms of values/values.ts, whose kinds need not be known beforehand, with state
 * variables in both states, and with TLC's order of evaluation. (The readable TypeScript of a specification's operators is made in ../emit.)
 */
import type {
  DefinitionSymbol,
  LocalSymbol,
  ResolvedApplication,
  ResolvedArgument,
  ResolvedBound,
  ResolvedExcept,
  ResolvedExpression,
  ResolvedPattern,
  ResolvedSymbol,
  ResolvedUpdate,
  VariableSymbol,
} from '../names/resolved.js';
import type { EvaluationCode } from '../diagnostics/codes.js';
import type { Expressions, LetEntry, Scope } from './expressions.js';
import { builtins, equalText } from './builtins.js';
import { isBoolean } from '../analysis/boolean.js';
import { arityOf, children, mentions, symbolsOf } from '../analysis/children.js';
import { strictParameters, strictUses } from '../analysis/strict.js';
import { isCheap } from './cheap.js';
import { isClosed } from './closed.js';
import { dependenciesOf, primesParameter } from './dependencies.js';
import type { Span } from '../syntax/span.js';
import type { SymbolText } from './config-values.js';
import type { VariableNames } from './action-code.js';
import { emptyScope } from './expressions.js';

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

/** Kinds of expressions that are worth computing once when they are constants. */
const hoisted: ReadonlySet<string> = new Set([
  'setEnumeration',
  'setFilter',
  'setMap',
  'functionConstructor',
  'functionSet',
  'recordSet',
  'product',
  'record',
  'tuple',
  'choose',
  'except',
]);

/** Field names that objects of other kinds have too. */
const commonNames: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  ...Object.getOwnPropertyNames(Array.prototype),
  'id',
  'domain',
  'values',
  'size',
  'elements',
  'words',
  'has',
  'low',
  'high',
  'base',
  'range',
  'fields',
  'factors',
]);

/** Variables whose values are compared to tell whether a value is known. */
const mostKeys = 4;

export class ExpressionEmitter implements Expressions {
  /** Where errors can be, for `rt.locate` and `rt.failAt`. */
  readonly spans: Span[] = [];
  private readonly functions: string[] = [];
  private readonly made = new Map<DefinitionSymbol, Map<string, string>>();
  private readonly constants = new Map<ResolvedExpression, string>();
  private readonly helpers = new Map<string, string>();
  private count = 0;

  constructor(private readonly options: EmitterOptions) {}

  readonly definitionOf = (symbol: ResolvedSymbol): DefinitionSymbol | undefined => this.options.definitionOf(symbol);

  readonly fresh = (hint: string): string => `${hint.replaceAll(/\W/g, '')}_${++this.count}`;

  readonly equal = equalText;

  /** Adds a declaration that all texts see. */
  readonly declareText = (text: string): void => void this.functions.push(text);

  /** Makes a JavaScript variable that all texts see. */
  declare(name: string): void {
    const text = `let ${name};`;
    if (!this.functions.includes(text)) this.functions.push(text);
  }

  /** Text of everything that other texts refer to. */
  declarations(): string {
    return this.functions.join('\n');
  }

  readonly raise = (message: string, at: ResolvedExpression, code: EvaluationCode = 'TLA3101'): string =>
    `rt.failAt(${this.place(at.span)}, ${JSON.stringify(message)}, ${JSON.stringify(code)})`;

  private place(span: Span): number {
    return this.spans.push(span) - 1;
  }

  /** The text, with its place when errors are to be located. */
  private at(e: ResolvedExpression, text: string): string {
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

  private counting(e: ResolvedExpression, text: string): string {
    const point = this.options.points?.get(e);
    return point === undefined ? text : `rt.hit(${point}, ${text})`;
  }

  private whole(e: ResolvedExpression, scope: Scope): string {
    if (hoisted.has(e.kind) && isClosed(e)) return this.once(e, () => this.plain(e, emptyScope));
    return this.plain(e, scope);
  }

  private once(e: ResolvedExpression, text: () => string): string {
    let name = this.constants.get(e);
    if (name === undefined) {
      name = this.fresh('constant');
      this.constants.set(e, name);
      this.functions.push(`const ${name} = rt.lazy(() => ${text()});`);
    }
    return `${name}()`;
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
        return this.apply(e, scope);
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
        return this.at(e, `${this.getter(e.field)}(${value(e.record)})`);
      case 'setFilter': {
        const { pattern, scope: inner } = this.bind(e.bound.pattern, scope);
        return this.at(e, `rt.filter(${value(e.bound.set)}, (${pattern}) => ${this.test(e.predicate, inner)})`);
      }
      case 'setMap':
        return this.at(e, this.setMap(e.bounds, e.element, scope));
      case 'functionConstructor':
        return this.at(e, this.functionText('makeFunction', e.bounds, e.body, scope));
      case 'except':
        return this.except(e, scope);
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

  private unchanged(e: ResolvedExpression, scope: Scope): string {
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

  private functionText(
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

  private getter(name: string): string {
    const key = JSON.stringify(name);
    const test = commonNames.has(name) ? '' : `const v = r[${key}]; if (v !== undefined) return v; `;
    return this.helper(`get ${name}`, () => `(r) => { ${test}return rt.field(r, ${key}); }`);
  }

  private helper(key: string, text: () => string): string {
    let name = this.helpers.get(key);
    if (name === undefined) {
      name = this.fresh(key);
      this.helpers.set(key, name);
      this.functions.push(`const ${name} = ${text()};`);
    }
    return name;
  }

  private except(e: ResolvedExcept, scope: Scope): string {
    const fields = e.updates.map(({ path: [step, ...more] }) =>
      step?.kind === 'field' && more.length === 0 && !commonNames.has(step.name) ? step.name : undefined,
    );
    const names = fields.filter((name) => name !== undefined);
    if (names.length < fields.length || new Set(names).size < names.length) {
      let text = this.value(e.function, scope);
      for (const update of e.updates) text = this.at(e, this.update(text, update, update.path, scope));
      return text;
    }
    const old = this.fresh('old');
    const values = e.updates.map(({ value }, i) =>
      this.value(value, { ...scope, at: `${this.getter(names[i] as string)}(${old})` }),
    );
    const text = `${this.setter(names)}(${[old, ...values].join(', ')})`;
    // A field that is not there has no old value, and gets no new one.
    const asked = e.updates.flatMap(({ value }, i) => (usesAt(value) ? [names[i] as string] : []));
    const there = asked.map((name) => `${old}[${JSON.stringify(name)}] === undefined`).join(' || ');
    if (there === '') return this.at(e, `((${old}) => ${text})(${this.value(e.function, scope)})`);
    let slow = old;
    for (const update of e.updates) slow = this.update(slow, update, update.path, scope);
    return this.at(e, `((${old}) => (${there} ? ${slow} : ${text}))(${this.value(e.function, scope)})`);
  }

  /** Replaces fields of a record that has them. */
  private setter(names: readonly string[]): string {
    return this.helper(`with ${names.join(' ')}`, () => {
      const fields = names.map((name, i) => `${JSON.stringify(name)}: v${i}`).join(', ');
      const present = names.map((name) => `r[${JSON.stringify(name)}] !== undefined`).join(' && ');
      const slow = names.map((name, i) => `r = rt.update(r, ${JSON.stringify(name)}, () => v${i});`).join(' ');
      return `(r, ${names.map((_, i) => `v${i}`).join(', ')}) => {
if (${present}) return { ...r, ${fields} };
${slow} return r;
}`;
    });
  }

  private update(f: string, update: ResolvedUpdate, path: ResolvedUpdate['path'], scope: Scope): string {
    const [step, ...rest] = path;
    if (step === undefined) return f;
    const old = this.fresh('old');
    const args = step.kind === 'field' ? [JSON.stringify(step.name)] : step.args.map((arg) => this.value(arg, scope));
    const key = args.length === 1 ? args[0] : `[${args.join(', ')}]`;
    const inner =
      rest.length === 0 ? this.value(update.value, { ...scope, at: old }) : this.update(old, update, rest, scope);
    return `rt.update(${f}, ${key}, (${old}) => ${inner})`;
  }

  readonly lets = (
    definitions: readonly DefinitionSymbol[],
    body: ResolvedExpression,
    scope: Scope,
    late = false,
  ): { statements: string; scope: Scope } => {
    const isEager = (definition: DefinitionSymbol): boolean =>
      !late && this.options.points === undefined && this.isEager(definition, definitions, body, scope);
    const lets = new Map(scope.lets);
    const inner: Scope = { ...scope, lets };
    let statements = '';
    const names = definitions.map(() => this.fresh('let'));
    definitions.forEach((definition, i) => {
      const name = names[i] as string;
      const eager = isEager(definition);
      const text = definition.parameters.length > 0 || eager ? name : `${name}()`;
      const entry: LetEntry = { text, scope: () => inner };
      lets.set(definition, entry);
    });
    definitions.forEach((definition, i) => {
      const name = names[i] as string;
      if (definition.parameters.length > 0) {
        statements += `const ${name} = ${this.functionOf(definition, inner, lateMask(definition))};\n`;
        return;
      }
      const text = this.bodyText(definition, inner);
      if (isEager(definition)) statements += `const ${name} = ${text};\n`;
      else if (definition.level >= 2) statements += `const ${name} = () => ${text};\n`;
      else statements += `const ${name} = rt.lazy(() => ${text});\n`;
    });
    return { statements, scope: inner };
  };

  private isEager(
    definition: DefinitionSymbol,
    all: readonly DefinitionSymbol[],
    body: ResolvedExpression,
    scope: Scope,
  ): boolean {
    if (definition.parameters.length > 0 || definition.recursive || definition.isFunction || definition.level >= 2)
      return false;
    if (isCheap(definition.body, scope)) return !all.some((other) => mentions(definition.body, other));
    return (
      strictUses(body).has(definition) &&
      !all.some((other) => mentions(definition.body, other) && !this.isEager(other, [], body, scope))
    );
  }

  /** The value of a definition without parameters. */
  private bodyText(definition: DefinitionSymbol, scope: Scope): string {
    const { body } = definition;
    if (definition.isFunction && body.kind === 'functionConstructor') {
      return this.counting(body, this.functionText('lazyFunction', body.bounds, body.body, scope));
    }
    return this.value(body, scope);
  }

  /** A JavaScript function for a definition with parameters; those in the mask are functions that give the argument. */
  private functionOf(definition: DefinitionSymbol, scope: Scope, mask: string): string {
    const locals = new Map(scope.locals);
    const parameters = definition.parameters.map((parameter, i) => {
      const name = this.fresh(parameter.name);
      locals.set(parameter, mask[i] === '1' ? `${name}()` : name);
      return name;
    });
    return `(${parameters.join(', ')}) => ${this.value(definition.body, { ...scope, locals })}`;
  }

  private apply(e: ResolvedApplication, scope: Scope): string {
    const { operator, args } = e;
    const by = operator.kind === 'local' ? undefined : this.options.replacement(operator);
    if (by?.kind === 'definition') return this.definition(e, by.definition, scope);
    if (by !== undefined) {
      return args.length === 0
        ? by.text
        : `${by.text}(${args.map((a) => this.argument(a, scope, 'values')).join(', ')})`;
    }
    switch (operator.kind) {
      case 'variable':
        return this.variable(operator, scope);
      case 'constant':
        return this.raise(`the constant ${operator.name} has no value`, e);
      case 'local':
        return this.local(operator, e, scope);
      case 'definition':
        return this.definition(e, operator, scope);
      case 'builtin':
        return this.builtin(e, operator.name, operator.module, scope);
    }
  }

  private variable(variable: VariableSymbol, scope: Scope): string {
    const { names } = this.options;
    const missing = `rt.unassigned(${JSON.stringify(variable.name)})`;
    if (!scope.primed) return scope.initial && !scope.assigned.has(variable) ? missing : names.current(variable);
    const name = names.next(variable);
    if (scope.shared) return `(${name} ?? ${missing})`;
    return scope.assigned.has(variable) ? name : missing;
  }

  private local(local: LocalSymbol, e: ResolvedApplication, scope: Scope): string {
    const operator = scope.operators.get(local);
    if (operator !== undefined) {
      const { argument } = operator;
      if (argument.kind === 'lambda') {
        const text = this.lambda(argument.parameters, argument.body, operator.scope, 'functions');
        return `(${text})(${this.thunks(e.args, scope)})`;
      }
      const application = { ...e, operator: argument.operator, args: [...argument.leading, ...e.args] };
      const merged = {
        ...scope,
        lets: new Map([...scope.lets, ...operator.scope.lets]),
        operators: operator.scope.operators,
      };
      return this.apply(application, { ...merged, locals: new Map([...operator.scope.locals, ...scope.locals]) });
    }
    const source = scope.sources.get(local);
    if (source !== undefined && (scope.primed || !scope.locals.has(local))) {
      const { assigned, primed, shared } = scope;
      return this.value(source.expression, {
        ...source.scope,
        assigned,
        shared,
        primed: primed || source.scope.primed,
      });
    }
    const name = scope.locals.get(local) ?? this.raise(`${local.name} has no value here`, e);
    return e.args.length === 0 ? name : `${name}(${this.thunks(e.args, scope)})`;
  }

  /** `takes`: whether its arguments are values, or functions that give them. */
  private lambda(parameters: readonly LocalSymbol[], body: ResolvedExpression, scope: Scope, takes: Takes): string {
    const locals = new Map(scope.locals);
    const names = parameters.map((parameter) => {
      const name = this.fresh(parameter.name);
      locals.set(parameter, takes === 'functions' ? `${name}()` : name);
      return name;
    });
    return `(${names.join(', ')}) => ${this.value(body, { ...scope, locals })}`;
  }

  /** Text of an argument; an operator becomes a JavaScript function. */
  private argument(argument: ResolvedArgument, scope: Scope, takes: Takes = 'functions'): string {
    if (argument.kind === 'lambda') return this.lambda(argument.parameters, argument.body, scope, takes);
    if (argument.kind !== 'operator') return this.value(argument, scope);
    const { operator, leading } = argument;
    const arity = arityOf(operator) - leading.length;
    const parameters = Array.from({ length: arity }, (_, i): LocalSymbol => ({
      kind: 'local',
      name: `p${i}`,
      role: 'parameter',
      arity: 0,
      span: argument.span,
    }));
    const { span, level } = argument;
    const args = parameters.map(
      (p) => ({ kind: 'apply', span, level: 0, operator: p, operatorSpan: span, args: [] }) as const,
    );
    const body = { kind: 'apply', span, level, operator, operatorSpan: span, args: [...leading, ...args] } as const;
    return this.lambda(parameters, body, scope, takes);
  }

  /** Arguments of an operator of which nobody knows what it uses: functions that give them. */
  private thunks(args: readonly ResolvedArgument[], scope: Scope): string {
    return args.map((argument) => this.thunk(argument, scope)).join(', ');
  }

  private thunk(argument: ResolvedArgument, scope: Scope): string {
    const text = this.argument(argument, scope);
    if (argument.kind === 'operator' || argument.kind === 'lambda') return text;
    if (/^[\w$]+\(\)$/.test(text)) return text.slice(0, -2);
    return isCheap(argument, scope) ? `() => ${text}` : `rt.lazy(() => ${text})`;
  }

  private definition(e: ResolvedApplication, definition: DefinitionSymbol, scope: Scope): string {
    const entry = scope.lets.get(definition);
    const args = e.args;
    if (entry !== undefined) {
      if (scope.primed && !entry.scope().primed && definition.level >= 1) {
        if (definition.recursive) return this.raise(`${definition.name} is recursive and primed as a whole`, e);
        return this.inlined(definition, args, entry.scope(), scope);
      }
      if (args.length === 0) return entry.text;
      const late = lateMask(definition);
      const given = args.map((a, i) => (late[i] === '1' ? this.thunk(a, scope) : this.argument(a, scope)));
      return `${entry.text}(${given.join(', ')})`;
    }
    const primed = scope.primed && e.level >= 1;
    if (args.length === 0 && definition.level === 0) {
      return `${this.functionFor(definition, '', 'constant')}()`;
    }
    if (args.some((argument) => argument.level >= 1) && primesParameter(definition)) {
      return this.inlined(definition, args, emptyScope, scope);
    }
    const mask = args.map((argument, i) => this.isLazy(definition, argument, i, scope)).join('');
    const texts = args.map((a, i) => (mask[i] === '1' ? this.thunk(a, scope) : this.argument(a, scope)));
    const name = this.functionFor(definition, mask, primed && definition.level >= 1 ? 'primed' : 'plain');
    const text = `${name}(${texts.join(', ')})`;
    const needed = e.level >= 2 || primed || scope.initial ? this.forgotten(scope) : '';
    return this.at(e, needed === '' ? text : `(${needed}${text})`);
  }

  /** A function must not see the value that another way through the action gave to a variable that has none here. */
  private forgotten(scope: Scope): string {
    if (scope.shared) return '';
    const { names, variables } = this.options;
    return variables
      .filter((variable) => !scope.assigned.has(variable))
      .map((variable) => `${scope.initial ? names.current(variable) : names.next(variable)} = undefined, `)
      .join('');
  }

  private isLazy(definition: DefinitionSymbol, argument: ResolvedArgument, i: number, scope: Scope): '0' | '1' {
    if (argument.kind === 'operator' || argument.kind === 'lambda' || isCheap(argument, scope)) return '0';
    return isClosed(argument) && hoisted.has(argument.kind)
      ? '0'
      : strictParameters(definition)[i] === true
        ? '0'
        : '1';
  }

  /** The body in the place of a call, for bodies that prime their parameters. */
  private inlined(definition: DefinitionSymbol, args: readonly ResolvedArgument[], outer: Scope, scope: Scope): string {
    const locals = new Map(outer.locals);
    const operators = new Map(outer.operators);
    const sources = new Map(outer.sources);
    definition.parameters.forEach((parameter, i) => {
      const argument = args[i];
      if (argument === undefined) return;
      if (argument.kind === 'operator' || argument.kind === 'lambda') operators.set(parameter, { argument, scope });
      else {
        locals.set(parameter, `(${this.value(argument, scope)})`);
        if (argument.level >= 1) sources.set(parameter, { expression: argument, scope });
      }
    });
    const { assigned, primed, shared, initial } = scope;
    const inner = { ...outer, locals, operators, sources, assigned, primed, shared, initial };
    return `(${this.value(definition.body, inner)})`;
  }

  /** The name of the JavaScript function for a definition of a module. */
  private functionFor(definition: DefinitionSymbol, mask: string, how: 'constant' | 'plain' | 'primed'): string {
    const variants = this.made.get(definition) ?? new Map<string, string>();
    this.made.set(definition, variants);
    const key = `${how} ${mask}`;
    let name = variants.get(key);
    if (name === undefined) {
      name = this.fresh(definition.name);
      if (!/^[A-Za-z_$]/.test(name)) name = `op${name}`;
      variants.set(key, name);
      const scope: Scope = { ...emptyScope, shared: true, primed: how === 'primed' };
      if (how === 'constant')
        this.functions.push(`const ${name} = rt.lazy(() => ${this.bodyText(definition, scope)});`);
      else if (definition.parameters.length === 0) {
        this.functions.push(this.stateFunction(name, definition, scope));
      } else this.functions.push(`const ${name} = ${this.functionOf(definition, scope, mask)};`);
    }
    return name;
  }

  /**
   * A function without parameters. One of the state remembers its last value and of which values of variables it is: within a step, and from a state to its
   * successors, it is often asked for the same again.
   */
  private stateFunction(name: string, definition: DefinitionSymbol, scope: Scope): string {
    const body = this.bodyText(definition, scope);
    const { names, located } = this.options;
    const { variables, next, pure } = dependenciesOf(definition.body, (symbol) => this.replaced(symbol));
    const plain = `const ${name} = () => ${body};`;
    if (located || next || !pure || definition.level !== 1 || definition.recursive) return plain;
    if (variables.size === 0 || variables.size > mostKeys || isCheap(definition.body, scope)) return plain;
    const current = [...variables].map(scope.primed ? names.next : names.current);
    const keys = current.map((_, i) => `${name}_${i}`);
    const same = current.map((variable, i) => `${keys[i]} === ${variable}`).join(' && ');
    const take = current.map((variable, i) => `${keys[i]} = ${variable};\n`).join('');
    return `let ${keys.map((key) => `${key} = rt.none`).join(', ')}, ${name}_value;
const ${name} = () => {
if (${same}) return ${name}_value;
const value = ${body};
${take}return (${name}_value = value);
};`;
  }

  private replaced(symbol: ResolvedSymbol): ResolvedSymbol | undefined {
    const by = symbol.kind === 'local' ? undefined : this.options.replacement(symbol);
    if (by === undefined) return symbol;
    return by.kind === 'definition' ? by.definition : undefined;
  }

  private builtin(e: ResolvedApplication, name: string, module: string, scope: Scope): string {
    const [left, right] = e.args as readonly ResolvedExpression[];
    switch (name) {
      case "'":
        return this.value(left!, { ...scope, primed: true });
      case '~':
        return `!${this.test(left!, scope)}`;
      case '=>':
        return `(!${this.test(left!, scope)} || ${this.test(right!, scope)})`;
      case 'UNCHANGED':
        return this.unchanged(left!, scope);
      case 'ENABLED':
        return this.options.enabled(left!, scope);
      case '[]':
      case '<>':
      case '~>':
      case '-+->':
      case '\\cdot':
        return this.raise(`${name} has no value in a state`, e);
      case 'UNION':
        if (left?.kind !== 'setEnumeration' || left.items.length === 0) break;
        return this.at(
          e,
          left.items.map((item) => this.value(item, scope)).reduce((a, b) => `rt.union(${a}, ${b})`),
        );
      case '\\in':
      case '\\notin': {
        const text = this.memberText(left!, right!, scope);
        return this.at(e, name === '\\in' ? text : `!${text}`);
      }
    }
    const args = e.args.map((argument) => this.argument(argument, scope, 'values'));
    const text = builtins.get(name);
    if (text !== undefined && !overloaded.has(`${module}!${name}`)) return this.at(e, text(...args));
    if (!this.options.hasOperator(`${module}!${name}`)) {
      return this.raise(`${name} of the module ${module} is not supported`, e);
    }
    return this.at(e, `rt.modules[${JSON.stringify(`${module}!${name}`)}](${args.join(', ')})`);
  }

  private memberText(element: ResolvedExpression, set: ResolvedExpression, scope: Scope): string {
    const value = this.value(element, scope);
    if (set.kind === 'apply' && set.operator.kind === 'builtin' && !isClosed(set)) {
      if (set.operator.name === '..') {
        const [low, high] = set.args as readonly ResolvedExpression[];
        return `rt.between(${value}, ${this.value(low!, scope)}, ${this.value(high!, scope)})`;
      }
    }
    if (set.kind === 'setEnumeration' && new Set(set.items.map(literalKind)).size > 1) {
      // Elements of several kinds make no set that can be stored, but a value may be compared with one after the other.
      const x = this.fresh('x');
      const tests = set.items.map((item) => equalText(x, this.value(item, scope)));
      return `((${x}) => ${tests.join(' || ')})(${value})`;
    }
    const filter = this.filterOf(set, scope);
    if (filter === undefined) return `rt.member(${value}, ${this.value(set, scope)})`;
    const { base, test } = filter;
    const x = this.fresh('x');
    return `((${x}) => rt.member(${x}, ${base}) && (${test})(${x}))(${value})`;
  }

  /** `{y \\in S : P(y)}`, also by name, is not listed to be asked for a member: it may be far larger than what is done with it. */
  private filterOf(set: ResolvedExpression, scope: Scope): { base: string; test: string } | undefined {
    if (set.kind === 'apply' && set.args.length === 0 && set.level >= 1) {
      const definition = this.options.definitionOf(set.operator);
      if (definition === undefined || definition.recursive || scope.lets.has(definition)) return undefined;
      if (definition.body.kind !== 'setFilter' || definition.isFunction) return undefined;
      const { assigned, primed, shared, initial } = scope;
      const found = this.filterOf(definition.body, { ...emptyScope, assigned, primed, shared, initial });
      return found && { ...found, base: this.counting(definition.body, found.base) };
    }
    if (set.kind !== 'setFilter' || isClosed(set)) return undefined;
    const { pattern, scope: inner } = this.bind(set.bound.pattern, scope);
    const test = `(${pattern}) => ${this.test(set.predicate, inner)}`;
    return { base: this.value(set.bound.set, scope), test };
  }
}

/** Whether the new value in an EXCEPT is made of the old one. */
const usesAt = (e: ResolvedArgument): boolean =>
  e.kind === 'at' || (e.kind === 'except' ? usesAt(e.function) : childrenAndLets(e).some(usesAt));

const childrenAndLets = (e: ResolvedArgument): readonly ResolvedArgument[] =>
  e.kind === 'let' ? [e.body, ...e.definitions.map(({ body }) => body)] : children(e);

/** The kind of a literal; undefined for all that is none. */
const literalKind = ({ kind }: ResolvedExpression): ResolvedExpression['kind'] | undefined =>
  kind === 'number' || kind === 'string' || kind === 'boolean' ? kind : undefined;

/** Operators of standard modules whose symbol means something else elsewhere. */
const overloaded: ReadonlySet<string> = new Set(['Reals!/', 'Bags!(+)', 'Bags!(-)']);

/** What a JavaScript function for an operator takes: values, or functions that give them when they are needed. */
type Takes = 'values' | 'functions';

/** The parameters of a LET definition that its body may do without, one character for each. */
const lateMask = (definition: DefinitionSymbol): string => {
  const strict = strictParameters(definition);
  return definition.parameters.map(({ arity }, i) => (arity === 0 && strict[i] !== true ? '1' : '0')).join('');
};
