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
import type { Signature, Types } from '../types/infer.js';
import type { Type } from '../types/type.js';
import { INT, isSimple, MIXED, resolve } from '../types/type.js';
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
  /** The same for a parameter that is an operator. */
  readonly annotateOperator: (signature: Signature) => string;
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
        return `rt.product${this.#typeArgument(elementOf(this.typeOf(e)))}(${this.#sets(e.factors, scope)})`;
      case 'setEnumeration':
        return `rt.setOf(${e.items.map((item) => this.value(item, scope)).join(', ')})`;
      case 'setFilter': {
        const inner = this.bind(e.bound.pattern, scope);
        const set = this.#members(e.bound, scope);
        return `rt.filterSet(${set}, (${inner.pattern}) => ${this.#asResult(this.test(e.predicate, inner.scope))})`;
      }
      case 'setMap':
        return this.#setMap(e.bounds, e.element, scope);
      case 'functionConstructor':
        return this.#functionConstructor(e, scope);
      case 'functionSet': {
        const element = elementOf(this.typeOf(e));
        const make = element.kind === 'function' ? `, rt.${isSimple(element.argument) ? 'mapOf' : 'keyedOf'}` : '';
        return `rt.functionSet${this.#typeArgument(element)}(${this.#sets([e.domain, e.range], scope)}${make})`;
      }
      case 'record':
        return `{ ${e.fields.map(({ name, value }) => `${name}: ${this.value(value, scope)}`).join(', ')} }`;
      case 'recordSet':
        return `rt.recordSet${this.#typeArgument(elementOf(this.typeOf(e)))}({ ${e.fields.map(({ name, value }) => `${name}: ${this.set(value, scope)}`).join(', ')} })`;
      case 'field':
        return resolve(this.typeOf(e.record)).kind === 'record'
          ? `${this.value(e.record, scope)}.${e.field}`
          : `rt.field(${this.value(e.record, scope)}, ${JSON.stringify(e.field)}, ${this.where(e)})`;
      case 'functionApply':
        return this.#applyFunction(e, scope);
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
        const set = this.#members({ pattern: e.pattern, set: e.set }, scope);
        return `rt.choose(${set}, (${inner.pattern}) => ${this.#asResult(this.test(e.body, inner.scope))}, ${this.where(e)})`;
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

  /** Text of a set. */
  set(e: ResolvedExpression, scope: Scope): string {
    const text = this.value(e, scope);
    return resolve(this.typeOf(e)).kind === 'set' ? text : `rt.set(${text}, ${this.where(e)})`;
  }

  #sets(sets: readonly ResolvedExpression[], scope: Scope): string {
    return sets.map((set) => this.set(set, scope)).join(', ');
  }

  /** Text of an array, or of a string. */
  sequence(e: ResolvedExpression, scope: Scope): string {
    const text = this.value(e, scope);
    const { kind } = resolve(this.typeOf(e));
    return kind === 'sequence' || kind === 'tuple' || kind === 'string' ? text : `rt.seq(${text}, ${this.where(e)})`;
  }

  /** The set that identifiers are bound to; for `<<x, y>> \in S` a set of pairs. */
  #members({ pattern, set }: Pick<ResolvedBound, 'pattern' | 'set'>, scope: Scope): string {
    const text = this.set(set, scope);
    if (pattern.kind === 'name') return text;
    const element = elementOf(this.typeOf(set));
    const { length } = pattern.symbols;
    if (element.kind === 'tuple' && element.items.length === length) return text;
    const items = pattern.symbols.map((symbol): Type => {
      const type = this.around.types?.local(symbol) ?? MIXED;
      return 'parameters' in type ? MIXED : type;
    });
    return `rt.tuplesOf${this.#typeArgument({ kind: 'tuple', items })}(${text}, ${length})`;
  }

  /** `<T>`; nothing in JavaScript. */
  #typeArgument(type: Type): string {
    const text = this.around.annotate(type);
    return text === '' ? '' : `<${text.slice(2)}>`;
  }

  /** The text as the result of an arrow function. */
  #asResult(text: string): string {
    return text.startsWith('{') ? `(${text})` : text;
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
    const taken = new Set([...scope.locals.values()].map((text) => text.replace(/\(\)$/, '')));
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
      if (definition.isFunction && definition.recursive) {
        inner = { ...outer, lets: new Map([...outer.lets, [definition, { name: `${name}()`, scope: () => inner }]]) };
        lines.push(`const ${name} = ${this.recursiveFunction(definition, name, inner)};\n`);
        continue;
      }
      const entry = { name: function_ || eager ? name : `${name}()`, scope: () => inner };
      inner = { ...outer, lets: new Map([...outer.lets, [definition, entry]]) };
      const own = inner;
      if (function_) lines.push(`const ${name} = ${this.#localFunction(definition, own)};\n`);
      else if (eager) lines.push(`const ${name} = ${this.value(definition.body, outer)};\n`);
      else lines.push(`const ${name} = rt.lazy(() => ${this.#asResult(this.value(definition.body, own))});\n`);
    }
    return { statements: lines.join(''), scope: inner };
  }

  #letName(definition: DefinitionSymbol, ...scopes: readonly Scope[]): string {
    const taken = new Set(
      scopes.flatMap(({ locals, lets }) => [
        ...[...locals.values()].map((text) => text.replace(/\(\)$/, '')),
        ...[...lets.values()].map(({ name }) => name.replace(/\(\)$/, '')),
      ]),
    );
    let name = this.#identifier(definition.name);
    for (let i = 1; taken.has(name); i++) name = `${this.#identifier(definition.name)}_${i}`;
    return name;
  }

  #localFunction(definition: DefinitionSymbol, scope: Scope): string {
    const result = this.around.types?.signature(definition)?.result;
    const annotation = definition.recursive && result !== undefined ? this.around.annotate(result) : '';
    return this.lambda(definition.parameters, definition.body, scope, true, annotation);
  }

  /** `f[x \in S] == e` where e uses f: a function that gives the value, made when it is needed. */
  recursiveFunction(definition: DefinitionSymbol, name: string, scope: Scope): string {
    const { body } = definition;
    if (body.kind !== 'functionConstructor') throw new Error(`${definition.name} is no function`);
    const type = resolve(this.typeOf(body));
    const [only, ...others] = body.bounds;
    if (only === undefined || others.length > 0 || only.pattern.kind !== 'name') {
      throw new Untranslatable(
        'TLA2008',
        definition.nameSpan,
        `${definition.name} uses itself and has several arguments`,
      );
    }
    const { symbol } = only.pattern;
    const self = `${name}$`;
    const inner = this.bind(only.pattern, scope);
    const selves = new Map([...scope.selves, [definition, self]]);
    const result = this.value(body.body, { ...inner.scope, selves });
    const [argumentType, resultType] = partsOf(type);
    const own = this.around.types?.local(symbol);
    const parameter = own === undefined || 'parameters' in own ? argumentType : own;
    const signature = `(${self}, ${inner.pattern}${this.around.annotate(parameter)})${this.around.annotate(resultType)}`;
    const set = this.set(only.set, scope);
    const make = this.#constructorFor(type);
    const types =
      this.around.annotate(type) === ''
        ? ''
        : `<${this.around.annotate(parameter).slice(2)}, ${this.around.annotate(resultType).slice(2)}>`;
    return `rt.lazy(() => rt.${make}(${set}, rt.makeRecursive${types}(${set}, ${signature} => ${this.#asResult(result)})))`;
  }

  #constructorFor(type: Type): string {
    if (type.kind === 'sequence') return 'makeSequenceOver';
    if (type.kind !== 'function') return 'makeFunction';
    return isSimple(type.argument) ? 'makeMap' : 'makeKeyed';
  }

  /** An arrow function. */
  lambda(
    parameters: readonly LocalSymbol[],
    body: ResolvedExpression,
    scope: Scope,
    annotated = false,
    result = '',
  ): string {
    const bound = parameters.map((parameter) => [parameter, this.localName(parameter, scope)] as const);
    const inner = withLocals(scope, bound);
    const list = bound.map(([symbol, name]) => `${name}${annotated ? this.#annotation(symbol) : ''}`).join(', ');
    return `(${list})${result} => ${this.#arrowBody(body, inner)}`;
  }

  #annotation(symbol: LocalSymbol): string {
    const type = this.around.types?.local(symbol);
    if (type === undefined) return '';
    return 'parameters' in type ? this.around.annotateOperator(type) : this.around.annotate(type);
  }

  #arrowBody(body: ResolvedExpression, scope: Scope): string {
    if (body.kind === 'let') {
      const { statements, scope: inner } = this.lets(body.definitions, body.body, scope);
      return `{ ${statements}return ${this.value(body.body, inner)}; }`;
    }
    return this.#asResult(this.value(body, scope));
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

  #applyFunction(e: ResolvedExpression & { readonly kind: 'functionApply' }, scope: Scope): string {
    const self = e.function.kind === 'apply' ? scope.selves.get(e.function.operator as DefinitionSymbol) : undefined;
    const [only] = e.args;
    if (self !== undefined) return `${self}(${this.#argumentOf(e.args, scope)})`;
    const type = resolve(this.typeOf(e.function));
    const f = this.value(e.function, scope);
    if (type.kind === 'sequence' && e.args.length === 1 && only !== undefined) {
      return `rt.at(${f}, ${this.number(only, scope)}, ${this.where(e)})`;
    }
    if (type.kind === 'tuple' && only?.kind === 'number' && 1n <= only.value && only.value <= type.items.length) {
      return `${f}[${only.value - 1n}]`;
    }
    if (type.kind === 'record' && only?.kind === 'string' && type.fields.has(only.value)) return `${f}.${only.value}`;
    const x = this.#argumentOf(e.args, scope);
    return `rt.${type.kind === 'function' ? 'lookup' : 'apply'}(${f}, ${x}, ${this.where(e)})`;
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
    const range = this.#range(bound.set, scope);
    if (range !== undefined && bound.pattern.kind === 'name' && this.#isSmallRange(bound.set)) {
      this.#small.add(bound.pattern.symbol);
    }
    const test = this.#quantifier(others, quantifier, body, inner.scope, {
      ...e,
      kind: 'boolean',
      value: true,
    } as ResolvedExpression);
    const parameter = bound.pattern.kind === 'name' ? usedParameter(inner.pattern, test) : inner.pattern;
    if (range !== undefined) return `rt.${all ? 'every' : 'some'}Between(${range}, (${parameter}) => ${test})`;
    return `rt.${all ? 'every' : 'some'}(${this.#iterated(bound, scope)}, (${parameter}) => ${test})`;
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

  /** Numbers that are certainly far below 2^53: what is added to them needs no test. */
  isSmall(e: ResolvedExpression): boolean {
    if (e.kind === 'number') return e.value < 2n ** 32n;
    if (e.kind !== 'apply') return false;
    if (e.operator.kind === 'local') return this.#small.has(e.operator);
    if (e.operator.kind !== 'builtin') return false;
    return e.operator.name === 'Len' || e.operator.name === 'Cardinality';
  }

  readonly #small = new Set<LocalSymbol>();

  #isSmallRange(set: ResolvedExpression): boolean {
    if (set.kind !== 'apply' || set.operator.kind !== 'builtin') return false;
    const [low, high] = set.args as readonly ResolvedExpression[];
    if (set.operator.name === 'DOMAIN') return true;
    return low !== undefined && high !== undefined && this.isSmall(low) && this.isSmallSum(high);
  }

  /** A small number, or one of a few of them. */
  isSmallSum(e: ResolvedExpression): boolean {
    if (this.isSmall(e)) return true;
    if (e.kind !== 'apply' || e.operator.kind !== 'builtin' || !['+', '-', '*'].includes(e.operator.name)) return false;
    const [a, b] = e.args as readonly ResolvedExpression[];
    if (e.operator.name === '*') {
      return (
        [a, b].some((part) => part?.kind === 'number' && part.value < 1024n) &&
        [a, b].every((part) => part !== undefined && this.isSmall(part))
      );
    }
    return [a, b].every((part) => part !== undefined && this.isSmall(part));
  }

  /** What a loop goes through: the arguments of a function without making a set of them. */
  #iterated(bound: Pick<ResolvedBound, 'pattern' | 'set'>, scope: Scope): string {
    const { set, pattern } = bound;
    if (
      set.kind === 'apply' &&
      set.operator.kind === 'builtin' &&
      set.operator.name === 'DOMAIN' &&
      pattern.kind === 'name'
    ) {
      const f = set.args[0] as ResolvedExpression;
      if (resolve(this.typeOf(f)).kind === 'function') return `${this.value(f, scope)}.keys()`;
    }
    return this.#members(bound, scope);
  }

  #setMap(bounds: readonly ResolvedBound[], element: ResolvedExpression, scope: Scope): string {
    const [bound, ...others] = bounds;
    if (bound === undefined) return this.value(element, scope);
    const inner = this.bind(bound.pattern, scope);
    const set = this.#iterated(bound, scope);
    const text = others.length === 0 ? this.value(element, inner.scope) : this.#setMap(others, element, inner.scope);
    const parameter = bound.pattern.kind === 'name' ? usedParameter(inner.pattern, text) : inner.pattern;
    const mapped = `rt.mapSet(${set}, (${parameter}) => ${this.#asResult(text)})`;
    return others.length === 0 ? mapped : `rt.bigUnion(${mapped})`;
  }

  #functionConstructor(e: ResolvedExpression & { readonly kind: 'functionConstructor' }, scope: Scope): string {
    const type = resolve(this.typeOf(e));
    const [only] = e.bounds;
    // Arguments of no type: there are none.
    const isEmpty = only?.set.kind === 'setEnumeration' && only.set.items.length === 0;
    const make = isEmpty ? 'makeMap' : this.#constructorFor(type);
    if (e.bounds.length > 1 || only === undefined) {
      let inner = scope;
      const patterns = e.bounds.map(({ pattern }) => {
        const bound = this.bind(pattern, inner);
        inner = bound.scope;
        return bound.pattern;
      });
      const items = e.bounds.map(({ set }) => elementOf(this.typeOf(set)));
      const product = `rt.product${this.#typeArgument({ kind: 'tuple', items })}(${e.bounds.map((bound) => this.#members(bound, scope)).join(', ')})`;
      return `rt.${make}(${product}, ([${patterns.join(', ')}]) => ${this.#asResult(this.value(e.body, inner))})`;
    }
    const inner = this.bind(only.pattern, scope);
    const range = this.#range(only.set, scope);
    if (range !== undefined && only.pattern.kind === 'name' && this.#isSmallRange(only.set)) {
      this.#small.add(only.pattern.symbol);
    }
    const text = this.value(e.body, inner.scope);
    const parameter = only.pattern.kind === 'name' ? usedParameter(inner.pattern, text) : inner.pattern;
    const arrow = `(${parameter}) => ${this.#asResult(text)}`;
    if (type.kind === 'sequence' && range?.startsWith('1, ')) return `rt.makeSequence(${range.slice(3)}, ${arrow})`;
    return `rt.${make}(${this.#iterated(only, scope)}, ${arrow})`;
  }

  #except(e: ResolvedExcept, scope: Scope): string {
    const base = this.value(e.function, scope);
    const type = resolve(this.typeOf(e.function));
    const fields = e.updates.map(({ path: [step, ...rest] }) =>
      rest.length === 0 && step !== undefined ? fieldOf(step) : undefined,
    );
    // Different fields of one record: nothing that is written is read again.
    if (
      type.kind === 'record' &&
      !fields.includes(undefined) &&
      new Set(fields).size === fields.length &&
      isName(base)
    ) {
      const texts = e.updates.map(({ value }, i) => {
        const field = fields[i] as string;
        return `${field}: ${this.#withAt(`${base}.${field}`, value, scope)}`;
      });
      return `{ ...${base}, ${texts.join(', ')} }`;
    }
    return e.updates.reduce((text, { path, value }) => this.#update(text, type, path, value, scope), base);
  }

  /** Text of an expression with what `@` stands for. */
  #withAt(at: string, e: ResolvedExpression, scope: Scope): string {
    const outer = this.#at;
    this.#at = at;
    try {
      return this.value(e, scope);
    } finally {
      this.#at = outer;
    }
  }

  #update(
    base: string,
    type: Type,
    path: readonly ResolvedPathStep[],
    value: ResolvedExpression,
    scope: Scope,
  ): string {
    const [step, ...rest] = path;
    if (step === undefined) return this.#withAt(base, value, scope);
    const known = resolve(type);
    const name = fieldOf(step);
    if (known.kind === 'record' && name !== undefined) {
      const field = known.fields.get(name) ?? MIXED;
      if (!isName(base)) {
        const old = `$${this.fresh('old')}`;
        return `((${old}${this.around.annotate(type)}) => (${this.#update(old, type, path, value, scope)}))(${base})`;
      }
      return `{ ...${base}, ${name}: ${this.#update(`${base}.${name}`, field, rest, value, scope)} }`;
    }
    const old = `$${this.fresh('old')}`;
    const [, part] = partsOf(known);
    const text = this.#update(old, part, rest, value, scope);
    const arrow = `(${usedParameter(old, text)}) => ${this.#asResult(text)}`;
    if (known.kind === 'sequence' && step.kind === 'index' && step.args.length === 1) {
      return `rt.withItem(${base}, ${this.number(step.args[0] as ResolvedExpression, scope)}, ${arrow})`;
    }
    const x = step.kind === 'field' ? JSON.stringify(step.name) : this.#argumentOf(step.args, scope);
    if (known.kind !== 'function') return `rt.except(${base}, ${x}, ${arrow}, ${this.where(step)})`;
    return `rt.${isSimple(known.argument) ? 'withEntry' : 'withResult'}(${base}, ${x}, ${arrow})`;
  }
}

const isName = (text: string): boolean => /^[\w$.]+$/.test(text);

/** The field that a step of a path leads to. */
function fieldOf(step: ResolvedPathStep): string | undefined {
  if (step.kind === 'field') return step.name;
  const [only] = step.args;
  return step.args.length === 1 && only?.kind === 'string' ? only.value : undefined;
}

/** The type of the elements of a set. */
function elementOf(set: Type): Type {
  const known = resolve(set);
  return known.kind === 'set' ? resolve(known.element) : MIXED;
}

/** The types of a function's argument and result. */
function partsOf(type: Type): readonly [argument: Type, result: Type] {
  if (type.kind === 'sequence') return [INT, type.element];
  return type.kind === 'function' ? [type.argument, type.result] : [MIXED, MIXED];
}

/** The parameter of a callback, left out where its body does not mention it. */
function usedParameter(name: string, body: string): string {
  const mentioned = new RegExp(`(^|[^\\w$.])${name.replaceAll('$', '\\$')}($|[^\\w$])`).test(body);
  return mentioned ? name : '';
}

function arityOf(symbol: ResolvedSymbol): number {
  if (symbol.kind === 'definition') return symbol.parameters.length;
  return symbol.kind === 'variable' ? 0 : symbol.arity;
}
