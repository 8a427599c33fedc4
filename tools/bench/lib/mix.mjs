/** Calls that keep a window of pages as full as it is, so that the number of VMAs stays. */

const FIRST = 0x10000;
/** Pages of the window for each VMA. */
const PAGES = 4;

export const bytes = (pages) => BigInt(pages) << 12n;

/** Each kind of call, with ranges that were drawn. */
const kinds = {
  mmap: (addr, length) => ({ op: 'mmap', addr, length, prot: 3n, flags: 0x32n, file: 0, offset: 0n }),
  munmap: (addr, length) => ({ op: 'munmap', addr, length }),
  mprotect: (addr, length, { die }) => ({ op: 'mprotect', addr, length, prot: die(2) === 0 ? 1n : 3n }),
  store: (addr) => ({ op: 'store', addr, value: 7n }),
  mlock2: (addr, length) => ({ op: 'mlock2', addr, length, flags: 1n }),
  munlock: (addr, length) => ({ op: 'munlock', addr, length }),
  mremap: (oldAddr, length, { somewhere }) => ({
    op: 'mremap',
    oldAddr,
    oldLen: length,
    newLen: length,
    flags: 3n,
    newAddr: somewhere(),
  }),
};
const mix = ['mmap', 'mmap', 'mmap', 'munmap', 'mprotect', 'store', 'store', 'mlock2', 'munlock', 'mremap', 'mremap'];

/** Gives one call after the other, for about so many VMAs. */
export function mixOfCalls(die, vmas) {
  const somewhere = () => bytes(FIRST + die(vmas * PAGES));
  return () => kinds[mix[die(mix.length)]](somewhere(), bytes(1 + die(6)), { die, somewhere });
}
