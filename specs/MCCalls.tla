------------------------------- MODULE MCCalls -------------------------------
(***************************************************************************)
(* All calls that make, cut, merge, resize and move private anonymous memory, *)
(* as often as you like, over a few pages: splits, merges, page offsets,   *)
(* anon_vmas.                                                              *)
(***************************************************************************)
EXTENDS CallSteps

AllRanges == Ranges(1, LastPage)

\* What can be done to private anonymous memory.
PrivateCalls ==
  MmapCalls(AllRanges, {ReadWrite})
    \union RangeCalls("munmap", AllRanges)
    \union MprotectCalls(AllRanges, {ReadOnly, ReadWrite})
    \union AccessCalls("store", 1..LastPage)
    \union ResizeCalls(AllRanges, 1..LastPage, {TRUE, FALSE})
    \union FixedCalls(AllRanges)

\* A VMA between two others that differ, and one moved away from where its page offset says.
ThreeVmas == verdict = "" /\ Len(space.vmas) = 2 /\ \E i \in 1..2 : space.vmas[i].anonVma # 0 /\ space.vmas[i].pgoff # space.vmas[i].start
TwoAnonVmas == \E i \in 1..Len(space.vmas) : space.vmas[i].anonVma = 2
NeighboursApart ==
  /\ Len(space.vmas) = 2 /\ space.vmas[1].end = space.vmas[2].start
  /\ SameAttributes(space.vmas[1], space.vmas[2]) /\ ~CanMerge(space.vmas[1], space.vmas[2], 0)
=============================================================================
