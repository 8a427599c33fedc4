/** Which variables a value depends on, through all definitions that it uses. */
import { children } from '../analysis/children.js';
import { isPure } from './memo/pure.js';
import type {
  DefinitionSymbol,
  ResolvedArgument,
  ResolvedExpression,
  ResolvedSymbol,
  VariableSymbol,
} from '../names/resolved.js';

/** What an expression reads. */
export interface Dependencies {
  readonly variables: ReadonlySet<VariableSymbol>;
  /** Something is primed, or it is an action in another way (UNCHANGED, ENABLED, [A]_v). */
  readonly next: boolean;
  /** There is a composition of actions. */
  readonly composed: boolean;
  /** With the same values of the variables it has the same value. */
  readonly pure: boolean;
}

/** Words for "reads the next state too" among the built-in operators. */
const primes: ReadonlySet<string> = new Set(["'", 'UNCHANGED', 'ENABLED', '\\cdot']);

/** @param replaced what a symbol stands for after the overrides of the configuration; undefined: a value */
export const dependenciesOf = (
  root: ResolvedExpression,
  replaced: (symbol: ResolvedSymbol) => ResolvedSymbol | undefined,
): Dependencies => {
  const variables = new Set<VariableSymbol>();
  const seen = new Set<DefinitionSymbol>();
  let next = false;
  let composed = false;
  let pure = true;
  const visit = (e: ResolvedArgument): void => {
    if (e.kind === 'apply' || e.kind === 'operator') {
      const operator = replaced(e.operator);
      if (operator?.kind === 'builtin') pure &&= isPure(operator);
      if (operator?.kind === 'variable') variables.add(operator);
      else if (operator?.kind === 'builtin' && primes.has(operator.name)) {
        next = true;
        composed ||= operator.name === '\\cdot';
      } else if (operator?.kind === 'definition' && !seen.has(operator)) {
        seen.add(operator);
        visit(operator.body);
      }
    }
    if (e.kind === 'box' || e.kind === 'angle' || e.kind === 'fairness') next = true;
    children(e).forEach(visit);
  };
  visit(root);
  return { variables, next, composed, pure };
};

const priming = new WeakMap<DefinitionSymbol, boolean>();

/** Whether a definition primes one of its parameters, or gives it to another definition that does. */
export const primesParameter = (definition: DefinitionSymbol): boolean => {
  let answer = priming.get(definition);
  if (answer === undefined) {
    priming.set(definition, false);
    const parameters: ReadonlySet<unknown> = new Set(definition.parameters);
    const local = (e: ResolvedArgument): boolean =>
      (e.kind === 'apply' && parameters.has(e.operator)) || children(e).some(local);
    const visit = (e: ResolvedArgument): boolean => {
      if (e.kind === 'apply' && e.operator.kind === 'builtin' && primes.has(e.operator.name) && e.args.some(local))
        return true;
      if ((e.kind === 'box' || e.kind === 'angle') && local(e.subscript)) return true;
      if (e.kind === 'apply' && e.operator.kind === 'definition' && e.args.some(local) && primesParameter(e.operator))
        return true;
      if (e.kind === 'let' && e.definitions.some(({ body }) => visit(body))) return true;
      return children(e).some(visit);
    };
    answer = definition.parameters.length > 0 && visit(definition.body);
    priming.set(definition, answer);
  }
  return answer;
};
