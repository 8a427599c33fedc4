/**
 * The facts that differ between kernel releases, written once. A range is [from, until) in x.y.z of the release; absent
 * ends are open. `intended` is what the fact would be if the kernel did what its authors meant.
 */
import type { Profile } from './types.js';

/** One fact about releases. */
export interface Fact {
  readonly name: keyof Profile;
  readonly doc: string;
  /** Releases in which the fact holds. */
  readonly from?: string;
  readonly until?: string;
  /** True for a defect of the kernel that can be switched off; `intended` gives the value then. */
  readonly defect: boolean;
  readonly intended: boolean;
  readonly source: string;
}

/** All facts. */
export const FACTS: readonly Fact[] = [
  {
    name: 'dontunmapClearsAccount',
    doc: 'MREMAP_DONTUNMAP clears VM_ACCOUNT on the whole old VMA and keeps its charge',
    from: '6.15',
    until: '6.17.8',
    defect: true,
    intended: false,
    source: 'repaired by 0e59f47c15ce; seen on 6.16.12, not on 6.17.8',
  },
  {
    name: 'dontunmapCountsLockedTwice',
    doc: 'MREMAP_DONTUNMAP of locked memory adds the new length to locked_vm, and unlocking the old VMA subtracts nothing',
    from: '6.15',
    until: '7.2',
    defect: true,
    intended: false,
    source: 'seen on 6.16.12 to 7.1.13, neither on 6.12.107 nor on 7.2.13',
  },
  {
    name: 'partialDontunmapUnlocksAll',
    doc: 'MREMAP_DONTUNMAP of a part unlocks the whole old VMA; locked_vm keeps the pages outside of the part',
    until: '7.2',
    defect: true,
    intended: false,
    source: 'seen on 6.1.176 to 7.0.13, not on 7.2.13',
  },
  {
    name: 'fixedShrinkLeaksCommit',
    doc: 'a shrinking move to a fixed address charges the dropped pages and never gives them back',
    from: '6.15',
    until: '7.3',
    defect: true,
    intended: false,
    source: 'seen on 6.16.12 to 7.2.13, not on 7.3.4',
  },
  {
    name: 'uffdResetHitsMerged',
    doc: 'without EVENT_REMAP, the registration of the whole merged VMA is dropped after a move',
    until: '7.3',
    defect: true,
    intended: false,
    source: 'seen on 6.1.176 to 7.2.13, not on 7.3.4',
  },
  {
    name: 'unlockHitsMerged',
    doc: 'after MREMAP_DONTUNMAP onto an adjacent range the locks of the whole merged VMA are cleared',
    until: '7.2',
    defect: true,
    intended: false,
    source: 'seen on 6.1.176 to 7.1.13, not on 7.2.13',
  },
];
