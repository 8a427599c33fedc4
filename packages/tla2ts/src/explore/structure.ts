/** Questions about the form of an expression that decide how an action is compiled. */
import type { DefinitionSymbol, ResolvedExpression, ResolvedSymbol } from '../names/resolved.js';

/**
 * Whether an expression can be satisfied in more than one way, or has parts that TLC would take as such: a disjunction or
 * a bounded \E where it counts every way on its own.
 */
export const branches = (
  e: ResolvedExpression,
  definitionOf: (symbol: ResolvedSymbol) => DefinitionSymbol | undefined,
  visiting: ReadonlySet<DefinitionSymbol> = new Set(),
): boolean => {
  const inside = (part: ResolvedExpression): boolean => branches(part, definitionOf, visiting);
  switch (e.kind) {
    case 'junction':
      return e.operator === '\\/' ? e.items.length > 1 || e.items.some(inside) : e.items.some(inside);
    case 'quantifier':
      return e.bounds.length > 0 && (e.quantifier === '\\E' || (e.quantifier === '\\A' && inside(e.body)));
    case 'if':
      return inside(e.then) || inside(e.else);
    case 'case':
      return e.arms.some(({ value }) => inside(value)) || (e.other !== undefined && inside(e.other));
    case 'let':
      return inside(e.body);
    case 'apply': {
      if (e.operator.kind === 'builtin' && e.operator.name === '=>') return inside(e.args[1] as ResolvedExpression);
      const definition = definitionOf(e.operator);
      if (definition === undefined || definition.recursive || visiting.has(definition)) return false;
      return branches(definition.body, definitionOf, new Set(visiting).add(definition));
    }
    default:
      return false;
  }
};
