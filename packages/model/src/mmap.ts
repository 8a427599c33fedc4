/**
 * mmap (mm/mmap.c `ksys_mmap_pgoff`, `do_mmap`; mm/vma.c `mmap_region`, `__mmap_region`; 6.18). Checks are in the
 * kernel's order; README.md names those that are not here (seals of memfds, security modules).
 *
 *     before  |AAAA|.....|BB|     mmap [2, 9) MAP_FIXED, the attributes of B
 *     after   |AA|BBBBBBBBB|      what was there is unmapped first, then the new range merges
 */
import { chooseAddress, chooseLowAddress } from './choose.js';
import { errnoOfAddress } from './errno.js';
import { canLock, isSizeLimited, mayExpand, mayLock, spareMaps } from './limits.js';
import { countVma } from './link.js';
import { isTooLow, refusedTooLow } from './low-addresses.js';
import { mergeNewRange } from './merge-new.js';
import {
  MAP_32BIT,
  MAP_ANONYMOUS,
  MAP_FIXED,
  MAP_FIXED_NOREPLACE,
  MAP_GROWSDOWN,
  MAP_HUGETLB,
  MAP_LOCKED,
  MAP_NONBLOCK,
  MAP_NORESERVE,
  MAP_POPULATE,
  MAP_PRIVATE,
  MAP_SHARED,
  MAP_SHARED_VALIDATE,
  MAP_STACK,
  MAP_TYPE,
  MAX_FILE_PAGES,
  PROT_EXEC,
  PROT_READ,
  PROT_WRITE,
  UNMODELLED_FLAGS,
  VALIDATED_FLAGS,
} from './mmap-flags.js';
import { SharedObject } from './objects.js';
import { done, notModelled, refused } from './outcome.js';
import { addressOf, offsetInPage, pageOf, pagesOf, TASK_PAGES, u64 } from './pages.js';
import { populate } from './populate.js';
import type { AddressSpace } from './space.js';
import type { IllegalChoice, LockFlags, Outcome, Profile, RawMmap, Refused } from './types.js';
import { completeUnmap, gatherVmas, isGathered } from './munmap.js';
import { VM_GROWSDOWN, VM_NOHUGEPAGE } from './vm-bits.js';
import { makeVma, type VmaAttributes } from './vma.js';

/** mmap(2) with raw arguments. */
export function mmap(space: AddressSpace, raw: RawMmap): Outcome {
  const flags = u64(raw.flags);
  const pages = pagesOf(raw.length);
  const file = (flags & MAP_ANONYMOUS) === 0n ? raw.file : 0;

  if (offsetInPage(raw.offset) !== 0) return refused('EINVAL', 'mmap: offset not page aligned');
  if ((flags & MAP_ANONYMOUS) === 0n) {
    if (!space.objects.has(file)) return refused('EBADF', 'mmap: bad file descriptor');
    if ((flags & MAP_HUGETLB) !== 0n) return refused('EINVAL', 'mmap: MAP_HUGETLB and not a hugetlb file');
  }
  if (u64(raw.length) === 0n) return refused('EINVAL', 'mmap: length is 0');
  if (pages === 0) return refused('ENOMEM', 'mmap: length wraps to 0');
  if (spareMaps(space) < 0) return refused('ENOMEM', 'mmap: vm.max_map_count');
  const unknown = UNMODELLED_FLAGS.find(([bits]) => (flags & bits) !== 0n);
  if (unknown !== undefined) return notModelled(unknown[1]);

  const start = placeOf(space, raw, flags, pages);
  if (typeof start !== 'number') return start;
  const lock = lockOf(space, flags);
  if ((flags & MAP_LOCKED) !== 0n && !canLock(space)) return refused('EPERM', 'mmap: RLIMIT_MEMLOCK is 0');
  if (lock.locked && !mayLock(space, pages)) return refused('EAGAIN', 'mmap: more than RLIMIT_MEMLOCK');
  const kind = kindOf(flags, file, pages, pageOf(raw.offset));
  if (typeof kind !== 'boolean') return kind;
  return mapRegion(space, raw, { flags, file, lock, shared: kind, start, end: start + pages });
}

/** MAP_LOCKED, and what mlockall said of future mappings. */
function lockOf(space: AddressSpace, flags: bigint): LockFlags {
  const { lockFuture } = space;
  if ((flags & MAP_LOCKED) === 0n || lockFuture.locked) return lockFuture;
  return { locked: true, lockonfault: false };
}

/** Address selection and its checks (`__get_unmapped_area`), then MAP_FIXED_NOREPLACE. */
function placeOf(space: AddressSpace, raw: RawMmap, flags: bigint, pages: number): number | Refused | IllegalChoice {
  const page = pageOf(raw.addr);
  const fixed = (flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) !== 0n;
  if (!fixed) {
    const anonymous = (flags & MAP_ANONYMOUS) !== 0n && (flags & MAP_TYPE) === MAP_PRIVATE;
    const hint = page !== 0 && page < space.mmapMin ? space.mmapMin : page;
    if ((flags & MAP_32BIT) !== 0n) return chooseLowAddress(space, hint, pages, raw.chosen);
    return chooseAddress(space, hint, pages, raw.chosen, anonymous);
  }

  // An address that looks like an error is taken for one, before it is found to be too high.
  const mistaken = pages <= TASK_PAGES ? errnoOfAddress(u64(raw.addr)) : undefined;
  if (mistaken !== undefined) return refused(mistaken, 'mmap: the fixed address is taken for an error number');
  const offset = offsetInPage(raw.addr);
  const last = TASK_PAGES - pages;
  if (page > last || (page === last && offset !== 0)) return refused('ENOMEM', 'mmap: range ends above user space');
  if (offset !== 0) return refused('EINVAL', 'mmap: fixed address not page aligned');
  if (isTooLow(space, page)) return refusedTooLow('mmap');
  if ((flags & MAP_FIXED_NOREPLACE) !== 0n) {
    const there = space.tree.find(page);
    if (there !== undefined && there.start < page + pages)
      return refused('EEXIST', 'mmap: MAP_FIXED_NOREPLACE and not free');
  }
  return page;
}

