import type { ResolvedExpression } from '../../names/resolved.js';
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

/** Whether an expression is a constant that is computed once. */
export const isHoisted = (e: ResolvedExpression): boolean => hoisted.has(e.kind) && isClosed(e);
