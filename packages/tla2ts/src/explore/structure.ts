/** Questions about the form of an expression that decide how an action is compiled. */
import type {
  DefinitionSymbol,
  ResolvedBound,
  ResolvedExpression,
  ResolvedFunctionApplication,
  ResolvedSymbol,
} from '../names/resolved.js';

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
      if (definition === undefined || visiting.has(definition) || isValue(definition)) return false;
      return branches(definition.body, definitionOf, new Set(visiting).add(definition));
    }
    case 'functionApply': {
      const made = functionOf(e, definitionOf);
      if (made === undefined || (made.definition && visiting.has(made.definition))) return false;
      const all = new Set(visiting);
      if (made.definition) all.add(made.definition);
      return branches(made.body, definitionOf, all);
    }
    default:
      return false;
  }
};

/** A constant of a module: TLC computes it beforehand, and so it is true in one way or not at all. */
const isValue = ({ level, parameters, place }: DefinitionSymbol): boolean =>
  level === 0 && parameters.length === 0 && place === 'top';

/** A function that is computed bit by bit: what it is for an argument is a formula for TLC, not a value. */
interface Formula {
  /** Undefined: it is applied where it is written. */
  readonly definition: DefinitionSymbol | undefined;
  readonly bounds: readonly ResolvedBound[];
  readonly body: ResolvedExpression;
}

/** The formula that an application stands for; undefined: the function is a value. Constants of a module are values. */
export const functionOf = (
  { function: f }: ResolvedFunctionApplication,
  definitionOf: (symbol: ResolvedSymbol) => DefinitionSymbol | undefined,
): Formula | undefined => {
  if (f.kind === 'functionConstructor') return { definition: undefined, bounds: f.bounds, body: f.body };
  const definition = f.kind === 'apply' && f.args.length === 0 ? definitionOf(f.operator) : undefined;
  if (definition === undefined || isValue(definition)) return undefined;
  const { body } = definition;
  return body.kind === 'functionConstructor' ? { definition, bounds: body.bounds, body: body.body } : undefined;
};
