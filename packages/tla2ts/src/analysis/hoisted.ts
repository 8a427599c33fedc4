/** Definitions of a LET right below a quantifier that need not be made for each element. */
import type { DefinitionSymbol, ResolvedQuantifier } from '../names/resolved.js';
import { mentionsAny, symbolsOf } from './children.js';

/** Those that do not depend on what the quantifier binds. */
export function hoistedDefinitions({ bounds, body }: ResolvedQuantifier): readonly DefinitionSymbol[] {
  if (body.kind !== 'let') return [];
  const bound = new Set<unknown>(bounds.flatMap(({ pattern }) => symbolsOf(pattern)));
  return body.definitions.filter((definition) => {
    const depends = mentionsAny(definition.body, bound);
    if (depends) bound.add(definition);
    return !depends;
  });
}
