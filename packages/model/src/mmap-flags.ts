/** Values of mmap's prot and flags on x86-64 (include/uapi/asm-generic/mman-common.h, arch/x86). */

export const PROT_READ = 1n;
export const PROT_WRITE = 2n;
export const PROT_EXEC = 4n;
export const PROT_SEM = 8n;
export const PROT_GROWSDOWN = 0x01000000n;
export const PROT_GROWSUP = 0x02000000n;

export const MAP_SHARED = 0x1n;
export const MAP_PRIVATE = 0x2n;
export const MAP_SHARED_VALIDATE = 0x3n;
export const MAP_DROPPABLE = 0x8n;
export const MAP_TYPE = 0xfn;
export const MAP_FIXED = 0x10n;
export const MAP_ANONYMOUS = 0x20n;
export const MAP_32BIT = 0x40n;
export const MAP_GROWSDOWN = 0x100n;
export const MAP_LOCKED = 0x2000n;
export const MAP_NORESERVE = 0x4000n;
export const MAP_POPULATE = 0x8000n;
export const MAP_NONBLOCK = 0x10000n;
export const MAP_STACK = 0x20000n;
export const MAP_HUGETLB = 0x40000n;
export const MAP_SYNC = 0x80000n;
export const MAP_FIXED_NOREPLACE = 0x100000n;

/** What MAP_SHARED_VALIDATE accepts: every flag that is older than it. MAP_FIXED_NOREPLACE is younger. */
export const VALIDATED_FLAGS =
  0x3n |
  MAP_FIXED |
  MAP_ANONYMOUS |
  MAP_32BIT |
  0x80n | // MAP_ABOVE4G
  MAP_GROWSDOWN |
  0x800n | // MAP_DENYWRITE
  0x1000n | // MAP_EXECUTABLE
  MAP_LOCKED |
  MAP_NORESERVE |
  MAP_POPULATE |
  MAP_NONBLOCK |
  MAP_STACK |
  MAP_HUGETLB |
  0x4000000n | // MAP_UNINITIALIZED
  (21n << 26n) | // MAP_HUGE_2MB
  (30n << 26n); // MAP_HUGE_1GB

/** Flags that decide something which a VMA of this model cannot express. */
export const UNMODELLED_FLAGS: readonly (readonly [bigint, string])[] = [
  [MAP_DROPPABLE, 'MAP_DROPPABLE'],
  [MAP_HUGETLB, 'MAP_HUGETLB'],
  [MAP_SYNC, 'MAP_SYNC'],
];

/** Files end at 2^63 - 1 bytes. */
export const MAX_FILE_PAGES = 2 ** 51 - 1;
