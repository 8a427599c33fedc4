/** Types of operators of the community's modules. */
import type { Signature } from './infer.js';
import { BOOL, freshType, INT, MIXED, resolve, sequenceType, setType, type Type } from './type.js';

type Same = (a: Type, b: Type) => void;

/** undefined: nothing is known of the operator. */
export function communityType(name: string, args: readonly (Type | Signature)[], same: Same): Type | undefined {
  const value = (i: number): Type => {
    const type = args[i];
    return type === undefined || 'parameters' in type ? MIXED : type;
  };
  const element = freshType();
  /** The operator takes an element and a result in this order, and gives a result. */
  const fold = (base: Type, first: Type, second: Type): Type => {
    const [op] = args;
    if (op === undefined || !('parameters' in op)) return base;
    op.parameters.forEach((parameter, i) => {
      if (!('parameters' in parameter)) same(parameter, i === 0 ? first : second);
    });
    same(op.result, base);
    return base;
  };
  switch (name) {
    case 'Max':
    case 'Min':
      same(value(0), setType(INT));
      return INT;
    case 'FoldSet':
      same(value(2), setType(element));
      return fold(value(1), element, value(1));
    case 'FoldFunction':
    case 'FoldFunctionOnSet':
      return fold(value(1), resultOf(value(2)), value(1));
    case 'FoldLeft':
      same(value(2), sequenceType(element));
      return fold(value(1), value(1), element);
    case 'FoldSeq':
      same(value(2), sequenceType(element));
      return fold(value(1), element, value(1));
    case 'FoldRight':
      same(value(1), sequenceType(element));
      return fold(value(2), element, value(2));
    case 'Range':
      return setType(resultOf(value(0)));
    case 'ToSet':
      same(value(0), sequenceType(element));
      return setType(element);
    case 'Last':
      same(value(0), sequenceType(element));
      return element;
    case 'Front':
    case 'Reverse':
    case 'RemoveAt':
      same(value(0), sequenceType(element));
      return sequenceType(element);
    case 'Contains':
      same(value(0), sequenceType(element));
      return BOOL;
    case 'IsPrefix':
      same(value(0), sequenceType(element));
      same(value(1), sequenceType(element));
      return BOOL;
    case 'IsInjective':
      return BOOL;
    default:
      return undefined;
  }
}

/** What a function gives, in any representation. */
function resultOf(type: Type): Type {
  const known = resolve(type);
  if (known.kind === 'sequence') return known.element;
  return known.kind === 'function' ? known.result : MIXED;
}
