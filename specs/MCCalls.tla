------------------------------ MODULE MCCalls -------------------------------
(***************************************************************************)
(* All calls, each in one step, over a few pages of private anonymous      *)
(* memory: splits, merges, page offsets, anon_vmas, resizing and moving.   *)
(***************************************************************************)
EXTENDS Explore

CONSTANTS LastPage,    \* pages 1..LastPage
          MaxVmas      \* more VMAs than this are not explored further

VARIABLES space,       \* the address space
          verdict      \* name of the first property that the last step violated, or ""

vars == <<space, verdict>>

AllRanges == Ranges(1, LastPage)

Calls1 == MmapCalls(AllRanges, {ReadWrite}) \union RangeCalls("munmap", AllRanges)
            \union MprotectCalls(AllRanges, {ReadOnly, ReadWrite}) \union AccessCalls("store", 1..LastPage)
            \union ResizeCalls(AllRanges, 1..LastPage, {TRUE, FALSE})
            \union FixedCalls(AllRanges)

Init == space = EmptySpace /\ verdict = ""

Next ==
  /\ verdict = ""
  /\ \E c \in Calls1 :
       \E choice \in Choices(space, c, 1, LastPage) :
         LET o == Do(space, c, choice, IntendedProfile)
         IN /\ Len(o.space.vmas) <= MaxVmas
            /\ space' = WithoutFrames(Canonical(o.space))
            /\ verdict' = Verdict(space, c, o.result, o.space, IntendedProfile)

Spec == Init /\ [][Next]_vars

AllHold == verdict = ""
=============================================================================
