/** Where formulas give variables their values: `x = e`, `x \in S` and `x \subseteq S`, of variables or primed ones. */
import { languageSymbol } from '../names/standard-modules.js';
import type { DefinitionSymbol, ResolvedApplication, ResolvedExpression } from '../names/resolved.js';

/** The first two of an initial predicate, also in the definitions that it uses. */
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

const subsets = new WeakMap<ResolvedExpression, ResolvedExpression>();

/** The set from which `x \in S` or `x \subseteq S` takes a value; undefined for another operator. */
export function chosenFrom({ operator, args, span }: ResolvedApplication): ResolvedExpression | undefined {
  const set = args[1] as ResolvedExpression | undefined;
  if (set === undefined || operator.kind !== 'builtin') return undefined;
  if (operator.name === '\\in') return set;
  if (operator.name !== '\\subseteq') return undefined;
  const known = subsets.get(set);
  if (known !== undefined) return known;
  const { level } = set;
  const all = {
    kind: 'apply',
    operator: languageSymbol('SUBSET'),
    operatorSpan: span,
    args: [set],
    level,
    span,
  } as const;
  subsets.set(set, all);
  return all;
}
