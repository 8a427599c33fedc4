------------------------------ MODULE Profile -------------------------------
(***************************************************************************)
(* Facts that differ between releases of Linux, as a record of Booleans.   *)
(* Operators take it as the argument `prof`; which release has which fact  *)
(* is data elsewhere (packages/model, facts by version).                   *)
(*                                                                         *)
(* Profile ==                                                              *)
(*   [ dontunmapClearsAccount : BOOLEAN,     the old VMA loses VM_ACCOUNT  *)
(*                                           and the charge is not undone  *)
(*     dontunmapCountsLockedTwice : BOOLEAN, locked_vm grows although the  *)
(*                                           old pages are unlocked        *)
(*     partialDontunmapUnlocksAll : BOOLEAN, the rest of the old VMA is    *)
(*                                           unlocked too, not uncounted   *)
(*     fixedShrinkLeaksCommit : BOOLEAN,     a move that shrinks charges   *)
(*                                           what it drops                 *)
(*     uffdResetHitsMerged : BOOLEAN,        the reset after a move acts   *)
(*                                           on the merged VMA             *)
(*     unlockHitsMerged : BOOLEAN,           so does unlocking the old VMA *)
(*     unmergeableDropsHighFlags : BOOLEAN,  MADV_UNMERGEABLE drops the    *)
(*                                           seal and minor faults         *)
(*     copyLosesAnonVma : BOOLEAN,           what mremap joins with memory *)
(*                                           that was never written counts *)
(*                                           as never written              *)
(*     forkedCopyJoins : BOOLEAN,            what came by fork is joined   *)
(*                                           with such memory by mremap    *)
(*     dontunmapResetsOffset : BOOLEAN,      what DONTUNMAP leaves begins  *)
(*                                           at the page offset of its     *)
(*                                           place (since 7.2)             *)
(*     dontunmapJoinsSource : BOOLEAN,       the copy of DONTUNMAP may be  *)
(*                                           one VMA with its source       *)
(*                                           (until late in 7.2)           *)
(*     dontunmapCountsOneMore : BOOLEAN,     DONTUNMAP asks for room for   *)
(*                                           one VMA more (late in 7.2)    *)
(*     unregisteredCopyJoins : BOOLEAN,      a copy that is to lose its    *)
(*                                           registration may be joined    *)
(*                                           (until 7.3)                   *)
(*     uffdRegisterKeepsWriteProtect,        registering again cannot take *)
(*                                           write protection away (7.3)   *)
(*     privateFilesHaveAnonOffset : BOOLEAN, private mappings of files     *)
(*                                           have two page offsets (7.3),  *)
(*                                           of which this knows one       *)
(*     mapsCountedUnderLock : BOOLEAN,       mremap counts VMAs under the  *)
(*                                           lock, all calls (since 7.1)   *)
(*     guardsAreMarked : BOOLEAN,            a VMA that had guard pages is *)
(*                                           marked (6.18.44, 6.19)        *)
(*     msealExists : BOOLEAN,                mseal is a call (6.10)        *)
(*     guardRegionsExist : BOOLEAN,          madvise knows guard pages     *)
(*                                           (6.13)                        *)
(*     populateSkipsHoles : BOOLEAN,         madvise that faults in goes   *)
(*                                           on after a hole (until 6.8)   *)
(*     mprotectReadOnlyDropsAccount,         what was never written and    *)
(*                                           becomes read-only is charged  *)
(*                                           no more (6.12)                *)
(*     newRangeAsksNextFirst : BOOLEAN,      new memory is joined with     *)
(*                                           what is above it first        *)
(*                                           (until 6.11)                  *)
(*     mmapLimitsBeforeSplit : BOOLEAN,      mmap asks for RLIMIT_AS and   *)
(*                                           RLIMIT_DATA before it splits  *)
(*                                           (until 6.11)                  *)
(*     faultedJoinsUnfaulted : BOOLEAN,      a written range is joined     *)
(*                                           with what was not (6.16)      *)
(*     uffdMergesByFirstOffset : BOOLEAN,    who is above the upper part   *)
(*                                           of a VMA that is registered   *)
(*                                           is asked with the page        *)
(*                                           offset of the lower part      *)
(*                                           (until 6.3)                   *)
(*     uffdUnregistersOwnOnly : BOOLEAN,     memory of another userfault-  *)
(*                                           fd is not unregistered        *)
(*                                           (6.17)                        *)
(*     newAddressCheckedBeforeLookup,        mremap sees that a target is  *)
(*                                           no page, or has no room,      *)
(*                                           before it looks the source    *)
(*                                           up (6.15)                     *)
(*     targetRangeBeforeLookup : BOOLEAN,    and that it overlaps, or is   *)
(*                                           not in user space (6.17)      *)
(*     dontunmapComparesRawLengths,          DONTUNMAP wants lengths that  *)
(*                                           are equal in bytes (until     *)
(*                                           6.16)                         *)
(*     checksBeforeUnmap : BOOLEAN,          the source is checked before  *)
(*                                           the target is unmapped        *)
(*                                           (6.17)                        *)
(*     multiVmaMove : BOOLEAN ]              FIXED moves many VMAs (6.17)  *)
(***************************************************************************)

