/**
 * Bodies of functions as statements: IF and CASE as `if`, LET as `const`, as late as it can be, so that what is not needed
 * is not computed; a last call of itself as the next round of a loop.
 */
import { usedDefinitions } from '../analysis/children.js';
import { strictUses } from '../analysis/strict.js';
import type {
  DefinitionSymbol,
  ResolvedApplication,
  ResolvedCase,
  ResolvedExpression,
  ResolvedFunctionConstructor,
  ResolvedIf,
  ResolvedJunction,
  ResolvedQuantifier,
} from '../names/resolved.js';
import { exceptOf, needsName } from './except.js';
import { hoistedDefinitions } from '../analysis/hoisted.js';
import type { ExpressionWriter } from './expression.js';
import { lets } from './lets.js';
import { loopOver } from './loop-statements.js';
import { freeName, type Scope, withName } from './scope.js';
import { resolve } from '../types/type.js';

/** The longest `return` that is written in one piece; in columns. */
const SHORT = 90;
/** The longest result that is written twice rather than that a name is computed late. */
const TINY = 60;

/** An operator whose last calls of itself are the next round of a loop. */
export interface Loop {
  readonly definition: DefinitionSymbol;
  /** Names of its parameters. */
  readonly parameters: readonly string[];
  /** Set when some call has become the next round: one whose arguments may have no value does not. */
  goesRound: boolean;
}

/** Statements that end with `return`. `isTest`: the result is made sure to be a Boolean. */
export function bodyStatements(
  w: ExpressionWriter,
  e: ResolvedExpression,
  scope: Scope,
  isTest = false,
  loop?: Loop,
): string {
  return new Statements(w, isTest, loop).of(e, { scope, pending: [], isLast: true });
}

/** What stands after the arrow of a function. */
export function arrowBody(w: ExpressionWriter, e: ResolvedExpression, scope: Scope, isTest: boolean): string {
  if (wantsStatements(e)) return `{ ${bodyStatements(w, e, scope, isTest)}}`;
  const text = isTest ? w.test(e, scope) : w.value(e, scope);
  return text.startsWith('{') ? `(${text})` : text;
}

/** Whether the expression reads better as statements. */
function wantsStatements(e: ResolvedExpression | undefined): boolean {
  if (e === undefined) return false;
  const wants = wantsStatements;
  switch (e.kind) {
    case 'let':
      return true;
    case 'if':
      return [e.then, e.else].some((part) => isChoice(part) || wants(part));
    case 'case':
      return e.arms.length > 1 || [...e.arms.map(({ value }) => value), e.other].some(wants);
    case 'junction':
      return wants(e.items.at(-1));
    case 'apply':
      return isImplication(e) && wants(e.args[1] as ResolvedExpression);
    default:
      return false;
  }
}

const isChoice = (e: ResolvedExpression): boolean => e.kind === 'if' || e.kind === 'case';

const isImplication = (e: ResolvedApplication): boolean => e.operator.kind === 'builtin' && e.operator.name === '=>';

/** IF, or a CASE with one arm. */
type Choice = ResolvedIf | ResolvedCase;
type Used = ReadonlySet<DefinitionSymbol>;

/** `no`: what holds where the condition does not; undefined: nothing does. */
interface ChoiceParts {
  readonly condition: ResolvedExpression;
  readonly yes: ResolvedExpression;
  readonly no: ResolvedExpression | undefined;
}

function partsOf(e: Choice): ChoiceParts {
  if (e.kind === 'if') return { condition: e.condition, yes: e.then, no: e.else };
  const [arm] = e.arms as readonly [ResolvedCase['arms'][number]];
  return { condition: arm.condition, yes: arm.value, no: e.other };
}

function withCondition(e: Choice, condition: ResolvedExpression): Choice {
  return e.kind === 'if' ? { ...e, condition } : { ...e, arms: e.arms.map((arm) => ({ ...arm, condition })) };
}

/** Where a statement stands. */
export interface Place {
  readonly scope: Scope;
  /** Definitions of the LETs around that no statement was made for: nothing has needed them so far. */
  readonly pending: readonly DefinitionSymbol[];
  /** Nothing follows in the loop. */
  readonly isLast: boolean;
}

