/**
 * Text of expressions. With types the text is what a person would write for values of these types; without, it calls
 * operations of the run-time library that look at the values.
 */
import type {
  DefinitionSymbol,
  LocalSymbol,
  ResolvedApplication,
  ResolvedArgument,
  ResolvedBound,
  ResolvedExpression,
  ResolvedExcept,
  ResolvedPathStep,
  ResolvedPattern,
  ResolvedSymbol,
  VariableSymbol,
} from '../names/resolved.js';
import type { Types } from '../types/infer.js';
import type { Type } from '../types/type.js';
import { MIXED, resolve } from '../types/type.js';
import { builtin } from './builtins.js';
import { Untranslatable } from './errors.js';
import { Names } from './names.js';
import type { Scope } from './scope.js';
import { withLocals } from './scope.js';
import { isPlain, strictUses } from './strict.js';
import { usedDefinitions } from './uses.js';

/** What the text around the expressions decides. */
export interface Surroundings {
  /** Text of a variable's value. */
  readonly variable: (variable: VariableSymbol, primed: boolean, scope: Scope) => string;
  /** Text of a declared constant. */
  readonly constant: (symbol: ResolvedSymbol & { readonly kind: 'constant' }) => string;
  /** Text of a definition's name: of a function, or of the value if it has no parameters. */
  readonly definition: (definition: DefinitionSymbol, primed: boolean) => string;
  /** Types; undefined: values are looked at when the code runs. */
  readonly types: Types | undefined;
  /** Text of a type annotation, with its colon; empty in JavaScript. */
  readonly annotate: (type: Type) => string;
}

const NUMERIC = new Set(['+', '-', '*', '^', '%', '\\div', '-.', 'Len', 'Cardinality']);
const BOOLEAN_VALUED = new Set([
  '=',
  '/=',
  '=>',
  '<=>',
  '~',
  '<',
  '>',
  '<=',
  '>=',
  '\\in',
  '\\notin',
  '\\subseteq',
  'UNCHANGED',
  'IsFiniteSet',
  'Assert',
  'PrintT',
]);

/** See the head of the file. */
export class ExpressionWriter {
  readonly names = new Names();
  #primed = false;

  constructor(readonly around: Surroundings) {}

