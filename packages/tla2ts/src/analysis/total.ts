/** Which expressions have a value whatever happens, as long as the kinds of values agree. */
import type { DefinitionSymbol, LocalSymbol, ResolvedArgument, ResolvedExpression } from '../names/resolved.js';
import { children } from './children.js';
import type { Evaluated } from './strict.js';

/** Operators that cannot fail on values of the right types, and cost next to nothing. */
const cheap: ReadonlySet<string> = new Set('+ - < > <= >= Len ~ Nat Int BOOLEAN STRING'.split(' '));

/** All operators that cannot fail on them. */
const total: ReadonlySet<string> = new Set([
  ...cheap,
  ...'= /= => <=> * -. .. \\cup \\cap \\ \\subseteq \\in \\notin SUBSET UNION DOMAIN Seq Append \\o'.split(' '),
]);

/** What is known about names. */
export interface Known {
  /** Parameters that are not values yet: to use one may fail. */
  readonly late: ReadonlySet<LocalSymbol>;
  /** What an identifier is an element of. */
  readonly bounds: ReadonlyMap<LocalSymbol, ResolvedExpression>;
}

/** What has been evaluated before in any case: it has a value. */
export type Evaluations = ReadonlySet<Evaluated>;

const nothing: Known = { late: new Set(), bounds: new Map() };
const none: Evaluations = new Set();

/** Whether evaluating the expression cannot fail and costs next to nothing. */
export function isPlain(e: ResolvedArgument, known: Known = nothing): boolean {
  const fine = (part: ResolvedArgument): boolean => isPlain(part, known);
  switch (e.kind) {
    case 'number':
    case 'string':
    case 'boolean':
    case 'at':
      return true;
    case 'field':
    case 'junction':
    case 'if':
      return children(e).every(fine);
    case 'apply': {
      const { operator, args } = e;
      if (operator.kind === 'variable') return true;
      if (operator.kind === 'local') return args.length === 0 && !known.late.has(operator);
      if (!args.every(fine)) return false;
      if (operator.kind === 'builtin')
        return cheap.has(operator.name) || (comparing.has(operator.name) && areScalars(args));
      return operator.kind === 'definition' && isPlainOperator(operator);
    }
    default:
      return false;
  }
}

/** Comparisons, which cost next to nothing where one side is a number, a string or a Boolean. */
const comparing: ReadonlySet<string> = new Set(['=', '/=']);

const areScalars = (args: readonly ResolvedArgument[]): boolean =>
  args.some(({ kind }) => kind === 'number' || kind === 'string' || kind === 'boolean');

const plainOperators = new WeakMap<DefinitionSymbol, boolean>();

/** Whether applying an operator of a module to values costs next to nothing and cannot fail. */
function isPlainOperator(definition: DefinitionSymbol): boolean {
  if (definition.recursive || definition.place !== 'top' || definition.parameters.some(({ arity }) => arity > 0)) {
    return false;
  }
  const found = plainOperators.get(definition) ?? isPlain(definition.body);
  plainOperators.set(definition, found);
  return found;
}

/** Whether evaluating the expression cannot fail. */
export function isTotal(e: ResolvedArgument, known: Known = nothing, before: Evaluations = none): boolean {
  const fine = (part: ResolvedArgument): boolean => isTotal(part, known, before);
  switch (e.kind) {
    case 'number':
    case 'string':
    case 'boolean':
    case 'at':
    case 'operator':
    case 'lambda':
      return true;
    case 'field':
    case 'junction':
    case 'if':
    case 'let':
    case 'tuple':
    case 'setEnumeration':
    case 'product':
    case 'record':
    case 'recordSet':
    case 'functionSet':
    case 'except':
      return children(e).every(fine);
    case 'case':
      return e.other !== undefined && children(e).every(fine);
    case 'functionConstructor':
    case 'setMap':
    case 'quantifier':
      return e.bounds.length > 0 && e.bounds.every(({ set }) => isFinite(set)) && children(e).every(fine);
    case 'setFilter':
      return isFinite(e.bound.set) && children(e).every(fine);
    case 'functionApply':
      return isInside(e, known) || [...before].some((one) => !('name' in one) && same(one, e));
    case 'apply': {
      const { operator, args } = e;
      if (operator.kind === 'variable') return true;
      if (operator.kind === 'local') return args.length === 0 && (!known.late.has(operator) || before.has(operator));
      if (operator.kind === 'builtin') return total.has(operator.name) && args.every(fine);
      if (operator.kind !== 'definition') return false;
      return before.has(operator) || (args.every(fine) && isTotalOperator(operator, known, before));
    }
    default:
      return false;
  }
}

