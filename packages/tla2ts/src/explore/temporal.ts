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

/** A formula, and whether it stands in the text of a module that is an INSTANCE. */
export interface TemporalPart {
  readonly expression: ResolvedExpression;
  readonly inInstance: boolean;
}

/** The conjuncts of a temporal formula by their kind. */
export interface TemporalParts {
  readonly initial: readonly ResolvedExpression[];
  /** P of `[]P`. */
  readonly always: readonly ResolvedExpression[];
  /** The `[A]_v` of `[][A]_v`. */
  readonly steps: readonly ResolvedActionSubscript[];
  /** Fairness and all other temporal formulas. */
  readonly rest: readonly TemporalPart[];
}

type DefinitionOf = (symbol: ResolvedSymbol) => DefinitionSymbol | undefined;

/** The parts of a formula, looked for through conjunctions and the names of definitions. */
export const temporalParts = (formula: ResolvedExpression, definitionOf: DefinitionOf): TemporalParts => {
  const parts = {
    initial: [] as ResolvedExpression[],
    always: [] as ResolvedExpression[],
    steps: [] as ResolvedActionSubscript[],
    rest: [] as TemporalPart[],
  };
  const visit = (e: ResolvedExpression, inside: boolean): void => {
    const plain = unfold(e, definitionOf);
    const inInstance = inside || entersInstance(e, definitionOf);
    if (e.level <= 1) parts.initial.push(e);
    else if (plain.kind === 'junction' && plain.operator === '/\\') {
      for (const item of plain.items) visit(item, inInstance);
    } else if (plain.kind === 'apply' && plain.operator.kind === 'builtin' && plain.operator.name === '[]') {
      always(plain.args[0] as ResolvedExpression, { expression: plain, inInstance });
    } else parts.rest.push({ expression: plain, inInstance });
  };
  const always = (e: ResolvedExpression, whole: TemporalPart): void => {
    const plain = unfold(e, definitionOf);
    if (e.level <= 1) parts.always.push(e);
    else if (plain.kind === 'box') parts.steps.push(plain);
    else if (plain.kind === 'junction' && plain.operator === '/\\') {
      for (const item of plain.items) always(item, whole);
    } else parts.rest.push(whole);
  };
  visit(formula, false);
  return parts;
};

/** The expression that a name without arguments stands for. */
export const unfold = (e: ResolvedExpression, definitionOf: DefinitionOf): ResolvedExpression => {
  const definition = named(e, definitionOf);
  return definition === undefined ? e : unfold(definition.body, definitionOf);
};

const named = (e: ResolvedExpression, definitionOf: DefinitionOf): DefinitionSymbol | undefined => {
  if (e.kind !== 'apply' || e.args.length > 0) return undefined;
  const definition = definitionOf(e.operator);
  return definition === undefined || definition.recursive ? undefined : definition;
};

/** Whether one of the names that `unfold` goes through is that of a definition in an INSTANCE. */
const entersInstance = (e: ResolvedExpression, definitionOf: DefinitionOf): boolean => {
  const definition = named(e, definitionOf);
  return definition !== undefined && (definition.origin !== undefined || entersInstance(definition.body, definitionOf));
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