  /** Text that is safe as an operand of anything. */
  value(e: ResolvedExpression, scope: Scope): string {
    switch (e.kind) {
      case 'number':
        if (e.value > BigInt(Number.MAX_SAFE_INTEGER)) {
          throw new Untranslatable('TLA2001', e.span, `the number ${e.value} is beyond 2^53`);
        }
        return String(e.value);
      case 'string':
        return JSON.stringify(e.value);
      case 'boolean':
        return String(e.value);
      case 'decimal':
        throw new Untranslatable('TLA2002', e.span, 'a decimal number has no translation', 'use integers');
      case 'apply':
        return this.#apply(e, scope);
      case 'junction': {
        const glue = e.operator === '/\\' ? ' && ' : ' || ';
        return `(${e.items.map((item) => this.test(item, scope)).join(glue)})`;
      }
      case 'tuple':
        return `[${e.items.map((item) => this.value(item, scope)).join(', ')}]`;
      case 'product':
        return `rt.product(${e.factors.map((factor) => this.value(factor, scope)).join(', ')})`;
      case 'setEnumeration':
        return `rt.setOf(${e.items.map((item) => this.value(item, scope)).join(', ')})`;
      case 'setFilter': {
        const inner = this.bind(e.bound.pattern, scope);
        return `rt.filterSet(${this.value(e.bound.set, scope)}, (${inner.pattern}) => ${this.test(e.predicate, inner.scope)})`;
      }
      case 'setMap':
        return this.#setMap(e.bounds, e.element, scope);
      case 'functionConstructor':
        return this.#functionConstructor(e, scope);
      case 'functionSet':
        return `rt.functionSet(${this.value(e.domain, scope)}, ${this.value(e.range, scope)})`;
      case 'record':
        return `{ ${e.fields.map(({ name, value }) => `${name}: ${this.value(value, scope)}`).join(', ')} }`;
      case 'recordSet':
        return `rt.recordSet({ ${e.fields.map(({ name, value }) => `${name}: ${this.value(value, scope)}`).join(', ')} })`;
      case 'field':
        return `${this.value(e.record, scope)}.${e.field}`;
      case 'functionApply': {
        const argument = this.#argumentOf(e.args, scope);
        return this.index(this.value(e.function, scope), this.typeOf(e.function), argument, e);
      }
      case 'at':
        return this.#at;
      case 'except':
        return this.#except(e, scope);
      case 'if':
        return `(${this.test(e.condition, scope)} ? ${this.value(e.then, scope)} : ${this.value(e.else, scope)})`;
      case 'case': {
        const otherwise =
          e.other === undefined
            ? `rt.fail('case', 'no arm of CASE is true', ${this.where(e)})`
            : this.value(e.other, scope);
        return e.arms.reduceRight(
          (rest, { condition, value }) => `(${this.test(condition, scope)} ? ${this.value(value, scope)} : ${rest})`,
          otherwise,
        );
      }
      case 'let': {
        const { statements, scope: inner } = this.lets(e.definitions, e.body, scope);
        return `(() => { ${statements}return ${this.value(e.body, inner)}; })()`;
      }
      case 'choose': {
        if (e.set === undefined) {
          throw new Untranslatable(
            'TLA2003',
            e.span,
            'CHOOSE without a set cannot be evaluated',
            'write CHOOSE x \\in S : P',
          );
        }
        const inner = this.bind(e.pattern, scope);
        return `rt.choose(${this.value(e.set, scope)}, (${inner.pattern}) => ${this.test(e.body, inner.scope)}, ${this.where(e)})`;
      }
      case 'quantifier':
        return this.#quantifier(e.bounds, e.quantifier, e.body, scope, e);
      case 'box': {
        const [action, same] = [this.test(e.action, scope), this.#unchanged(e.subscript, scope)];
        return `(${action} || ${same})`;
      }
      case 'angle':
        return `(${this.test(e.action, scope)} && !${this.#unchanged(e.subscript, scope)})`;
      case 'fairness':
        throw new Untranslatable('TLA2004', e.span, 'a fairness condition is no value');
    }
  }

  /** Text of a JavaScript Boolean. */
  test(e: ResolvedExpression, scope: Scope): string {
    const text = this.value(e, scope);
    return this.#isBoolean(e) ? text : `rt.bool(${text}, ${this.where(e)})`;
  }

  /** Text of something that a `for of` goes through. */
  elements(set: ResolvedExpression, scope: Scope): string {
    return this.value(set, scope);
  }

  member(value: string, set: ResolvedExpression, scope: Scope): string {
    return `${this.value(set, scope)}.has(${value})`;
  }

  equal(left: string, right: string): string {
    return `rt.equals(${left}, ${right})`;
  }

  /** The place of an expression, as text of a string. */
  where(e: { readonly span: ResolvedExpression['span'] }): string {
    return JSON.stringify(`${e.span.file}:${e.span.line}:${e.span.column}`);
  }

  raise(message: string, e: ResolvedExpression): string {
    return `rt.fail('unassigned', ${JSON.stringify(message)}, ${this.where(e)})`;
  }

  typeOf(e: ResolvedExpression): Type {
    return this.around.types?.of(e) ?? MIXED;
  }

  fresh(hint: string): string {
    return this.names.take(hint);
  }

  /** A pattern of parameters or of a `const`, and the scope in which its identifiers are known. */
  bind(pattern: ResolvedPattern, scope: Scope): { readonly pattern: string; readonly scope: Scope } {
    const symbols = pattern.kind === 'name' ? [pattern.symbol] : pattern.symbols;
    const bound = symbols.map((symbol) => [symbol, this.localName(symbol, scope)] as const);
    const inner = withLocals(scope, bound);
    const text = bound.map(([, name]) => name).join(', ');
    return { pattern: pattern.kind === 'name' ? text : `[${text}]`, scope: inner };
  }

  /** TLA+ forbids hiding a name, but an operator's text may stand inside another's: then the name gets a number. */
  localName(symbol: LocalSymbol, scope: Scope): string {
    const taken = new Set(scope.locals.values());
    for (const { name } of scope.lets.values()) taken.add(name.replace(/\(\)$/, ''));
    let name = `${this.#identifier(symbol.name)}`;
    for (let i = 1; taken.has(name); i++) name = `${this.#identifier(symbol.name)}_${i}`;
    return name;
  }

  #identifier(name: string): string {
    const text = new Names().take(name);
    // Locals may not hide the functions of definitions, which begin with the definition's own name.
    return this.around.types === undefined ? `${text}$` : text;
  }