/** The statement that ends with a result; by default `return`. */
export type Leave = (result: string) => string;

const leaveByReturn: Leave = (result) => `return ${result};\n`;

/** See the head of the file. */
export class Statements {
  constructor(
    readonly w: ExpressionWriter,
    readonly isTest: boolean,
    readonly loop: Loop | undefined,
    readonly leave: Leave = leaveByReturn,
  ) {}

  of(e: ResolvedExpression, place: Place): string {
    switch (e.kind) {
      case 'let':
        return this.of(e.body, { ...place, pending: [...place.pending, ...e.definitions] });
      case 'if':
        return this.#branch(e, place);
      case 'case': {
        const [arm, ...arms] = e.arms;
        const other = arms.length === 0 ? e.other : { ...e, arms };
        return this.#branch({ ...e, arms: arm === undefined ? [] : [arm], other }, place);
      }
      case 'junction':
        return this.#junction(e, place);
      case 'apply':
        if (this.#loops(e)) return this.#again(e, place);
        return isImplication(e) ? this.#implication(e, place) : this.#result(e, place);
      case 'except': {
        const { statements, scope } = this.now(e, [e], place);
        if (!needsName(this.w, e, scope)) return `${statements}${this.leave(this.w.value(e, scope))}`;
        const old = freeName('old', scope);
        const base = this.w.value(e.function, scope);
        return `${statements}const ${old} = ${base};\n${this.leave(exceptOf(this.w, e, old, withName(scope, old)))}`;
      }
      case 'quantifier':
        return this.#quantifier(e, place);
      case 'functionConstructor':
        return this.#sequence(e, place) ?? this.#result(e, place);
      default:
        return this.#result(e, place);
    }
  }

  #text(e: ResolvedExpression, scope: Scope): string {
    return this.isTest ? this.w.test(e, scope) : this.w.value(e, scope);
  }

