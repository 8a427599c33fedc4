/** Text of the operators of the language and of the standard modules. */
import type { BuiltinSymbol, ResolvedApplication, ResolvedExpression } from '../names/resolved.js';
import { isSimple, MIXED, resolve, type Type } from '../types/type.js';
import { communityText } from './community.js';
import { Untranslatable } from './errors.js';
import type { ExpressionWriter } from './expression.js';
import { isSmallSum } from './numbers.js';
import { primed, type Scope } from './scope.js';

const infixNumbers: Readonly<Record<string, string>> = { '<': '<', '>': '>', '<=': '<=', '>=': '>=' };
const sums: Readonly<Record<string, readonly [sign: string, checked: string]>> = {
  '+': ['+', 'add'],
  '-': ['-', 'subtract'],
  '*': ['*', 'multiply'],
};

/** Operators that make a set of two: of records of several shapes TypeScript has to be told which. */
const joins: Readonly<Record<string, string>> = { '\\cup': 'union', '\\cap': 'intersection', '\\': 'difference' };

/** Functions of the run-time library on sets. */
const onSets: Readonly<Record<string, string>> = {
  '\\cup': 'union',
  '\\cap': 'intersection',
  '\\': 'difference',
  '\\subseteq': 'isSubset',
  BagUnion: 'bagUnion',
  Permutations: 'permutations',
  SetToBag: 'setToBag',
  SUBSET: 'powerSet',
  Seq: 'sequencesOver',
};

/** Those on a sequence that say where they are when they fail. */
const onSequence: Readonly<Record<string, string>> = { Head: 'head', Tail: 'tail' };

const constants: Readonly<Record<string, string>> = {
  Nat: 'Nat',
  Int: 'Int',
  BOOLEAN: 'BOOLEAN',
  STRING: 'STRING',
  EmptyBag: 'emptyBag',
};

/** Functions of the run-time library that take values of any type. */
const onValues: Readonly<Record<string, string>> = {
  '(+)': 'addBags',
  '(-)': 'subtractBags',
  '\\sqsubseteq': 'isSubBag',
  BagCardinality: 'bagCardinality',
  BagIn: 'bagIn',
  BagToSet: 'domain',
  CopiesIn: 'copiesIn',
  IsABag: 'isABag',
  SubBag: 'subBags',
};

