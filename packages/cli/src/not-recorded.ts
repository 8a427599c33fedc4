/** Programs that could not be recorded, counted by the reason. */
import type { Outcome } from '@vmacheck/kernel';

/** Adds to the count of its reason, whichever step it was, a program that was not recorded. */
export function countReason(left: Map<string, number>, outcome: Exclude<Outcome, { readonly kind: 'recorded' }>): void {
  const reason = `${outcome.kind}: ${outcome.reason.replace(/\bstep \d+/, 'a step')}`;
  left.set(reason, (left.get(reason) ?? 0) + 1);
}
