/** Which expressions are computed once, before there is a state. */
import type { ResolvedArgument, ResolvedExpression } from '../../names/resolved.js';
import { children } from '../../analysis/children.js';
import { isClosed } from '../closed.js';

const known = new WeakMap<ResolvedExpression, boolean>();

/** A constant expression that takes nothing from around it, and has no LET that reads the state without need. */
export const isConstant = (e: ResolvedExpression): boolean => {
  let answer = known.get(e);
  if (answer === undefined) {
    answer = e.level === 0 && isClosed(e) && !readsState(e);
    known.set(e, answer);
  }
  return answer;
};

const readsState = (e: ResolvedArgument): boolean =>
  (e.kind === 'let' && e.definitions.some(({ level, body }) => level > 0 || readsState(body))) ||
  children(e).some(readsState);
