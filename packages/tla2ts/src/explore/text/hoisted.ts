import type { ResolvedApplication, ResolvedExpression } from '../../names/resolved.js';
import { isClosed } from '../closed.js';

/** Kinds of expressions that are worth computing once when they are constants. */
const hoisted: ReadonlySet<string> = new Set([
  'setEnumeration',
  'setFilter',
  'setMap',
  'functionConstructor',
  'functionSet',
  'recordSet',
  'product',
  'record',
  'tuple',
  'choose',
  'except',
]);

/** Operators of the language and the standard modules that make a set. */
const makesSet: ReadonlySet<string> = new Set(['SUBSET', 'UNION', '\\cup', '\\cap', '\\', 'Seq', 'Permutations']);

/** Whether an application to constants may be worth computing once: an operator that the specification defines, or one that makes a set. */
export const isConstantCall = (e: ResolvedExpression): e is ResolvedApplication =>
  e.kind === 'apply' &&
  e.args.length > 0 &&
  (e.operator.kind === 'definition' || (e.operator.kind === 'builtin' && makesSet.has(e.operator.name))) &&
  isClosed(e);

/** Whether an expression is a constant that is computed once. */
export const isHoisted = (e: ResolvedExpression): boolean => hoisted.has(e.kind) && isClosed(e);
