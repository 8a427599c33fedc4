/**
 * What a generated step wants to do. An intent holds no addresses: it becomes a concrete step when it meets the layout
 * that the steps before it made, so that most calls do something, also after other steps were dropped.
 */
import fc from 'fast-check';

/**
 * Which calls are drawn: those that the specifications state ("mremap" and what can meet it), or all of the trace format.
 */
export type Alphabet = 'mremap' | 'all';

/** What a program is about: it decides how large its window is, and what is in it. */
export type About = 'anything' | 'hugePages' | 'manyMappings' | 'wholeSpace';

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
  bad: 4,
} as const;

/** What "all" has beside these. */
const otherWeights = {
  advise: 16,
  place: 5,
  populate: 4,
  lock: 3,
  lockAll: 2,
  sync: 1,
  resident: 2,
  break: 3,
  limit: 2,
  capability: 2,
  close: 1,
  again: 6,
  stack: 3,
  fork: 6,
  exit: 2,
} as const;

export type IntentKind = keyof typeof weights | keyof typeof otherWeights;

/** A kind and the dice that decide the rest. */
export interface Intent {
  readonly kind: IntentKind;
  readonly dice: readonly number[];
}

/** Dice per intent: more than any kind uses. */
const DICE = 12;

const intents = (all: Readonly<Partial<Record<IntentKind, number>>>): fc.Arbitrary<Intent> =>
  fc.record({
    kind: fc.oneof(
      ...Object.entries(all).map(([kind, weight]) => ({ weight, arbitrary: fc.constant(kind as IntentKind) })),
    ),
    dice: fc.array(fc.nat(0xffff), { minLength: DICE, maxLength: DICE }),
  });

/** One intent of an alphabet; it shrinks towards small dice, which mean the plainest choice. */
export const intentArbitrary: Readonly<Record<Alphabet, fc.Arbitrary<Intent>>> = {
  mremap: intents(weights),
  all: intents({ ...weights, ...otherWeights }),
};
