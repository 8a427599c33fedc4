/** Which expressions are Booleans by their form. */
import type { ResolvedExpression } from '../names/resolved.js';

const operators: ReadonlySet<string> = new Set(
  '= /= => <=> ~ < > <= >= \\in \\notin \\subseteq UNCHANGED ENABLED IsFiniteSet Assert PrintT'.split(' '),
);

/** `isKnown`: what is known of other expressions. */
export function isBoolean(e: ResolvedExpression, isKnown: (e: ResolvedExpression) => boolean = () => false): boolean {
  switch (e.kind) {
    case 'boolean':
    case 'junction':
    case 'quantifier':
    case 'box':
    case 'angle':
      return true;
    case 'if':
      return isBoolean(e.then, isKnown) && isBoolean(e.else, isKnown);
    case 'let':
      return isBoolean(e.body, isKnown);
    case 'apply':
      return (e.operator.kind === 'builtin' && operators.has(e.operator.name)) || isKnown(e);
    default:
      return isKnown(e);
  }
}