  /** Statements for the definitions of a LET. What `body` certainly needs is computed at once, the rest when it is used. */
  lets(
    definitions: readonly DefinitionSymbol[],
    body: ResolvedExpression | undefined,
    scope: Scope,
  ): { readonly statements: string; readonly scope: Scope } {
    const needed = body === undefined ? new Set<DefinitionSymbol>() : strictUses(body);
    const used = body === undefined ? new Set(definitions) : usedDefinitions(body);
    let inner = scope;
    const lines: string[] = [];
    for (const definition of definitions.filter((one) => used.has(one))) {
      const outer = inner;
      const name = this.#letName(definition, scope, inner);
      const function_ = definition.parameters.length > 0;
      const eager = !function_ && !definition.recursive && (needed.has(definition) || isPlain(definition.body));
      const entry = { name: function_ || eager ? name : `${name}()`, scope: () => inner };
      inner = { ...outer, lets: new Map([...outer.lets, [definition, entry]]) };
      const own = inner;
      if (function_) lines.push(`const ${name} = ${this.lambda(definition.parameters, definition.body, own, true)};\n`);
      else if (eager) lines.push(`const ${name} = ${this.value(definition.body, outer)};\n`);
      else lines.push(`const ${name} = rt.lazy(() => ${this.value(definition.body, own)});\n`);
    }
    return { statements: lines.join(''), scope: inner };
  }

