/** Constants and variables whose values are of several kinds: the code looks at them, and the user is told. */
import { givenOf } from '../analysis/dependence.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { errorAt } from '../diagnostics/sink.js';
import type { ResolvedSpec } from '../names/resolved.js';
import { isSignature, type Signature, type Types } from '../types/infer.js';
import { parts, resolve, type Type } from '../types/type.js';

/** Places that a warning names. */
const PLACES = 3;

/** One warning, or none. */
export function untypedWarnings(spec: ResolvedSpec, types: Types): readonly Diagnostic[] {
  const untyped = [...givenOf(spec), ...spec.variables].filter((symbol) => isOpen(types.symbol(symbol)));
  const [first] = untyped;
  if (first === undefined) return [];
  const names = untyped.map(({ name }) => `\`${name}\``).join(', ');
  const warning = errorAt(
    'TLA2012',
    first.span,
    `no type was found for all values of ${names}: they are of type \`TlaValue\``,
    {
      notes: types
        .clashes()
        .slice(0, PLACES)
        .map(({ span }) => ({ message: 'values of several kinds meet here', span })),
      help: 'the code looks at such values when it runs; a conjunct `x \\in S` in a type invariant, or an ASSUME, says more',
    },
  );
  return [{ ...warning, severity: 'warning' }];
}

function isOpen(type: Type | Signature): boolean {
  if (isSignature(type)) return [...type.parameters, type.result].some(isOpen);
  const known = resolve(type);
  return known.kind === 'mixed' || parts(known).some(isOpen);
}
