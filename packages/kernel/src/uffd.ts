import type { Program } from '@vmacheck/trace';

/** userfaultfd's features by the names that traces use, with their bits in UFFDIO_API. */
const bits: Readonly<Record<string, number>> = {
  PAGEFAULT_FLAG_WP: 1 << 0,
  EVENT_FORK: 1 << 1,
  EVENT_REMAP: 1 << 2,
  EVENT_REMOVE: 1 << 3,
  MISSING_HUGETLBFS: 1 << 4,
  MISSING_SHMEM: 1 << 5,
  EVENT_UNMAP: 1 << 6,
  SIGBUS: 1 << 7,
  THREAD_ID: 1 << 8,
  MINOR_HUGETLBFS: 1 << 9,
  MINOR_SHMEM: 1 << 10,
  EXACT_ADDRESS: 1 << 11,
  WP_HUGETLBFS_SHMEM: 1 << 12,
  WP_UNPOPULATED: 1 << 13,
  POISON: 1 << 14,
  WP_ASYNC: 1 << 15,
  MOVE: 1 << 16,
};

/** The names of the features in a set of bits, as far as the recorder handles them. */
export function featureNames(set: number): readonly string[] {
  return Object.keys(bits).filter((name) => (set & (bits[name] as number)) !== 0);
}

/** The bits of features that this recorder and the kernel have, or the first name that is not among them. */
export function featureBits(
  names: readonly string[],
  offered: readonly string[],
): { readonly bits: number } | { readonly missing: string } {
  const missing = names.find((name) => !offered.includes(name));
  if (missing !== undefined) return { missing };
  return { bits: names.reduce((set, name) => set | (bits[name] as number), 0) };
}

/** The name of a program's only context, where it gives none. */
const ONLY = 'U0';

/** The contexts of a program by name, in the runner's order. */
export function contextsOf({ uffd }: Program): readonly (readonly [name: string, features: readonly string[]])[] {
  if (uffd === null) return [];
  if (uffd.contexts === undefined) return [[ONLY, uffd.features ?? []]];
  return Object.entries(uffd.contexts).map(([name, { features }]) => [name, features ?? []]);
}
