/** Text of operators of the community's modules. */
import type { ResolvedApplication, ResolvedArgument, ResolvedExpression } from '../names/resolved.js';
import { resolve } from '../types/type.js';
import type { ExpressionWriter } from './expression.js';
import type { Scope } from './scope.js';

/** What an argument is; `place`: where the operator stands, for those that may fail. */
type Part = number | 'place';
type Kind = 'value' | 'set' | 'numbers' | 'sequence' | 'function' | 'operator' | 'number';

interface Translation {
  readonly name: string;
  readonly kinds: readonly Kind[];
  /** The arguments in the order of the function of the run-time library. */
  readonly parts: readonly Part[];
}

const row = (name: string, kinds: string, ...parts: readonly Part[]): Translation => ({
  name,
  kinds: kinds.split(' ') as Kind[],
  parts,
});

const translations: Readonly<Record<string, Translation>> = {
  'FiniteSetsExt!Max': row('max', 'numbers', 0, 'place'),
  'FiniteSetsExt!Min': row('min', 'numbers', 0, 'place'),
  'FiniteSetsExt!FoldSet': row('foldSet', 'operator value set', 0, 1, 2),
  'Functions!FoldFunction': row('foldFunction', 'operator value function', 0, 1, 2),
  'Functions!FoldFunctionOnSet': row('foldFunction', 'operator value function set', 0, 1, 2, 3),
  'Functions!Range': row('range', 'function', 0),
  'Functions!IsInjective': row('isInjective', 'function', 0),
  'SequencesExt!FoldLeft': row('foldLeft', 'operator value sequence', 0, 1, 2),
  'SequencesExt!FoldSeq': row('foldFunction', 'operator value sequence', 0, 1, 2),
  'SequencesExt!FoldRight': row('foldRight', 'operator sequence value', 0, 2, 1),
  'SequencesExt!ToSet': row('setFrom', 'sequence', 0),
  'SequencesExt!Last': row('last', 'sequence', 0, 'place'),
  'SequencesExt!Front': row('front', 'sequence', 0),
  'SequencesExt!Reverse': row('reverse', 'sequence', 0),
  'SequencesExt!Contains': row('contains', 'sequence value', 0, 1),
  'SequencesExt!IsPrefix': row('isPrefix', 'sequence sequence', 0, 1),
  'SequencesExt!RemoveAt': row('removeAt', 'sequence number', 0, 1, 'place'),
};

/** Whether the run-time library has the operator. */
export const isTranslated = (module: string, operator: string): boolean =>
  Object.hasOwn(translations, `${module}!${operator}`);

/** undefined: the operator has no translation. */
export function communityText(w: ExpressionWriter, e: ResolvedApplication, scope: Scope): string | undefined {
  const { operator } = e;
  const found = operator.kind === 'builtin' ? translations[`${operator.module}!${operator.name}`] : undefined;
  if (found === undefined) return undefined;
  const text = (i: number): string => argument(w, e.args[i] as ResolvedArgument, found.kinds[i] as Kind, scope);
  return `rt.${found.name}(${found.parts.map((part) => (part === 'place' ? w.where(e) : text(part))).join(', ')})`;
}

function argument(w: ExpressionWriter, arg: ResolvedArgument, kind: Kind, scope: Scope): string {
  const e = arg as ResolvedExpression;
  switch (kind) {
    case 'operator':
      return w.operator(arg, scope, []);
    case 'set':
      return w.set(e, scope);
    case 'numbers': {
      const set = resolve(w.typeOf(e));
      const isNumbers = set.kind === 'set' && resolve(set.element).kind === 'int';
      return isNumbers ? w.set(e, scope) : `rt.mapSet(${w.set(e, scope)}, (n) => rt.int(n, ${w.where(e)}))`;
    }
    case 'sequence':
      return w.sequence(e, scope);
    case 'number':
      return w.number(e, scope);
    case 'value':
      return w.value(e, scope);
    case 'function': {
      const text = w.value(e, scope);
      const isKnown = ['function', 'sequence', 'tuple'].includes(resolve(w.typeOf(e)).kind);
      return isKnown ? text : `(${text} as rt.FunctionLike<unknown, rt.TlaValue>)`;
    }
  }
}
