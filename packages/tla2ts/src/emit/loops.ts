/** Text of what goes through a set: quantifiers, sets of values of an expression, functions. */
import type { ResolvedBound, ResolvedExpression } from '../names/resolved.js';
import { isSimple, MIXED, resolve, type Type } from '../types/type.js';
import { Untranslatable } from './errors.js';
import type { ExpressionWriter } from './expression.js';
import { isMentioned } from './names.js';
import { isSmall, isSmallSum } from './numbers.js';
import type { Scope } from './scope.js';

type Bound = Pick<ResolvedBound, 'pattern' | 'set'>;

/** The set that identifiers are bound to; for `<<x, y>> \in S` a set of pairs. */
export function members(w: ExpressionWriter, { pattern, set }: Bound, scope: Scope): string {
  const text = w.set(set, scope);
  if (pattern.kind === 'name') return text;
  const element = w.elementType(set);
  const { length } = pattern.symbols;
  if (element.kind === 'tuple' && element.items.length === length) return text;
  const items = pattern.symbols.map((symbol): Type => {
    const type = w.around.types.local(symbol);
    return 'parameters' in type ? MIXED : type;
  });
  return `rt.tuplesOf${w.typeArgument({ kind: 'tuple', items })}(${text}, ${length})`;
}

/** `\A x \in S : P` and `\E x \in S : P`. */
export function quantifier(
  w: ExpressionWriter,
  e: ResolvedExpression & { readonly kind: 'quantifier' },
  scope: Scope,
): string {
  if (e.bounds.length === 0) {
    throw new Untranslatable(
      'TLA2003',
      e.span,
      'a quantifier without a set cannot be evaluated',
      'write \\A x \\in S : P',
    );
  }
  return quantified(w, e.quantifier === '\\A' ? 'every' : 'some', e.bounds, e.body, scope);
}

function quantified(
  w: ExpressionWriter,
  how: 'every' | 'some',
  bounds: readonly ResolvedBound[],
  body: ResolvedExpression,
  scope: Scope,
): string {
  const [bound, ...others] = bounds as readonly [ResolvedBound, ...ResolvedBound[]];
  const inner = w.bind(bound.pattern, scope);
  const range = rangeOf(w, bound.set, scope);
  noteSmall(w, bound);
  const test = others.length === 0 ? w.body(body, inner.scope, true) : quantified(w, how, others, body, inner.scope);
  const each = callback(bound, inner.pattern, test);
  if (range !== undefined) return `rt.${how}Between(${range.join(', ')}, ${each})`;
  return `rt.${how}(${iterated(w, bound, scope)}, ${each})`;
}

/** `{e : x \in S}`. */
export function setMap(
  w: ExpressionWriter,
  bounds: readonly ResolvedBound[],
  element: ResolvedExpression,
  scope: Scope,
): string {
  const [bound, ...others] = bounds as readonly [ResolvedBound, ...ResolvedBound[]];
  const inner = w.bind(bound.pattern, scope);
  const range = rangeOf(w, bound.set, scope);
  noteSmall(w, bound);
  const text = others.length === 0 ? w.body(element, inner.scope, false) : setMap(w, others, element, inner.scope);
  const result = others.length === 0 ? w.resultType(element) : '';
  const each = callback(bound, inner.pattern, text, result);
  const mapped = range
    ? `rt.mapBetween(${range.join(', ')}, ${each})`
    : `rt.mapSet(${iterated(w, bound, scope)}, ${each})`;
  return others.length === 0 ? mapped : `rt.bigUnion(${mapped})`;
}

/** `[x \in S |-> e]`. */
export function functionConstructor(
  w: ExpressionWriter,
  e: ResolvedExpression & { readonly kind: 'functionConstructor' },
  scope: Scope,
): string {
  const type = resolve(w.typeOf(e));
  const [only] = e.bounds as readonly [ResolvedBound];
  // Arguments of no type: there are none.
  const isEmpty = only.set.kind === 'setEnumeration' && only.set.items.length === 0;
  const make = isEmpty ? 'makeMap' : constructorFor(type, e.bounds);
  if (e.bounds.length > 1) {
    let inner = scope;
    const patterns = e.bounds.map(({ pattern }) => {
      const bound = w.bind(pattern, inner);
      inner = bound.scope;
      return bound.pattern;
    });
    const items = e.bounds.map(({ set }) => w.elementType(set));
    const sets = e.bounds.map((bound) => members(w, bound, scope));
    const product = `rt.product${w.typeArgument({ kind: 'tuple', items })}(${sets.join(', ')})`;
    const body = w.body(e.body, inner, false);
    const pattern = usedItems(`[${patterns.join(', ')}]`, body);
    return `rt.${make}(${product}, (${pattern})${w.resultType(e.body)} => ${body})`;
  }
  const inner = w.bind(only.pattern, scope);
  const range = rangeOf(w, only.set, scope);
  noteSmall(w, only);
  const text = w.body(e.body, inner.scope, false);
  const arrow = callback(only, inner.pattern, text, w.resultType(e.body));
  if (type.kind === 'sequence' && range?.[0] === '1') return `rt.makeSequence(${range[1]}, ${arrow})`;
  return `rt.${make}(${iterated(w, only, scope)}, ${arrow})`;
}