  #letName(definition: DefinitionSymbol, ...scopes: readonly Scope[]): string {
    const taken = new Set(
      scopes.flatMap(({ locals, lets }) => [
        ...locals.values(),
        ...[...lets.values()].map(({ name }) => name.replace(/\(\)$/, '')),
      ]),
    );
    let name = this.#identifier(definition.name);
    for (let i = 1; taken.has(name); i++) name = `${this.#identifier(definition.name)}_${i}`;
    return name;
  }

  /** An arrow function. */
  lambda(parameters: readonly LocalSymbol[], body: ResolvedExpression, scope: Scope, annotated = false): string {
    const bound = parameters.map((parameter) => [parameter, this.localName(parameter, scope)] as const);
    const inner = withLocals(scope, bound);
    const list = bound.map(([symbol, name]) => `${name}${annotated ? this.#annotation(symbol) : ''}`).join(', ');
    return `(${list}) => ${this.#arrowBody(body, inner)}`;
  }

  #annotation(symbol: LocalSymbol): string {
    const type = this.around.types?.local(symbol);
    return type === undefined || 'parameters' in type ? '' : this.around.annotate(type);
  }

  #arrowBody(body: ResolvedExpression, scope: Scope): string {
    if (body.kind === 'let') {
      const { statements, scope: inner } = this.lets(body.definitions, body.body, scope);
      return `{ ${statements}return ${this.value(body.body, inner)}; }`;
    }
    const text = this.value(body, scope);
    return text.startsWith('{') ? `(${text})` : text;
  }

  /** An argument that is an operator. */
  operator(argument: ResolvedArgument, scope: Scope): string {
    if (argument.kind === 'lambda') return this.lambda(argument.parameters, argument.body, scope);
    if (argument.kind !== 'operator') return this.value(argument, scope);
    const { operator, leading } = argument;
    const count = arityOf(operator) - leading.length;
    const parameters = Array.from({ length: count }, (_, i) => `a${i}`);
    const given = leading.map((arg) => this.operator(arg, scope));
    return `(${parameters.join(', ')}) => ${this.#call(operator, [...given, ...parameters], scope, argument)}`;
  }

  #at = 'undefined';

  #isBoolean(e: ResolvedExpression): boolean {
    switch (e.kind) {
      case 'boolean':
      case 'junction':
      case 'quantifier':
      case 'box':
      case 'angle':
        return true;
      case 'if':
        return this.#isBoolean(e.then) && this.#isBoolean(e.else);
      case 'let':
        return this.#isBoolean(e.body);
      case 'apply':
        return (
          (e.operator.kind === 'builtin' && BOOLEAN_VALUED.has(e.operator.name)) ||
          resolve(this.typeOf(e)).kind === 'boolean'
        );
      default:
        return resolve(this.typeOf(e)).kind === 'boolean';
    }
  }

  /** Text of a number. */
  number(e: ResolvedExpression, scope: Scope): string {
    const text = this.value(e, scope);
    const known =
      e.kind === 'number' ||
      (e.kind === 'apply' && e.operator.kind === 'builtin' && NUMERIC.has(e.operator.name)) ||
      resolve(this.typeOf(e)).kind === 'int';
    return known ? text : `rt.int(${text}, ${this.where(e)})`;
  }

  /** `f[x]`. */
  index(f: string, type: Type, x: string, e: ResolvedExpression): string {
    const known = resolve(type);
    if (known.kind === 'sequence') return `rt.at(${f}, ${x}, ${this.where(e)})`;
    if (known.kind === 'function' && isSimple(known.argument)) return `rt.lookup(${f}, ${x}, ${this.where(e)})`;
    if (known.kind === 'tuple' && /^\d+$/.test(x)) return `${f}[${Number(x) - 1}]`;
    return `rt.apply(${f}, ${x}, ${this.where(e)})`;
  }

  #argumentOf(args: readonly ResolvedExpression[], scope: Scope): string {
    const texts = args.map((arg) => this.value(arg, scope));
    return texts.length === 1 ? (texts[0] as string) : `[${texts.join(', ')}]`;
  }

  #apply(e: ResolvedApplication, scope: Scope): string {
    const { operator } = e;
    if (operator.kind === 'builtin') {
      if (operator.name === "'") return this.#prime(e.args[0] as ResolvedExpression, scope);
      if (operator.name === 'UNCHANGED') return this.#unchanged(e.args[0] as ResolvedExpression, scope);
      return builtin(this, e, scope);
    }
    return this.#call(
      operator,
      e.args.map((arg) => this.operator(arg, scope)),
      scope,
      e,
    );
  }

  #call(
    operator: ResolvedSymbol,
    args: readonly string[],
    scope: Scope,
    e: { readonly span: ResolvedExpression['span'] },
  ): string {
    const list = args.length === 0 ? '' : `(${args.join(', ')})`;
    switch (operator.kind) {
      case 'variable':
        return this.around.variable(operator, this.#primed, scope);
      case 'constant':
        return `${this.around.constant(operator)}${list}`;
      case 'local': {
        const given = scope.operators.get(operator);
        if (given !== undefined) return `(${this.operator(given.argument, given.scope)})${list}`;
        const name = scope.locals.get(operator);
        if (name === undefined) throw new Error(`no text for ${operator.name} at ${this.where(e)}`);
        return `${name}${list}`;
      }
      case 'definition': {
        const entry = scope.lets.get(operator);
        if (entry !== undefined) return `${entry.name}${list}`;
        return `${this.around.definition(operator, this.#primed)}${list}`;
      }
      case 'builtin':
        return builtin(
          this,
          { kind: 'apply', operator, args: [], span: e.span, operatorSpan: e.span, level: 0 },
          scope,
          args,
        );
    }
  }

  /** The text of an expression with all its variables primed. */
  #prime(e: ResolvedExpression, scope: Scope): string {
    const outer = this.#primed;
    this.#primed = true;
    try {
      return this.value(e, scope);
    } finally {
      this.#primed = outer;
    }
  }

  #unchanged(e: ResolvedExpression, scope: Scope): string {
    if (e.kind === 'tuple') return `(${e.items.map((item) => this.#unchanged(item, scope)).join(' && ') || 'true'})`;
    return `rt.equals(${this.value(e, scope)}, ${this.#prime(e, scope)})`;
  }

  #quantifier(
    bounds: readonly ResolvedBound[],
    quantifier: string,
    body: ResolvedExpression,
    scope: Scope,
    e: ResolvedExpression,
  ): string {
    const [bound, ...others] = bounds;
    if (bound === undefined) {
      if (e.kind === 'quantifier' && e.unbounded.length > 0) {
        throw new Untranslatable(
          'TLA2003',
          e.span,
          'a quantifier without a set cannot be evaluated',
          'write \\A x \\in S : P',
        );
      }
      return this.test(body, scope);
    }
    const all = quantifier === '\\A';
    const inner = this.bind(bound.pattern, scope);
    const test = this.#quantifier(others, quantifier, body, inner.scope, {
      ...e,
      kind: 'boolean',
      value: true,
    } as ResolvedExpression);
    const range = this.#range(bound.set, scope);
    const parameter = bound.pattern.kind === 'name' ? usedParameter(inner.pattern, test) : inner.pattern;
    if (range !== undefined) return `rt.${all ? 'every' : 'some'}Between(${range}, (${parameter}) => ${test})`;
    return `rt.${all ? 'every' : 'some'}(${this.#iterated(bound.set, scope)}, (${parameter}) => ${test})`;
  }

  /** `low, high` of an interval, or of the domain of a sequence. */
  #range(set: ResolvedExpression, scope: Scope): string | undefined {
    if (set.kind !== 'apply' || set.operator.kind !== 'builtin') return undefined;
    const [a, b] = set.args as readonly ResolvedExpression[];
    if (set.operator.name === '..' && a !== undefined && b !== undefined)
      return `${this.number(a, scope)}, ${this.number(b, scope)}`;
    if (set.operator.name === 'DOMAIN' && a !== undefined && resolve(this.typeOf(a)).kind === 'sequence') {
      return `1, ${this.value(a, scope)}.length`;
    }
    return undefined;
  }

  /** What a loop goes through: the arguments of a function without making a set of them. */
  #iterated(set: ResolvedExpression, scope: Scope): string {
    if (set.kind === 'apply' && set.operator.kind === 'builtin' && set.operator.name === 'DOMAIN') {
      const f = set.args[0] as ResolvedExpression;
      const type = resolve(this.typeOf(f));
      if (type.kind === 'function' && isSimple(type.argument)) return `${this.value(f, scope)}.keys()`;
    }
    return this.value(set, scope);
  }

  #setMap(bounds: readonly ResolvedBound[], element: ResolvedExpression, scope: Scope): string {
    const [bound, ...others] = bounds;
    if (bound === undefined) return this.value(element, scope);
    const inner = this.bind(bound.pattern, scope);
    const set = this.#iterated(bound.set, scope);
    if (others.length === 0) {
      const text = this.value(element, inner.scope);
      return `rt.mapSet(${set}, (${inner.pattern}) => ${text.startsWith('{') ? `(${text})` : text})`;
    }
    return `rt.bigUnion(rt.mapSet(${set}, (${inner.pattern}) => ${this.#setMap(others, element, inner.scope)}))`;
  }

  #functionConstructor(e: ResolvedExpression & { readonly kind: 'functionConstructor' }, scope: Scope): string {
    const type = resolve(this.typeOf(e));
    const [only] = e.bounds;
    if (e.bounds.length === 1 && only !== undefined) {
      const inner = this.bind(only.pattern, scope);
      const text = this.value(e.body, inner.scope);
      const parameter = only.pattern.kind === 'name' ? usedParameter(inner.pattern, text) : inner.pattern;
      const arrow = `(${parameter}) => ${text.startsWith('{') ? `(${text})` : text}`;
      const range = this.#range(only.set, scope);
      if (type.kind === 'sequence' && range?.startsWith('1, ')) return `rt.makeSequence(${range.slice(3)}, ${arrow})`;
      if (type.kind === 'function' && isSimple(type.argument))
        return `rt.makeMap(${this.#iterated(only.set, scope)}, ${arrow})`;
      return `rt.makeFunction(${this.value(only.set, scope)}, ${arrow})`;
    }
    let inner = scope;
    const patterns = e.bounds.map((bound) => {
      const bound_ = this.bind(bound.pattern, inner);
      inner = bound_.scope;
      return bound_.pattern;
    });
    const sets = e.bounds.map((bound) => this.value(bound.set, scope)).join(', ');
    return `rt.makeFunction(rt.product(${sets}), ([${patterns.join(', ')}]) => (${this.value(e.body, inner)}))`;
  }

  #except(e: ResolvedExcept, scope: Scope): string {
    return e.updates.reduce(
      (base, { path, value }) => this.#update(base, this.typeOf(e.function), path, value, scope),
      this.value(e.function, scope),
    );
  }

  #update(
    base: string,
    type: Type,
    path: readonly ResolvedPathStep[],
    value: ResolvedExpression,
    scope: Scope,
  ): string {
    const [step, ...rest] = path;
    if (step === undefined) {
      const outer = this.#at;
      this.#at = base;
      try {
        return this.value(value, scope);
      } finally {
        this.#at = outer;
      }
    }
    const known = resolve(type);
    if (step.kind === 'field') {
      const field = known.kind === 'record' ? (known.fields.get(step.name) ?? MIXED) : MIXED;
      if (!/^[\w$.]+$/.test(base)) {
        const name = `$${this.fresh('old')}`;
        return `((${name}${this.around.annotate(type)}) => (${this.#update(name, type, path, value, scope)}))(${base})`;
      }
      return `{ ...${base}, ${step.name}: ${this.#update(`${base}.${step.name}`, field, rest, value, scope)} }`;
    }
    const x = this.#argumentOf(step.args, scope);
    const old = `$${this.fresh('old')}`;
    const part = known.kind === 'sequence' ? known.element : known.kind === 'function' ? known.result : MIXED;
    const text = this.#update(old, part, rest, value, scope);
    const arrow = `(${usedParameter(old, text)}) => ${text.startsWith('{') ? `(${text})` : text}`;
    if (known.kind === 'sequence') return `rt.withItem(${base}, ${x}, ${arrow})`;
    if (known.kind === 'function' && isSimple(known.argument)) return `rt.withEntry(${base}, ${x}, ${arrow})`;
    return `rt.except(${base}, ${x}, ${arrow})`;
  }
}

/** The parameter of a callback, left out where its body does not mention it. */
function usedParameter(name: string, body: string): string {
  const mentioned = new RegExp(`(^|[^\\w$.])${name.replaceAll('$', '\\$')}($|[^\\w$])`).test(body);
  return mentioned ? name : '';
}

/** Whether values of the type are keys of a JavaScript Map; a type that nobody restricts has no values. */
export function isSimple(type: Type): boolean {
  return ['int', 'string', 'boolean', 'variable'].includes(resolve(type).kind);
}

function arityOf(symbol: ResolvedSymbol): number {
  if (symbol.kind === 'definition') return symbol.parameters.length;
  return symbol.kind === 'variable' ? 0 : symbol.arity;
}
