/** Which variables a value depends on, through all definitions that it uses. */
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
  const visit = (e: ResolvedArgument): void => {
    if (e.kind === 'apply' || e.kind === 'operator') {
      const operator = replaced(e.operator);
      if (operator?.kind === 'variable') variables.add(operator);
      else if (operator?.kind === 'builtin' && primes.has(operator.name)) next = true;
      else if (operator?.kind === 'definition' && !seen.has(operator)) {
        seen.add(operator);
        visit(operator.body);
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

/** Whether an expression mentions a definition, itself or through LETs inside it. */
export const mentions = (e: ResolvedArgument, definition: DefinitionSymbol): boolean => {
  if ((e.kind === 'apply' || e.kind === 'operator') && e.operator === definition) return true;
  if (e.kind === 'let' && e.definitions.some(({ body }) => mentions(body, definition))) return true;
  return children(e).some((part) => mentions(part, definition));
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
