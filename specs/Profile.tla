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
(*     guardsAreMarked : BOOLEAN ]           a VMA that had guard pages is *)
(*                                           marked (6.18.44, 6.19)        *)
(***************************************************************************)

\* No defect: what the calls are meant to do.
IntendedProfile ==
  [ dontunmapClearsAccount |-> FALSE, dontunmapCountsLockedTwice |-> FALSE, partialDontunmapUnlocksAll |-> FALSE,
    fixedShrinkLeaksCommit |-> FALSE, uffdResetHitsMerged |-> FALSE, unlockHitsMerged |-> FALSE,
    unmergeableDropsHighFlags |-> FALSE, copyLosesAnonVma |-> FALSE, forkedCopyJoins |-> FALSE,
    dontunmapResetsOffset |-> FALSE, dontunmapJoinsSource |-> TRUE, dontunmapCountsOneMore |-> FALSE,
    unregisteredCopyJoins |-> TRUE, uffdRegisterKeepsWriteProtect |-> FALSE, privateFilesHaveAnonOffset |-> FALSE,
    mapsCountedUnderLock |-> FALSE, guardsAreMarked |-> TRUE ]

\* Linux 6.18: every defect but the cleared VM_ACCOUNT (which 6.17.8 no longer has).
Linux618Profile ==
  [ dontunmapClearsAccount |-> FALSE, dontunmapCountsLockedTwice |-> TRUE, partialDontunmapUnlocksAll |-> TRUE,
    fixedShrinkLeaksCommit |-> TRUE, uffdResetHitsMerged |-> TRUE, unlockHitsMerged |-> TRUE,
    unmergeableDropsHighFlags |-> FALSE, copyLosesAnonVma |-> FALSE, forkedCopyJoins |-> FALSE,
    dontunmapResetsOffset |-> FALSE, dontunmapJoinsSource |-> TRUE, dontunmapCountsOneMore |-> FALSE,
    unregisteredCopyJoins |-> TRUE, uffdRegisterKeepsWriteProtect |-> FALSE, privateFilesHaveAnonOffset |-> FALSE,
    mapsCountedUnderLock |-> FALSE, guardsAreMarked |-> TRUE ]
=============================================================================