/** The text of an application. `given`: texts of the arguments, where the operator itself was passed around. */
export function builtin(w: ExpressionWriter, e: ResolvedApplication, scope: Scope, given?: readonly string[]): string {
  const { operator } = e;
  if (operator.kind !== 'builtin') throw new Error('not a built-in operator');
  const { name } = operator;
  const args = e.args as readonly ResolvedExpression[];
  const value = (i: number): string => given?.[i] ?? w.value(args[i] as ResolvedExpression, scope);
  const number = (i: number): string => given?.[i] ?? w.number(args[i] as ResolvedExpression, scope);
  const test = (i: number): string => given?.[i] ?? w.test(args[i] as ResolvedExpression, scope);
  const where = w.where(e);
  const set = (i: number): string =>
    given === undefined ? w.set(args[i] as ResolvedExpression, scope) : `rt.set(${given[i]}, ${where})`;
  const sequence = (i: number): string =>
    given === undefined ? w.sequence(args[i] as ResolvedExpression, scope) : `rt.seq(${given[i]}, ${where})`;
  const type = given === undefined ? resolve(w.typeOf(e)) : MIXED;

  const sum = sums[name];
  if (sum !== undefined) {
    const small = given === undefined && args.every((arg) => isSmallSum(w.small, arg));
    return small ? `(${number(0)} ${sum[0]} ${number(1)})` : `rt.${sum[1]}(${number(0)}, ${number(1)})`;
  }
  if (name in infixNumbers) return `(${number(0)} ${infixNumbers[name]} ${number(1)})`;
  if (name in joins && given === undefined) {
    const element = type.kind === 'set' ? resolve(type.element) : MIXED;
    const typed = element.kind === 'variants' ? w.typeArgument(element) : '';
    return `rt.${joins[name]}${typed}(${set(0)}, ${set(1)})`;
  }
  if (name in onSets) return `rt.${onSets[name]}(${operator.argumentArities.map((_, i) => set(i)).join(', ')})`;
  if (name in onSequence) return `rt.${onSequence[name]}(${sequence(0)}, ${where})`;
  if (name in onValues) return `rt.${onValues[name]}(${operator.argumentArities.map((_, i) => value(i)).join(', ')})`;
  if (name in constants) return `rt.${constants[name]}`;
  switch (name) {
    case "'":
      return w.value(args[0] as ResolvedExpression, primed(scope));
    case 'UNCHANGED':
      return w.unchanged(args[0] as ResolvedExpression, scope);
    case 'ENABLED':
      return w.around.enabled(args[0] as ResolvedExpression, scope);
    case '=':
      return equality(w, args, [value(0), value(1)], true);
    case '/=':
      return equality(w, args, [value(0), value(1)], false);
    case '~':
      return `!${test(0)}`;
    case '=>':
      return `(!${test(0)} || ${test(1)})`;
    case '<=>':
      return `(${test(0)} === ${test(1)})`;
    case '/\\':
      return `(${test(0)} && ${test(1)})`;
    case '\\/':
      return `(${test(0)} || ${test(1)})`;
    case '\\in':
      return given === undefined ? membership(w, args, scope) : `${set(1)}.has(${value(0)})`;
    case '\\notin':
      return given === undefined ? `!${membership(w, args, scope)}` : `!${set(1)}.has(${value(0)})`;
    case '..':
      return `rt.interval(${number(0)}, ${number(1)})`;
    case '-.':
      return args[0]?.kind === 'number' && args[0].value > 0n ? `(-${number(0)})` : `(0 - ${number(0)})`;
    case '^':
      return `rt.power(${number(0)}, ${number(1)}, ${where})`;
    case '\\div':
      if (isTwo(args[1])) return `rt.half(${number(0)})`;
      return `rt.div(${number(0)}, ${number(1)}, ${where})`;
    case '%':
      return `rt.mod(${number(0)}, ${number(1)}, ${where})`;
    case 'Len':
      return `${sequence(0)}.length`;
    case 'Append':
      return `rt.append(${sequence(0)}, ${value(1)})`;
    case 'SubSeq':
      return `rt.subSeq(${sequence(0)}, ${number(1)}, ${number(2)}, ${where})`;
    case '\\o':
      return `rt.concat(${sequence(0)}, ${sequence(1)})`;
    case 'UNION':
      return isSetOfSets(w, args[0])
        ? `rt.bigUnion(${value(0)})`
        : `rt.bigUnion(rt.mapSet(${set(0)}, (one) => rt.set(one, ${where})))`;
    case 'DOMAIN': {
      const f = args[0];
      const known: Type = f === undefined ? MIXED : resolve(w.typeOf(f));
      if (known.kind === 'sequence') return `rt.interval(1, ${value(0)}.length)`;
      return known.kind === 'function' ? `rt.setFrom(${value(0)}.keys())` : `rt.domain(${value(0)}, ${where})`;
    }
    case 'SelectSeq':
      return `${sequence(0)}.filter(${w.operator(e.args[1] as ResolvedExpression, scope, [])})`;
    case 'SortSeq':
      return `rt.sortSeq(${sequence(0)}, ${w.operator(e.args[1] as ResolvedExpression, scope, [])})`;
    case 'BagOfAll':
      return `rt.bagOfAll(${w.operator(e.args[0] as ResolvedExpression, scope, [])}, ${value(1)})`;
    case 'Cardinality':
      return `${counted(w, args[0], scope) ?? set(0)}.size`;
    case 'IsFiniteSet':
      return `rt.isFinite(${set(0)})`;
    case ':>':
      if (type.kind !== 'function') return `rt.functionOf([[${value(0)}, ${value(1)}]])`;
      return `rt.${isSimple(type.argument) ? 'mapOf' : 'keyedOf'}([[${value(0)}, ${value(1)}]])`;
    case '@@':
      if (type.kind !== 'function') return `rt.override(${value(0)}, ${value(1)})`;
      return `rt.${isSimple(type.argument) ? 'overrideMap' : 'overrideKeyed'}(${value(0)}, ${value(1)})`;
    case 'Assert':
      return `(${test(0)} || rt.fail("assertion", rt.format(${value(1)}), ${where}))`;
    // Nothing is printed: the value is what counts.
    case 'Print':
      return value(1);
    case 'PrintT':
      return 'true';
    case 'TLCEval':
      return value(0);
    case 'ToString':
      return `rt.format(${value(0)})`;
    default: {
      const text = given === undefined ? communityText(w, e, scope) : undefined;
      if (text !== undefined) return text;
      throw untranslatable(operator, e);
    }
  }
}

/** Modules that speak to the model checker, or to the system that it runs on. */
const outside = new Set(['TLC', 'TLCExt', 'IOUtils', 'CSV', 'Json', 'SVG', 'Randomization', 'Toolbox', 'ShiViz']);

