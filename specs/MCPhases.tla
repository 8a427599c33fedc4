------------------------------ MODULE MCPhases ------------------------------
(***************************************************************************)
(* mremap phase by phase: one call from every layout of the bound.         *)
(*                                                                         *)
(* Four pages of source (every combination of SourceKinds), four pages of  *)
(* destination (DestPatterns), and calls of every sort: the walk over      *)
(* several VMAs, with and without DONTUNMAP, also next to the source;      *)
(* growing, shrinking, moving one VMA.  Every phase satisfies the phase    *)
(* properties; when the call is over it has done what Mremap.tla says (the *)
(* phases refine the function), and the step properties hold.              *)
(***************************************************************************)
EXTENDS MremapPhases, PhaseProperties, Explore, Layouts

CONSTANTS SourceKinds,     \* what a page of the source may be
          DestPatterns,    \* what the four pages of the destination may be
          Prof             \* facts of the release

VARIABLES before,    \* the space when the call began
          space,     \* the space
          machine    \* the call

vars == <<before, space, machine>>

\* The default bound: free, untouched, written, armed.
FewKinds == {".", "a", "f", "u"}

\* What mutants need to show.
MutantKinds == {".", "f", "u"}

\* What releases treat differently.
ReleaseKinds == {"f", "u"}

\* Nothing; memory everywhere; memory under the second page and a sealed page under the fourth.
ThreePatterns == {<<".", ".", ".", ".">>, <<"r", "r", "r", "r">>, <<".", "a", ".", "s">>}

\* A bound for mutants: what is needed to see a difference.
FewPatterns == {<<".", "a", ".", "s">>, <<"r", "r", "r", "r">>}

\* Three VMAs with a hole between them, which takes a fifth kind: a move over them succeeds, or is stopped by the last.
ThreeWithHole == {<<"r", "a", ".", "f">>, <<"f", "r", ".", "u">>}

SourceLayouts == [1..4 -> SourceKinds] \union ThreeWithHole

Many(a, n, to, du) ==
  [NoCall EXCEPT !.op = "mremap", !.addr = a, !.len = n, !.newAddr = to, !.newLen = n,
                 !.mayMove = TRUE, !.fixed = TRUE, !.dontUnmap = du]

One(a, n, to, m, mayMove, fixed, du) ==
  [NoCall EXCEPT !.op = "mremap", !.addr = a, !.len = n, !.newAddr = to, !.newLen = m,
                 !.mayMove = mayMove, !.fixed = fixed, !.dontUnmap = du]

PhaseCalls ==
  {Many(w[1], w[2], w[3], du) : w \in {<<1, 4, 5>>, <<1, 3, 5>>, <<1, 3, 6>>, <<2, 3, 5>>}, du \in BOOLEAN}
    \union {Many(1, 2, 3, FALSE), Many(2, 1, 4, TRUE)}
    \union {One(1, 3, 6, 1, TRUE, TRUE, FALSE), One(1, 1, 6, 2, TRUE, TRUE, FALSE), One(2, 0, 6, 1, TRUE, TRUE, FALSE),
            One(1, 3, 0, 1, TRUE, FALSE, FALSE), One(2, 1, 0, 2, TRUE, FALSE, FALSE), One(2, 1, 0, 1, FALSE, FALSE, FALSE),
            One(2, 2, 8, 2, TRUE, FALSE, TRUE), One(2, 2, 3, 2, TRUE, TRUE, FALSE)}

Init ==
  \E source \in SourceLayouts, dest \in DestPatterns, c \in PhaseCalls :
    /\ before = Layout(<<source[1], source[2], source[3], source[4], dest[1], dest[2], dest[3], dest[4]>>)
    /\ space = before
    /\ machine = Begin(c, Prof)

\* What get_unmapped_area may answer now.
ChoicesNow ==
  IF machine.phase # "choose" THEN {0}
  ELSE {x \in Choices(space, machine.call, 1, 8) : x = 0 \/ x >= 5}

Next ==
  /\ machine.phase # "done"
  /\ \E choice \in ChoicesNow :
       LET b == Step(space, machine, choice, Prof)
       IN space' = b.space /\ machine' = b.machine
  /\ before' = before

Spec == Init /\ [][Next]_vars

(***************************************************************************)
(* Invariants.                                                             *)
(***************************************************************************)

