/** The left side of a property `A => B`, below LETs, bounded quantifiers and conjunctions: when does it say anything? */
import { languageSymbol } from '../names/standard-modules.js';
import type { ResolvedExpression } from '../names/resolved.js';

/** An expression that is true in exactly the cases in which some implication of the property has a true left side. */
export function antecedentOf(e: ResolvedExpression): ResolvedExpression {
  return implicationIn(e) ?? { kind: 'boolean', span: e.span, level: 0, value: true };
}

/** undefined: there is no implication, so it always says something. */
export function implicationIn(e: ResolvedExpression): ResolvedExpression | undefined {
  switch (e.kind) {
    case 'let': {
      const body = implicationIn(e.body);
      return body === undefined ? undefined : { ...e, body };
    }
    case 'quantifier': {
      if (e.quantifier !== '\\A' || e.bounds.length === 0) return undefined;
      const always: ResolvedExpression = { kind: 'boolean', span: e.span, level: 0, value: true };
      return { ...e, quantifier: '\\E', body: implicationIn(e.body) ?? always };
    }
    case 'junction': {
      if (e.operator !== '/\\') return undefined;
      const items = e.items.map(implicationIn);
      return items.includes(undefined) ? undefined : { ...e, operator: '\\/', items: items as ResolvedExpression[] };
    }
    case 'apply': {
      if (e.operator !== languageSymbol('=>')) return undefined;
      const [left, right] = e.args as readonly [ResolvedExpression, ResolvedExpression];
      const inner = implicationIn(right);
      return inner === undefined
        ? left
        : { kind: 'junction', operator: '/\\', items: [left, inner], span: e.span, level: e.level };
    }
    default:
      return undefined;
  }
}
