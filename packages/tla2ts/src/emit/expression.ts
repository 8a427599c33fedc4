/** Text of expressions: what a person would write for values of the types that were inferred. */
import { isBoolean } from '../analysis/boolean.js';
import { arityOf } from '../analysis/children.js';
import { type Dependences, isOpenChoice } from '../analysis/dependence.js';
import type { Late } from '../analysis/late.js';
import { isTotal, type Known } from '../analysis/total.js';
import type {
  DefinitionSymbol,
  LocalSymbol,
  ResolvedApplication,
  ResolvedArgument,
  ResolvedBound,
  ResolvedExpression,
  ResolvedPattern,
  ResolvedSymbol,
} from '../names/resolved.js';
import type { Signature, Types } from '../types/infer.js';
import { BOOL, isSimple, MIXED, parts, resolve, type Type, typeText, variablesIn } from '../types/type.js';
import { builtin } from './builtins.js';
import { Untranslatable } from './errors.js';
import { except } from './except.js';
import { contextArguments, unchanged, variableText } from './context.js';
import { callback, filtered, functionConstructor, members, quantifier, setMap } from './loops.js';
import { fieldName, parameterIn } from './names.js';
import { CONSTANTS, freeName, type Scope, withLocal } from './scope.js';
import type { SharedUse, SharedValue } from './shared.js';
import { arrowBody, bodyStatements } from './statements.js';

export type InterfaceName = 'Constants' | 'State' | 'Step';

/** What the text around the expressions decides. */
export interface Surroundings {
  readonly types: Types;
  readonly late: Late;
  /** LET definitions that are evaluated at most once. */
  readonly once: ReadonlySet<DefinitionSymbol>;
  readonly dependences: Dependences;
  /** Text of a definition's name. `late`: of the form that takes functions. */
  readonly definition: (definition: DefinitionSymbol, late: boolean) => string;
  /** Whether the name of a definition without parameters stands for its value, not for a function that computes it. */
  readonly isValue: (definition: DefinitionSymbol) => boolean;
  /** Text of the name of the interface of the constants, or of that of states. */
  readonly interfaceName: (name: InterfaceName) => string;
  /** Text that compares two values of one type that is known; undefined: the values have to be looked at. */
  readonly compared: (left: Type, right: Type, texts: readonly [string, string]) => string | undefined;
  /** Text of the name of a function that copies records of a type and changes fields; undefined: there is none. */
  readonly copy: (type: Type) => string | undefined;
  /** Text of `ENABLED e`. */
  readonly enabled: (e: ResolvedExpression, scope: Scope) => string;
  /** Text of a type annotation, with its colon. */
  readonly annotate: (type: Type) => string;
  /** The same for a parameter that is an operator. */
  readonly annotateOperator: (signature: Signature, late: readonly boolean[]) => string;
}

/** What an object computes. */
export interface Elsewhere {
  /** The object's name. */
  readonly subject: string;
  readonly uses: ReadonlyMap<ResolvedExpression, SharedUse>;
  /** What is known of parameters from where else the object is used. */
  readonly types: ReadonlyMap<LocalSymbol, Type>;
}

/** An argument: its value, and whether computing it early could be noticed. */
interface Given {
  readonly text: string;
  readonly total: boolean;
}

const NUMERIC = new Set(['+', '-', '*', '^', '%', '\\div', '-.', 'Len', 'Cardinality']);
/** Operators on numbers, which may be handed over to others. */
const NUMBERS = new Set(['+', '-', '*', '^', '%', '\\div', '<', '>', '<=', '>=', '-.', '..']);

/** See the head of the file. */
export class ExpressionWriter {
  /** Identifiers that stand for numbers far below 2^53. */
  readonly small = new Set<LocalSymbol>();
  /** What is known in the function at hand. */
  known: Known;
  #elsewhere: Elsewhere | undefined;

  constructor(readonly around: Surroundings) {
    this.known = around.late;
  }

  /** The same operator has two functions where it is called with arguments that may have no value: here its parameters are values. */
  withValues<T>(parameters: readonly LocalSymbol[], write: () => T): T {
    const late = new Set([...this.around.late.late].filter((local) => !parameters.includes(local)));
    this.known = { ...this.around.late, late };
    const result = write();
    this.known = this.around.late;
    return result;
  }

