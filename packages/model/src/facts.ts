/**
 * The facts that differ between kernel releases, written once. A fact holds in the releases of its ranges, [from, until) in
 * x.y.z; absent ends are open. Several ranges stand for stable series that differ from what came after them. Where the commit is
 * not known, a change counts from the first release that was seen with it.
 */

/** Releases [from, until). */
export interface ReleaseRange {
  readonly from?: string;
  readonly until?: string;
}

/** What is known of a fact. */
interface FactEntry {
  readonly doc: string;
  /** Releases in which the fact holds. */
  readonly ranges: readonly ReleaseRange[];
  /** True for a defect of the kernel that can be switched off. */
  readonly defect: boolean;
  readonly source: string;
}

const TABLE = {
  newAddressCheckedBeforeLookup: {
    doc: 'mremap checks the alignment of the new address, and that there is room for more mappings, before it looks up the source: EINVAL and ENOMEM come before EFAULT',
    ranges: [{ from: '6.15' }],
    defect: false,
    source: 'check_mremap_params',
  },
  targetRangeBeforeLookup: {
    doc: 'mremap refuses a length above user space, a destination above it and an overlap before it looks up the source, and the length also where no destination is given',
    ranges: [{ from: '6.17' }],
    defect: false,
    source: 'check_mremap_params; before it, mremap_to after vma_lookup',
  },
  dontunmapComparesRawLengths: {
    doc: 'MREMAP_DONTUNMAP asks for equal lengths before they are rounded up to pages',
    ranges: [{ until: '6.17' }],
    defect: false,
    source: 'check_mremap_params; mremap in 6.12',
  },
  checksBeforeUnmap: {
    doc: 'mremap checks that the source is one mapping, large enough and allowed to grow before it unmaps the destination and the tail',
    ranges: [{ from: '6.17' }],
    defect: false,
    source: 'check_prep_vma; before it, vma_to_resize and resize_is_valid',
  },
  multiVmaMove: {
    doc: 'MREMAP_FIXED with equal lengths moves all mappings of the range',
    ranges: [{ from: '6.17' }],
    defect: false,
    source: 'remap_move',
  },
  mapsCountedUnderLock: {
    doc: 'every mremap asks under the lock for room for 4 more mappings, and each move for 2; before, one with a new address for 6, and each move for 4',
    ranges: [{ from: '7.1' }],
    defect: false,
    source: 'do_mremap, prep_move_vma; seen on 7.1.13, not on 7.0.13',
  },
  dontunmapCountsOneMore: {
    doc: 'MREMAP_DONTUNMAP asks for room for one mapping more than other calls',
    ranges: [{ from: '7.2.11' }],
    defect: false,
    source: 'seen on 7.2.13, not on 7.2.9',
  },
  msealExists: {
    doc: 'mseal exists; ENOSYS before',
    ranges: [{ from: '6.10' }],
    defect: false,
    source: 'mm/mseal.c',
  },
  populateSkipsHoles: {
    doc: 'MADV_POPULATE_READ and MADV_POPULATE_WRITE go on after a hole, like other advice; later ones stop there',
    ranges: [{ until: '6.9' }],
    defect: false,
    source: 'madvise_populate, 631426ba1d45; seen on 6.1.176, not on 6.12.107',
  },
  guardRegionsExist: {
    doc: 'MADV_GUARD_INSTALL and MADV_GUARD_REMOVE exist; EINVAL before',
    ranges: [{ from: '6.13' }],
    defect: false,
    source: 'madvise_behavior_valid; seen on 6.16.12, not on 6.12.107',
  },
  guardsAreMarked: {
    doc: 'a mapping that guard pages were put into is marked ("gu"), and what it merges with, too',
    ranges: [{ from: '6.18.44' }],
    defect: false,
    source: 'VM_MAYBE_GUARD; seen on 6.18.44 and 6.19.14, not on 6.18.15',
  },
  stackIsNoHugePage: {
    doc: 'MAP_STACK makes a mapping that is never made of huge pages ("nh")',
    ranges: [{ from: '6.7' }],
    defect: false,
    source: 'calc_vm_flag_bits; seen on 6.12.107, not on 6.1.176',
  },
  mlockOnFaultPrinted: {
    doc: 'smaps prints VM_LOCKONFAULT as "lf"; before, as "??"',
    ranges: [{ from: '6.12' }],
    defect: false,
    source: 'show_smap_vma_flags; seen on 6.12.107, not on 6.1.176',
  },
  mprotectReadOnlyDropsAccount: {
    doc: 'mprotect that makes never written private anonymous memory read-only drops VM_ACCOUNT and its charge',
    ranges: [{ from: '6.12' }],
    defect: false,
    source: 'mprotect_fixup; seen on 6.12.107, not on 6.1.176',
  },
  newRangeAsksNextFirst: {
    doc: 'a new mapping is joined with the VMA above it before the one below; the two must then agree on the anon_vma with that one',
    ranges: [{ until: '6.12' }],
    defect: false,
    source: 'mmap_region; since 6.12 vma_merge_new_range',
  },
  faultedJoinsUnfaulted: {
    doc: 'a written range may be joined with a neighbour that was never written; before, only the other way round',
    ranges: [{ from: '6.16' }],
    defect: false,
    source: '879bca0a2c4f, is_mergeable_anon_vma',
  },
  dontunmapJoinsSource: {
    doc: 'the copy that MREMAP_DONTUNMAP makes of never written memory may be joined with its own source',
    ranges: [{ until: '6.12.115' }, { from: '6.13', until: '7.2.11' }],
    defect: false,
    source: 'seen on 6.1.176 to 7.2.9 and 6.12.113, neither on 6.12.115 nor on 7.2.11',
  },
  unregisteredCopyJoins: {
    doc: 'the copy of a registered mapping that is to lose its registration may be joined with its neighbours',
    ranges: [{ until: '7.3' }],
    defect: false,
    source: 'seen on 6.1.176 to 7.2.13, not on 7.3.4',
  },
  privateFilesHaveAnonOffset: {
    doc: 'a private mapping of a file has a second page offset, for its private pages, and both must be contiguous to merge',
    ranges: [{ from: '7.3' }],
    defect: false,
    source: 'copy_vma, can_vma_merge_before, can_vma_merge_after; seen on 7.3.4, not on 7.2.13',
  },
  dontunmapResetsOffset: {
    doc: 'MREMAP_DONTUNMAP of a whole anonymous mapping gives what is left the page offset of its address',
    ranges: [{ from: '6.12.115', until: '6.13' }, { from: '7.2' }],
    defect: false,
    source: 'dontunmap_complete; seen on 7.2.13 and 6.12.117, not on 7.1.13 and 6.12.107',
  },
  uffdUnregistersOwnOnly: {
    doc: 'unregistering memory that is registered with another userfaultfd is EINVAL; before, it is unregistered',
    ranges: [{ from: '6.17' }],
    defect: false,
    source: 'userfaultfd_unregister; seen on 6.17.13, not on 6.16.12',
  },
  uffdMergesByFirstOffset: {
    doc: 'registering and unregistering the upper part of a mapping compares neighbours with the page offset of the whole: the part merges with what is above it only if that continues the wrong one',
    ranges: [{ until: '6.4' }],
    defect: true,
    source: 'userfaultfd_register, userfaultfd_unregister, 5543d3c43c31; seen on 6.1.176, not on 6.12.107',
  },
  collapseNeedsWritable: {
    doc: 'MADV_COLLAPSE of small private pages of which none may be written is EINVAL: they were only read, or are protected',
    ranges: [{ until: '6.18' }],
    defect: false,
    source: 'hpage_collapse_scan_pmd; seen on 6.17.13, not on 6.18.15',
  },
  collapseSparesMissing: {
    doc: 'MADV_COLLAPSE of memory with missing pages for which a userfaultfd waits is EBUSY; before, EINVAL, and shared memory becomes huge',
    ranges: [{ from: '6.4' }],
    defect: false,
    source: 'hpage_collapse_scan_file, madvise_collapse_errno; seen on 6.12.117, not on 6.1.176',
  },
  collapseOfLessSucceeds: {
    doc: 'MADV_COLLAPSE of a range that reaches no border of a huge page does nothing; before, it is EINVAL',
    ranges: [{ from: '7.2' }],
    defect: false,
    source: 'madvise_collapse; seen on 7.2.13, not on 7.1.13',
  },
  remapTellsUnshrunkLength: {
    doc: 'the message of a move that shrinks (UFFD_EVENT_REMAP) has the length before it shrank',
    ranges: [{ until: '6.15' }],
    defect: false,
    source: 'mremap_userfaultfd_complete; seen on 6.12.107, not on 6.16.12',
  },
  uffdRegisterKeepsWriteProtect: {
    doc: 'registering memory again without write protection, which it was registered with, is EBUSY',
    ranges: [{ from: '7.3' }],
    defect: false,
    source: 'userfaultfd_register; seen on 7.3.4, not on 7.2.13',
  },
  dontunmapClearsAccount: {
    doc: 'MREMAP_DONTUNMAP clears VM_ACCOUNT on the whole old VMA and keeps its charge',
    ranges: [{ from: '6.15', until: '6.17.8' }],
    defect: true,
    source: 'repaired by 0e59f47c15ce; seen on 6.16.12, not on 6.17.8',
  },
  copyLosesAnonVma: {
    doc: 'a written range that mremap joins with neighbours that were never written counts as never written',
    ranges: [{ from: '6.16', until: '6.18.9' }],
    defect: true,
    source: 'repaired by 61f67c230a5e; seen on 6.18.5, not on 6.18.9',
  },
  forkedCopyJoins: {
    doc: 'what came by fork is joined, when mremap moves it, with neighbours that were never written',
    ranges: [{ from: '6.16', until: '6.18.9' }],
    defect: true,
    source: 'repaired by 61f67c230a5e; seen on 6.18.5, not on 6.18.9',
  },
  dontunmapCountsLockedTwice: {
    doc: 'MREMAP_DONTUNMAP of locked memory adds the new length to locked_vm, and unlocking the old VMA subtracts nothing',
    ranges: [{ from: '6.15', until: '7.2.9' }],
    defect: true,
    source: 'seen on 6.16.3 to 7.2.6, neither on 6.12.107 nor on 7.2.9',
  },
  partialDontunmapUnlocksAll: {
    doc: 'MREMAP_DONTUNMAP of a part unlocks the whole old VMA; locked_vm keeps the pages outside of the part',
    ranges: [{ until: '6.12.115' }, { from: '6.13', until: '7.2.11' }],
    defect: true,
    source: 'seen on 6.1.176 to 7.2.9 and 6.12.113, neither on 6.12.115 nor on 7.2.11',
  },
  fixedShrinkLeaksCommit: {
    doc: 'a shrinking move to a fixed address charges the dropped pages and never gives them back',
    ranges: [{ from: '6.15', until: '7.3' }],
    defect: true,
    source: 'seen on 6.16.12 to 7.2.13, not on 7.3.4',
  },
  uffdResetHitsMerged: {
    doc: 'without EVENT_REMAP, the registration of the whole merged VMA is dropped after a move',
    ranges: [{ until: '7.3' }],
    defect: true,
    source: 'seen on 6.1.176 to 7.2.13, not on 7.3.4',
  },
  mmapLimitsBeforeSplit: {
    doc: 'mmap looks at RLIMIT_AS and RLIMIT_DATA before it splits what MAP_FIXED is to replace; later it fails with the splits made',
    ranges: [{ until: '6.12' }],
    defect: false,
    source: 'mmap_region; seen on 6.1.176, not on 6.12.107',
  },
  unmergeableDropsHighFlags: {
    doc: 'MADV_UNMERGEABLE of mergeable memory drops the flags above bit 31 too: the seal, and registration for minor faults',
    ranges: [{ from: '6.13', until: '6.17.3' }],
    defect: true,
    source: 'ksm_madvise; CVE-2025-40040; seen on 6.16.12, neither on 6.1.176, 6.12.107 nor on 6.17.13',
  },
  unlockHitsMerged: {
    doc: 'after MREMAP_DONTUNMAP onto an adjacent range the locks of the whole merged VMA are cleared',
    ranges: [{ until: '6.12.115' }, { from: '6.13', until: '7.2.11' }],
    defect: true,
    source: 'seen on 6.1.176 to 7.2.9 and 6.12.113, neither on 6.12.115 nor on 7.2.11',
  },
} as const satisfies Readonly<Record<string, FactEntry>>;

/** The names of the facts. */
export type FactName = keyof typeof TABLE;

/** One fact about releases. */
export interface Fact extends FactEntry {
  readonly name: FactName;
}

/** All facts. */
export const FACTS: readonly Fact[] = (Object.keys(TABLE) as FactName[]).map((name) => ({ name, ...TABLE[name] }));
