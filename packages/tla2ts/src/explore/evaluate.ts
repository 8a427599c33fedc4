/** The value of a constant expression: of a definition, without states. */
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { errorAt } from '../diagnostics/sink.js';
import type { ModelConfig } from '../config/config.js';
import { LEVEL_NAMES, type ResolvedSpec } from '../names/resolved.js';
import type { Span } from '../syntax/span.js';
import { emptyScope } from './expressions.js';
import { overridesOf } from './overrides.js';
import { failure, makeRuntime, type RuntimeOptions } from './runtime.js';
import { SpecError } from './values/values.js';

/** A value as TLA+ text, or why there is none. */
export type Evaluation =
  | { readonly kind: 'value'; readonly text: string }
  /** The expression has no value: found while it was evaluated. */
  | { readonly kind: 'failure'; readonly diagnostic: Diagnostic }
  /** The expression, or the configuration, cannot be evaluated at all. */
  | { readonly kind: 'wrong'; readonly diagnostics: readonly Diagnostic[] };

/** @param name a definition of the root module without parameters */
export const evaluateDefinition = (
  spec: ResolvedSpec,
  config: ModelConfig,
  name: string,
  options: RuntimeOptions = {},
): Evaluation => {
  const overrides = overridesOf(spec, config);
  // A constant without a value may not be needed.
  const wrong = overrides.diagnostics.filter(({ code }) => code !== 'TLA3003');
  const symbol = spec.root.scope.get(name);
  const definition = symbol && overrides.definitionOf(symbol);
  if (wrong.length > 0 || definition === undefined) return { kind: 'wrong', diagnostics: wrong };
  const { body, level } = definition;
  if (level > 0) {
    const message = `a constant expression is evaluated, but this is ${LEVEL_NAMES[level]} level: there is no state`;
    return { kind: 'wrong', diagnostics: [errorAt('TLA3008', body.span, message)] };
  }
  const { emitter: makeEmitter, library, format, usePlacesOf } = makeRuntime(spec, config, overrides, options);
  const emitter = makeEmitter(true);
  const value = emitter.value(body, emptyScope);
  usePlacesOf(emitter);
  const text = `'use strict';\nconst { encode, decode } = rt;\n${emitter.text.toString()}\nreturn ${value};`;
  try {
    return { kind: 'value', text: format((new Function('rt', text) as (rt: object) => unknown)(library)) };
  } catch (thrown) {
    const why = failure(thrown);
    if (why === undefined) throw thrown;
    const span: Span | undefined = thrown instanceof SpecError ? thrown.span : undefined;
    return {
      kind: 'failure',
      diagnostic: errorAt(thrown instanceof SpecError ? thrown.code : 'TLA3101', span ?? body.span, why.message),
    };
  }
};
