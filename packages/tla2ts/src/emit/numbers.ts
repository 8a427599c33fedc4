/** Numbers that are certainly far below 2^53: what is added to them needs no test. */
import type { LocalSymbol, ResolvedExpression } from '../names/resolved.js';

/** `small`: identifiers that stand for such numbers. */
export function isSmall(small: ReadonlySet<LocalSymbol>, e: ResolvedExpression): boolean {
  if (e.kind === 'number') return e.value < 2n ** 32n;
  if (e.kind !== 'apply') return false;
  if (e.operator.kind === 'local') return small.has(e.operator);
  return e.operator.kind === 'builtin' && ['Len', 'Cardinality'].includes(e.operator.name);
}

/** A small number, or one of a few of them. */
export function isSmallSum(small: ReadonlySet<LocalSymbol>, e: ResolvedExpression): boolean {
  if (isSmall(small, e)) return true;
  if (e.kind !== 'apply' || e.operator.kind !== 'builtin' || !['+', '-', '*'].includes(e.operator.name)) return false;
  const parts = e.args as readonly ResolvedExpression[];
  const isScaled = parts.some((part) => part.kind === 'number' && part.value < 1024n);
  return (e.operator.name !== '*' || isScaled) && parts.every((part) => isSmall(small, part));
}
