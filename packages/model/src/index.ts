/**
 * The address space of a process: VMAs, split, merge, page contents, and every call but mremap, which is in @vmacheck/mremap.
 *
 * Calls take raw 64-bit arguments (bigint), change an `AddressSpace` in place and return an `Outcome`; they never throw for
 * what a caller can cause. Inside, everything is in pages.
 */
export type * from './types.js';
export type { VmaDifference } from './difference.js';
export { type FrameChange, Moment } from './moment.js';
export { AddressSpace } from './space.js';
export { performModelCall } from './perform.js';
export { load, store } from './access.js';
export { adviceName } from './advice.js';
export { madvise } from './madvise.js';
export { mlock, mlock2, munlock } from './mlock.js';
export { mmap } from './mmap.js';
export { mprotect } from './mprotect.js';
export { mseal } from './mseal.js';
export { munmap } from './munmap.js';
export { brk } from './brk.js';
export { mincore } from './mincore.js';
export { mlockall, munlockall } from './mlockall.js';
export { msync } from './msync.js';
export { setCapability, setLimit } from './settings.js';
export { exit, fork } from './fork.js';
export { uffdClose, uffdRegister, uffdUnregister } from './uffd.js';
export { wantsEvent } from './uffd-events.js';
export { dataPages, mayExpand, mayLock, spareMaps } from './limits.js';
export * from './vm-bits.js';
export { emptyCall, toCall, withChoice } from './call.js';
export { DONE, done, illegalChoice, notModelled, refused, signalled, toResult } from './outcome.js';
export { isLockedOnFault, vmaPerms, vmFlagCodes } from './vm-flags.js';
export { FACTS, type Fact, type FactName, type ReleaseRange } from './facts.js';
export { intended, profileFor, PROFILES, RELEASES, type ProfileChoice, type Release } from './profile.js';
export { addressOf, offsetInPage, PAGE_LIMIT, PAGE_SIZE, pageOf, pagesOf, TASK_PAGES, u64, wrapAdd } from './pages.js';
export {
  attributeDifference,
  isAnonymous,
  isData,
  NO_VMA,
  pgoffAt,
  UFFD_MINOR,
  UFFD_MISSING,
  UFFD_WP,
  vmaPages,
  withAnonVma,
  withAttributes,
  type VmaAttributes,
} from './vma.js';
// What mm/mremap.c uses of mm/vma.c, and so @vmacheck/mremap of this package.
export { chooseAddress, isFree } from './choose.js';
export { HUGE, wantsHuge } from './huge.js';
export { isTooLow, refusedTooLow } from './low-addresses.js';
export { copyRange, type CopyJoins, extendVma } from './copy.js';
export { populate } from './populate.js';
export { prepareAnonVma } from './anon-vma.js';
export { SharedObject } from './objects.js';
export { splitVma } from './split.js';
export { unmapPages, unmapRange } from './munmap.js';
export { movePages } from './zap.js';
