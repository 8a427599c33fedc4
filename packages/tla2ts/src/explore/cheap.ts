/** Which values the checker's code computes at once rather than when they are used. */
import { children } from '../analysis/children.js';
import type { ResolvedArgument } from '../names/resolved.js';
import type { Scope } from './expressions.js';

/** Operators that cannot fail on arguments of the right kind. */
const total: ReadonlySet<string> = new Set(
  '= /= \\in \\notin ~ => <=> \\cup \\cap \\ \\subseteq + - * -. < > <= >= .. Len Append \\o Cardinality Nat Int BOOLEAN STRING'.split(
    ' ',
  ),
);

/** An expression that is quick to evaluate and cannot fail in a specification whose kinds of values agree. */
export const isCheap = (e: ResolvedArgument, scope: Scope): boolean => {
  switch (e.kind) {
    case 'number':
    case 'string':
    case 'boolean':
    case 'at':
      return true;
    case 'tuple':
    case 'setEnumeration':
    case 'junction':
    case 'record':
    case 'field':
    case 'if':
      return children(e).every((part) => isCheap(part, scope));
    case 'apply': {
      const { operator, args } = e;
      if (operator.kind === 'local') return args.length === 0 && scope.locals.get(operator)?.endsWith(')') !== true;
      if (operator.kind === 'variable' || operator.kind === 'constant') return args.length === 0;
      if (operator.kind === 'builtin') return total.has(operator.name) && args.every((arg) => isCheap(arg, scope));
      return operator.place === 'top' && operator.level === 0 && args.length === 0 && isCheap(operator.body, scope);
    }
    default:
      return false;
  }
};
