------------------------------- MODULE MCLocks -------------------------------
(***************************************************************************)
(* Locked memory and accounting: mlock2, munlock, MAP_LOCKED, resizing and *)
(* moving, with DONTUNMAP.  MCLocks.cfg: as intended, and all sums exact.  *)
(* MCLocksLinux618.cfg: as 6.18 does it, step by step.  MCLocksDefect.cfg and *)
(* MCCommitDefect.cfg: 6.18, nothing excused: locked_vm and the commit charge *)
(* drift, and the check must fail; so must MCAccountDefect.cfg: DONTUNMAP  *)
(* that takes VM_ACCOUNT away, as in 6.16.  MCLocksMerged.cfg: one of two  *)
(* defects that no release has without the other, and what it is excused.  *)
(***************************************************************************)
EXTENDS CallSteps

\* One defect of 6.16, and no other.
OnlyClearsAccount == [IntendedProfile EXCEPT !.dontunmapClearsAccount = TRUE]

\* One defect of 6.18, and no other: DONTUNMAP that unlocks the copy where it is one VMA with the source.
OnlyUnlocksMerged == [IntendedProfile EXCEPT !.unlockHitsMerged = TRUE]

AllRanges == Ranges(1, LastPage)

\* mmap with MAP_LOCKED.
LockedMmapCalls == {[c EXCEPT !.locked = TRUE] : c \in MmapCalls(AllRanges, {ReadWrite})}

\* What locks, and what must keep count of it.
LockCalls ==
  MmapCalls({[a |-> 1, n |-> LastPage]}, {ReadWrite}) \union LockedMmapCalls
    \union RangeCalls("munmap", AllRanges)
    \union RangeCalls("mlock2", AllRanges)
    \union {[c EXCEPT !.onFault = TRUE] : c \in RangeCalls("mlock2", AllRanges)}
    \union RangeCalls("munlock", AllRanges)
    \union FixedCalls(AllRanges)
    \union MoveCalls(AllRanges, {TRUE})

OnFaultBesideLocked ==
  Len(space.vmas) = 2 /\ space.vmas[1].locked /\ space.vmas[2].locked /\ space.vmas[1].lockonfault # space.vmas[2].lockonfault
LockedAndNot == Len(space.vmas) = 2 /\ space.vmas[1].end = space.vmas[2].start /\ space.vmas[1].locked # space.vmas[2].locked
=============================================================================
