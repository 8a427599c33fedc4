/** Low addresses are for those who hold CAP_SYS_RAWIO (security/commoncap.c, 6.18: `cap_mmap_addr`). */
import { refused } from './outcome.js';
import type { AddressSpace } from './space.js';
import type { Refused } from './types.js';

/**
 * Whether the program may not have memory at this page number. vm.mmap_min_addr is taken to be what hints are raised to; where
 * a security module asks for more than the setting, a kernel raises hints to the one and refuses below the other.
 */
export function isTooLow({ mmapMin, capRawIo }: AddressSpace, page: number): boolean {
  return page < mmapMin && !capRawIo;
}

/** EPERM of the call with this name. */
export function refusedTooLow(call: 'mmap' | 'mremap'): Refused {
  return refused('EPERM', `${call}: below vm.mmap_min_addr`);
}
