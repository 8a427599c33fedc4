/**
 * Which elements of a set a loop can pass by: those for which a condition that is asked before all else is false whatever the state is, as `x.kind = "2a"` in
 * `\E x \in sent : x.kind = "2a" /\ ...`.
 */
import type { ResolvedBound, ResolvedExpression } from '../../names/resolved.js';
import type { Env } from './env.js';
import type { Expressions } from './emit-expression.js';
import type { Relevant } from './emit-loops.js';
import { constant } from './vals.js';

/** The conditions that are asked first, in their order, all of which must be true for an element to matter. */
const leading = (e: ResolvedExpression): readonly ResolvedExpression[] =>
  e.kind === 'junction' && e.operator === '/\\' ? e.items.flatMap(leading) : [e];

/** The same where an element matters that does not satisfy the expression. */
const leadingOfAll = (e: ResolvedExpression): readonly ResolvedExpression[] =>
  e.kind === 'apply' && e.operator.kind === 'builtin' && e.operator.name === '=>'
    ? leading(e.args[0] as ResolvedExpression)
    : [];

/** Undefined: all of them may matter. */
export const relevant = (
  emit: Expressions,
  { pattern }: Pick<ResolvedBound, 'pattern'>,
  body: ResolvedExpression,
  env: Env,
  forAll = false,
): Relevant | undefined => {
  const conditions = forAll ? leadingOfAll(body) : leading(body);
  if (conditions[0] === undefined || conditions[0].level > 0) return undefined;
  return (values) => {
    const matters = values.map(() => true);
    /** An element for which a condition fails has to be met, for the failure. */
    const fails = values.map(() => false);
    for (const condition of conditions) {
      if (condition.level > 0) break;
      for (const [i, value] of values.entries()) {
        if (!matters[i] || fails[i]) continue;
        const inner = emit.bind(pattern, constant(value), env);
        const [test, statements] = emit.code.trying(() => emit.test(condition, inner));
        if (test === undefined) fails[i] = true;
        else if (statements !== '' || test.kind !== 'const') return matters;
        else matters[i] = test.value === true;
      }
    }
    return matters;
  };
};
