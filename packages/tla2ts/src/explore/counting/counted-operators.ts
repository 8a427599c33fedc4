/** Operators of a specification as functions that count which of its parts are evaluated: for states that were not found by exploring. */
import { pointsOf } from '../../analysis/points.js';
import { parseConfig } from '../../config/parse-config.js';
import type { DefinitionSymbol, ResolvedSpec } from '../../names/resolved.js';
import { emptyScope } from '../expressions.js';
import { overridesOf } from '../overrides.js';
import { makeRuntime } from '../runtime.js';
import { Counters, type ExpressionCount } from './counters.js';
import { valueReader } from './value-reader.js';

/** See the head of the file. */
export interface CountedOperators {
  /** The value of an operator: a JavaScript Boolean, number or string if it is one of TLA+. */
  readonly call: (operator: DefinitionSymbol, ...args: readonly unknown[]) => unknown;
  readonly counted: () => readonly ExpressionCount[];
}

/**
 * @param operators definitions of constant level with parameters
 * @param shapes see `valueReader`
 */
export const countedOperators = (
  spec: ResolvedSpec,
  operators: readonly DefinitionSymbol[],
  shapes: readonly (readonly string[])[] = [],
): CountedOperators => {
  const { config } = parseConfig('', '');
  const overrides = overridesOf(spec, config);
  const runtime = makeRuntime(spec, config, overrides, {});
  const roots = operators.map((operator) => ({ name: operator.name, expression: operator.body, operator }));
  const counters = new Counters(pointsOf(roots, overrides.definitionOf));
  const emitter = runtime.emitter(false, counters.points.of);
  const functions = operators.map(({ parameters, body }) => {
    const names = parameters.map(({ name }) => emitter.fresh(name));
    const locals = new Map(parameters.map((parameter, i) => [parameter, names[i] as string]));
    return `(${names.join(', ')}) => ${emitter.value(body, { ...emptyScope, locals })}`;
  });
  const text = `'use strict';\nconst { encode, decode } = rt;\n${emitter.text.toString()}\nreturn [\n${functions.join(',\n')}\n];`;
  const made = (new Function('rt', text) as (rt: object) => readonly ((...args: unknown[]) => unknown)[])({
    ...runtime.library,
    hit: counters.hit,
  });
  const functionOf = new Map(operators.map((operator, i) => [operator, made[i] as (...args: unknown[]) => unknown]));
  const read = valueReader(runtime.operators, shapes);
  return {
    call: (operator, ...args) => functionOf.get(operator)?.(...args.map(read)),
    counted: () => counters.counted(),
  };
};
