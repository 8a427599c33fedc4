/** What an expression certainly evaluates: TLA+ evaluates arguments and LET definitions when they are used, JavaScript when they are given. */
import type {
  DefinitionSymbol,
  LocalSymbol,
  ResolvedApplication,
  ResolvedArgument,
  ResolvedCase,
  ResolvedExpression,
  ResolvedFunctionApplication,
  ResolvedUpdate,
} from '../names/resolved.js';

/** A name, or an application of a function that has to be inside of its domain. */
export type Evaluated = DefinitionSymbol | LocalSymbol | ResolvedFunctionApplication;
type Used = ReadonlySet<Evaluated>;
const nothing: Used = new Set();

const union = (sets: readonly Used[]): Used => new Set(sets.flatMap((set) => [...set]));
const both = (a: Used, b: Used): Used => new Set([...a].filter((symbol) => b.has(symbol)));

/** The parameters, the LET definitions without parameters and the applications that evaluating the expression certainly evaluates. */
export function strictUses(e: ResolvedArgument): Used {
  switch (e.kind) {
    case 'apply':
      return union([ownUse(e), ...strictArguments(e).map(strictUses)]);
    case 'junction':
      return e.items[0] === undefined ? nothing : strictUses(e.items[0]);
    case 'if':
      return union([strictUses(e.condition), both(strictUses(e.then), strictUses(e.else))]);
    case 'case':
      return strictInCase(e);
    case 'let':
      return strictUses(e.body);
    case 'tuple':
    case 'setEnumeration':
      return union(e.items.map(strictUses));
    case 'product':
      return union(e.factors.map(strictUses));
    case 'record':
    case 'recordSet':
      return union(e.fields.map(({ value }) => strictUses(value)));
    case 'field':
      return strictUses(e.record);
    case 'functionApply':
      return union([new Set([e]), strictUses(e.function), ...e.args.map(strictUses)]);
    case 'except':
      return union([strictUses(e.function), ...e.updates.map(strictInUpdate)]);
    case 'setFilter':
      return strictUses(e.bound.set);
    case 'setMap':
    case 'functionConstructor':
    case 'quantifier':
      return e.bounds[0] === undefined ? nothing : strictUses(e.bounds[0].set);
    case 'functionSet':
      return union([strictUses(e.domain), strictUses(e.range)]);
    case 'choose':
      return e.set === undefined ? nothing : strictUses(e.set);
    default:
      return nothing;
  }
}

/** The first condition, and what all values have in common. */
function strictInCase({ arms, other }: ResolvedCase): Used {
  const values = [...arms.map(({ value }) => value), ...(other === undefined ? [] : [other])].map(strictUses);
  const first = arms[0] === undefined ? nothing : strictUses(arms[0].condition);
  return values.length === 0 ? first : union([first, values.reduce(both)]);
}

/** What has been evaluated when a test has given this value. */
export function usesOfOutcome(test: ResolvedExpression, outcome: boolean): Used {
  if (test.kind === 'junction' && (test.operator === '/\\') === outcome) {
    return union(test.items.map((item) => usesOfOutcome(item, outcome)));
  }
  const isNegation = test.kind === 'apply' && test.operator.kind === 'builtin' && test.operator.name === '~';
  return isNegation ? usesOfOutcome(test.args[0] as ResolvedExpression, !outcome) : strictUses(test);
}

/** Indices in any case; the new value of a field that is there. Outside of a function's domain the value is not asked for. */
function strictInUpdate({ path, value }: ResolvedUpdate): Used {
  const indices = path.flatMap((step) => (step.kind === 'index' ? step.args : []));
  return union([...indices, ...(indices.length === 0 ? [value] : [])].map(strictUses));
}

function ownUse({ operator, args }: ResolvedApplication): Used {
  if (operator.kind === 'local') return new Set([operator]);
  if (args.length > 0 || operator.kind !== 'definition' || operator.place !== 'let') return nothing;
  return new Set([operator, ...strictUses(operator.body)]);
}

/** How many arguments these operators evaluate in any case; all others evaluate all. */
const evaluated: Readonly<Record<string, number>> = { '=>': 1, Assert: 1, "'": 0, ENABLED: 0, UNCHANGED: 0 };

/** The arguments that an application certainly evaluates. Of an operator that is a parameter nothing is known. */
function strictArguments({ operator, args }: ResolvedApplication): readonly ResolvedArgument[] {
  if (operator.kind === 'builtin') return args.slice(0, evaluated[operator.name] ?? args.length);
  if (operator.kind !== 'definition') return [];
  const strict = strictParameters(operator);
  return args.filter((_, i) => strict[i]);
}

const known = new WeakMap<DefinitionSymbol, readonly boolean[]>();
const beingFound = new Map<DefinitionSymbol, readonly boolean[]>();

/**
 * Which parameters an operator certainly evaluates. Of its calls of itself the same is supposed, until nothing speaks against
 * it; of calls of each other nothing is.
 */
export function strictParameters(definition: DefinitionSymbol): readonly boolean[] {
  const found = known.get(definition) ?? beingFound.get(definition);
  if (found !== undefined) return found;
  let supposed = definition.parameters.map(() => true);
  const circle = beingFound.size > 0 && definition.recursive;
  if (circle) supposed = supposed.map(() => false);
  for (;;) {
    beingFound.set(definition, supposed);
    const uses = strictUses(definition.body);
    const next = definition.parameters.map((parameter, i) => supposed[i] === true && uses.has(parameter));
    if (circle || next.every((strict, i) => strict === supposed[i])) break;
    supposed = next;
  }
  beingFound.delete(definition);
  known.set(definition, supposed);
  return supposed;
}
