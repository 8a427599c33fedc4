/**
 * Text that compares two values by their words. What the one depends on and what the other depends on seldom come together twice, as in `x' = [x EXCEPT ![i] = 0]` with
 * two variables of many values, but each of them comes again by itself: the words of both are remembered.
 */
import type { ResolvedExpression } from '../../names/resolved.js';
import type { Scope } from '../expressions.js';
import type { MemoText } from './memo-text.js';

/** See the head of the file. */
export class Comparisons {
  constructor(private readonly memo: MemoText) {}

  /** Text of a test that is such a comparison; undefined for other expressions. */
  test(e: ResolvedExpression, scope: Scope): string | undefined {
    const same = this.memo.builtin(e, 'UNCHANGED');
    if (same !== undefined) return this.unchanged(same.args[0] as ResolvedExpression, scope);
    const comparison = this.memo.builtin(e, '=', '#', '/=');
    if (comparison === undefined) return undefined;
    const [left, right] = comparison.args as readonly [ResolvedExpression, ResolvedExpression];
    const text = this.equal(left, scope, right, scope);
    return text === undefined || comparison.operator.name === '=' ? text : `!${text}`;
  }

  /** Text of `UNCHANGED e`. */
  unchanged(e: ResolvedExpression, scope: Scope): string {
    if (e.kind === 'tuple') return `(${e.items.map((item) => this.unchanged(item, scope)).join(' && ') || 'true'})`;
    const { memo } = this;
    const definition = memo.definitionOf(e);
    if (definition?.body.kind === 'tuple' && memo.isOfModule(definition, scope))
      return this.unchanged(definition.body, memo.scopeOfModule(scope));
    const primed = { ...scope, primed: true };
    return this.equal(e, primed, e, scope) ?? memo.emit.equal(memo.value(e, primed), memo.value(e, scope));
  }

  private equal(
    left: ResolvedExpression,
    leftScope: Scope,
    right: ResolvedExpression,
    rightScope: Scope,
  ): string | undefined {
    const { memo } = this;
    const a = memo.wordsOf(left, leftScope);
    const b = memo.wordsOf(right, rightScope);
    if (a === undefined || b === undefined || new Set([...a, ...b]).size <= Math.max(a.size, b.size)) return undefined;
    return memo.equal(memo.word(left, leftScope), memo.word(right, rightScope));
  }
}