  #result(e: ResolvedExpression, place: Place): string {
    const { statements, scope } = this.now(e, [e], place);
    return `${statements}${this.leave(this.#text(e, scope))}`;
  }

  /** Statements for the pending definitions that one of the parts uses; `whole` says which of them it needs in any case. */
  now(
    whole: ResolvedExpression,
    parts: readonly ResolvedExpression[],
    place: Place,
  ): Place & { readonly statements: string } {
    const used = parts.map(usedDefinitions);
    return this.#make(whole, (definition) => used.some((some) => some.has(definition)), place);
  }

  #make(
    whole: ResolvedExpression,
    isUsed: (definition: DefinitionSymbol) => boolean,
    { scope, pending, isLast }: Place,
  ): Place & { readonly statements: string } {
    const made = lets(this.w, pending.filter(isUsed), strictUses(whole), scope);
    return { ...made, pending: pending.filter((definition) => !isUsed(definition)), isLast };
  }

  #branch(e: Choice, place: Place): string {
    const { condition, yes, no } = partsOf(e);
    if (no !== undefined && !this.#loops(e) && !wantsStatements(e)) {
      const { statements, scope } = this.now(e, [e], place);
      const text = this.#text(e, scope);
      const used = usedDefinitions(e);
      const isWhole = place.pending.every((one) => !used.has(one) || strictUses(e).has(one));
      if (text.length <= SHORT && isWhole) return `${statements}${this.leave(text)}`;
    }
    const parts = this.#split(e, place);
    if (parts !== undefined) return parts;
    const [inTest, inYes, inNo] = [condition, yes, no ?? condition].map(usedDefinitions) as [Used, Used, Used];
    const made = this.#make(e, (one) => inTest.has(one) || (inYes.has(one) && inNo.has(one)), place);
    const test = this.w.test(condition, made.scope);
    if (no !== undefined && this.#loops(yes) && !this.#loops(no)) {
      const left = this.of(no, { ...made, isLast: false });
      return `${made.statements}if (!${test}) {\n${left}}\n${this.of(yes, made)}`;
    }
    const first = this.of(yes, { ...made, isLast: false });
    const rest = no === undefined ? this.leave(this.w.noArm(e)) : this.of(no, made);
    return `${made.statements}if (${test}) {\n${first}}\n${rest}`;
  }

  /**
   * The condition in two parts, where the first can do without a pending definition that the second needs: then the
   * definition is computed between the two. The result that is written twice for that has to be tiny.
   */
  #split(e: Choice, place: Place): string | undefined {
    const { condition, yes, no } = partsOf(e);
    if (condition.kind !== 'junction' || place.pending.length === 0) return undefined;
    const isOr = condition.operator === '\\/';
    const early = isOr ? yes : no;
    if (early === undefined || !this.#isTiny(early, place)) return undefined;
    const k = this.#firstLate(condition, place, strictUses(e));
    if (k === undefined) return undefined;
    const [first, rest] = halves(condition, k);
    const made = this.now(first, [first], place);
    const test = this.w.test(first, made.scope);
    const result = this.of(early, { ...made, isLast: false });
    const other = this.#branch(withCondition(e, rest), made);
    return `${made.statements}if (${isOr ? test : `!${test}`}) {\n${result}}\n${other}`;
  }

  #isTiny(e: ResolvedExpression, { pending, scope }: Place): boolean {
    if (this.#loops(e) || wantsStatements(e)) return false;
    const used = usedDefinitions(e);
    return pending.every((one) => !used.has(one)) && this.w.value(e, scope).length <= TINY;
  }

  /** The first item, not the very first, that uses a pending definition which is not needed before it. */
  #firstLate(e: ResolvedJunction, { pending }: Place, needed: ReadonlySet<unknown>): number | undefined {
    const late = pending.filter((one) => !needed.has(one) && one.parameters.length === 0);
    const uses = e.items.map(usedDefinitions);
    const k = uses.findIndex((used) => late.some((one) => used.has(one)));
    return k > 0 ? k : undefined;
  }

  /** `a /\ b` where b wants statements: `if (!a) return false`, and b. */
  #junction(e: ResolvedJunction, place: Place): string {
    const [only] = e.items;
    if (e.items.length === 1 && only !== undefined) return this.#test().of(only, place);
    const last = e.items.at(-1) as ResolvedExpression;
    const k = this.#firstLate(e, place, strictUses(e)) ?? (wantsStatements(last) ? e.items.length - 1 : undefined);
    if (k === undefined) return this.#result(e, place);
    const [first, rest] = halves(e, k);
    const made = this.now(first, [first], place);
    const test = this.w.test(first, made.scope);
    const isAnd = e.operator === '/\\';
    const early = `if (${isAnd ? '!' : ''}${test}) {\n${this.leave(isAnd ? 'false' : 'true')}}\n`;
    return `${made.statements}${early}${this.#junction(rest, made)}`;
  }

  /** `A => B` where B wants statements, or is long: `if (!A) return true`, and B. */
  #implication(e: ResolvedApplication, place: Place): string {
    const [left, right] = e.args as readonly [ResolvedExpression, ResolvedExpression];
    const made = this.now(left, [left], place);
    const isWhole = made.pending.every((one) => !usedDefinitions(right).has(one));
    if (isWhole && !wantsStatements(right)) {
      const text = this.#text(e, made.scope);
      if (text.length <= SHORT) return `${made.statements}${this.leave(text)}`;
    }
    const rest = this.#test().of(right, made);
    return `${made.statements}if (!${this.w.test(left, made.scope)}) {\n${this.leave('true')}}\n${rest}`;
  }

  /** The same, for a Boolean. */
  #test(): Statements {
    return this.isTest ? this : new Statements(this.w, true, this.loop, this.leave);
  }

  /** `[i \\in 1..n |-> e]` as a loop. */
  #sequence(e: ResolvedFunctionConstructor, place: Place): string | undefined {
    const type = resolve(this.w.typeOf(e));
    const [bound] = e.bounds;
    if (type.kind !== 'sequence' || e.bounds.length !== 1 || bound === undefined || !isCount(bound.set))
      return undefined;
    const made = this.now(e, [e], place);
    const name = freeName('made', made.scope);
    const item = new Statements(this.w, false, undefined, (result) => `${name}.push(${result});\ncontinue;\n`);
    const loop = loopOver(this.w, e.bounds, withName(made.scope, name), (scope) => item.of(e.body, { ...made, scope }));
    if (loop === undefined) return undefined;
    const element = this.w.around.annotate(type.element).slice(2);
    const annotation = `: ${/[ (]/.test(element) ? `(${element})` : element}[]`;
    return `${made.statements}const ${name}${annotation} = [];\n${loop}${this.leave(name)}`;
  }

  /** A loop that is left at the first element that decides. */
  #quantifier(whole: ResolvedQuantifier, outside: Place): string {
    const { e, place } = hoisted(whole, outside);
    const made = this.now(e, [e], place);
    const isAll = e.quantifier === '\\A';
    const decides = this.leave(isAll ? 'false' : 'true');
    const goesOn = isAll ? 'true' : 'false';
    const body = new Statements(this.w, true, undefined, (result) => {
      if (result === goesOn) return 'continue;\n';
      return result === 'true' || result === 'false'
        ? decides
        : `if (${isAll ? '!' : ''}${result}) {\n${decides}}\ncontinue;\n`;
    });
    // What decides may not be to go on with another loop around this one.
    const loop = decides.includes('continue;')
      ? undefined
      : loopOver(this.w, e.bounds, made.scope, (scope) => body.of(e.body, { ...made, scope }));
    return loop === undefined
      ? `${made.statements}${this.leave(this.#text(e, made.scope))}`
      : `${made.statements}${loop}${this.leave(goesOn)}`;
  }

  /** Whether the expression ends in a next round. */
  #loops(e: ResolvedExpression): boolean {
    if (this.loop === undefined) return false;
    if (e.kind === 'let') return this.#loops(e.body);
    if (e.kind === 'if') return this.#loops(e.then) || this.#loops(e.else);
    if (e.kind === 'case') return [...e.arms.map(({ value }) => value), e.other].some((one) => one && this.#loops(one));
    return e.kind === 'apply' && e.operator === this.loop.definition && this.w.takesValues(e.operator, e.args);
  }

  #again(e: ResolvedApplication, place: Place): string {
    const { statements, scope } = this.now(e, [e], place);
    const loop = this.loop as Loop;
    loop.goesRound = true;
    const changed = this.w
      .values(e.operator as DefinitionSymbol, e.args, scope)
      .map((text, i) => [loop.parameters[i] as string, text] as const)
      .filter(([name, text]) => name !== text);
    const next = `${statements}${assignments(changed)}`;
    return place.isLast ? next : `${next}continue;\n`;
  }
}

