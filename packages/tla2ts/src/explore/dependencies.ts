/** Which variables a value depends on, through all definitions that it uses. */
import type { DefinitionSymbol, ResolvedArgument, ResolvedExpression, VariableSymbol } from '../names/resolved.js';

/** What an expression reads. */
export interface Dependencies {
  readonly variables: ReadonlySet<VariableSymbol>;
  /** Something is primed, or it is an action in another way (UNCHANGED, ENABLED, [A]_v). */
  readonly next: boolean;
}

/** Words for "reads the next state too" among the built-in operators. */
const primes: ReadonlySet<string> = new Set(["'", 'UNCHANGED', 'ENABLED', '\\cdot']);

type Replaced = (symbol: DefinitionSymbol) => DefinitionSymbol;
type ConstantBody = (name: ResolvedArgument) => ResolvedExpression | undefined;

/**
 * @param replaced a definition after the overrides of the configuration
 * @param constantBody what a configuration puts in the place of a constant, where that is a definition
 */
export const dependenciesOf = (
  root: ResolvedExpression,
  replaced: Replaced,
  constantBody: ConstantBody = () => undefined,
): Dependencies => {
  const variables = new Set<VariableSymbol>();
  const seen = new Set<DefinitionSymbol>();
  let next = false;
  const definition = (symbol: DefinitionSymbol): void => {
    const actual = replaced(symbol);
    if (seen.has(actual)) return;
    seen.add(actual);
    visit(actual.body);
  };
  const visit = (e: ResolvedArgument): void => {
    if (e.kind === 'apply' || e.kind === 'operator') {
      const { operator } = e;
      if (operator.kind === 'variable') variables.add(operator);
      else if (operator.kind === 'definition') definition(operator);
      else if (operator.kind === 'builtin' && primes.has(operator.name)) next = true;
      else if (operator.kind === 'constant') {
        const body = constantBody(e);
        if (body !== undefined) visit(body);
      }
    }
    if (e.kind === 'box' || e.kind === 'angle' || e.kind === 'fairness') next = true;
    children(e).forEach(visit);
  };
  visit(root);
  return { variables, next };
};

/** The expressions right below one; the bodies of LET definitions are reached through their uses. */
export const children = (e: ResolvedArgument): readonly ResolvedArgument[] => {
  switch (e.kind) {
    case 'apply':
      return e.args;
    case 'operator':
      return e.leading;
    case 'lambda':
      return [e.body];
    case 'junction':
    case 'tuple':
    case 'setEnumeration':
      return e.items;
    case 'product':
      return e.factors;
    case 'functionApply':
      return [e.function, ...e.args];
    case 'field':
      return [e.record];
    case 'setFilter':
      return [e.bound.set, e.predicate];
    case 'setMap':
      return [...e.bounds.map(({ set }) => set), e.element];
    case 'functionConstructor':
    case 'quantifier':
      return [...e.bounds.map(({ set }) => set), e.body];
    case 'functionSet':
      return [e.domain, e.range];
    case 'record':
    case 'recordSet':
      return e.fields.map(({ value }) => value);
    case 'except':
      return [
        e.function,
        ...e.updates.flatMap(({ path, value }) => [...path.flatMap((s) => (s.kind === 'index' ? s.args : [])), value]),
      ];
    case 'if':
      return [e.condition, e.then, e.else];
    case 'case':
      return [
        ...e.arms.flatMap(({ condition, value }) => [condition, value]),
        ...(e.other === undefined ? [] : [e.other]),
      ];
    case 'let':
      return [e.body];
    case 'choose':
      return e.set === undefined ? [e.body] : [e.set, e.body];
    case 'box':
    case 'angle':
    case 'fairness':
      return [e.subscript, e.action];
    case 'number':
    case 'decimal':
    case 'string':
    case 'boolean':
    case 'at':
      return [];
  }
};
