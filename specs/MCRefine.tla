------------------------------ MODULE MCRefine ------------------------------
(***************************************************************************)
(* The two refinements, from every well-formed layout of the bound, one    *)
(* call each: a space with at most MaxVmas VMAs over pages 1..LastPage,    *)
(* where each VMA is of one of Kinds (Layouts.tla), neighbours that could  *)
(* be one VMA among them.                                                  *)
(*                                                                         *)
(*   MremapPhases  --- PhasesRefineCall --->  OneCall     (Mremap.tla)     *)
(*   Mremap        --- CallRefinesPages --->  PageLevel   (no VMAs)        *)
(*                                                                         *)
(* MCRefine.cfg explores every phase, and the two specifications are       *)
(* properties.  For the larger bound, 3 VMAs over 5 pages                  *)
(* (MCRefineAll.cfg), a whole call is one step, the phases are run to      *)
(* their end inside it, and the verdict is kept: the same equations,       *)
(* evaluated once for each layout and call.                                *)
(***************************************************************************)
EXTENDS MremapPhases, Explore, Layouts

CONSTANTS Kinds,       \* what a VMA may be
          LastPage,    \* pages 1..LastPage
          MaxVmas,     \* at most 3
          WholeCalls,  \* TRUE: a call is one step
          Prof         \* facts of the release

VARIABLES before,      \* the space when the call began
          space,       \* the space
          machine,     \* the call
          verdict      \* of a whole call: the refinement that does not hold; "" if both do; "not yet" before it

vars == <<before, space, machine, verdict>>

\* Written, watched, sealed: what decides where a walk stops, and what moves.
ThreeKinds == {"f", "u", "s"}

\* Two that never merge, for walks over both.
TwoKinds == {"f", "u"}

\* For mutants: also locked memory, and shared memory of an object.
MutantKinds == {"f", "u", "s", "l", "m"}

(***************************************************************************)
(* Layouts: VMAs that are sorted and disjoint.                             *)
(***************************************************************************)

\* All VMAs in the bound.
Bricks ==
  {[KindVma(k, rg.a) EXCEPT !.end = rg.a + rg.n] : k \in Kinds, rg \in Ranges(1, LastPage)}

\* Sequences of n VMAs.
RECURSIVE Rows(_)
Rows(n) ==
  IF n = 0 THEN {<<>>}
  ELSE {Append(x[1], x[2]) : x \in {y \in Rows(n - 1) \X Bricks : y[1] = <<>> \/ y[1][n - 1].end <= y[2].start}}

