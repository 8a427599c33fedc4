/** What expressions are made of. */
import type {
  DefinitionSymbol,
  LocalSymbol,
  ResolvedArgument,
  ResolvedBound,
  ResolvedPattern,
  ResolvedSymbol,
} from '../names/resolved.js';

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

/** The same for any of several symbols, names of values among them. */
export const mentionsAny = (e: ResolvedArgument, symbols: ReadonlySet<unknown>): boolean => {
  if ((e.kind === 'apply' || e.kind === 'operator') && symbols.has(e.operator)) return true;
  if (e.kind === 'let' && e.definitions.some(({ body }) => mentionsAny(body, symbols))) return true;
  return children(e).some((part) => mentionsAny(part, symbols));
};

/** Every definition that occurs in the expression, or in the body of a LET definition that does. */
export function usedDefinitions(e: ResolvedArgument): ReadonlySet<DefinitionSymbol> {
  const used = new Set<DefinitionSymbol>();
  const visit = (part: ResolvedArgument): void => {
    const operator = part.kind === 'apply' || part.kind === 'operator' ? part.operator : undefined;
    if (operator?.kind === 'definition' && !used.has(operator)) {
      used.add(operator);
      if (operator.place === 'let') visit(operator.body);
    }
    children(part).forEach(visit);
  };
  visit(e);
  return used;
}

/** The sets that an expression binds identifiers to. */
export function boundsOf(e: ResolvedArgument): readonly Pick<ResolvedBound, 'pattern' | 'set'>[] {
  switch (e.kind) {
    case 'setFilter':
      return [e.bound];
    case 'setMap':
    case 'functionConstructor':
    case 'quantifier':
      return e.bounds;
    case 'choose':
      return e.set === undefined ? [] : [{ pattern: e.pattern, set: e.set }];
    default:
      return [];
  }
}

/** The identifiers of a pattern. */
export const symbolsOf = (pattern: ResolvedPattern): readonly LocalSymbol[] =>
  pattern.kind === 'name' ? [pattern.symbol] : pattern.symbols;

/** How many arguments a symbol takes. */
export function arityOf(symbol: ResolvedSymbol): number {
  if (symbol.kind === 'definition') return symbol.parameters.length;
  return symbol.kind === 'variable' ? 0 : symbol.arity;
}
