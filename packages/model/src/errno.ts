/**
 * Error numbers by name, for the one place where an argument becomes an error number: an address in the last 4095 bytes of
 * the 64-bit space is, as a return value, an error (include/linux/err.h: IS_ERR_VALUE).
 */
import type { Errno } from './types.js';

const NAMES =
  'EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM EACCES EFAULT ENOTBLK EBUSY EEXIST EXDEV ENODEV ENOTDIR EISDIR EINVAL ENFILE EMFILE ENOTTY ETXTBSY EFBIG ENOSPC ESPIPE EROFS';
const LATER: Readonly<Record<number, Errno>> = {
  33: 'EDOM',
  34: 'ERANGE',
  35: 'EDEADLK',
  38: 'ENOSYS',
  61: 'ENODATA',
  75: 'EOVERFLOW',
  95: 'EOPNOTSUPP',
  110: 'ETIMEDOUT',
  133: 'EHWPOISON',
};
const FIRST = NAMES.split(' ') as Errno[];
const MAX_ERRNO = 4095n;

/** The error that an address is taken for; undefined for other addresses. Numbers without a common name give `E<number>`. */
export function errnoOfAddress(addr: bigint): Errno | undefined {
  const negated = BigInt.asUintN(64, -addr);
  if (negated === 0n || negated > MAX_ERRNO) return undefined;
  const number = Number(negated);
  return FIRST[number - 1] ?? LATER[number] ?? `E${number}`;
}