\* No defect: what the calls are meant to do.
IntendedProfile ==
  [ dontunmapClearsAccount |-> FALSE, dontunmapCountsLockedTwice |-> FALSE, partialDontunmapUnlocksAll |-> FALSE,
    fixedShrinkLeaksCommit |-> FALSE, uffdResetHitsMerged |-> FALSE, unlockHitsMerged |-> FALSE,
    unmergeableDropsHighFlags |-> FALSE, copyLosesAnonVma |-> FALSE, forkedCopyJoins |-> FALSE,
    dontunmapResetsOffset |-> FALSE, dontunmapJoinsSource |-> TRUE, dontunmapCountsOneMore |-> FALSE,
    unregisteredCopyJoins |-> TRUE, uffdRegisterKeepsWriteProtect |-> FALSE, privateFilesHaveAnonOffset |-> FALSE,
    mapsCountedUnderLock |-> FALSE, guardsAreMarked |-> TRUE,
    msealExists |-> TRUE, guardRegionsExist |-> TRUE, populateSkipsHoles |-> FALSE,
    mprotectReadOnlyDropsAccount |-> TRUE, newRangeAsksNextFirst |-> FALSE, mmapLimitsBeforeSplit |-> FALSE,
    faultedJoinsUnfaulted |-> TRUE, uffdMergesByFirstOffset |-> FALSE, uffdUnregistersOwnOnly |-> TRUE,
    newAddressCheckedBeforeLookup |-> TRUE, targetRangeBeforeLookup |-> TRUE, dontunmapComparesRawLengths |-> FALSE,
    checksBeforeUnmap |-> TRUE, multiVmaMove |-> TRUE ]

\* Linux 6.18, from 6.18.9 on: its defects.
Linux618Profile ==
  [IntendedProfile EXCEPT
     !.dontunmapCountsLockedTwice = TRUE, !.partialDontunmapUnlocksAll = TRUE, !.fixedShrinkLeaksCommit = TRUE,
     !.uffdResetHitsMerged = TRUE, !.unlockHitsMerged = TRUE]

\* Linux 7.3: the defects of 6.18 are repaired, some by other rules than were intended.
Linux73Profile ==
  [IntendedProfile EXCEPT
     !.dontunmapResetsOffset = TRUE, !.dontunmapJoinsSource = FALSE, !.dontunmapCountsOneMore = TRUE, !.unregisteredCopyJoins = FALSE,
     !.uffdRegisterKeepsWriteProtect = TRUE, !.privateFilesHaveAnonOffset = TRUE, !.mapsCountedUnderLock = TRUE]

(***************************************************************************)
(* Older releases, by what sets them apart from the next younger one.      *)
(***************************************************************************)

\* Linux 6.16: every release from 6.17 on moves many VMAs and checks all before it unmaps anything.
Linux616Profile ==
  [Linux618Profile EXCEPT
     !.dontunmapClearsAccount = TRUE, !.unmergeableDropsHighFlags = TRUE, !.copyLosesAnonVma = TRUE, !.forkedCopyJoins = TRUE,
     !.guardsAreMarked = FALSE, !.uffdUnregistersOwnOnly = FALSE, !.targetRangeBeforeLookup = FALSE,
     !.dontunmapComparesRawLengths = TRUE, !.checksBeforeUnmap = FALSE, !.multiVmaMove = FALSE]

\* Linux 6.12: the defects of the new mremap (6.15) are not there yet, nor guard pages.
Linux612Profile ==
  [Linux616Profile EXCEPT
     !.dontunmapClearsAccount = FALSE, !.dontunmapCountsLockedTwice = FALSE, !.fixedShrinkLeaksCommit = FALSE,
     !.unmergeableDropsHighFlags = FALSE, !.copyLosesAnonVma = FALSE, !.forkedCopyJoins = FALSE,
     !.faultedJoinsUnfaulted = FALSE, !.newAddressCheckedBeforeLookup = FALSE, !.guardRegionsExist = FALSE]

\* Linux 6.1.
Linux61Profile ==
  [Linux612Profile EXCEPT
     !.msealExists = FALSE, !.populateSkipsHoles = TRUE, !.mprotectReadOnlyDropsAccount = FALSE, !.newRangeAsksNextFirst = TRUE,
     !.mmapLimitsBeforeSplit = TRUE, !.uffdMergesByFirstOffset = TRUE]
=============================================================================
