/** Advice of madvise(2) (include/uapi/asm-generic/mman-common.h). */

/** By name. */
export const ADVICE = {
  NORMAL: 0,
  RANDOM: 1,
  SEQUENTIAL: 2,
  WILLNEED: 3,
  DONTNEED: 4,
  FREE: 8,
  REMOVE: 9,
  DONTFORK: 10,
  DOFORK: 11,
  MERGEABLE: 12,
  UNMERGEABLE: 13,
  HUGEPAGE: 14,
  NOHUGEPAGE: 15,
  DONTDUMP: 16,
  DODUMP: 17,
  WIPEONFORK: 18,
  KEEPONFORK: 19,
  COLD: 20,
  PAGEOUT: 21,
  POPULATE_READ: 22,
  POPULATE_WRITE: 23,
  DONTNEED_LOCKED: 24,
  COLLAPSE: 25,
  HWPOISON: 100,
  SOFT_OFFLINE: 101,
  GUARD_INSTALL: 102,
  GUARD_REMOVE: 103,
} as const;

const NAMES: ReadonlyMap<number, string> = new Map(Object.entries(ADVICE).map(([name, number]) => [number, name]));
const DISCARDS: ReadonlySet<number> = new Set([
  ADVICE.FREE,
  ADVICE.DONTNEED,
  ADVICE.DONTNEED_LOCKED,
  ADVICE.REMOVE,
  ADVICE.DONTFORK,
  ADVICE.WIPEONFORK,
  ADVICE.GUARD_INSTALL,
]);

/** `madvise_behavior_valid`. */
export function isKnown(advice: number): boolean {
  return NAMES.has(advice);
}

/** "DONTNEED" for MADV_DONTNEED as madvise gets it, an int; undefined if there is no such advice. */
export function adviceName(advice: bigint): string | undefined {
  return NAMES.get(Number(BigInt.asIntN(32, advice)));
}

/** Advice about guard pages, which are younger than the rest. */
export function isGuard(advice: number): boolean {
  return advice === ADVICE.GUARD_INSTALL || advice === ADVICE.GUARD_REMOVE;
}

/** `is_discard`: contents may be lost, here or in a forked process. */
export function isDiscard(advice: number): boolean {
  return DISCARDS.has(advice);
}
