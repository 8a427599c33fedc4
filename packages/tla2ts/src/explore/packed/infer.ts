/** The domain of each variable: what an invariant says of it, widened by values that were seen. */
import type { ResolvedExpression, ResolvedSymbol, DefinitionSymbol, VariableSymbol } from '../../names/resolved.js';
import { type Domain, greatestInt, setDomain } from './domains.js';
import { type DomainFinder, mostListed } from './domain-of-set.js';
import { SetValue, SpecError } from '../values/values.js';
import { isConstant } from './constants.js';
import { isFiniteSet } from '../values/sets.js';

export interface InferOptions {
  readonly variables: readonly VariableSymbol[];
  /** Conjuncts of the invariants, seen through names. */
  readonly conjuncts: readonly ResolvedExpression[];
  readonly definitionOf: (symbol: ResolvedSymbol) => DefinitionSymbol | undefined;
  readonly constantOf: (e: ResolvedExpression) => unknown;
  readonly finder: DomainFinder;
}

/** `v \\in S` and `v \\subseteq S` with a constant S. */
export const typeDomains = ({
  conjuncts,
  constantOf,
  finder,
  definitionOf,
}: InferOptions): Map<VariableSymbol, Domain> => {
  const found = new Map<VariableSymbol, Domain>();
  for (const e of conjuncts) {
    if (e.kind !== 'apply' || e.operator.kind !== 'builtin' || definitionOf(e.operator) !== undefined) continue;
    const [left, right] = e.args as readonly ResolvedExpression[];
    if (left?.kind !== 'apply' || left.operator.kind !== 'variable' || found.has(left.operator)) continue;
    if (right === undefined || !isConstant(right)) continue;
    const domain = domainSaid(e.operator.name, () => constantOf(right), finder);
    if (domain !== undefined && domain.kind !== 'word') found.set(left.operator, domain);
  }
  return found;
};

const domainSaid = (operator: string, compute: () => unknown, finder: DomainFinder): Domain | undefined => {
  if (operator !== '\\in' && operator !== '\\subseteq') return undefined;
  try {
    const set = compute();
    if (!(set instanceof SetValue)) return undefined;
    if (operator === '\\in') return finder.ofElements(set);
    if (!isFiniteSet(set) || set.size > mostListed) return undefined;
    return setDomain(finder.enumeration([...set.elements()]));
  } catch (error) {
    if (error instanceof SpecError) return undefined;
    throw error;
  }
};

/** Values of each variable that were seen. */
export type Samples = readonly (readonly unknown[])[];

/** A domain for each variable: what the invariants say where it is bounded, else what samples show. */
export const domainsOf = (
  options: InferOptions,
  samples: Samples,
  of: (values: readonly unknown[]) => Domain,
): readonly Domain[] => {
  const said = typeDomains(options);
  return options.variables.map((variable, i) => {
    const domain = said.get(variable);
    return domain !== undefined && isBounded(domain) ? domain : of(samples[i] ?? []);
  });
};

/** `Nat` and `Int` say nothing of the numbers that there are: few of them take few bits, and sums of few are few. */
const isBounded = (domain: Domain): boolean => {
  switch (domain.kind) {
    case 'int':
      return domain.high < greatestInt;
    case 'word':
    case 'sequence':
      return false;
    case 'product':
      return domain.slots.every((slot) => isBounded(slot.domain));
    default:
      return true;
  }
};
