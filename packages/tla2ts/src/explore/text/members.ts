import type { ResolvedExpression } from '../../names/resolved.js';
import { equalText } from '../builtins.js';
import { isClosed } from '../closed.js';
import type { ExpressionEmitter } from '../emit-expressions.js';
import { emptyScope, type Scope } from '../expressions.js';

/** Text of the test whether a value is a member of a set. */
export function memberText(
  w: ExpressionEmitter,
  element: ResolvedExpression,
  set: ResolvedExpression,
  scope: Scope,
): string {
  const value = w.value(element, scope);
  if (set.kind === 'apply' && set.operator.kind === 'builtin' && !isClosed(set)) {
    if (set.operator.name === '..') {
      const [low, high] = set.args as readonly ResolvedExpression[];
      return `rt.between(${value}, ${w.value(low!, scope)}, ${w.value(high!, scope)})`;
    }
  }
  if (set.kind === 'setEnumeration' && new Set(set.items.map(literalKind)).size > 1) {
    // Elements of several kinds make no set that can be stored, but a value may be compared with one after the other.
    const x = w.text.fresh('x');
    const tests = set.items.map((item) => equalText(x, w.value(item, scope)));
    return `((${x}) => ${tests.join(' || ')})(${value})`;
  }
  const filter = filterOf(w, set, scope);
  if (filter === undefined) return `rt.member(${value}, ${w.value(set, scope)})`;
  const { base, test } = filter;
  const x = w.text.fresh('x');
  return `((${x}) => rt.member(${x}, ${base}) && (${test})(${x}))(${value})`;
}

/** `{y \\in S : P(y)}`, also by name, is not listed to be asked for a member: it may be far larger than what is done with it. */
function filterOf(
  w: ExpressionEmitter,
  set: ResolvedExpression,
  scope: Scope,
): { base: string; test: string } | undefined {
  if (set.kind === 'apply' && set.args.length === 0 && set.level >= 1) {
    const definition = w.definitionOf(set.operator);
    if (definition === undefined || definition.recursive || scope.lets.has(definition)) return undefined;
    if (definition.body.kind !== 'setFilter' || definition.isFunction) return undefined;
    const { assigned, primed, shared, initial } = scope;
    const found = filterOf(w, definition.body, { ...emptyScope, assigned, primed, shared, initial });
    return found && { ...found, base: w.counting(definition.body, found.base) };
  }
  if (set.kind !== 'setFilter' || isClosed(set)) return undefined;
  const { pattern, scope: inner } = w.bind(set.bound.pattern, scope);
  const test = `(${pattern}) => ${w.test(set.predicate, inner)}`;
  return { base: w.value(set.bound.set, scope), test };
}

/** The kind of a literal; undefined for all that is none. */
const literalKind = ({ kind }: ResolvedExpression): ResolvedExpression['kind'] | undefined =>
  kind === 'number' || kind === 'string' || kind === 'boolean' ? kind : undefined;