/** All at once, unless none reads what is assigned before it. */
function assignments(changed: readonly (readonly [string, string])[]): string {
  const reads = (text: string, name: string): boolean =>
    text.includes('()') || new RegExp(`(^|[^\\w$.]|\\.\\.\\.)${name}($|[^\\w$])`).test(text);
  const inTurn = (list: readonly (readonly [string, string])[]): boolean =>
    list.every(([, text], i) => !list.slice(0, i).some(([name]) => reads(text, name)));
  for (const order of [changed, changed.toReversed()]) {
    if (inTurn(order)) return order.map(([name, text]) => `${name} = ${text};\n`).join('');
  }
  const [names, texts] = [changed.map(([name]) => name), changed.map(([, text]) => text)];
  return `[${names.join(', ')}] = [${texts.join(', ')}];\n`;
}

/** The definitions of a LET right below a quantifier that do not depend on what it binds are made before the loop. */
export function hoisted(
  e: ResolvedQuantifier,
  place: Place,
): { readonly e: ResolvedQuantifier; readonly place: Place } {
  const { body } = e;
  const before = hoistedDefinitions(e);
  if (body.kind !== 'let' || before.length === 0) return { e, place };
  const inside = body.definitions.filter((definition) => !before.includes(definition));
  const rest = inside.length === 0 ? body.body : { ...body, definitions: inside };
  return { e: { ...e, body: rest }, place: { ...place, pending: [...place.pending, ...before] } };
}

function halves(e: ResolvedJunction, k: number): readonly [ResolvedJunction, ResolvedJunction] {
  return [
    { ...e, items: e.items.slice(0, k) },
    { ...e, items: e.items.slice(k) },
  ];
}

/** `1..n` */
function isCount(set: ResolvedExpression): boolean {
  if (set.kind !== 'apply' || set.operator.kind !== 'builtin' || set.operator.name !== '..') return false;
  const [low] = set.args;
  return low?.kind === 'number' && low.value === 1n;
}
