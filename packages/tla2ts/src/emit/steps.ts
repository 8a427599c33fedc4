/**
 * Text that yields the states in which an initial predicate is true, or those that an action leads to, as TLC finds them: conjuncts from left to right, every disjunct
 * and every witness on its own; the first `x' = e` on a way gives x its value, a later one is a test.
 */
import { usedDefinitions } from '../analysis/children.js';
import type { Dependence } from '../analysis/dependence.js';
import { strictUses } from '../analysis/strict.js';
import { languageSymbol } from '../names/standard-modules.js';
import type {
  DefinitionSymbol,
  ResolvedApplication,
  ResolvedArgument,
  ResolvedBound,
  ResolvedExpression,
  VariableSymbol,
} from '../names/resolved.js';
import { isSignature } from '../types/infer.js';
import { MIXED, resolve, setType, type Type } from '../types/type.js';
import { Untranslatable } from './errors.js';
import type { ExpressionWriter } from './expression.js';
import { lets } from './lets.js';
import { members } from './loops.js';
import { fieldName, isMentioned } from './names.js';
import { freeName, type Scope, withLocal, withName } from './scope.js';

/** Whose states are yielded: those that a predicate of one state describes, or those after a step. */
export type Mode = 'initial' | 'next';

/** Where the writer stands. */
interface Place {
  readonly scope: Scope;
  /** Definitions of the LETs around that no statement was made for. */
  readonly pending: readonly DefinitionSymbol[];
  /** What the step is called. */
  readonly label: Label | undefined;
}

/** An action, with texts of its arguments. */
export interface Label {
  readonly action: string;
  readonly args: readonly string[];
}

/** What comes after an expression that is true; `small` text may be repeated. */
interface Continuation {
  readonly small: boolean;
  readonly code: (place: Place) => string;
}

/** What the writer has to know of a specification. */
export interface StepSurroundings {
  readonly variables: readonly VariableSymbol[];
  readonly mode: Mode;
  /** Text of a call that yields all states of an action with these arguments, where there is such a function. */
  readonly call: (definition: DefinitionSymbol, args: readonly string[], scope: Scope) => string | undefined;
  /** Text that yields the state in this text. */
  readonly yielded: (state: string, label: Label | undefined) => string;
  /** The type of what the generator gives. */
  readonly result: () => string;
}

/** See the head of the file. */
export class StepWriter {
  #rests = 0;
  #final: Continuation | undefined;

  constructor(
    readonly w: ExpressionWriter,
    readonly around: StepSurroundings,
  ) {}

  /** Statements of a generator. */
  statements(e: ResolvedExpression, scope: Scope, label?: Label): string {
    this.#final = this.#last(e);
    return this.#code(e, { scope: this.#empty(scope), pending: [], label }, this.#final);
  }

