/** Loops over what identifiers are bound to, as statements. */
import type { ResolvedBound } from '../names/resolved.js';
import type { ExpressionWriter } from './expression.js';
import { iterated, noteSmall, rangeOf } from './loops.js';
import { isMentioned } from './names.js';
import { freeName, type Scope, withName } from './scope.js';

/** Text that gives the same each time and costs nothing. */
const PLAIN = /^-?[\w$.]+$/;

/**
 * A loop for each of the bounds, the first outermost, around statements that may leave the innermost one with `continue`.
 * @returns undefined where the statements do not mention what is bound: then a loop has nothing to name
 */
export function loopOver(
  w: ExpressionWriter,
  [bound, ...others]: readonly ResolvedBound[],
  scope: Scope,
  body: (scope: Scope) => string,
): string | undefined {
  if (bound === undefined) return undefined;
  const inner = w.bind(bound.pattern, scope);
  const range = rangeOf(w, bound.set, scope);
  noteSmall(w, bound);
  const [low, high] = range ?? [];
  const last = high === undefined || PLAIN.test(high) ? undefined : freeName('last', inner.scope);
  const inside = last === undefined ? inner.scope : withName(inner.scope, last);
  const statements = others.length === 0 ? body(inside) : loopOver(w, others, inside, body);
  const names = inner.pattern.match(/[\w$]+/g) ?? [];
  if (statements === undefined || !names.every((name) => isMentioned(name, statements))) return undefined;
  const text = statements.replace(/continue;\n$/, '');
  if (low === undefined) return `for (const ${inner.pattern} of ${iterated(w, bound, scope)}) {\n${text}}\n`;
  const name = inner.pattern;
  const before = last === undefined ? '' : `const ${last} = ${high};\n`;
  return `${before}for (let ${name} = ${low}; ${name} <= ${last ?? high}; ${name}++) {\n${text}}\n`;
}