function untranslatable({ name, module }: BuiltinSymbol, { span }: ResolvedApplication): Untranslatable {
  if (module === 'TLA') return new Untranslatable('TLA2005', span, `${name} has no translation`);
  const message = outside.has(module)
    ? `${name} of ${module} is for the model checker and means nothing in a program`
    : `${name} of ${module} has no translation`;
  return new Untranslatable('TLA2005', span, message, `\`tla2ts check\` knows what it can do with it`);
}

function isSetOfSets(w: ExpressionWriter, e: ResolvedExpression | undefined): boolean {
  const known: Type = e === undefined ? MIXED : resolve(w.typeOf(e));
  return known.kind === 'set' && resolve(known.element).kind === 'set';
}

const scalars = new Set(['int', 'boolean', 'string']);

/** Whether the values of two expressions are certainly numbers, or strings, or Booleans, both. */
function sameScalars(w: ExpressionWriter, a: ResolvedExpression, b: ResolvedExpression): boolean {
  const [left, right] = [resolve(w.typeOf(a)), resolve(w.typeOf(b))];
  return scalars.has(left.kind) && left.kind === right.kind;
}

const isEmptyTuple = (e: ResolvedExpression): boolean => e.kind === 'tuple' && e.items.length === 0;

/** `=` of scalars is `===`. */
function equality(
  w: ExpressionWriter,
  args: readonly ResolvedExpression[],
  texts: readonly [string, string],
  same: boolean,
): string {
  const [a, b] = args;
  if (a !== undefined && b !== undefined) {
    // TypeScript takes it for a mistake to compare two different literals.
    if (isLiteral(a) && isLiteral(b) && sameScalars(w, a, b)) return String((texts[0] === texts[1]) === same);
    if (sameScalars(w, a, b)) return `(${texts[0]} ${same ? '===' : '!=='} ${texts[1]})`;
    const sequences = [a, b].every((arg) => resolve(w.typeOf(arg)).kind === 'sequence');
    if (sequences && (isEmptyTuple(a) || isEmptyTuple(b))) {
      return `(${isEmptyTuple(a) ? texts[1] : texts[0]}.length ${same ? '===' : '!=='} 0)`;
    }
    const compared = w.around.compared(w.typeOf(a), w.typeOf(b), texts);
    if (compared !== undefined) return `${same ? '' : '!'}${compared}`;
  }
  return `${same ? '' : '!'}rt.equals(${texts[0]}, ${texts[1]})`;
}

/** What has as many elements as a set, without making the set: a function as many as its domain. */
function counted(w: ExpressionWriter, set: ResolvedExpression | undefined, scope: Scope): string | undefined {
  if (set?.kind !== 'apply' || set.operator.kind !== 'builtin' || set.operator.name !== 'DOMAIN') return undefined;
  const f = set.args[0] as ResolvedExpression;
  return resolve(w.typeOf(f)).kind === 'function' ? w.value(f, scope) : undefined;
}

/** `x \in S` without making the set where a comparison says the same. */
function membership(w: ExpressionWriter, args: readonly ResolvedExpression[], scope: Scope): string {
  const [element, set] = args as readonly [ResolvedExpression, ResolvedExpression];
  const text = w.value(element, scope);
  const plain = /^[\w$.]+$/.test(text);
  if (
    set.kind === 'setEnumeration' &&
    plain &&
    set.items.length > 0 &&
    set.items.every((item) => isLiteral(item) && sameScalars(w, element, item))
  ) {
    return `(${set.items.map((item) => `${text} === ${w.value(item, scope)}`).join(' || ')})`;
  }
  if (set.kind === 'apply' && set.operator.kind === 'builtin') {
    const [a, b] = set.args as readonly ResolvedExpression[];
    const known = resolve(w.typeOf(element)).kind === 'int';
    if (set.operator.name === '..' && plain && known && a !== undefined && b !== undefined) {
      return `(${w.number(a, scope)} <= ${text} && ${text} <= ${w.number(b, scope)})`;
    }
    if (set.operator.name === 'DOMAIN' && a !== undefined && resolve(w.typeOf(a)).kind === 'function') {
      return `${w.value(a, scope)}.has(${text})`;
    }
  }
  return `${w.set(set, scope)}.has(${text})`;
}

const isTwo = (e: ResolvedExpression | undefined): boolean => e?.kind === 'number' && e.value === 2n;

function isLiteral(e: ResolvedExpression): boolean {
  return e.kind === 'number' || e.kind === 'string' || e.kind === 'boolean';
}