  /** No variable of the state to be made has a value. */
  #empty(scope: Scope): Scope {
    const none = { whole: undefined, own: new Map() };
    return this.around.mode === 'initial' ? { ...scope, state: none, next: undefined } : { ...scope, next: none };
  }

  #assigned({ state, next }: Scope): ReadonlyMap<VariableSymbol, string> {
    return (this.around.mode === 'initial' ? state : next)?.own ?? new Map();
  }

  #withAssigned(scope: Scope, own: ReadonlyMap<VariableSymbol, string>): Scope {
    const made = { whole: undefined, own };
    return this.around.mode === 'initial' ? { ...scope, state: made } : { ...scope, next: made };
  }

  #last(e: ResolvedExpression): Continuation {
    return { small: true, code: ({ scope, label }) => this.around.yielded(this.#stateText(scope, e), label) };
  }

  #stateText(scope: Scope, e: ResolvedExpression): string {
    const assigned = this.#assigned(scope);
    const missing = this.around.variables.find((variable) => !assigned.has(variable));
    if (missing !== undefined) {
      throw new Untranslatable('TLA2009', e.span, `it does not say which value \`${missing.name}\` gets`);
    }
    const before = this.around.mode === 'initial' ? undefined : scope.state?.whole;
    const changed = this.around.variables.filter((one) => assigned.get(one) !== `${before}.${fieldName(one.name)}`);
    if (before !== undefined && changed.length === 0) return before;
    const rest = before !== undefined && changed.length < this.around.variables.length ? [`...${before}`] : [];
    return `{ ${[...rest, ...changed.map((one) => `${fieldName(one.name)}: ${assigned.get(one)}`)].join(', ')} }`;
  }

  #dependence(e: ResolvedArgument): Dependence {
    return this.w.around.dependences.of(e);
  }

  /** Whether the expression may give values to variables. */
  #assigns(e: ResolvedArgument): boolean {
    const { state, next } = this.#dependence(e);
    return this.around.mode === 'initial' ? state.size > 0 : next.size > 0;
  }

  #code(e: ResolvedExpression, place: Place, then: Continuation): string {
    const isComplete = this.#assigned(place.scope).size === this.around.variables.length;
    if (isComplete || !this.#assigns(e)) return this.#test(e, place, then);
    switch (e.kind) {
      case 'junction':
        return e.operator === '/\\' ? this.#conjunction(e.items, place, then) : this.#disjunction(e.items, place, then);
      case 'quantifier':
        if (e.quantifier !== '\\E' || e.bounds.length === 0) return this.#test(e, place, then);
        return this.#share(then, place, (k) => this.#exists(e.bounds, e.body, place, k));
      case 'if':
        return this.#share(then, place, (k) => this.#branch(e.condition, place, e.then, e.else, k));
      case 'case':
        return this.#share(then, place, (k) => this.#case(e, 0, place, k));
      case 'let':
        return this.#code(e.body, { ...place, pending: [...place.pending, ...e.definitions] }, then);
      case 'box':
        return this.#share(then, place, (k) =>
          blocks([this.#code(e.action, place, k), this.#unchanged(e.subscript, place, k)]),
        );
      case 'apply':
        return this.#application(e, place, then);
      default:
        return this.#test(e, place, then);
    }
  }

  /** Statements for the pending definitions that an expression needs. */
  #ready(e: ResolvedArgument, place: Place): Place & { readonly statements: string } {
    const used = usedDefinitions(e);
    const now = place.pending.filter((one) => used.has(one));
    const { statements, scope } = lets(this.w, now, strictUses(e), place.scope);
    return { scope, pending: place.pending.filter((one) => !used.has(one)), label: place.label, statements };
  }

  #test(e: ResolvedExpression, place: Place, then: Continuation): string {
    const { statements, ...made } = this.#ready(e, place);
    return `${statements}if (${this.w.test(e, made.scope)}) {\n${then.code(made)}}\n`;
  }

  /** Tests that follow each other are one test. */
  #conjunction(items: readonly ResolvedExpression[], place: Place, then: Continuation): string {
    const [first, ...rest] = items;
    if (first === undefined) return then.code(place);
    const k = items.findIndex((item) => this.#assigns(item));
    const count = k < 0 ? items.length : k;
    if (count > 1) {
      const tests: ResolvedExpression = {
        kind: 'junction',
        operator: '/\\',
        span: first.span,
        level: 0,
        items: items.slice(0, count),
      };
      return this.#test(tests, place, { small: false, code: (at) => this.#conjunction(items.slice(count), at, then) });
    }
    if (rest.length === 0) return this.#code(first, place, then);
    const small = then.small && rest.every(isUnchanged);
    return this.#code(first, place, { small, code: (at) => this.#conjunction(rest, at, then) });
  }

  #disjunction(items: readonly ResolvedExpression[], place: Place, then: Continuation): string {
    return this.#share(then, place, (k) => blocks(items.map((item) => this.#code(item, place, k))));
  }

  #exists(bounds: readonly ResolvedBound[], body: ResolvedExpression, place: Place, then: Continuation): string {
    const [bound, ...others] = bounds;
    if (bound === undefined) return this.#code(body, place, then);
    const { statements, ...made } = this.#ready(bound.set, place);
    const { pattern, scope } = this.w.bind(bound.pattern, made.scope);
    const set = members(this.w, bound, made.scope);
    const inner = this.#exists(others, body, { ...made, scope }, then);
    return `${statements}for (const ${usedPattern(pattern, inner)} of ${set}) {\n${inner}}\n`;
  }

  #branch(
    condition: ResolvedExpression,
    place: Place,
    yes: ResolvedExpression,
    no: ResolvedExpression,
    then: Continuation,
  ): string {
    const { statements, ...made } = this.#ready(condition, place);
    const test = this.w.test(condition, made.scope);
    const [first, second] = [this.#code(yes, made, then), this.#code(no, made, then)];
    return `${statements}if (${test}) {\n${first}} else {\n${second}}\n`;
  }

  #case(e: ResolvedExpression & { readonly kind: 'case' }, i: number, place: Place, then: Continuation): string {
    const arm = e.arms[i];
    if (arm === undefined) {
      return e.other === undefined ? `return ${this.w.noArm(e)};\n` : this.#code(e.other, place, then);
    }
    const { statements, ...made } = this.#ready(arm.condition, place);
    const test = this.w.test(arm.condition, made.scope);
    const yes = this.#code(arm.value, made, then);
    return `${statements}if (${test}) {\n${yes}} else {\n${this.#case(e, i + 1, made, then)}}\n`;
  }

  #application(e: ResolvedApplication, place: Place, then: Continuation): string {
    const { operator, args } = e;
    const [left, right] = args as readonly ResolvedExpression[];
    if (operator.kind === 'definition') return this.#operator(operator, e, place, then);
    if (operator.kind !== 'builtin' || left === undefined) return this.#test(e, place, then);
    if (operator.name === 'UNCHANGED') return this.#unchanged(left, place, then);
    if (right === undefined) return this.#test(e, place, then);
    if (operator.name === '=>' && !this.#assigns(left)) {
      return this.#share(then, place, (k) => {
        const { statements, ...made } = this.#ready(left, place);
        const test = this.w.test(left, made.scope);
        return `${statements}if (${test}) {\n${this.#code(right, made, k)}} else {\n${k.code(made)}}\n`;
      });
    }
    const variable = this.#target(left, place);
    if (variable === undefined) return this.#test(e, place, then);
    if (operator.name === '=') {
      const { statements, ...made } = this.#ready(right, place);
      const text = this.w.value(right, made.scope);
      const value = this.w.adapted(text, this.w.typeOf(right), this.#typeOf(variable), this.w.where(right));
      return statements + this.#assign(variable, value, made, then);
    }
    const isSubset = operator.name === '\\subseteq';
    if (operator.name !== '\\in' && !isSubset) return this.#test(e, place, then);
    return this.#share(then, place, (k) => {
      const { statements, ...made } = this.#ready(right, place);
      const name = freeName(variable.name, made.scope);
      const own = new Map([...this.#assigned(made.scope), [variable, name]]);
      const inner = { ...made, scope: withName(this.#withAssigned(made.scope, own), name) };
      const from = this.w.set(right, made.scope);
      const text = isSubset ? `rt.powerSet(${from})` : from;
      const wanted = setType(this.#typeOf(variable));
      const elements = resolve(this.w.typeOf(right)).kind === 'mixed' ? setType(MIXED) : this.w.typeOf(right);
      const given = isSubset ? setType(elements) : elements;
      const set = this.w.adapted(text, given, wanted, this.w.where(right));
      return `${statements}for (const ${name} of ${set}) {\n${k.code(inner)}}\n`;
    });
  }

  /** The variable that has no value so far on the left of `x' = e`, or of `x = e` in an initial predicate. */
  #target(left: ResolvedExpression, { scope }: Place): VariableSymbol | undefined {
    const plain = this.around.mode === 'initial' ? left : primedIn(left);
    if (plain?.kind !== 'apply' || plain.operator.kind !== 'variable') return undefined;
    return this.#assigned(scope).has(plain.operator) ? undefined : plain.operator;
  }

  #assign(variable: VariableSymbol, value: string, place: Place, then: Continuation): string {
    const isPlain = isPlainText(value) && !isLiteral(value);
    const name = freeName(variable.name, place.scope);
    const own = new Map([...this.#assigned(place.scope), [variable, isPlain ? value : name]]);
    const scope = this.#withAssigned(place.scope, own);
    if (isPlain) return then.code({ ...place, scope });
    const rest = then.code({ ...place, scope: withName(scope, name) });
    // A literal that nothing looks at stands where it goes.
    const uses = rest.split(new RegExp(`(?<![\\w$.'])${name}(?![\\w$:'])`));
    const isYielded = uses.length === 2 && /yield [^\n]*$/.test(uses[0] as string);
    if (isYielded && isLiteral(value)) return uses.join(value);
    return `const ${name}: ${this.#fieldType(variable)} = ${value};\n${rest}`;
  }

  #unchanged(e: ResolvedExpression, place: Place, then: Continuation): string {
    if (e.kind === 'tuple') {
      const [first, ...rest] = e.items;
      if (first === undefined) return then.code(place);
      const others = { ...e, items: rest };
      return this.#unchanged(first, place, {
        small: then.small && rest.length === 0,
        code: (at) => this.#unchanged(others, at, then),
      });
    }
    if (e.kind === 'apply' && e.operator.kind === 'definition' && e.args.length === 0 && isNameOrTuple(e.operator)) {
      return this.#unchanged(e.operator.body, place, then);
    }
    const variable = e.kind === 'apply' && e.operator.kind === 'variable' ? e.operator : undefined;
    if (variable === undefined || this.#assigned(place.scope).has(variable)) {
      const operator = languageSymbol('UNCHANGED');
      const test: ResolvedExpression = {
        kind: 'apply',
        operator,
        operatorSpan: e.span,
        span: e.span,
        level: 2,
        args: [e],
      };
      return this.#test(test, place, then);
    }
    return this.#assign(variable, this.w.value(e, place.scope), place, then);
  }

  /** The operator's body, with names for its arguments. */
  #operator(definition: DefinitionSymbol, e: ResolvedApplication, place: Place, then: Continuation): string {
    if (definition.recursive || definition.parameters.some(({ arity }) => arity > 0)) return this.#test(e, place, then);
    const used = e.args.map((arg) => usedDefinitions(arg));
    const isReady = (one: DefinitionSymbol): boolean => used.some((some) => some.has(one));
    const made = lets(this.w, place.pending.filter(isReady), new Set(), place.scope);
    const args = e.args.map((arg) => this.w.value(arg as ResolvedExpression, made.scope));
    const isLast = then === this.#final;
    if (isLast && this.#assigned(made.scope).size === 0 && definition.place === 'top') {
      const call = this.around.call(definition, args, made.scope);
      if (call !== undefined) return `${made.statements}${call}`;
    }
    let { scope } = made;
    const lines = definition.parameters.map((parameter, i) => {
      const text = args[i] as string;
      if (isPlainText(text)) {
        scope = withLocal(scope, parameter, parameter.name, text);
        return '';
      }
      const name = freeName(parameter.name, scope);
      const isSure = this.w.isSure(e.args[i] as ResolvedArgument) || strictUses(definition.body).has(parameter);
      scope = withLocal(scope, parameter, name, isSure ? name : `${name}()`);
      return `const ${name} = ${isSure ? text : `rt.lazy(() => ${text})`};\n`;
    });
    const pending = place.pending.filter((one) => !isReady(one));
    const label = isLast && definition.place === 'top' ? { action: definition.name, args } : place.label;
    return `${made.statements}${lines.join('')}${this.#code(definition.body, { scope, pending, label }, then)}`;
  }

  /** Where text is needed more than once it becomes a generator inside of the generator. */
  #share(then: Continuation, place: Place, use: (k: Continuation) => string): string {
    if (then.small || this.#uses(use) < 2) return use(then);
    const made = new Map<string, { readonly name: string; readonly text: string }>();
    const outside = this.#assigned(place.scope);
    const k: Continuation = {
      small: true,
      code: ({ scope }) => {
        const own = this.#assigned(scope);
        const given = [...own].filter(([variable]) => !outside.has(variable));
        const passed = given.filter(([, text]) => !isVisible(text));
        const key = given.map(([{ name }, text]) => (isVisible(text) ? `${name}=${text}` : name)).join();
        const known = made.get(key);
        const rest =
          known ??
          this.#rest(
            then,
            place,
            own,
            passed.map(([variable]) => variable),
          );
        made.set(key, rest);
        return `yield* ${rest.name}(${passed.map(([, text]) => text).join(', ')});\n`;
      },
    };
    const text = use(k);
    return `${[...made.values()].map((rest) => rest.text).join('')}${text}`;
  }

  #uses(use: (k: Continuation) => string): number {
    let count = 0;
    use({
      small: true,
      code: () => {
        count += 1;
        return '';
      },
    });
    return count;
  }

  #rest(
    then: Continuation,
    place: Place,
    own: ReadonlyMap<VariableSymbol, string>,
    passed: readonly VariableSymbol[],
  ): { readonly name: string; readonly text: string } {
    this.#rests += 1;
    const name = freeName(this.#rests === 1 ? 'rest' : `rest${this.#rests}`, place.scope);
    let scope = withName(place.scope, name);
    const parameters = passed.map((variable) => {
      const parameter = freeName(variable.name, scope);
      scope = withName(scope, parameter);
      return [variable, parameter] as const;
    });
    const inside = this.#withAssigned(scope, new Map([...own, ...parameters]));
    const body = then.code({ ...place, scope: inside });
    const texts = parameters.map(([variable, parameter]) => `${parameter}: ${this.#fieldType(variable)}`);
    return { name, text: `function* ${name}(${texts.join(', ')}): ${this.around.result()} {\n${body}}\n` };
  }

  #typeOf(variable: VariableSymbol): Type {
    const type = this.w.around.types.symbol(variable);
    return isSignature(type) ? MIXED : type;
  }

  #fieldType({ name }: VariableSymbol): string {
    return `${this.w.around.interfaceName('State')}['${fieldName(name)}']`;
  }
}

