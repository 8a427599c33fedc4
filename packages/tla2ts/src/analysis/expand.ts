/**
 * Operators that prime a parameter (`Set(v, e) == v' = e`) are no functions of values, and what a LET says of a state has to be
 * said again where it is primed: both are replaced by what they stand for.
 */
import type {
  DefinitionSymbol,
  LocalSymbol,
  ResolvedApplication,
  ResolvedArgument,
  ResolvedBound,
  ResolvedExpression,
  ResolvedPattern,
  ResolvedSpec,
} from '../names/resolved.js';
import { boundsOf, children } from './children.js';
import { mapChildren } from './map-children.js';

/** What names stand for in the expression that is being copied. */
interface Place {
  readonly locals: ReadonlyMap<LocalSymbol, ResolvedArgument | LocalSymbol>;
  readonly lets: ReadonlyMap<DefinitionSymbol, DefinitionSymbol>;
  readonly isPrimed: boolean;
}

const priming = new Set(["'", 'UNCHANGED']);

/** Which definitions prime a parameter, or hand one over to an operator that does. */
export function primingOperators(spec: ResolvedSpec): ReadonlySet<DefinitionSymbol> {
  const found = new Set<DefinitionSymbol>();
  const primes = (e: ResolvedArgument, own: ReadonlySet<LocalSymbol>, isPrimed: boolean): boolean => {
    if (e.kind === 'apply' && e.operator.kind === 'local' && isPrimed && own.has(e.operator)) return true;
    if (e.kind === 'let' && e.definitions.some(({ body }) => primes(body, own, isPrimed))) return true;
    if ((e.kind === 'box' || e.kind === 'angle') && primes(e.subscript, own, true)) return true;
    const inside =
      isPrimed ||
      (e.kind === 'apply' && e.operator.kind === 'builtin' && priming.has(e.operator.name)) ||
      ((e.kind === 'apply' || e.kind === 'operator') && found.has(e.operator as DefinitionSymbol));
    return children(e).some((part) => primes(part, own, inside));
  };
  for (let changed = true; changed;) {
    changed = false;
    for (const definition of spec.definitions) {
      const { parameters, body, level, recursive } = definition;
      if (parameters.length === 0 || level > 2 || recursive || found.has(definition)) continue;
      if (!primes(body, new Set(parameters), false)) continue;
      found.add(definition);
      changed = true;
    }
  }
  return found;
}

/** The specification without what the head of the file says; the same one if there is nothing of the kind. */
export function expanded(spec: ResolvedSpec): ResolvedSpec {
  const operators = primingOperators(spec);
  if (operators.size === 0 && !spec.definitions.some(({ body }) => hasPrimedLet(body, false))) return spec;
  const expander = new Expander(operators);
  const definitions = spec.definitions.filter((one) => !operators.has(one)).map((one) => expander.definition(one));
  const own = (one: DefinitionSymbol): DefinitionSymbol => (operators.has(one) ? one : expander.definition(one));
  const modules = spec.modules.map((module) => ({
    ...module,
    definitions: module.definitions.filter((one) => !operators.has(one)).map(own),
    scope: new Map(
      [...module.scope].map(([name, symbol]) => [name, symbol.kind === 'definition' ? own(symbol) : symbol]),
    ),
  }));
  const root = modules.find(({ name }) => name === spec.root.name) ?? spec.root;
  const assumptions = spec.assumptions.map((one) => ({ ...one, body: expander.expression(one.body) }));
  return { ...spec, definitions, assumptions, modules, root };
}

/** Whether the name of a LET definition without a value of its own is primed. */
function hasPrimedLet(e: ResolvedArgument, isPrimed: boolean): boolean {
  if (e.kind === 'apply' && isPrimed && isLet(e.operator)) return true;
  if (e.kind === 'let' && e.definitions.some(({ body }) => hasPrimedLet(body, isPrimed))) return true;
  const inside = isPrimed || (e.kind === 'apply' && e.operator.kind === 'builtin' && priming.has(e.operator.name));
  return children(e).some((part) => hasPrimedLet(part, inside));
}

const isLet = (symbol: ResolvedApplication['operator']): symbol is DefinitionSymbol =>
  symbol.kind === 'definition' && symbol.place === 'let' && symbol.level > 0 && !symbol.recursive;

class Expander {
  readonly #copies = new Map<DefinitionSymbol, DefinitionSymbol>();

  constructor(readonly operators: ReadonlySet<DefinitionSymbol>) {}

  definition(definition: DefinitionSymbol): DefinitionSymbol {
    const known = this.#copies.get(definition);
    if (known !== undefined) return known;
    const copy = { ...definition };
    this.#copies.set(definition, copy);
    copy.body = this.expression(definition.body);
    return copy;
  }

  expression(e: ResolvedExpression): ResolvedExpression {
    return this.#copy(e, { locals: new Map(), lets: new Map(), isPrimed: false });
  }