/** The function of the run-time library that makes a function of this type. */
export function constructorFor(type: Type, bounds: readonly Bound[]): string {
  if (bounds.some(({ set }) => isEndless(set))) return 'makeEndless';
  if (type.kind === 'sequence') return 'makeSequenceOver';
  if (type.kind !== 'function') return 'makeFunction';
  return isSimple(type.argument) ? 'makeMap' : 'makeKeyed';
}

/** Sets without end by their form. */
function isEndless(set: ResolvedExpression): boolean {
  if (set.kind === 'product') return set.factors.some(isEndless);
  if (set.kind !== 'apply') return false;
  const { operator } = set;
  if (operator.kind === 'builtin') return ['Nat', 'Int', 'STRING', 'Seq'].includes(operator.name);
  return operator.kind === 'definition' && operator.parameters.length === 0 && isEndless(operator.body);
}

/** Low and high of an interval, or of the domain of a sequence. */
export function rangeOf(
  w: ExpressionWriter,
  set: ResolvedExpression,
  scope: Scope,
): readonly [low: string, high: string] | undefined {
  if (set.kind !== 'apply' || set.operator.kind !== 'builtin') return undefined;
  const [a, b] = set.args as readonly ResolvedExpression[];
  if (set.operator.name === '..' && a !== undefined && b !== undefined) {
    return [w.number(a, scope), w.number(b, scope)];
  }
  if (set.operator.name === 'DOMAIN' && a !== undefined && resolve(w.typeOf(a)).kind === 'sequence') {
    return ['1', `${w.value(a, scope)}.length`];
  }
  return undefined;
}

/** What a loop goes through: the arguments of a function without making a set of them. */
export function iterated(w: ExpressionWriter, bound: Bound, scope: Scope): string {
  const { set, pattern } = bound;
  const some = set.kind === 'setFilter' ? filtered(w, set, scope) : undefined;
  if (some !== undefined) return some;
  const isDomain = set.kind === 'apply' && set.operator.kind === 'builtin' && set.operator.name === 'DOMAIN';
  if (isDomain && pattern.kind === 'name') {
    const f = set.args[0] as ResolvedExpression;
    if (resolve(w.typeOf(f)).kind === 'function') return `${w.value(f, scope)}.keys()`;
  }
  return members(w, bound, scope);
}

/** Some of the arguments of a function, without making a set of them; undefined: the set is another one. */
export function filtered(
  w: ExpressionWriter,
  set: ResolvedExpression & { readonly kind: 'setFilter' },
  scope: Scope,
): string | undefined {
  if (set.bound.pattern.kind !== 'name' || !isListed(w, set.bound.set)) return undefined;
  const inner = w.bind(set.bound.pattern, scope);
  const test = callback(set.bound, inner.pattern, w.body(set.predicate, inner.scope, true));
  return `rt.where(${iterated(w, set.bound, scope)}, ${test})`;
}

/** The arguments of a function, or some of them. */
function isListed(w: ExpressionWriter, set: ResolvedExpression): boolean {
  if (set.kind === 'setFilter') return set.bound.pattern.kind === 'name' && isListed(w, set.bound.set);
  if (set.kind !== 'apply' || set.operator.kind !== 'builtin' || set.operator.name !== 'DOMAIN') return false;
  return resolve(w.typeOf(set.args[0] as ResolvedExpression)).kind === 'function';
}

/** An identifier that is bound to small numbers is one. */
export function noteSmall(w: ExpressionWriter, { pattern, set }: Bound): void {
  if (pattern.kind !== 'name' || set.kind !== 'apply' || set.operator.kind !== 'builtin') return;
  const [a, b] = set.args as readonly ResolvedExpression[];
  const { name } = set.operator;
  const isIndex = name === 'DOMAIN' && a !== undefined && resolve(w.typeOf(a)).kind === 'sequence';
  const isBetween =
    name === '..' && a !== undefined && b !== undefined && isSmall(w.small, a) && isSmallSum(w.small, b);
  if (isIndex || isBetween) w.small.add(pattern.symbol);
}

/** A function of the elements of a set; its parameter is left out where its body does not mention it. */
export function callback({ pattern }: Pick<Bound, 'pattern'>, name: string, body: string, result = ''): string {
  return `(${pattern.kind === 'name' ? usedParameter(name, body) : usedItems(name, body)})${result} => ${body}`;
}

/** `[x, y]` with nothing in the places of those that the text does not mention. */
function usedItems(pattern: string, body: string): string {
  const names = pattern.slice(1, -1).split(', ');
  const used = names.map((name) => usedParameter(name, body));
  while (used.at(-1) === '') used.pop();
  return used.length === 0 ? '' : `[${used.join(', ')}]`;
}

/** The name, or nothing where the text does not mention it. */
export function usedParameter(name: string, body: string): string {
  return isMentioned(name, body) ? name : '';
}
