----------------------------- MODULE MCFailing ------------------------------
(***************************************************************************)
(* mremap phase by phase, in which one allocation fails, any one: what the *)
(* call then leaves.  One call from every layout of the bound.             *)
(***************************************************************************)
EXTENDS FailingAllocations, Explore, Layouts

CONSTANTS FailLayouts,   \* the spaces to begin with
          Prof           \* facts of the release

VARIABLES before,    \* the space when the call began
          space,     \* the space
          machine,   \* the call
          failed     \* the phase whose allocation failed; "" if none did

vars == <<before, space, machine, failed>>

\* Three pages of source, two of destination; what was written, what was not, what is locked, a hole.
AllLayouts ==
  {Layout(<<k1, k2, k3, d[1], d[2], ".">>) :
     k1 \in {"a", "f", "l", "u", "m"}, k2 \in {"a", "f", ".", "r"}, k3 \in {"a", "f", "."}, d \in {<<".", ".">>, <<"r", "r">>, <<"f", "a">>}}
FewLayouts == {Layout(<<k1, "f", k3, "r", "r", ".">>) : k1 \in {"f", "l"}, k3 \in {"f", "."}}

Target(a, n, to, m, du) ==
  [NoCall EXCEPT !.op = "mremap", !.addr = a, !.len = n, !.newAddr = to, !.newLen = m,
                 !.mayMove = TRUE, !.fixed = TRUE, !.dontUnmap = du]
FailCalls ==
  {Target(1, 3, 4, 3, FALSE), Target(2, 1, 5, 1, FALSE), Target(1, 2, 5, 2, FALSE), Target(1, 2, 5, 2, TRUE), Target(2, 1, 5, 1, TRUE),
   Target(1, 1, 5, 2, FALSE), Target(1, 2, 5, 1, FALSE),
   [NoCall EXCEPT !.op = "mremap", !.addr = 1, !.len = 1, !.newLen = 2, !.mayMove = TRUE],
   [NoCall EXCEPT !.op = "mremap", !.addr = 1, !.len = 2, !.newLen = 1]}

Init ==
  /\ before \in FailLayouts
  /\ space = before
  /\ machine \in {Begin(c, Prof) : c \in FailCalls}
  /\ failed = ""

\* What get_unmapped_area may answer now.
ChoicesNow == IF machine.phase = "choose" THEN Choices(space, machine.call, 1, 6) ELSE {0}

\* A phase does its work.
Work ==
  /\ \E choice \in ChoicesNow :
       LET b == Step(space, machine, choice, Prof)
       IN space' = b.space /\ machine' = b.machine
  /\ failed' = failed

\* Its allocation fails, after a first cut or not, after some pages or none.
Fail ==
  /\ failed = "" /\ CanFail(space, machine)
  /\ \E cut \in BOOLEAN, some \in 0..1 :
       LET b == FailStep(space, machine, cut, some, Prof)
       IN space' = b.space /\ machine' = b.machine
  /\ failed' = machine.phase

Next == machine.phase # "done" /\ (Work \/ Fail) /\ before' = before

Spec == Init /\ [][Next]_vars

(***************************************************************************)
(* What is true when the call is over.                                     *)
(***************************************************************************)
Over == machine.phase = "done"
OverAfter(phases) == Over /\ failed \in phases
Early == {"unmapDest", "shrink", "charge", "copy", "movePages"}

\* Whether the page was moved before the failure.
Gone(p) == \E i \in 1..Len(machine.moved) : Within(p, machine.moved[i].from, machine.moved[i].len)

\* The caller is told, unless only the old place could not be given up (move_vma).
FailureIsTold ==
  /\ OverAfter(Early) => machine.result.errno = "ENOMEM"
  /\ OverAfter({"unmapSource"}) => machine.result.ok

\* Pages that were not moved before are where they were, and are the same (move_page_tables, back).
SourcePagesKept ==
  OverAfter(Early) => \A p \in DOMAIN before.frames :
    Within(p, machine.call.addr, Min(machine.call.len, machine.call.newLen)) /\ ~Gone(p) =>
      p \in DOMAIN space.frames /\ space.frames[p] = before.frames[p]

\* So is their memory (the old VMA is not touched before the copy is complete).
SourceMemoryKept ==
  OverAfter(Early) => \A p \in 1..6 :
    Within(p, machine.call.addr, Min(machine.call.len, machine.call.newLen)) /\ ~Gone(p) =>
      SamePage(VmaAt(before.vmas, p), VmaAt(space.vmas, p), p)

\* Nothing is left at the new place, which was cleared before: neither what was there nor what was to come (unmap_source_vma of the copy).
NothingAtNewPlace ==
  OverAfter({"charge", "copy", "movePages"}) /\ machine.call.fixed =>
    IsFree(space.vmas, machine.newAddr, machine.newAddr + machine.newLen)

\* What was at the destination stays until all of it can be unmapped (vms_gather_munmap_vmas).
DestinationKeptUntilUnmapped ==
  OverAfter({"unmapDest"}) => \A p \in 1..6 :
    Within(p, machine.newAddr, machine.newLen) => SamePage(VmaAt(before.vmas, p), VmaAt(space.vmas, p), p)

\* A source that could not be given up is still mapped, without pages (unmap_source_vma).
SourceStaysEmpty ==
  OverAfter({"unmapSource"}) => \E i \in 1..Len(machine.moved) :
    LET piece == machine.moved[i]
    IN /\ FullyMapped(space.vmas, piece.from, piece.from + piece.len)
       /\ \A p \in DOMAIN space.frames : ~Within(p, piece.from, piece.len)

\* The counters are right, but that what growing charged is not given back where the pages could not be moved (vrm_uncharge).
BooksAreRight ==
  Over =>
    /\ TotalVmExact(space) /\ MapCountExact(space) /\ space.lockedVm = LockedPages(space.vmas)
    /\ space.committed = AccountPages(space.vmas) +
         (IF failed = "movePages" /\ machine.vma.account /\ ~machine.call.dontUnmap THEN Monus(machine.newLen, machine.len) ELSE 0)

\* No page is at two places or has no VMA, whatever failed; the lock is dropped.
SoundWhenOver == Over => FirstBadState(space) = "" /\ FramesHaveAnonVma(space, machine.call, machine.result, space, Prof) /\ machine.lock = "none"

(***************************************************************************)
(* Sometimes.                                                              *)
(***************************************************************************)
PagesMovedBack == OverAfter({"movePages"}) /\ \E p \in DOMAIN before.frames : p = machine.addr
SecondPieceFails == OverAfter({"copy"}) /\ Len(machine.moved) = 1
SourceCouldNotGo == OverAfter({"unmapSource"}) /\ machine.result.ok
BoundaryStays == OverAfter({"unmapDest"}) /\ Len(space.vmas) > Len(before.vmas)
GrowthLeaksCharge == Over /\ space.committed > AccountPages(space.vmas)
=============================================================================