\* The space with these VMAs; memory that was written is present.
SpaceOf(vmas) ==
  [EmptySpace EXCEPT
     !.vmas = vmas,
     !.frames = [p \in {q \in 1..LastPage : VmaAt(vmas, q).anonVma # 0} |-> p],
     !.mapCount = Len(vmas), !.totalVm = TotalPages(vmas),
     !.lockedVm = LockedPages(vmas), !.committed = AccountPages(vmas)]

AllLayouts == UNION {{SpaceOf(x) : x \in Rows(n)} : n \in 0..MaxVmas}

(***************************************************************************)
(* Calls: every old range, to every new range, with and without DONTUNMAP; *)
(* every new length in place or elsewhere; old length 0; an old range that *)
(* passes the end of user space; wrong arguments.                          *)
(***************************************************************************)
AllRanges == Ranges(1, LastPage)

Plain(a, n, to, m) == [NoCall EXCEPT !.op = "mremap", !.addr = a, !.len = n, !.newAddr = to, !.newLen = m]
To(c) == [c EXCEPT !.mayMove = TRUE, !.fixed = TRUE]

DuplicateCalls == {To(Plain(a, 0, rg.a, rg.n)) : a \in {1, 2}, rg \in {x \in AllRanges : x.n <= 2}}
HintCalls == {[Plain(rg.a, rg.n, LastPage + 2, rg.n) EXCEPT !.mayMove = TRUE, !.dontUnmap = TRUE] : rg \in AllRanges}
WrongCalls ==
  { To(Plain(1, 2, 2, 2)), To(Plain(1, 1, 3, 0)), [Plain(1, 1, 3, 1) EXCEPT !.fixed = TRUE],
    [To(Plain(1, 1, 3, 2)) EXCEPT !.dontUnmap = TRUE], [To(Plain(1, 1, 3, 1)) EXCEPT !.argClass = "unaligned"] }
PassingCalls == {[c EXCEPT !.argClass = "wraps"] : c \in {Plain(1, 3, 0, 1), To(Plain(1, 2, 4, 1))}}

RefineCalls ==
  FixedCalls(AllRanges) \union MoveCalls(AllRanges, {TRUE})
    \union ResizeCalls(AllRanges, 1..LastPage, {TRUE, FALSE})
    \union ResizeCalls({[a |-> p, n |-> 0] : p \in 1..LastPage}, {1, 2}, {TRUE, FALSE})
    \union DuplicateCalls \union HintCalls \union WrongCalls \union PassingCalls

\* get_unmapped_area is asked for a place.
Asks(c) == ~c.fixed /\ (c.dontUnmap \/ (c.newLen > c.len /\ c.mayMove))

\* What it may answer: nothing, any free place among the pages, or one far from all.
Answers(s, c) == IF Asks(c) THEN Choices(s, c, 1, LastPage) \union {0, 2 * LastPage} ELSE {0}

(***************************************************************************)
(* The pages of a space.                                                   *)
(***************************************************************************)

\* All pages that a call of the bound can name or be given.
Top == 3 * LastPage

\* Page p as its process sees it.
PageAt(s, p) ==
  LET v == VmaAt(s.vmas, p)
  IN [ mapped |-> v.end # 0, read |-> v.read, write |-> v.write, exec |-> v.exec, shared |-> v.shared,
       noreserve |-> v.noreserve, charged |-> v.account, locked |-> v.locked, onFault |-> v.lockonfault,
       sealed |-> v.sealed, watched |-> v.uffd # 0, object |-> v.file,
       index |-> IF v.file = 0 THEN 0 ELSE PageIndex(v, p),
       frame |-> IF p \in DOMAIN s.frames THEN s.frames[p] ELSE 0 ]

PagesOf(s) == [p \in 1..Top |-> PageAt(s, p)]

(***************************************************************************)
(* Behaviours.                                                             *)
(***************************************************************************)

\* The machine of no call.
Idle == Begin(NoCall, Prof)

Init ==
  /\ before \in AllLayouts
  /\ space = before
  /\ IF WholeCalls THEN machine = Idle ELSE machine \in {Begin(c, Prof) : c \in RefineCalls}
  /\ verdict = IF WholeCalls THEN "not yet" ELSE ""

\* The address that is answered now.
AnswersNow == IF machine.phase = "choose" THEN Answers(before, machine.call) ELSE {0}

\* One phase.
PhaseStep ==
  /\ ~WholeCalls
  /\ machine.phase # "done"
  /\ \E choice \in AnswersNow :
       LET b == Step(space, machine, choice, Prof)
       IN space' = b.space /\ machine' = b.machine
  /\ UNCHANGED <<before, verdict>>

\* The phases from here to the end.
RECURSIVE RunToEnd(_, _, _)
RunToEnd(s, m, choice) ==
  IF m.phase = "done" THEN Both(s, m)
  ELSE LET b == Step(s, m, choice, Prof) IN RunToEnd(b.space, b.machine, choice)

\* The result of a call that has not returned.
NotYet == Failed("pending")

\* The phases as one call, and the call as what happens to pages: nothing, until the machine is done.
OneCallOf == INSTANCE OneCall WITH
  Release <- Prof,
  space <- Canonical(IF machine.phase = "done" THEN space ELSE before),
  call <- machine.call,
  result <- IF machine.phase = "done" THEN machine.result ELSE NotYet

PageLevelOf == INSTANCE PageLevel WITH
  pages <- PagesOf(IF machine.phase = "done" THEN space ELSE before),
  call <- machine.call,
  result <- IF machine.phase = "done" THEN machine.result ELSE NotYet

\* The phases do what the function does.
SameAsCall(s, c, choice, o) ==
  LET b == RunToEnd(s, Begin(c, Prof), choice)
  IN b.machine.result = o.result /\ Canonical(b.space) = Canonical(o.space)

\* A whole call: its verdict says which refinement does not hold.
CallStep ==
  /\ WholeCalls
  /\ verdict = "not yet"
  /\ \E c \in RefineCalls : \E choice \in Answers(before, c) :
       LET o == Mremap(before, c, choice, Prof)
       IN verdict' = IF ~SameAsCall(before, c, choice, o) THEN "PhasesRefineCall"
                     ELSE IF ~PageLevelOf!PageStep(PagesOf(before), c, o.result, PagesOf(o.space)) THEN "CallRefinesPages"
                     ELSE ""
  /\ UNCHANGED <<before, space, machine>>

Next == PhaseStep \/ CallStep

Spec == Init /\ [][Next]_vars

(***************************************************************************)
(* The refinements, as properties, and as verdicts on whole calls.         *)
(***************************************************************************)
PhasesRefineCall == OneCallOf!Spec
CallRefinesPages == PageLevelOf!Spec
PhasesRefineCallHolds == verdict # "PhasesRefineCall"
CallRefinesPagesHolds == verdict # "CallRefinesPages"
=============================================================================
