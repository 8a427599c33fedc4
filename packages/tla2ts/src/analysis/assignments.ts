/** Where an initial predicate gives variables their values: `x = e` and `x \in S`. */
import type { DefinitionSymbol, ResolvedApplication, ResolvedExpression } from '../names/resolved.js';

/** These applications, through the definitions that the predicate uses. */
export function assignmentsIn(init: ResolvedExpression | undefined): ReadonlySet<ResolvedApplication> {
  const found = new Set<ResolvedApplication>();
  const seen = new Set<DefinitionSymbol>();
  const visit = (e: ResolvedExpression): void => {
    switch (e.kind) {
      case 'junction':
        return e.items.forEach(visit);
      case 'if':
        visit(e.then);
        return visit(e.else);
      case 'case':
        for (const { value } of e.arms) visit(value);
        return e.other && visit(e.other);
      case 'let':
      case 'quantifier':
        return visit(e.body);
      case 'apply': {
        const { operator, args } = e;
        if (operator.kind === 'definition' && !seen.has(operator)) {
          seen.add(operator);
          return visit(operator.body);
        }
        const [left] = args;
        if (operator.kind !== 'builtin' || !['=', '\\in'].includes(operator.name)) return;
        if (left?.kind === 'apply' && left.operator.kind === 'variable') found.add(e);
        return;
      }
      default:
    }
  };
  if (init !== undefined) visit(init);
  return found;
}

/** Whether an application is `x' = e` or `x' \in S`. */
export function assignsNext({ operator, args: [left] }: ResolvedApplication): boolean {
  if (operator.kind !== 'builtin' || !['=', '\\in'].includes(operator.name)) return false;
  if (left?.kind !== 'apply' || left.operator.kind !== 'builtin' || left.operator.name !== "'") return false;
  const [inner] = left.args;
  return inner?.kind === 'apply' && inner.operator.kind === 'variable';
}
