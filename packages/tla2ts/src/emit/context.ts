/** What expressions take from the state, from the next state, and from the constants. */
import type { Dependence } from '../analysis/dependence.js';
import type { ResolvedExpression, VariableSymbol } from '../names/resolved.js';
import type { Span } from '../syntax/span.js';
import { resolve } from '../types/type.js';
import { Untranslatable } from './errors.js';
import type { ExpressionWriter } from './expression.js';
import { fieldName } from './names.js';
import { CONSTANTS, primed, type Scope } from './scope.js';

/** The value of a variable. */
export function variableText(variable: VariableSymbol, { state }: Scope, span: Span): string {
  const own = state?.own.get(variable);
  if (own !== undefined) return own;
  if (state?.whole === undefined) {
    throw new Untranslatable(
      'TLA2006',
      span,
      `\`${variable.name}\` has no value here`,
      'give it one before it is used',
    );
  }
  return `${state.whole}.${fieldName(variable.name)}`;
}

/** An object with the values of these variables, for an operator that reads no others. */
function stateText(w: ExpressionWriter, variables: ReadonlySet<VariableSymbol>, scope: Scope, span: Span): string {
  const { state } = scope;
  if (state?.whole !== undefined && state.own.size === 0) return state.whole;
  const fields = [...variables].map((one) => `${fieldName(one.name)}: ${variableText(one, scope, span)}`);
  return `({ ${fields.join(', ')} } as ${w.around.interfaceName('State')})`;
}

/** The arguments that stand before an operator's own. */
export function contextArguments(
  w: ExpressionWriter,
  { constants, state, next }: Dependence,
  scope: Scope,
  span: Span,
): readonly string[] {
  return [
    ...(constants ? [CONSTANTS] : []),
    ...(state.size > 0 ? [stateText(w, state, scope, span)] : []),
    ...(next.size > 0 ? [stateText(w, next, primed(scope), span)] : []),
  ];
}

/** `UNCHANGED e`. */
export function unchanged(w: ExpressionWriter, e: ResolvedExpression, scope: Scope): string {
  if (e.kind === 'tuple') {
    if (e.items.length === 0) return 'true';
    return `(${e.items.map((item) => unchanged(w, item, scope)).join(' && ')})`;
  }
  const definition = e.kind === 'apply' && e.args.length === 0 ? e.operator : undefined;
  if (definition?.kind === 'definition' && definition.place === 'top' && definition.body.kind === 'tuple') {
    return unchanged(w, definition.body, scope);
  }
  const [before, after] = [w.value(e, scope), w.value(e, primed(scope))];
  const isPlain = ['int', 'boolean', 'string'].includes(resolve(w.typeOf(e)).kind);
  return isPlain ? `(${after} === ${before})` : `rt.equals(${after}, ${before})`;
}