\* The phases together do what the function says; what get_unmapped_area chose is in the result.
Refines ==
  machine.phase = "done" =>
    LET o == Mremap(before, machine.call, machine.result.value, Prof)
    IN o.result = machine.result /\ Canonical(o.space) = Canonical(space)

\* The step properties hold of the whole call.
StepsHold == machine.phase = "done" => Verdict(before, machine.call, machine.result, space, Prof) = ""

\* What is true of the map between any two phases (counters only between pieces: BooksBalanced).
MapHolds == NoOverlap(space) /\ NonEmpty(space) /\ MapCountExact(space) /\ FramesNotDoubled(space)

(***************************************************************************)
(* The phase properties, each of every phase.                              *)
(***************************************************************************)
EachIteratorValidWhenUsed == [][IteratorValidWhenUsed(space, machine, space', machine')]_vars
EachIteratorIsCurrent == [][IteratorIsCurrent(space, machine, space', machine')]_vars
EachChangesUnderLock == [][ChangesUnderLock(space, machine, space', machine')]_vars
EachOneHold == [][OneHold(space, machine, space', machine')]_vars
EachDoneWithoutLock == [][DoneWithoutLock(space, machine, space', machine')]_vars
EachChecksBeforeChanges == [][ChecksBeforeChanges(space, machine, space', machine')]_vars
EachEligibleBeforeTouched == [][EligibleBeforeTouched(space, machine, space', machine')]_vars
EachPieceKeepsOffset == [][PieceKeepsOffset(space, machine, space', machine')]_vars
EachPieceInsideRange == [][PieceInsideRange(space, machine, space', machine')]_vars
EachDestinationFreeBeforeCopy == [][DestinationFreeBeforeCopy(space, machine, space', machine')]_vars
EachPagesConserved == [][PagesConserved(space, machine, space', machine')]_vars
EachSourceEmptyBeforeUnmap == [][SourceEmptyBeforeUnmap(space, machine, space', machine')]_vars
EachPiecesOnceInOrder == [][PiecesOnceInOrder(space, machine, space', machine')]_vars
EachCursorMonotone == [][CursorMonotone(space, machine, space', machine')]_vars
EachBooksBalanced == [][BooksBalanced(space, machine, space', machine')]_vars
EachResultStands == [][ResultStands(space, machine, space', machine')]_vars
EachFailureEndsWork == [][FailureEndsWork(space, machine, space', machine')]_vars
EachPhasesGoForward == [][PhasesGoForward(space, machine, space', machine')]_vars

(***************************************************************************)
(* Sometimes: what the bound reaches.                                      *)
(***************************************************************************)
Over == machine.phase = "done"
MovesThreeWithHole ==
  /\ Over /\ machine.result.ok /\ Len(machine.moved) = 2 + 1
  /\ \E i \in 1..2 : machine.moved[i].from + machine.moved[i].len < machine.moved[i + 1].from
MovesTwoWithHole ==
  /\ Over /\ machine.result.ok /\ Len(machine.moved) = 2
  /\ machine.moved[1].from + machine.moved[1].len < machine.moved[2].from
ArmedFails == Over /\ machine.result.errno = "EFAULT" /\ VmaAt(before.vmas, machine.call.addr).uffd # 0
ArmedAloneMoves == Over /\ HasMoved(machine.call, machine.result) /\ VmaAt(before.vmas, machine.call.addr).uffd # 0
PartialFailureArmed == Over /\ machine.result.errno = "EFAULT" /\ Len(machine.moved) > 0
PartialFailureSealed == Over /\ machine.result.errno = "EPERM" /\ Len(machine.moved) > 0
MergesWithItsSource == machine.phase = "account" /\ machine.vma.start <= machine.newAddr /\ machine.newAddr < machine.vma.end
                         /\ machine.newAddr # machine.addr
GrowsInPlace == Over /\ machine.result.ok /\ machine.call.newLen > machine.call.len /\ ~HasMoved(machine.call, machine.result)
GrowsElsewhere == Over /\ HasMoved(machine.call, machine.result) /\ ~machine.call.fixed /\ ~machine.call.dontUnmap
Shrinks == Over /\ machine.result.ok /\ machine.call.newLen < machine.call.len
NoRoom == Over /\ machine.result.errno = "ENOMEM"
=============================================================================
