------------------------------- MODULE Records -------------------------------
(***************************************************************************)
(* The records that all specifications speak of, as sets.  Nothing is      *)
(* evaluated with them: they say which fields there are and of what kind,  *)
(* and give the types of the compiled properties their names.              *)
(***************************************************************************)
EXTENDS Naturals, Sequences

\* One mapping (struct vm_area_struct); see Vma.tla.
Vma == [ start : Nat, end : Nat, pgoff : Nat, read : BOOLEAN, write : BOOLEAN, exec : BOOLEAN, shared : BOOLEAN,
         file : Nat, account : BOOLEAN, noreserve : BOOLEAN, locked : BOOLEAN, lockonfault : BOOLEAN,
         sealed : BOOLEAN, uffd : Nat, ctx : Nat, anonVma : Nat, extra : Nat ]

\* What the process may have, in pages; maps counts mappings (RLIMIT_*, sysctl max_map_count, CAP_IPC_LOCK).
Limits == [ maps : Nat, as : Nat, data : Nat, memlock : Nat, ipcLock : BOOLEAN ]

\* What the process has mapped beside the mappings that are modelled: how many, pages, pages of data, locked pages.
Elsewhere == [ maps : Nat, total : Nat, data : Nat, locked : Nat ]

\* The address space of a process (struct mm_struct): its mappings, its private pages, its counters; see Vma.tla.
Space == [ vmas : Seq(Vma), frames : [Nat -> Nat], guards : [Nat -> BOOLEAN], mapCount : Nat, totalVm : Nat,
           lockedVm : Nat, committed : Nat, forkedBelow : Nat, lockFuture : BOOLEAN, onFaultFuture : BOOLEAN,
           heapStart : Nat, heapEnd : Nat, hearsMoves : [Nat -> BOOLEAN], limits : Limits, elsewhere : Elsewhere ]

\* A call with its arguments in pages; see Arguments.tla.
Call == [ op : STRING, addr : Nat, len : Nat, newAddr : Nat, newLen : Nat, mayMove : BOOLEAN, fixed : BOOLEAN,
          dontUnmap : BOOLEAN, noReplace : BOOLEAN, read : BOOLEAN, write : BOOLEAN, exec : BOOLEAN,
          shared : BOOLEAN, noreserve : BOOLEAN, locked : BOOLEAN, populate : BOOLEAN, file : Nat, pgoff : Nat,
          onFault : BOOLEAN, mode : Nat, ctx : Nat, advice : STRING, argClass : STRING ]

\* What a call returned: a value in pages, or an errno or signal.
Result == [ ok : BOOLEAN, value : Nat, errno : STRING ]

\* Facts that differ between releases; see Profile.tla.
Profile == [ dontunmapClearsAccount : BOOLEAN, dontunmapCountsLockedTwice : BOOLEAN,
             partialDontunmapUnlocksAll : BOOLEAN, fixedShrinkLeaksCommit : BOOLEAN,
             uffdResetHitsMerged : BOOLEAN, unlockHitsMerged : BOOLEAN, unmergeableDropsHighFlags : BOOLEAN,
             copyLosesAnonVma : BOOLEAN, forkedCopyJoins : BOOLEAN, dontunmapResetsOffset : BOOLEAN,
             dontunmapJoinsSource : BOOLEAN, dontunmapCountsOneMore : BOOLEAN, unregisteredCopyJoins : BOOLEAN,
             uffdRegisterKeepsWriteProtect : BOOLEAN, privateFilesHaveAnonOffset : BOOLEAN, mapsCountedUnderLock : BOOLEAN, guardsAreMarked : BOOLEAN,
             msealExists : BOOLEAN, guardRegionsExist : BOOLEAN,
             populateSkipsHoles : BOOLEAN, mprotectReadOnlyDropsAccount : BOOLEAN,
             newRangeAsksNextFirst : BOOLEAN, mmapLimitsBeforeSplit : BOOLEAN,
             faultedJoinsUnfaulted : BOOLEAN, uffdMergesByFirstOffset : BOOLEAN,
             uffdUnregistersOwnOnly : BOOLEAN, newAddressCheckedBeforeLookup : BOOLEAN,
             targetRangeBeforeLookup : BOOLEAN, dontunmapComparesRawLengths : BOOLEAN,
             checksBeforeUnmap : BOOLEAN, multiVmaMove : BOOLEAN ]
=============================================================================
