/** Which definitions an expression mentions, also through the definitions of its LETs. */
import type { DefinitionSymbol } from '../names/resolved.js';

/** Every definition that occurs in the expression or in the body of a LET definition that does. */
export function usedDefinitions(expression: unknown): ReadonlySet<DefinitionSymbol> {
  const used = new Set<DefinitionSymbol>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if (Array.isArray(node)) return node.forEach(visit);
    for (const [key, child] of Object.entries(node)) {
      if (key === 'operator' && isDefinition(child)) {
        if (used.has(child)) continue;
        used.add(child);
        if (child.place === 'let') visit(child.body);
      } else if (key !== 'span' && key !== 'operatorSpan' && key !== 'definitions') visit(child);
    }
  };
  visit(expression);
  return used;
}

function isDefinition(value: unknown): value is DefinitionSymbol {
  return typeof value === 'object' && value !== null && (value as { readonly kind?: string }).kind === 'definition';
}
