/**
 * Divides a next-state relation into actions: a disjunct each, seen through \E over constant sets, LET, and operators. An
 * action is told by the disjuncts to take on the way to it, so that its code contains the bindings above it.
 */
import type { DefinitionSymbol, ResolvedExpression, ResolvedSymbol } from '../names/resolved.js';
import type { Span } from '../syntax/span.js';

/** One disjunct of the next-state relation. */
export interface ActionPath {
  /** The innermost operator that it stands in. */
  readonly name: string;
  readonly span: Span;
  /** For each disjunction on the way: which disjunct. */
  readonly choices: readonly number[];
}

/** The actions of a relation, in the order of the text. */
export const actionsOf = (
  next: ResolvedExpression,
  name: string,
  definitionOf: (symbol: ResolvedSymbol) => DefinitionSymbol | undefined,
): readonly ActionPath[] => {
  const found: ActionPath[] = [];
  const visit = (e: ResolvedExpression, inside: string, choices: readonly number[]): void => {
    if (e.kind === 'junction' && e.operator === '\\/') {
      e.items.forEach((item, i) => visit(item, inside, [...choices, i]));
    } else if (e.kind === 'junction' && e.items.length === 1) {
      visit(e.items[0] as ResolvedExpression, inside, choices);
    } else if (e.kind === 'quantifier' && e.quantifier === '\\E' && e.bounds.every(({ set }) => set.level === 0)) {
      visit(e.body, inside, choices);
    } else if (e.kind === 'let') {
      visit(e.body, inside, choices);
    } else if (e.kind === 'apply' && e.level >= 2 && definitionOf(e.operator) !== undefined) {
      const definition = definitionOf(e.operator) as DefinitionSymbol;
      if (definition.recursive) found.push({ name: definition.name, span: definition.span, choices });
      else visit(definition.body, definition.name, choices);
    } else {
      found.push({ name: inside, span: e.span, choices });
    }
  };
  visit(next, name, []);
  return found;
};
