/**
 * What a generated step wants to do. An intent holds no addresses: it becomes a concrete step when it meets the layout
 * that the steps before it made, so that most calls do something, also after other steps were dropped.
 */
import fc from 'fast-check';

/** Kinds of steps and how many of a hundred each gets. */
const weights = {
  mmap: 14,
  fill: 9,
  store: 15,
  moveMany: 18,
  move: 12,
  resize: 6,
  mprotect: 6,
  match: 4,
  munmap: 4,
  mlock2: 2,
  munlock: 2,
  mseal: 1,
  uffdRegister: 2,
  uffdUnregister: 1,
  load: 1,
  bad: 3,
} as const;

export type IntentKind = keyof typeof weights;

/** A kind and the dice that decide the rest. */
export interface Intent {
  readonly kind: IntentKind;
  readonly dice: readonly number[];
}

/** Dice per intent: more than any kind uses. */
const DICE = 12;

const kinds = fc.oneof(
  ...Object.entries(weights).map(([kind, weight]) => ({ weight, arbitrary: fc.constant(kind as IntentKind) })),
);

/** One intent; it shrinks towards small dice, which mean the plainest choice. */
export const intentArbitrary: fc.Arbitrary<Intent> = fc.record({
  kind: kinds,
  dice: fc.array(fc.nat(0xffff), { minLength: DICE, maxLength: DICE }),
});
