------------------------------- MODULE MCSeal -------------------------------
(***************************************************************************)
(* Sealed memory among memory that is not: what mseal forbids, what it leaves *)
(* allowed, and what a refused call leaves behind.                         *)
(***************************************************************************)
EXTENDS CallSteps

AllRanges == Ranges(1, LastPage)

\* What may meet a seal.
SealCalls ==
  MmapCalls(AllRanges, {ReadOnly})
    \union RangeCalls("munmap", AllRanges)
    \union MprotectCalls({[a |-> 1, n |-> LastPage], [a |-> 2, n |-> 1]}, {NoAccess})
    \union RangeCalls("mseal", AllRanges)
    \union MoveCalls(AllRanges, {FALSE})
    \union {c \in FixedCalls(AllRanges) : c.newLen < c.len}

SealedBesideOpen == Len(space.vmas) = 2 /\ space.vmas[1].end = space.vmas[2].start /\ space.vmas[1].sealed # space.vmas[2].sealed
LeftSplit == \E i \in 1..(Len(space.vmas) - 1) : CanMerge(space.vmas[i], space.vmas[i + 1], 0)
=============================================================================
