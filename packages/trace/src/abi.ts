/**
 * Numbers of the x86_64 Linux ABI that programs and traces are made of (mmap(2), mprotect(2), mremap(2), madvise(2), errno(3)).
 * One table for everybody: reports print names from it, the recorder and the model compare with its numbers.
 */

/** Bytes in a page on x86_64. */
export const PAGE_SIZE = 4096;

/** First address that user space cannot have: the kernel's TASK_SIZE with four-level page tables. */
export const TASK_SIZE = 0x7ffffffff000n;

/** Protection bits of mmap(2) and mprotect(2). */
export const PROT = {
  NONE: 0,
  READ: 1,
  WRITE: 2,
  EXEC: 4,
  SEM: 8,
  GROWSDOWN: 0x01000000,
  GROWSUP: 0x02000000,
} as const;

/** Flags of mmap(2). The three types (SHARED, PRIVATE, SHARED_VALIDATE) are values of the low four bits, the rest are bits. */
export const MAP = {
  SHARED: 0x01,
  PRIVATE: 0x02,
  SHARED_VALIDATE: 0x03,
  FIXED: 0x10,
  ANONYMOUS: 0x20,
  '32BIT': 0x40,
  GROWSDOWN: 0x0100,
  DENYWRITE: 0x0800,
  EXECUTABLE: 0x1000,
  LOCKED: 0x2000,
  NORESERVE: 0x4000,
  POPULATE: 0x8000,
  NONBLOCK: 0x10000,
  STACK: 0x20000,
  HUGETLB: 0x40000,
  SYNC: 0x80000,
  FIXED_NOREPLACE: 0x100000,
} as const;

/** The bits of mmap's flags that hold the mapping's type. */
export const MAP_TYPE = 0x0f;

/** Flags of mremap(2). */
export const MREMAP = { MAYMOVE: 1, FIXED: 2, DONTUNMAP: 4 } as const;

/** Flag of mlock2(2): lock pages when they are faulted in. */
export const MLOCK_ONFAULT = 1;

/** Modes of userfaultfd's registration. */
export const UFFD_MODE = { MISSING: 1, WP: 2, MINOR: 4 } as const;

/** Advice of madvise(2). */
export const MADV = {
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

/** Names of errno(3) in the order of their numbers, from 1 on; 41 and 58 have none of their own. */
const ERRNO_NAMES = `
  EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM EACCES EFAULT ENOTBLK EBUSY EEXIST
  EXDEV ENODEV ENOTDIR EISDIR EINVAL ENFILE EMFILE ENOTTY ETXTBSY EFBIG ENOSPC ESPIPE EROFS EMLINK EPIPE EDOM
  ERANGE EDEADLK ENAMETOOLONG ENOLCK ENOSYS ENOTEMPTY ELOOP - ENOMSG EIDRM ECHRNG EL2NSYNC EL3HLT EL3RST ELNRNG
  EUNATCH ENOCSI EL2HLT EBADE EBADR EXFULL ENOANO EBADRQC EBADSLT - EBFONT ENOSTR ENODATA ETIME ENOSR ENONET
  ENOPKG EREMOTE ENOLINK EADV ESRMNT ECOMM EPROTO EMULTIHOP EDOTDOT EBADMSG EOVERFLOW ENOTUNIQ EBADFD EREMCHG
  ELIBACC ELIBBAD ELIBSCN ELIBMAX ELIBEXEC EILSEQ ERESTART ESTRPIPE EUSERS ENOTSOCK EDESTADDRREQ EMSGSIZE
  EPROTOTYPE ENOPROTOOPT EPROTONOSUPPORT ESOCKTNOSUPPORT EOPNOTSUPP EPFNOSUPPORT EAFNOSUPPORT EADDRINUSE
  EADDRNOTAVAIL ENETDOWN ENETUNREACH ENETRESET ECONNABORTED ECONNRESET ENOBUFS EISCONN ENOTCONN ESHUTDOWN
  ETOOMANYREFS ETIMEDOUT ECONNREFUSED EHOSTDOWN EHOSTUNREACH EALREADY EINPROGRESS ESTALE EUCLEAN ENOTNAM ENAVAIL
  EISNAM EREMOTEIO EDQUOT ENOMEDIUM EMEDIUMTYPE ECANCELED ENOKEY EKEYEXPIRED EKEYREVOKED EKEYREJECTED EOWNERDEAD
  ENOTRECOVERABLE ERFKILL EHWPOISON
`
  .trim()
  .split(/\s+/);

/** errno by name. */
export const ERRNO: ReadonlyMap<string, number> = new Map(
  ERRNO_NAMES.map((name, i) => [name, i + 1] as const).filter(([name]) => name !== '-'),
);

/** The symbolic name of an errno; `E<number>` for one that the table does not hold. */
export function errnoName(number: number): string {
  const name = ERRNO_NAMES[number - 1];
  return name === undefined || name === '-' ? `E${number}` : name;
}

/** The number of a symbolic errno, undefined for a name that the table does not hold. */
export function errnoNumber(name: string): number | undefined {
  return ERRNO.get(name);
}

/** "READ|WRITE" for a set of bits; what has no name is printed in hexadecimal; `none` for zero. */
export function bitNames(table: Readonly<Record<string, number>>, bits: number, none = '0'): string {
  const names: string[] = [];
  let rest = bits;
  for (const [name, bit] of Object.entries(table)) {
    if (bit !== 0 && (bits & bit) === bit) {
      names.push(name);
      rest &= ~bit;
    }
  }
  if (rest !== 0) names.push(`0x${(rest >>> 0).toString(16)}`);
  return names.length === 0 ? none : names.join('|');
}

/** "MAP_PRIVATE|MAP_ANONYMOUS" for mmap's flags: the type first, then the bits. */
export function mmapFlagNames(flags: number): string {
  const { SHARED, PRIVATE, SHARED_VALIDATE, ...bits } = MAP;
  const type = flags & MAP_TYPE;
  const typeName = Object.entries({ SHARED, PRIVATE, SHARED_VALIDATE }).find(([, number]) => number === type)?.[0];
  const rest = flags & ~MAP_TYPE;
  const names = [
    typeName ?? (type === 0 ? undefined : `0x${type.toString(16)}`),
    rest ? bitNames(bits, rest) : undefined,
  ];
  const text = names.filter((name) => name !== undefined).join('|');
  return text === '' ? '0' : text.replaceAll(/(^|\|)(?!0x)/g, '$1MAP_');
}

/** The name of an advice, "MADV_DONTNEED"; its number for one that the table does not hold. */
export function adviceName(advice: number): string {
  const name = Object.entries(MADV).find(([, number]) => number === advice)?.[0];
  return name === undefined ? String(advice) : `MADV_${name}`;
}