  #copy(e: ResolvedExpression, place: Place): ResolvedExpression {
    const copy = (part: ResolvedExpression): ResolvedExpression => this.#copy(part, place);
    switch (e.kind) {
      case 'apply':
        return this.#application(e, place);
      case 'let': {
        const { definitions, inner } = this.#lets(e.definitions, place);
        return { ...e, definitions, body: this.#copy(e.body, inner) };
      }
      case 'box':
      case 'angle':
        return { ...e, action: copy(e.action), subscript: this.#copy(e.subscript, { ...place, isPrimed: true }) };
      default: {
        const inner = withPatterns(e, place);
        return renamed(
          mapChildren(e, (part) => this.#copy(part, inner)),
          inner,
        );
      }
    }
  }

  #lets(
    definitions: readonly DefinitionSymbol[],
    place: Place,
  ): { readonly definitions: readonly DefinitionSymbol[]; readonly inner: Place } {
    const copies = definitions.map((definition) => ({ ...definition }));
    const inner = {
      ...place,
      lets: new Map([...place.lets, ...definitions.map((one, i) => [one, copies[i]!] as const)]),
    };
    for (const copy of copies) copy.body = this.#copy(copy.body, inner);
    return { definitions: copies, inner };
  }

  #application(e: ResolvedApplication, place: Place): ResolvedExpression {
    const { operator } = e;
    const isPriming = operator.kind === 'builtin' && priming.has(operator.name);
    const args = e.args.map((arg) => this.#argument(arg, isPriming ? { ...place, isPrimed: true } : place));
    if (operator.kind === 'local') return this.#local(operator, { ...e, args }, place);
    if (operator.kind !== 'definition') return { ...e, args };
    if (this.operators.has(operator)) return this.#inlined(operator.parameters, operator.body, args, place);
    const own = place.lets.get(operator);
    if (own === undefined)
      return { ...e, args, operator: operator.place === 'let' ? operator : this.definition(operator) };
    if (!place.isPrimed || !isLet(own)) return { ...e, args, operator: own };
    return this.#inlined(own.parameters, own.body, args, place);
  }

  #local(operator: LocalSymbol, e: ResolvedApplication, place: Place): ResolvedExpression {
    const by = place.locals.get(operator);
    if (by === undefined) return e;
    if (by.kind === 'local') return { ...e, operator: by };
    if (by.kind === 'lambda') return this.#inlined(by.parameters, by.body, e.args, place);
    if (by.kind === 'operator') return { ...e, operator: by.operator, args: [...by.leading, ...e.args] };
    return by;
  }

  /** The body with the arguments in the places of the parameters. */
  #inlined(
    parameters: readonly LocalSymbol[],
    body: ResolvedExpression,
    args: readonly ResolvedArgument[],
    place: Place,
  ): ResolvedExpression {
    const locals = new Map([...place.locals, ...parameters.map((one, i) => [one, args[i]!] as const)]);
    return this.#copy(body, { ...place, locals });
  }

  #argument(argument: ResolvedArgument, place: Place): ResolvedArgument {
    if (argument.kind === 'lambda') {
      return { ...argument, body: this.#copy(argument.body, place) };
    }
    if (argument.kind !== 'operator') return this.#copy(argument, place);
    const { operator } = argument;
    const leading = argument.leading.map((one) => this.#argument(one, place));
    if (operator.kind === 'local') {
      const by = place.locals.get(operator);
      if (by === undefined) return { ...argument, leading };
      return by.kind === 'local' ? { ...argument, operator: by, leading } : by;
    }
    if (operator.kind !== 'definition' || this.operators.has(operator)) return { ...argument, leading };
    const own = place.lets.get(operator) ?? (operator.place === 'let' ? operator : this.definition(operator));
    return { ...argument, operator: own, leading };
  }
}

/** Identifiers get new symbols: the same text may stand in several places, with values of several types. */
function withPatterns(e: ResolvedExpression, place: Place): Place {
  const bound = [...boundsOf(e).map(({ pattern }) => pattern), ...(e.kind === 'choose' ? [e.pattern] : [])];
  const symbols = bound.flatMap((pattern) => (pattern.kind === 'name' ? [pattern.symbol] : pattern.symbols));
  if (symbols.length === 0) return place;
  return { ...place, locals: new Map([...place.locals, ...symbols.map((one) => [one, { ...one }] as const)]) };
}

function renamed(e: ResolvedExpression, { locals }: Place): ResolvedExpression {
  const symbol = (one: LocalSymbol): LocalSymbol => locals.get(one) as LocalSymbol;
  const pattern = (one: ResolvedPattern): ResolvedPattern =>
    one.kind === 'name'
      ? { kind: 'name', symbol: symbol(one.symbol) }
      : { kind: 'tuple', symbols: one.symbols.map(symbol) };
  const bound = (one: ResolvedBound): ResolvedBound => ({ ...one, pattern: pattern(one.pattern) });
  switch (e.kind) {
    case 'setFilter':
      return { ...e, bound: bound(e.bound) };
    case 'setMap':
    case 'functionConstructor':
    case 'quantifier':
      return { ...e, bounds: e.bounds.map(bound) };
    case 'choose':
      return { ...e, pattern: pattern(e.pattern) };
    default:
      return e;
  }
}
