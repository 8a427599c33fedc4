------------------------------- MODULE MCUffd -------------------------------
(***************************************************************************)
(* Registration: memory that userfaultfd watches, cut, merged, moved alone and *)
(* with others.  MCUffd.cfg: as intended.  MCUffdLinux618.cfg: as 6.18 does it, *)
(* each reach of the defect excused by name.  MCUffdDefect.cfg: 6.18, nothing *)
(* excused: a neighbour's registration is lost, and the check must fail.   *)
(***************************************************************************)
EXTENDS CallSteps

AllRanges == Ranges(1, LastPage)

\* What can be done to registered memory.
UffdCalls ==
  MmapCalls(AllRanges, {ReadWrite})
    \union RangeCalls("munmap", AllRanges)
    \union RegisterCalls(AllRanges, {UffdMissing, UffdWp})
    \union RangeCalls("uffdUnregister", AllRanges)
    \union MoveCalls(AllRanges, BOOLEAN)

\* The same without DONTUNMAP: what a move alone does to its neighbours.
PlainUffdCalls == {c \in UffdCalls : ~c.dontUnmap}

\* A process whose userfaultfd is told of moves: what it watches stays registered.
Heard == {[EmptySpace EXCEPT !.hearsMoves = [x \in {1} |-> TRUE]]}

\* Sometimes: memory that was registered lies beside memory that was not, or has another mode.
ArmedBesideUnarmed ==
  Len(space.vmas) = 2 /\ space.vmas[1].end = space.vmas[2].start /\ space.vmas[1].uffd # 0 /\ space.vmas[2].uffd = 0
TwoModes == \E i \in 1..Len(space.vmas) : space.vmas[i].uffd = UffdWp
=============================================================================