  /** Some values are computed elsewhere. */
  withShared<T>(elsewhere: Elsewhere, write: () => T): T {
    this.#elsewhere = elsewhere;
    const result = write();
    this.#elsewhere = undefined;
    return result;
  }

  /** What stands for the value of an expression that is computed elsewhere. */
  sharedUse(e: ResolvedExpression): SharedUse | undefined {
    return this.#elsewhere?.uses.get(e);
  }

  /** Text of a value that is computed elsewhere. */
  sharedText({ name }: SharedValue): string {
    return `${this.#elsewhere?.subject}.${name}`;
  }

  #shared(e: ResolvedExpression, scope: Scope): string | undefined {
    const use = this.sharedUse(e);
    switch (use?.kind) {
      case undefined:
        return undefined;
      case 'value':
        return this.sharedText(use.value);
      case 'row':
        return `${this.sharedText(use.row)}(${scope.locals.get(use.index)})`;
      case 'choice': {
        const no = use.no === undefined ? '[]' : this.sharedText(use.no);
        return `(${this.test(use.condition, scope)} ? ${this.sharedText(use.yes)} : ${no})`;
      }
    }
  }

  /** Text that is safe as an operand of anything. */
  value(e: ResolvedExpression, scope: Scope): string {
    return this.#shared(e, scope) ?? this.own(e, scope);
  }

  /** The same, computed here in any case. */
  own(e: ResolvedExpression, scope: Scope): string {
    const values = (list: readonly ResolvedExpression[]): string =>
      list.map((item) => this.value(item, scope)).join(', ');
    const sets = (list: readonly ResolvedExpression[]): string => list.map((item) => this.set(item, scope)).join(', ');
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
        return `[${values(e.items)}]`;
      case 'product':
        return `rt.product${elementOf(this.typeOf(e)).kind === 'mixed' ? '<readonly unknown[]>' : this.typeArgument(elementOf(this.typeOf(e)))}(${sets(e.factors)})`;
      case 'setEnumeration':
        return `rt.setOf${e.items.length === 0 ? '' : this.#elements(elementOf(this.typeOf(e)))}(${values(e.items)})`;
      case 'setFilter': {
        const listed = filtered(this, e, scope);
        if (listed !== undefined) return `rt.setFrom(${listed})`;
        const inner = this.bind(e.bound.pattern, scope);
        const test = this.body(e.predicate, inner.scope, true);
        return `rt.filterSet(${members(this, e.bound, scope)}, ${callback(e.bound, inner.pattern, test)})`;
      }
      case 'setMap':
        return setMap(this, e.bounds, e.element, scope);
      case 'functionConstructor':
        return functionConstructor(this, e, scope);
      case 'functionSet': {
        const element = elementOf(this.typeOf(e));
        const make = element.kind === 'function' ? `, rt.${isSimple(element.argument) ? 'mapOf' : 'keyedOf'}` : '';
        return `rt.functionSet${this.typeArgument(element)}(${sets([e.domain, e.range])}${make})`;
      }
      case 'record':
        return `{ ${e.fields.map(({ name, value }) => `${name}: ${this.value(value, scope)}`).join(', ')} }`;
      case 'recordSet': {
        const fields = e.fields.map(({ name, value }) => `${name}: ${this.set(value, scope)}`);
        return `rt.recordSet${this.typeArgument(elementOf(this.typeOf(e)))}({ ${fields.join(', ')} })`;
      }
      case 'field':
        return this.#field(e.record, e.field, e, scope);
      case 'functionApply':
        return this.#applyFunction(e, scope);
      case 'at':
        return scope.at as string;
      case 'except':
        return except(this, e, scope);
      case 'if':
        return `(${this.test(e.condition, scope)} ? ${this.value(e.then, scope)} : ${this.value(e.else, scope)})`;
      case 'case':
        return e.arms.reduceRight(
          (rest, { condition, value }) => `(${this.test(condition, scope)} ? ${this.value(value, scope)} : ${rest})`,
          e.other === undefined ? this.noArm(e) : this.value(e.other, scope),
        );
      case 'let':
        return `(() => { ${bodyStatements(this, e, scope)} })()`;
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
        const set = members(this, { pattern: e.pattern, set: e.set }, scope);
        const test = callback(e, inner.pattern, this.body(e.body, inner.scope, true));
        return `rt.choose(${set}, ${test}, ${this.where(e)})`;
      }
      case 'quantifier':
        return quantifier(this, e, scope);
      case 'box':
        return `(${this.test(e.action, scope)} || ${this.unchanged(e.subscript, scope)})`;
      case 'angle':
        return `(${this.test(e.action, scope)} && !${this.unchanged(e.subscript, scope)})`;
      case 'fairness':
        throw new Untranslatable('TLA2004', e.span, 'a formula about behaviours is no value');
    }
  }

  /** Text of a Boolean. */
  test(e: ResolvedExpression, scope: Scope): string {
    const text = this.value(e, scope);
    const isKnown = (part: ResolvedExpression): boolean => resolve(this.typeOf(part)).kind === 'boolean';
    return isBoolean(e, isKnown) ? text : `rt.bool(${text}, ${this.where(e)})`;
  }

  /** What stands after the arrow of a callback: an expression, or statements in braces. */
  body(e: ResolvedExpression, scope: Scope, isTest: boolean): string {
    return arrowBody(this, e, scope, isTest);
  }

  /** Text of `UNCHANGED e`. */
  unchanged(e: ResolvedExpression, scope: Scope): string {
    return unchanged(this, e, scope);
  }

  /** Text of a set. */
  set(e: ResolvedExpression, scope: Scope): string {
    const text = this.value(e, scope);
    return resolve(this.typeOf(e)).kind === 'set' ? text : `rt.set(${text}, ${this.where(e)})`;
  }

  /** Text of an array, or of a string. */
  sequence(e: ResolvedExpression, scope: Scope): string {
    const text = this.value(e, scope);
    const { kind } = resolve(this.typeOf(e));
    return kind === 'sequence' || kind === 'tuple' || kind === 'string' ? text : `rt.seq(${text}, ${this.where(e)})`;
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

  /** Text of a value of one type where one of another is needed: what may be anything is looked at. */
  looked(text: string, from: Type, to: Type, where: string): string {
    if (resolve(from).kind !== 'mixed') return text;
    const { kind } = resolve(to);
    if (kind === 'mixed' || kind === 'variable') return text;
    const looks: Readonly<Record<string, string>> = { int: 'int', boolean: 'bool', string: 'str' };
    const look = looks[kind];
    if (look !== undefined) return `rt.${look}(${text}, ${where})`;
    return `(${text} as ${this.around.annotate(to).slice(2)})`;
  }

  /** `<T>`. */
  typeArgument(type: Type): string {
    return `<${this.around.annotate(type).slice(2)}>`;
  }

  /** The type of a callback's result where TypeScript would take a tuple for an array. */
  resultType(body: ResolvedExpression): string {
    const type = this.typeOf(body);
    return resolve(type).kind === 'tuple' ? this.around.annotate(type) : '';
  }

  /** The same for the elements that a set or sequence is made of. */
  #elements(element: Type): string {
    return resolve(element).kind === 'tuple' ? this.typeArgument(element) : '';
  }

  /** Text of a value that becomes that of a variable or constant: what may be anything is taken for one of its type. */
  adapted(text: string, from: Type, to: Type, where: string): string {
    if (resolve(from).kind === 'mixed') return this.looked(text, from, to, where);
    const [given, wanted] = [typeText(from), typeText(to)];
    const isOne = given === wanted || !given.includes('mixed') || wanted === 'mixed';
    return isOne ? text : `(${text} as ${this.around.annotate(to).slice(2)})`;
  }

  /** The place of an expression, as text of a string. */
  where({ span }: { readonly span: ResolvedExpression['span'] }): string {
    return JSON.stringify(`${span.file.split('/').at(-1)}:${span.line}:${span.column}`);
  }

  /** Text for a CASE without OTHER when no arm is true. */
  noArm(e: ResolvedExpression): string {
    return `rt.fail("case", "no arm of CASE is true", ${this.where(e)})`;
  }

  typeOf(e: ResolvedExpression): Type {
    if (e.kind === 'boolean') return BOOL;
    const own = e.kind === 'apply' ? this.#elsewhere?.types.get(e.operator as LocalSymbol) : undefined;
    if (own !== undefined) return own;
    return this.around.types.of(e);
  }

  /** A pattern of parameters, and the scope in which its identifiers are known. */
  bind(pattern: ResolvedPattern, scope: Scope): { readonly pattern: string; readonly scope: Scope } {
    const symbols = pattern.kind === 'name' ? [pattern.symbol] : pattern.symbols;
    let inner = scope;
    const names = symbols.map((symbol) => {
      const name = freeName(symbol.name, inner);
      inner = withLocal(inner, symbol, name, name);
      return name;
    });
    const text = names.join(', ');
    return { pattern: pattern.kind === 'name' ? text : `[${text}]`, scope: inner };
  }

  /** Parameters of an operator with their types, and the scope of its body. `late`: which of them are functions. */
  parameters(
    parameters: readonly LocalSymbol[],
    scope: Scope,
    late: readonly boolean[],
  ): { readonly texts: readonly string[]; readonly names: readonly string[]; readonly scope: Scope } {
    let inner = scope;
    const names = parameters.map((symbol, i) => {
      const name = freeName(symbol.name, inner);
      inner = withLocal(inner, symbol, name, late[i] === true ? `${name}()` : name);
      return name;
    });
    const texts = parameters.map((symbol, i) => {
      const type = this.around.types.local(symbol);
      if ('parameters' in type) {
        return `${names[i]}${this.around.annotateOperator(type, this.around.late.of(symbol))}`;
      }
      const annotation = this.around.annotate(type);
      return `${names[i]}${late[i] === true ? `: () => ${annotation.slice(2)}` : annotation}`;
    });
    return { texts, names, scope: inner };
  }

  /** An argument that is an operator, for a parameter some of whose own parameters may be functions. */
  operator(
    argument: ResolvedArgument,
    scope: Scope,
    late: readonly boolean[],
    expected?: Signature | undefined,
  ): string {
    if (argument.kind === 'lambda') {
      const { names, scope: plain } = this.parameters(argument.parameters, scope, late);
      const inner = this.#lookedParameters(argument.parameters, plain, expected, argument);
      const body = this.body(argument.body, inner, false);
      return `(${names.map((name) => parameterIn(name, body)).join(', ')}) => ${body}`;
    }
    if (argument.kind !== 'operator') return this.value(argument, scope);
    const { operator, leading } = argument;
    const handed = operator.kind === 'local' && leading.length === 0 ? scope.locals.get(operator) : undefined;
    // A parameter that takes its arguments in the same way is handed on as it is.
    const taken = operator.kind === 'local' ? this.around.late.of(operator) : [];
    if (handed !== undefined && taken.every((isLate, i) => isLate === (late[i] === true))) return handed;
    const count = arityOf(operator) - leading.length;
    const names = Array.from({ length: count }, (_, i) => freeName(`a${i}`, scope));
    const where = this.where(argument);
    const own = names.map((name, i): Given => {
      const value = late[i] === true ? `${name}()` : name;
      const wanted = operator.kind === 'definition' ? operator.parameters[leading.length + i] : undefined;
      const type = wanted === undefined ? MIXED : this.around.types.local(wanted);
      const given = expected?.parameters[i];
      const hasType = given !== undefined && !('parameters' in given) && !('parameters' in type);
      if (operator.kind === 'builtin' && NUMBERS.has(operator.name)) {
        const isNumber = hasType && resolve(given).kind === 'int';
        return { text: isNumber ? value : `rt.int(${value}, ${where})`, total: late[i] !== true };
      }
      return { text: hasType ? this.looked(value, given, type, where) : value, total: late[i] !== true };
    });
    return `(${names.join(', ')}) => ${this.#call(operator, [...this.#given(operator, leading, scope), ...own], scope, argument)}`;
  }

  #applyFunction(e: ResolvedExpression & { readonly kind: 'functionApply' }, scope: Scope): string {
    const self = e.function.kind === 'apply' ? scope.selves.get(e.function.operator as DefinitionSymbol) : undefined;
    const [only] = e.args;
    if (self !== undefined) return `${self}(${this.argumentOf(e.args, scope)})`;
    const type = resolve(this.typeOf(e.function));
    const f = this.value(e.function, scope);
    if (type.kind === 'sequence' && e.args.length === 1 && only !== undefined) {
      const index = this.number(only, scope);
      return isTotal(e, this.known) ? `rt.at(${f}, ${index})` : `rt.at(${f}, ${index}, ${this.where(e)})`;
    }
    if (type.kind === 'tuple' && only?.kind === 'number' && 1n <= only.value && only.value <= type.items.length) {
      return `${operand(f)}[${only.value - 1n}]`;
    }
    if (
      only?.kind === 'string' &&
      (type.kind === 'variants' || (type.kind === 'record' && type.fields.has(only.value)))
    ) {
      return this.#field(e.function, only.value, e, scope);
    }
    const plain = this.argumentOf(e.args, scope);
    const isOne = type.kind === 'function' && e.args.length === 1 && only !== undefined;
    const x = isOne ? this.looked(plain, this.typeOf(only), type.argument, this.where(e)) : plain;
    const where = type.kind === 'function' && isTotal(e, this.known) ? '' : `, ${this.where(e)}`;
    return `rt.${type.kind === 'function' ? 'lookup' : 'apply'}(${f}, ${x}${where})`;
  }

  /** `r.name`; where not all records of the type have the field, the code looks. */
  #field(record: ResolvedExpression, name: string, e: ResolvedExpression, scope: Scope): string {
    const type = resolve(this.typeOf(record));
    const text = this.value(record, scope);
    if (type.kind === 'record') return `${operand(text)}.${name}`;
    const inAll = type.kind === 'variants' && type.shapes.every((shape) => shape.includes(name));
    if (inAll) return `${operand(text)}.${name}`;
    const looked = `rt.field(${text}, ${JSON.stringify(name)}, ${this.where(e)})`;
    const field = type.kind === 'variants' ? type.fields.get(name) : undefined;
    return field === undefined ? looked : this.looked(looked, MIXED, field, this.where(e));
  }

  /** The argument of a function; several are a tuple. */
  argumentOf(args: readonly ResolvedExpression[], scope: Scope): string {
    const texts = args.map((arg) => this.value(arg, scope));
    return texts.length === 1 ? (texts[0] as string) : `[${texts.join(', ')}]`;
  }

  #apply(e: ResolvedApplication, scope: Scope): string {
    const { operator } = e;
    if (operator.kind === 'builtin') return builtin(this, e, scope);
    const text = this.#call(operator, this.#given(operator, e.args, scope), scope, e);
    if (operator.kind !== 'definition' || operator.parameters.length === 0) return text;
    // A function of arguments of any type is a Map where they are simple.
    const result = this.around.types.signature(operator)?.result;
    const wanted = this.around.annotate(this.typeOf(e)).slice(2);
    const isMap = result !== undefined && hasOpenFunction(result) && !wanted.includes('rt.FunctionLike<');
    return isMap ? `(${text} as ${wanted})` : text;
  }

  #given(operator: ResolvedSymbol, args: readonly ResolvedArgument[], scope: Scope): readonly Given[] {
    const { late } = this.around;
    return args.map((arg, i) => {
      const parameter = operator.kind === 'definition' ? operator.parameters[i] : undefined;
      const type = parameter && this.around.types.local(parameter);
      const expected = type !== undefined && 'parameters' in type ? type : undefined;
      const plain = this.operator(arg, scope, parameter === undefined ? [] : late.of(parameter), expected);
      return { text: this.#passed(plain, arg, type), total: this.isSure(arg) };
    });
  }

  /** Whether computing an argument before the call cannot be noticed. */
  isSure(argument: ResolvedArgument): boolean {
    return this.around.late.isSure(argument) || isTotal(argument, this.known);
  }

  /** Whether computing the arguments before the call cannot be noticed. */
  takesValues(definition: DefinitionSymbol, args: readonly ResolvedArgument[]): boolean {
    return this.around.late.of(definition).every((isLate, i) => !isLate || this.isSure(args[i] as ResolvedArgument));
  }

  /** The scope in which parameters that are given values of any type are looked at. */
  #lookedParameters(
    parameters: readonly LocalSymbol[],
    scope: Scope,
    expected: Signature | undefined,
    where: { readonly span: ResolvedExpression['span'] },
  ): Scope {
    const locals = new Map(scope.locals);
    parameters.forEach((parameter, i) => {
      const [given, type] = [expected?.parameters[i], this.around.types.local(parameter)];
      const text = locals.get(parameter);
      if (given === undefined || text === undefined || 'parameters' in given || 'parameters' in type) return;
      if (isSimple(type)) locals.set(parameter, this.looked(text, given, type, this.where(where)));
    });
    return { ...scope, locals };
  }

  /** Arguments of a tail call of the operator itself, all of them values. */
  values(definition: DefinitionSymbol, args: readonly ResolvedArgument[], scope: Scope): readonly string[] {
    return args.map((arg, i) => {
      const parameter = definition.parameters[i];
      const late = parameter === undefined || parameter.arity === 0 ? [] : this.around.late.of(parameter);
      return this.#passed(this.operator(arg, scope, late), arg, parameter && this.around.types.local(parameter));
    });
  }

  /** An argument for a parameter: what may be anything, or has such parts, is taken for what the parameter is. */
  #passed(text: string, arg: ResolvedArgument, type: Type | Signature | undefined): string {
    if (type === undefined || 'parameters' in type || !isValue(arg)) return text;
    const from = this.typeOf(arg);
    if (isSimple(type)) return this.looked(text, from, type, this.where(arg));
    const { kind } = resolve(type);
    const look = kind === 'set' ? 'set' : kind === 'sequence' ? 'seq' : undefined;
    if (resolve(from).kind === 'mixed' && look !== undefined) return `rt.${look}(${text}, ${this.where(arg)})`;
    return variablesIn(type).length === 0 ? this.adapted(text, from, type, this.where(arg)) : text;
  }

  #call(
    operator: ResolvedSymbol,
    args: readonly Given[],
    scope: Scope,
    e: { readonly span: ResolvedExpression['span'] },
  ): string {
    const list = (late: readonly boolean[]): string => {
      const texts = args.map(({ text }, i) => (late[i] === true ? thunk(text) : text));
      return texts.length === 0 ? '' : `(${texts.join(', ')})`;
    };
    const { late } = this.around;
    switch (operator.kind) {
      case 'variable':
        return variableText(operator, scope, e.span);
      case 'constant':
        return `${CONSTANTS}.${fieldName(operator.name)}${list([])}`;
      case 'local': {
        const name = scope.locals.get(operator);
        if (name === undefined) throw new Error(`no text for ${operator.name} at ${this.where(e)}`);
        return `${name}${list(late.of(operator))}`;
      }
      case 'definition': {
        if (isOpenChoice(operator)) return `${CONSTANTS}.${fieldName(operator.name)}`;
        const own = late.of(operator);
        const local = scope.lets.get(operator);
        if (local !== undefined) return `${local}${list(own)}`;
        const isLate = own.some((late_, i) => late_ && args[i]?.total === false);
        const name = this.around.definition(operator, isLate);
        if (this.around.isValue(operator)) return name;
        const context = contextArguments(this, this.around.dependences.ofDefinition(operator), scope, e.span);
        const texts = args.map(({ text }, i) => (isLate && own[i] === true ? thunk(text) : text));
        return `${name}(${[...context, ...texts].join(', ')})`;
      }
      case 'builtin':
        return builtin(
          this,
          { kind: 'apply', operator, args: [], span: e.span, operatorSpan: e.span, level: 0 },
          scope,
          args.map(({ text }) => text),
        );
    }
  }

  /** What a set's elements are called in a set of them. */
  elementType(set: ResolvedBound['set']): Type {
    return elementOf(this.typeOf(set));
  }
}

/** A function that gives the value when it is asked for, computed once. */
function thunk(text: string): string {
  if (/^[\w$]+\(\)$/.test(text)) return text.slice(0, -2);
  if (/^[\w$.]+$|^"[^"]*"$/.test(text)) return `() => ${text}`;
  return `rt.lazy(() => ${text.startsWith('{') ? `(${text})` : text})`;
}

/** Whether a type has functions in it whose arguments may be of any type. */
function hasOpenFunction(type: Type): boolean {
  const known = resolve(type);
  if (known.kind === 'function' && resolve(known.argument).kind === 'variable') return true;
  return parts(known).some(hasOpenFunction);
}

const isValue = (argument: ResolvedArgument): argument is ResolvedExpression =>
  argument.kind !== 'operator' && argument.kind !== 'lambda';

/** The text in front of a `.` or `[`. */
function operand(text: string): string {
  return text.startsWith('{') || text.startsWith('(') ? `(${text})` : text;
}

/** The type of the elements of a set. */
function elementOf(set: Type): Type {
  const known = resolve(set);
  return known.kind === 'set' ? resolve(known.element) : MIXED;
}
