/**
 * TLA+ evaluates arguments and LET definitions when they are used, JavaScript when they are given. Where an expression surely
 * uses a name, or where computing its value cannot fail, that is the same.
 */
import type {
  DefinitionSymbol,
  LocalSymbol,
  ResolvedApplication,
  ResolvedArgument,
  ResolvedExpression,
} from '../names/resolved.js';

type Named = DefinitionSymbol | LocalSymbol;
type Used = ReadonlySet<Named>;
const nothing: Used = new Set();

const union = (sets: readonly Used[]): Used => new Set(sets.flatMap((set) => [...set]));
const both = (a: Used, b: Used): Used => new Set([...a].filter((symbol) => b.has(symbol)));

/** The parameters and the LET definitions without parameters that evaluating the expression certainly evaluates. */
export function strictUses(e: ResolvedArgument): Used {
  switch (e.kind) {
    case 'apply':
      return union([ownUse(e), ...strictArguments(e).map(strictUses)]);
    case 'junction':
      return e.items[0] === undefined ? nothing : strictUses(e.items[0]);
    case 'if':
      return union([strictUses(e.condition), both(strictUses(e.then), strictUses(e.else))]);
    case 'case':
      return e.arms[0] === undefined ? nothing : strictUses(e.arms[0].condition);
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
      return union([strictUses(e.function), ...e.args.map(strictUses)]);
    case 'except':
      return strictUses(e.function);
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

function ownUse({ operator, args }: ResolvedApplication): Used {
  if (args.length > 0) return nothing;
  if (operator.kind === 'local') return new Set([operator]);
  if (operator.kind !== 'definition' || operator.place !== 'let') return nothing;
  return new Set([operator, ...strictUses(operator.body)]);
}

/** The arguments that an application certainly evaluates. */
function strictArguments({ operator, args }: ResolvedApplication): readonly ResolvedArgument[] {
  if (operator.kind === 'builtin' && (operator.name === '=>' || operator.name === 'Assert')) return args.slice(0, 1);
  if (operator.kind !== 'definition') return args;
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

/** Operators that cannot fail on values of the right types, and cost next to nothing. */
const cheap: ReadonlySet<string> = new Set([
  '+',
  '-',
  '<',
  '>',
  '<=',
  '>=',
  'Len',
  '~',
  'Nat',
  'Int',
  'BOOLEAN',
  'STRING',
]);

/** Further operators that cannot fail. */
const total: ReadonlySet<string> = new Set([
  ...cheap,
  '=',
  '/=',
  '=>',
  '<=>',
  '*',
  '..',
  '\\cup',
  '\\cap',
  '\\',
  '\\subseteq',
  '\\in',
  '\\notin',
  'SUBSET',
  'Seq',
  'Append',
]);

/** Whether evaluating the expression cannot fail and costs next to nothing. */
export function isPlain(e: ResolvedArgument): boolean {
  return cannotFail(e, cheap);
}

/** Whether evaluating the expression cannot fail. */
export function isTotal(e: ResolvedArgument): boolean {
  return cannotFail(e, total);
}

function cannotFail(e: ResolvedArgument, operators: ReadonlySet<string>): boolean {
  const fine = (part: ResolvedArgument): boolean => cannotFail(part, operators);
  const thorough = operators === total;
  switch (e.kind) {
    case 'number':
    case 'string':
    case 'boolean':
    case 'at':
      return true;
    case 'operator':
    case 'lambda':
      return true;
    case 'field':
      return fine(e.record);
    case 'junction':
      return e.items.every(fine);
    case 'if':
      return fine(e.condition) && fine(e.then) && fine(e.else);
    case 'apply': {
      const { operator, args } = e;
      if (operator.kind === 'local' || operator.kind === 'variable') return args.length === 0;
      if (operator.kind === 'builtin') return operators.has(operator.name) && args.every(fine);
      return (
        thorough && operator.kind === 'definition' && args.length === 0 && !operator.recursive && fine(operator.body)
      );
    }
    case 'tuple':
    case 'setEnumeration':
      return thorough && e.items.every(fine);
    case 'product':
      return thorough && e.factors.every(fine);
    case 'record':
    case 'recordSet':
      return thorough && e.fields.every(({ value }) => fine(value));
    case 'functionSet':
      return thorough && fine(e.domain) && fine(e.range);
    case 'functionConstructor':
    case 'setMap':
      return thorough && e.bounds.every(({ set }) => isFiniteSet(set) && fine(set)) && fine(bodyOf(e));
    default:
      return false;
  }
}

function bodyOf(e: ResolvedExpression & { readonly kind: 'functionConstructor' | 'setMap' }): ResolvedExpression {
  return e.kind === 'setMap' ? e.element : e.body;
}

function isFiniteSet(e: ResolvedExpression): boolean {
  return (
    e.kind === 'setEnumeration' || (e.kind === 'apply' && e.operator.kind === 'builtin' && e.operator.name === '..')
  );
}
