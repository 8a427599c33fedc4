/** Types of the operators of the language and of the standard modules. */
import { communityType } from './community.js';
import type { Signature } from './infer.js';
import {
  BOOL,
  compatible,
  freshType,
  functionType,
  INT,
  MIXED,
  resolve,
  sequenceType,
  setType,
  TEXT,
  type Type,
} from './type.js';

type Same = (a: Type, b: Type) => void;

const arithmetic = new Set(['+', '-', '*', '^', '%', '\\div', '-.']);
const comparisons = new Set(['<', '>', '<=', '>=']);
const logical = new Set(['=>', '<=>', '~']);
const temporal = new Set(['[]', '<>', '~>', '-+->', 'ENABLED', '\\cdot']);
const setOperators = new Set(['\\cup', '\\cap', '\\']);

/** The type of a built-in operator applied to arguments of these types; the arguments' types are unified as it demands. */
export function builtinType(name: string, args: readonly (Type | Signature)[], same: Same): Type {
  const value = (i: number): Type => {
    const type = args[i];
    return type === undefined || 'parameters' in type ? MIXED : type;
  };
  const all = (type: Type): void => args.forEach((_, i) => same(value(i), type));
  if (arithmetic.has(name)) {
    all(INT);
    return INT;
  }
  if (comparisons.has(name)) {
    all(INT);
    return BOOL;
  }
  if (logical.has(name)) {
    all(BOOL);
    return BOOL;
  }
  if (temporal.has(name)) return BOOL;
  if (setOperators.has(name)) {
    const element = freshType();
    same(value(0), setType(element));
    same(value(1), setType(element));
    // A set of its own: what becomes of it is nothing to those that it is made of.
    return setType(element);
  }
  const element = freshType();
  const sequence = sequenceType(element);
  switch (name) {
    case "'":
      return value(0);
    case '=':
    case '/=':
    case '\\subseteq':
      // Values of any two types can be compared: that alone makes no place of one type take values of the other.
      if (compatible(value(0), value(1))) same(value(0), value(1));
      return BOOL;
    case '\\in':
    case '\\notin': {
      const members = setType(value(0));
      if (compatible(value(1), members)) same(value(1), members);
      return BOOL;
    }
    case '..':
      all(INT);
      return setType(INT);
    case 'Nat':
    case 'Int':
      return setType(INT);
    case 'BOOLEAN':
      return setType(BOOL);
    case 'STRING':
      return setType(TEXT);
    case 'UNCHANGED':
    case 'Assert':
    case 'PrintT':
    case 'IsFiniteSet':
    case 'BagIn':
    case 'IsABag':
    case '\\sqsubseteq':
      return BOOL;
    case 'BagCardinality':
    case 'CopiesIn':
      return INT;
    case 'SortSeq': {
      same(value(0), sequence);
      const before = args[1];
      if (before !== undefined && 'parameters' in before) {
        for (const parameter of before.parameters) if (!('parameters' in parameter)) same(parameter, element);
        same(before.result, BOOL);
      }
      return value(0);
    }
    case 'Permutations':
    case 'SubBag':
    case 'BagToSet':
      return setType(MIXED);
    case 'SUBSET':
      same(value(0), setType(element));
      return setType(setType(element));
    case 'UNION':
      same(value(0), setType(setType(element)));
      return setType(element);
    case 'Cardinality':
      same(value(0), setType(element));
      return INT;
    case 'Len':
      if (resolve(value(0)).kind !== 'string') same(value(0), sequence);
      return INT;
    case 'Head':
      same(value(0), sequence);
      return element;
    case 'Tail':
      same(value(0), sequence);
      return value(0);
    case 'Append':
      same(value(0), sequence);
      same(value(1), element);
      return value(0);
    case '\\o':
      if ([0, 1].some((i) => resolve(value(i)).kind === 'string')) {
        all(TEXT);
        return TEXT;
      }
      same(value(0), sequence);
      same(value(1), value(0));
      return value(0);
    case 'SubSeq':
      same(value(0), sequence);
      same(value(1), INT);
      same(value(2), INT);
      return value(0);
    case 'SelectSeq': {
      same(value(0), sequence);
      const test = args[1];
      if (test !== undefined && 'parameters' in test) {
        const [parameter] = test.parameters;
        if (parameter !== undefined && !('parameters' in parameter)) same(parameter, element);
        same(test.result, BOOL);
      }
      return value(0);
    }
    case 'Seq':
      same(value(0), setType(element));
      return setType(sequence);
    case ':>':
      return functionType(value(0), value(1));
    case '@@':
      same(value(0), value(1));
      return value(0);
    case 'TLCEval':
      return value(0);
    case 'Print':
      return value(1);
    case 'ToString':
      return TEXT;
    default:
      return communityType(name, args, same) ?? MIXED;
  }
}
