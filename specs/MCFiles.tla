------------------------------- MODULE MCFiles -------------------------------
(***************************************************************************)
(* Shared and private mappings of files: merging only within one open file, *)
(* page offsets that go with the memory, duplication by old length 0.      *)
(***************************************************************************)
EXTENDS CallSteps

AllRanges == Ranges(1, LastPage)

\* What can be done to mappings of two files.
FileCalls ==
  MmapFileCalls({[a |-> 1, n |-> LastPage]}, {1}, {TRUE, FALSE})
    \union MmapFileCalls({[a |-> 2, n |-> 1]}, {2}, {TRUE})
    \union RangeCalls("munmap", AllRanges)
    \union AccessCalls("store", 1..LastPage)
    \union ResizeCalls({[a |-> p, n |-> 0] : p \in 1..LastPage}, 1..LastPage, {TRUE})
    \union ResizeCalls({[a |-> p, n |-> 1] : p \in 1..LastPage}, 2..LastPage, {FALSE})
    \union MoveCalls(AllRanges, {FALSE})

TwoMappingsOfOnePage ==
  Len(space.vmas) = 2 /\ space.vmas[1].file = 1 /\ space.vmas[2].file = 1 /\ space.vmas[1].pgoff = space.vmas[2].pgoff
TwoFiles == Len(space.vmas) = 2 /\ space.vmas[1].file # space.vmas[2].file
PrivateCopy == \E i \in 1..Len(space.vmas) : space.vmas[i].file # 0 /\ space.vmas[i].anonVma # 0
=============================================================================
