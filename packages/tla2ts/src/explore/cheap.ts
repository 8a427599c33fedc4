/** Which values the checker's code computes at once rather than when they are used. */
import type { ResolvedArgument } from '../names/resolved.js';

/** Operators that cannot fail on arguments of the right kind. */
const total: ReadonlySet<string> = new Set(
  '= /= \\in \\notin ~ => <=> \\cup \\cap \\ \\subseteq + - * -. < > <= >= .. Len Append \\o Cardinality Nat Int BOOLEAN STRING'.split(
    ' ',
  ),
);

/** An expression that is quick to evaluate and cannot fail in a specification whose kinds of values agree. */
export const isCheap = (e: ResolvedArgument): boolean => {
  switch (e.kind) {
    case 'number':
    case 'string':
    case 'boolean':
    case 'at':
      return true;
    case 'tuple':
    case 'setEnumeration':
    case 'junction':
      return e.items.every(isCheap);
    case 'record':
      return e.fields.every(({ value }) => isCheap(value));
    case 'field':
      return isCheap(e.record);
    case 'if':
      return isCheap(e.condition) && isCheap(e.then) && isCheap(e.else);
    case 'apply':
      switch (e.operator.kind) {
        case 'local':
        case 'variable':
        case 'constant':
          return e.args.length === 0;
        case 'builtin':
          return total.has(e.operator.name) && e.args.every(isCheap);
        case 'definition':
          return (
            e.operator.place === 'top' && e.operator.level === 0 && e.args.length === 0 && isCheap(e.operator.body)
          );
      }
      return false;
    default:
      return false;
  }
};
