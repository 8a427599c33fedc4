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
         sealed : BOOLEAN, uffd : Nat, anonVma : Nat ]

\* The address space of a process (struct mm_struct): its mappings, its private pages, its counters.
Space == [ vmas : Seq(Vma), frames : [Nat -> Nat], mapCount : Nat, totalVm : Nat, lockedVm : Nat, committed : Nat ]

\* A call with its arguments in pages; see Calls.tla.
Call == [ op : STRING, addr : Nat, len : Nat, newAddr : Nat, newLen : Nat, mayMove : BOOLEAN, fixed : BOOLEAN,
          dontUnmap : BOOLEAN, noReplace : BOOLEAN, read : BOOLEAN, write : BOOLEAN, exec : BOOLEAN,
          shared : BOOLEAN, noreserve : BOOLEAN, locked : BOOLEAN, file : Nat, pgoff : Nat, onFault : BOOLEAN,
          mode : Nat, argClass : STRING ]

\* What a call returned: a value in pages, or an errno or signal.
Result == [ ok : BOOLEAN, value : Nat, errno : STRING ]

\* Facts that differ between releases; see Profile.tla.
Profile == [ dontunmapClearsAccount : BOOLEAN, dontunmapCountsLockedTwice : BOOLEAN,
             partialDontunmapUnlocksAll : BOOLEAN, fixedShrinkLeaksCommit : BOOLEAN,
             uffdResetHitsMerged : BOOLEAN, unlockHitsMerged : BOOLEAN, dontunmapResetsOffset : BOOLEAN ]
=============================================================================
