---------------------------- MODULE MCConcurrency ---------------------------
(***************************************************************************)
(* One call of each sort (a move of two VMAs, a move of one that           *)
(* userfaultfd watches onto another, a shrink) among other threads, with   *)
(* pages there or missing.                                                 *)
(***************************************************************************)
EXTENDS Concurrency

OneToucher == {"one"}
TwoTouchers == {"one", "two"}
AllCalls == {"many", "armed", "shrink"}
ArmedOnly == {"armed"}

\* Pages that are there or missing; the first missing and the second there.
AnyPresent == SUBSET {1, 2}
SecondPresent == {{2}}

\* The mapper works anywhere, or only where the memory was that is moved.
AllPlaces == Places
OldPlaces == {1, 2}
NoPlaces == {}

\* One VMA beyond those that there are.
FewVmas == 3

(***************************************************************************)
(* Sometimes: what the bound reaches.                                      *)
(***************************************************************************)

\* The first piece is at its new place, and the second is stored to at its old one.
StoreBetweenPieces == mover.phase = "lookup" /\ mover.left = <<2>> /\ vma[3].of = 1 /\ memory[2] = Stored

\* A fault waits for the map's lock, for the mover has its VMA.
FaultWaits == \E t \in Touchers : toucher[t].phase = "mapLock" /\ lock = "mover" /\ vma[toucher[t].place].locked

\* The mover waits for a fault.
MoverWaits == mover.phase = "lockVma" /\ ReadLocked(mover.place)

\* Something is mapped at the old place before the handler has heard that it was left.
OldPlaceTaken == mover.phase = "wait" /\ vma[1].of = 4

\* A fault at the new place is read before the event that says what is there: UFFDIO_COPY has to be tried again.
FaultBeforeEvent == handler.phase = "again" /\ handler.place = 3 /\ vma[3].of = 1

\* A page is still stored to although its VMA has left the map.
StoreBeforeZap == mover.phase = "zap" /\ page[2] = Stored

\* Two threads sleep, at two places.
SleepApart == \E t, u \in Touchers : toucher[t].phase = "asleep" /\ toucher[u].phase = "asleep" /\ toucher[t].place # toucher[u].place

\* The call fails between two pieces, or finds no VMA, or too many.
FailsHalfway == mover.phase = "unlock" /\ mover.result # "" /\ vma[3].of = 1
FindsNothing == mover.result = "EFAULT"
TooMany == mover.result = "ENOMEM"
=============================================================================