/** Whether the mapping is shared, or why its type is refused. */
function kindOf(flags: bigint, file: number, pages: number, pgoff: number): boolean | Refused {
  const type = flags & MAP_TYPE;
  if (file !== 0) {
    if (pgoff > MAX_FILE_PAGES - pages) return refused('EOVERFLOW', 'mmap: offset past the largest file');
    if (type === MAP_SHARED_VALIDATE) {
      if ((flags & ~VALIDATED_FLAGS) !== 0n)
        return refused('EOPNOTSUPP', 'mmap: MAP_SHARED_VALIDATE and an unknown flag');
    }
  }
  const shared = type === MAP_SHARED || (type === MAP_SHARED_VALIDATE && file !== 0);
  if (!shared && type !== MAP_PRIVATE) return refused('EINVAL', 'mmap: neither shared nor private');
  if ((flags & MAP_GROWSDOWN) !== 0n && (shared || file !== 0)) {
    return refused('EINVAL', 'mmap: MAP_GROWSDOWN and not private anonymous memory');
  }
  return shared;
}

interface Region {
  readonly flags: bigint;
  readonly file: number;
  readonly lock: LockFlags;
  readonly shared: boolean;
  readonly start: number;
  readonly end: number;
}

function mapRegion(space: AddressSpace, raw: RawMmap, region: Region): Outcome {
  const { flags, shared, start, end, lock } = region;
  const write = (raw.prot & PROT_WRITE) !== 0n;
  const noreserve = (flags & MAP_NORESERVE) !== 0n && space.overcommit !== 2;
  const sharedAnonymous = shared && region.file === 0;
  const extra = extraOf(space.profile, flags);
  const asData = write && !shared && (extra & VM_GROWSDOWN) === 0;
  const fits = !isSizeLimited(space) || mayExpand(space, asData, end - start - mappedPages(space, start, end));
  const tooMuch = refused('ENOMEM', 'mmap: RLIMIT_AS or RLIMIT_DATA');
  if (!fits && space.profile.mmapLimitsBeforeSplit) return tooMuch;
  const gathered = gatherVmas(space, start, end);
  if (!isGathered(gathered)) return gathered;
  if (!fits) return tooMuch;
  completeUnmap(space, gathered, start, end);
  const attributes: VmaAttributes = {
    read: (raw.prot & PROT_READ) !== 0n,
    write,
    exec: (raw.prot & PROT_EXEC) !== 0n,
    shared,
    file: sharedAnonymous ? newSharedObject(space, end - start, noreserve) : region.file,
    account: write && !shared && !noreserve,
    noreserve,
    locked: lock.locked,
    lockonfault: lock.lockonfault,
    sealed: false,
    uffd: 0,
    anonShift: 0,
    ctx: 0,
    extra,
  };
  const pgoff = region.file !== 0 ? pageOf(raw.offset) : shared ? 0 : start;
  insertNewRange(space, attributes, start, end, pgoff);

  const pages = end - start;
  space.totalVm += pages;
  if (attributes.locked) space.lockedVm += pages;
  if (attributes.account) space.committed += pages;
  if (attributes.locked || (flags & (MAP_POPULATE | MAP_NONBLOCK)) === MAP_POPULATE) populate(space, start, end, true);
  return done(addressOf(start));
}

/** Pages of [start, end) that are mapped (`count_vma_pages_range`). */
function mappedPages(space: AddressSpace, start: number, end: number): number {
  let pages = 0;
  for (let vma = space.tree.find(start); vma !== undefined && vma.start < end; vma = space.next(vma)) {
    pages += Math.min(vma.end, end) - Math.max(vma.start, start);
  }
  return pages;
}

/** `calc_vm_flag_bits`: a stack grows downwards; one of a thread is not made of huge pages. */
function extraOf({ stackIsNoHugePage }: Profile, flags: bigint): number {
  const isSmall = stackIsNoHugePage && (flags & MAP_STACK) !== 0n;
  return ((flags & MAP_GROWSDOWN) === 0n ? 0 : VM_GROWSDOWN) | (isSmall ? VM_NOHUGEPAGE : 0);
}

function insertNewRange(
  space: AddressSpace,
  attributes: VmaAttributes,
  start: number,
  end: number,
  pgoff: number,
): void {
  const prev = space.tree.findBefore(start);
  const next = space.tree.find(end);
  if (mergeNewRange(space, { site: 'newRange', start, end, pgoff, attributes, anonVma: 0, prev, next }) !== undefined)
    return;
  space.tree.splice(start, end, [makeVma(attributes, start, end, pgoff, 0)]);
  countVma(space, attributes.file);
}

/** Every shared anonymous mapping gets an object of its own (`shmem_zero_setup`), as large as the mapping. */
function newSharedObject(space: AddressSpace, pages: number, noreserve: boolean): number {
  const id = space.nextFile;
  space.nextFile += 1;
  space.objects.set(id, new SharedObject(id, pages, false, noreserve ? 'blocks' : 'size'));
  if (!noreserve) space.shmemCommitted += pages;
  return id;
}
