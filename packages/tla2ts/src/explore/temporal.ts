/**
 * Takes temporal formulas apart: a specification `Init /\ [][Next]_vars /\ fairness`, and properties. The search
 * for violations of safety decides state predicates (of the initial states), `[]P` (an invariant) and `[][A]_v` (a property of steps); what is left is for the liveness checker.
 */
import { children } from '../analysis/children.js';
import type {
  DefinitionSymbol,
  ResolvedActionSubscript,
  ResolvedArgument,
  ResolvedExpression,
  ResolvedSymbol,
} from '../names/resolved.js';

/** The conjuncts of a temporal formula by their kind. */
export interface TemporalParts {
  readonly initial: readonly ResolvedExpression[];
  /** P of `[]P`. */
  readonly always: readonly ResolvedExpression[];
  /** The `[A]_v` of `[][A]_v`. */
  readonly steps: readonly ResolvedActionSubscript[];
  /** Fairness and all other temporal formulas. */
  readonly rest: readonly ResolvedExpression[];
}

type DefinitionOf = (symbol: ResolvedSymbol) => DefinitionSymbol | undefined;

/** The parts of a formula, looked for through conjunctions and the names of definitions. */
export const temporalParts = (formula: ResolvedExpression, definitionOf: DefinitionOf): TemporalParts => {
  const parts = {
    initial: [] as ResolvedExpression[],
    always: [] as ResolvedExpression[],
    steps: [] as ResolvedActionSubscript[],
    rest: [] as ResolvedExpression[],
  };
  const visit = (e: ResolvedExpression): void => {
    const plain = unfold(e, definitionOf);
    if (e.level <= 1) parts.initial.push(e);
    else if (plain.kind === 'junction' && plain.operator === '/\\') plain.items.forEach(visit);
    else if (plain.kind === 'apply' && plain.operator.kind === 'builtin' && plain.operator.name === '[]') {
      always(plain.args[0] as ResolvedExpression, plain);
    } else parts.rest.push(e);
  };
  const always = (e: ResolvedExpression, whole: ResolvedExpression): void => {
    const plain = unfold(e, definitionOf);
    if (e.level <= 1) parts.always.push(e);
    else if (plain.kind === 'box') parts.steps.push(plain);
    else if (plain.kind === 'junction' && plain.operator === '/\\') plain.items.forEach((item) => always(item, whole));
    else parts.rest.push(whole);
  };
  visit(formula);
  return parts;
};

/** The expression that a name without arguments stands for. */
export const unfold = (e: ResolvedExpression, definitionOf: DefinitionOf): ResolvedExpression => {
  if (e.kind !== 'apply' || e.args.length > 0) return e;
  const definition = definitionOf(e.operator);
  return definition === undefined || definition.recursive ? e : unfold(definition.body, definitionOf);
};

/** The first part that has no meaning for the liveness checker: hiding, unbounded quantifiers, `-+->`. */
export const uncheckable = (root: ResolvedExpression, definitionOf: DefinitionOf): ResolvedExpression | undefined => {
  const seen = new Set<DefinitionSymbol>();
  const visit = (e: ResolvedArgument): ResolvedExpression | undefined => {
    if (e.kind === 'quantifier' && e.level === 3 && e.bounds.length === 0) return e;
    if (e.kind === 'apply') {
      if (e.operator.kind === 'builtin' && e.operator.name === '-+->') return e;
      const definition = definitionOf(e.operator);
      if (definition !== undefined && definition.level === 3 && !seen.has(definition)) {
        seen.add(definition);
        const inside = visit(definition.body);
        if (inside !== undefined) return inside;
      }
    }
    for (const child of children(e)) {
      const found = visit(child);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return visit(root);
};
