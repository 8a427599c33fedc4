/** What a specification says of its behaviours: `Init /\\ [][Next]_vars`. */
import type { DefinitionSymbol, ResolvedExpression, ResolvedSpec } from '../names/resolved.js';

/** The initial predicate and the next-state action. */
export interface Behaviours {
  readonly init: ResolvedExpression;
  readonly next: ResolvedExpression;
}

/** What a configuration names: `SPECIFICATION`, or `INIT` and `NEXT`. */
export interface BehaviourNames {
  readonly specification?: string | undefined;
  readonly init?: string | undefined;
  readonly next?: string | undefined;
}

/** Of the definitions that are named; without names those of `Spec`, of another formula of this form, or `Init` and `Next`. */
export function behavioursOf(spec: ResolvedSpec, names: BehaviourNames = {}): Behaviours | undefined {
  if (spec.variables.length === 0) return undefined;
  const definition = (name: string): DefinitionSymbol | undefined => {
    const symbol = spec.root.scope.get(name);
    return symbol?.kind === 'definition' && symbol.parameters.length === 0 ? symbol : undefined;
  };
  if (names.specification !== undefined) return partsOf(definition(names.specification)?.body);
  const named = pair(definition(names.init ?? 'Init'), definition(names.next ?? 'Next'));
  if (names.init !== undefined) return named;
  const formulas = [...spec.root.scope.values()].filter(
    (symbol): symbol is DefinitionSymbol =>
      symbol.kind === 'definition' && symbol.level === 3 && symbol.parameters.length === 0,
  );
  const first = definition('Spec');
  for (const formula of [...(first === undefined ? [] : [first]), ...formulas]) {
    const found = partsOf(formula.body);
    if (found !== undefined) return found;
  }
  return named;
}

function pair(init: DefinitionSymbol | undefined, next: DefinitionSymbol | undefined): Behaviours | undefined {
  if (init === undefined || next === undefined) return undefined;
  return { init: named(init), next: named(next) };
}

function named(operator: DefinitionSymbol): ResolvedExpression {
  const { nameSpan: span, level } = operator;
  return { kind: 'apply', operator, operatorSpan: span, span, level, args: [] };
}

function partsOf(formula: ResolvedExpression | undefined): Behaviours | undefined {
  if (formula === undefined) return undefined;
  const parts = conjuncts(formula);
  const initial = parts.filter((part) => part.level < 2);
  const next = parts.map(always).find((part) => part !== undefined);
  const [first] = initial;
  if (first === undefined || next === undefined) return undefined;
  if (initial.length === 1) return { init: first, next };
  return { init: { kind: 'junction', operator: '/\\', span: first.span, level: 1, items: initial }, next };
}

/** A in `[][A]_v`. */
function always(e: ResolvedExpression): ResolvedExpression | undefined {
  if (e.kind !== 'apply' || e.operator.kind !== 'builtin' || e.operator.name !== '[]') return undefined;
  const [inner] = e.args;
  return inner?.kind === 'box' ? inner.action : undefined;
}

/** The conjuncts of a formula, seen through names of formulas. */
function conjuncts(e: ResolvedExpression): readonly ResolvedExpression[] {
  if (e.kind === 'junction' && (e.operator === '/\\' || e.items.length === 1)) return e.items.flatMap(conjuncts);
  const isName = e.kind === 'apply' && e.operator.kind === 'definition' && e.args.length === 0 && e.level === 3;
  return isName ? conjuncts((e.operator as DefinitionSymbol).body) : [e];
}