/** Text that can stand in several places. */
const isPlainText = (text: string): boolean => /^[\w$.]+$|^"[^"\\]*"$/.test(text);

/** TypeScript takes a comparison of two different literals for a mistake. */
const isLiteral = (text: string): boolean => /^-?\d+$|^"[^"\\]*"$|^(true|false)$/.test(text);

/** Text that means the same in the whole function. */
const isVisible = (text: string): boolean => /^(state|constants)\.\w+$/.test(text);

/** Statements beside each other: names of the one mean nothing in the other. */
function blocks(texts: readonly string[]): string {
  return texts.map((text) => (/^(const|function)/.test(text) ? `{\n${text}}\n` : text)).join('');
}

/** TypeScript wants names that are not used to begin with `_`. */
function usedPattern(pattern: string, body: string): string {
  const names = pattern.replace(/^\[|\]$/g, '').split(', ');
  const used = names.map((name) => (isMentioned(name, body) ? name : `_${name}`));
  return pattern.startsWith('[') ? `[${used.join(', ')}]` : (used[0] as string);
}

/** `UNCHANGED v`, whose text is short. */
function isUnchanged(e: ResolvedExpression): boolean {
  return e.kind === 'apply' && e.operator.kind === 'builtin' && e.operator.name === 'UNCHANGED';
}

/** What is primed. */
function primedIn(e: ResolvedExpression): ResolvedExpression | undefined {
  if (e.kind !== 'apply' || e.operator.kind !== 'builtin' || e.operator.name !== "'") return undefined;
  return e.args[0] as ResolvedExpression;
}

/** Whether a definition is a name for variables. */
function isNameOrTuple({ body, parameters }: DefinitionSymbol): boolean {
  if (parameters.length > 0) return false;
  return body.kind === 'tuple' || (body.kind === 'apply' && body.operator.kind === 'variable');
}