const totalOperators = new WeakMap<DefinitionSymbol, boolean>();

/** Whether an operator has a value for all arguments; of one that uses itself that is not asked. */
function isTotalOperator(definition: DefinitionSymbol, known: Known, before: Evaluations): boolean {
  if (definition.recursive || definition.parameters.some(({ arity }) => arity > 0)) return false;
  // The body of a LET definition uses what is around it.
  if (definition.place === 'let') return isTotal(definition.body, known, before);
  const found = totalOperators.get(definition);
  if (found !== undefined) return found;
  const own = isTotal(definition.body, { ...known, late: nothing.late });
  totalOperators.set(definition, own);
  return own;
}

/** Sets that are finite by their form. */
function isFinite(e: ResolvedExpression): boolean {
  if (e.kind === 'setEnumeration') return true;
  return e.kind === 'apply' && e.operator.kind === 'builtin' && ['..', 'DOMAIN'].includes(e.operator.name);
}

/**
 * Whether `f[x]` is inside of the domain because x is bound by `x \in DOMAIN f`, or `f[x + 1]` because x is bound by `x \in 1 .. Len(f) - 1`, or the like: f has its value by
 * then.
 */
function isInside(e: ResolvedExpression & { readonly kind: 'functionApply' }, { bounds }: Known): boolean {
  const [index, ...others] = e.args;
  if (index === undefined || others.length > 0) return false;
  const [x, by] = shifted(index);
  const set = x.kind === 'apply' && x.operator.kind === 'local' ? bounds.get(x.operator) : undefined;
  if (set?.kind !== 'apply' || set.operator.kind !== 'builtin') return false;
  const [low, high] = set.args as readonly ResolvedExpression[];
  if (set.operator.name === 'DOMAIN') return by === 0n && low !== undefined && same(low, e.function);
  if (set.operator.name !== '..' || low?.kind !== 'number' || low.value + by < 1n || high === undefined) return false;
  const [length, less] = shifted(high);
  if (length.kind !== 'apply' || length.operator.kind !== 'builtin' || length.operator.name !== 'Len') return false;
  return less + by <= 0n && same(length.args[0] as ResolvedExpression, e.function);
}

/** `a + 1`, `a - 1`, `a`: what a number is added to, and the number. */
function shifted(e: ResolvedExpression): readonly [ResolvedExpression, bigint] {
  if (e.kind !== 'apply' || e.operator.kind !== 'builtin') return [e, 0n];
  const [of, by] = e.args as readonly ResolvedExpression[];
  if (of === undefined || by?.kind !== 'number') return [e, 0n];
  if (e.operator.name === '+') return [of, by.value];
  return e.operator.name === '-' ? [of, -by.value] : [e, 0n];
}

/** Names, fields and applications that are written alike. */
function same(a: ResolvedExpression, b: ResolvedExpression): boolean {
  if (a.kind === 'number' && b.kind === 'number') return a.value === b.value;
  if (a.kind === 'field' && b.kind === 'field') return a.field === b.field && same(a.record, b.record);
  if (a.kind === 'functionApply' && b.kind === 'functionApply') {
    return same(a.function, b.function) && a.args.every((arg, i) => b.args[i] !== undefined && same(arg, b.args[i]));
  }
  if (a.kind !== 'apply' || b.kind !== 'apply') return false;
  return a.operator === b.operator && a.args.length === 0 && b.args.length === 0;
}
