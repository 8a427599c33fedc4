/** Text of the operators of the language and of the standard modules. */
import type { ResolvedApplication, ResolvedExpression } from '../names/resolved.js';
import { resolve, type Type } from '../types/type.js';
import { Untranslatable } from './errors.js';
import type { ExpressionWriter } from './expression.js';
import type { Scope } from './scope.js';

const infixNumbers: Readonly<Record<string, string>> = { '<': '<', '>': '>', '<=': '<=', '>=': '>=' };
const sums: Readonly<Record<string, string>> = { '+': '+', '-': '-', '*': '*' };

/** Functions of the run-time library with the same arguments. */
const functions: Readonly<Record<string, string>> = {
  '\\cup': 'union',
  '\\cap': 'intersection',
  '\\': 'difference',
  '\\subseteq': 'isSubset',
  SUBSET: 'powerSet',
  UNION: 'bigUnion',
  Append: 'append',
  '\\o': 'concat',
  Seq: 'sequencesOver',
  '@@': 'override',
};

/** Those that say where they are when they fail. */
const located: Readonly<Record<string, string>> = { Head: 'head', Tail: 'tail', SubSeq: 'subSeq' };

const constants: Readonly<Record<string, string>> = { Nat: 'Nat', Int: 'Int', BOOLEAN: 'BOOLEAN', STRING: 'STRING' };

/** The text of an application. `given`: texts of the arguments, where the operator itself was passed around. */
export function builtin(w: ExpressionWriter, e: ResolvedApplication, scope: Scope, given?: readonly string[]): string {
  const { operator } = e;
  if (operator.kind !== 'builtin') throw new Error('not a built-in operator');
  const { name } = operator;
  const args = e.args as readonly ResolvedExpression[];
  const value = (i: number): string => given?.[i] ?? w.value(args[i] as ResolvedExpression, scope);
  const number = (i: number): string => given?.[i] ?? w.number(args[i] as ResolvedExpression, scope);
  const test = (i: number): string => given?.[i] ?? w.test(args[i] as ResolvedExpression, scope);
  const all = (): string => (given ?? args.map((_, i) => value(i))).join(', ');
  const where = w.where(e);

  if (name in sums) return `(${number(0)} ${sums[name]} ${number(1)})`;
  if (name in infixNumbers) return `(${number(0)} ${infixNumbers[name]} ${number(1)})`;
  if (name in functions) return `rt.${functions[name]}(${all()})`;
  if (name in located) return `rt.${located[name]}(${all()}, ${where})`;
  if (name in constants) return `rt.${constants[name]}`;
  switch (name) {
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
      return given === undefined ? membership(w, args, scope) : `${value(1)}.has(${value(0)})`;
    case '\\notin':
      return given === undefined ? `!${membership(w, args, scope)}` : `!${value(1)}.has(${value(0)})`;
    case '..':
      return `rt.interval(${number(0)}, ${number(1)})`;
    case '-.':
      return `(-${number(0)})`;
    case '^':
      return `rt.exact(${number(0)} ** ${number(1)}, ${where})`;
    case '\\div':
      return `rt.div(${number(0)}, ${number(1)}, ${where})`;
    case '%':
      return `rt.mod(${number(0)}, ${number(1)}, ${where})`;
    case 'Len':
      return `${value(0)}.length`;
    case 'DOMAIN': {
      const f = args[0];
      const type: Type | undefined = f === undefined ? undefined : resolve(w.typeOf(f));
      if (type?.kind === 'sequence') return `rt.interval(1, ${value(0)}.length)`;
      return type?.kind === 'function' ? `rt.setFrom(${value(0)}.keys())` : `rt.domain(${value(0)})`;
    }
    case 'SelectSeq':
      return `${value(0)}.filter(${w.operator(e.args[1] as ResolvedExpression, scope)})`;
    case 'Cardinality':
      return `${value(0)}.size`;
    case 'IsFiniteSet':
      return `(${value(0)}.size >= 0)`;
    case ':>':
      return `rt.functionOf([[${value(0)}, ${value(1)}]])`;
    case 'Assert':
      return `(${test(0)} || rt.fail('assertion', String(${value(1)}), ${where}))`;
    case 'Print':
      return value(1);
    case 'PrintT':
      return 'true';
    case 'TLCEval':
      return value(0);
    case 'ToString':
      return `rt.format(${value(0)})`;
    default:
      throw new Untranslatable('TLA2005', e.span, `${name} has no translation`);
  }
}

const scalars = new Set(['int', 'boolean', 'string']);

/** `=` of scalars is `===`. */
function equality(
  w: ExpressionWriter,
  args: readonly ResolvedExpression[],
  texts: readonly [string, string],
  same: boolean,
): string {
  const scalar = args.some((arg) => {
    if (arg.kind === 'number' || arg.kind === 'string' || arg.kind === 'boolean') return true;
    return scalars.has(resolve(w.typeOf(arg)).kind);
  });
  const isEmptySequence = args.some((arg) => arg.kind === 'tuple' && arg.items.length === 0);
  const sequences = args.length > 0 && args.every((arg) => resolve(w.typeOf(arg)).kind === 'sequence');
  if (isEmptySequence && sequences) {
    const other = args[0]?.kind === 'tuple' && args[0].items.length === 0 ? texts[1] : texts[0];
    return `(${other}.length ${same ? '===' : '!=='} 0)`;
  }
  if (scalar && w.around.types !== undefined) return `(${texts[0]} ${same ? '===' : '!=='} ${texts[1]})`;
  return `${same ? '' : '!'}rt.equals(${texts[0]}, ${texts[1]})`;
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
    set.items.every(isLiteral) &&
    w.around.types !== undefined
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
  return w.member(text, set, scope);
}

function isLiteral(e: ResolvedExpression): boolean {
  return e.kind === 'number' || e.kind === 'string' || e.kind === 'boolean';
}
