------------------------------- MODULE MCStep -------------------------------
(***************************************************************************)
(* One call of every sort, with good and bad arguments, from each of a few *)
(* hundred layouts in which all that the properties speak of occurs.  This *)
(* is where mutants are tried: a property that no broken call violates     *)
(* would say nothing.                                                      *)
(***************************************************************************)
EXTENDS CallSteps

\* Six pages; the kinds of the first three vary, and there may be something at the destination.
StepLayouts ==
  {Layout(<<k1, k2, k3, d[1], d[2], ".">>) :
     k1 \in {"a", "f", "u", "l", "m", "q"}, k2 \in {"a", "f", "g", ".", "s"}, k3 \in {"a", "e", "u", "."},
     d \in {<<".", ".">>, <<"r", ".">>, <<".", "s">>}}

\* A few of them, without the second half.
FewStepLayouts ==
  {Layout(<<k1, k2, ".", ".", ".", ".">>) : k1 \in {"a", "f", "u", "m"}, k2 \in {"f", ".", "s"}}

Rg(a, n) == [a |-> a, n |-> n]

\* mmap: replacing, not replacing, shared, of a file, locked, wrong.
MmapSteps ==
  LET fixed == MmapCalls({Rg(2, 1), Rg(2, 2), Rg(4, 1), Rg(1, 5)}, {ReadWrite, ReadOnly})
  IN fixed
       \union {[c EXCEPT !.noReplace = TRUE] : c \in fixed}
       \union {[c EXCEPT !.locked = TRUE, !.noreserve = TRUE] : c \in MmapCalls({Rg(4, 2)}, {ReadWrite})}
       \union MmapFileCalls({Rg(2, 2), Rg(4, 1)}, {2, 3}, BOOLEAN)
       \union {[c EXCEPT !.argClass = "unaligned"] : c \in fixed}
       \union {[NoCall EXCEPT !.op = "mmap", !.newAddr = 2]}

\* Unmapping.
MunmapSteps == RangeCalls("munmap", {Rg(1, 1), Rg(2, 1), Rg(1, 3), Rg(2, 2), Rg(3, 3), Rg(2, 0)})

\* mprotect, within VMAs and over several.
ProtectSteps == MprotectCalls({Rg(1, 1), Rg(2, 1), Rg(1, 3), Rg(2, 2), Rg(2, 3)}, {ReadWrite, ReadOnly, NoAccess})

\* Locks.
LockSteps ==
  LET ranges == {Rg(1, 1), Rg(2, 1), Rg(1, 3), Rg(2, 2)}
  IN RangeCalls("mlock2", ranges) \union {[c EXCEPT !.onFault = TRUE] : c \in RangeCalls("mlock2", ranges)}
       \union RangeCalls("munlock", ranges)

\* Seals.
SealSteps == RangeCalls("mseal", {Rg(1, 1), Rg(2, 1), Rg(1, 3), Rg(2, 2)})

\* Registration.
UffdSteps ==
  LET ranges == {Rg(1, 1), Rg(2, 1), Rg(1, 3), Rg(2, 2)}
  IN RegisterCalls(ranges, {UffdMissing, UffdMissing + UffdWp, UffdMinor}) \union RangeCalls("uffdUnregister", ranges)

\* Loads and stores.
AccessSteps == AccessCalls("load", 1..4) \union AccessCalls("store", 1..4)

Mremap4(a, n, to, m) == [NoCall EXCEPT !.op = "mremap", !.addr = a, !.len = n, !.newAddr = to, !.newLen = m]
Target(c) == [c EXCEPT !.mayMove = TRUE, !.fixed = TRUE]

\* Moves with equal lengths to a fixed target.
ManySteps ==
  LET plain == {Target(c) : c \in {Mremap4(1, 3, 4, 3), Mremap4(1, 2, 3, 2), Mremap4(1, 2, 5, 2), Mremap4(2, 1, 4, 1),
                                   Mremap4(2, 2, 4, 2), Mremap4(3, 1, 2, 1), Mremap4(1, 1, 2, 1), Mremap4(1, 1, 6, 1)}}
  IN plain \union {[c EXCEPT !.dontUnmap = TRUE] : c \in plain}

\* One VMA, other lengths or no target.
OneSteps ==
  LET resize == {Mremap4(1, 1, 0, 2), Mremap4(1, 3, 0, 1), Mremap4(2, 1, 0, 3), Mremap4(1, 1, 0, 1), Mremap4(1, 2, 0, 1),
                 Mremap4(3, 1, 0, 2), Mremap4(1, 0, 0, 1), Mremap4(2, 2, 0, 1)}
  IN resize
       \union {[c EXCEPT !.mayMove = TRUE] : c \in resize}
       \union {Target(c) : c \in {Mremap4(1, 3, 5, 1), Mremap4(1, 2, 4, 1), Mremap4(1, 2, 4, 3), Mremap4(1, 1, 4, 2), Mremap4(2, 1, 5, 2),
                                  Mremap4(1, 0, 5, 2), Mremap4(1, 0, 1, 1), Mremap4(2, 0, 5, 1)}}
       \union {[Mremap4(a, 1, 5, 1) EXCEPT !.mayMove = TRUE, !.dontUnmap = TRUE] : a \in 1..3}

\* Arguments that are refused.
BadSteps ==
  {Target(Mremap4(1, 2, 2, 2)), Target(Mremap4(1, 2, 4, 0)), [Mremap4(1, 1, 4, 1) EXCEPT !.fixed = TRUE],
   [Target(Mremap4(1, 1, 4, 2)) EXCEPT !.dontUnmap = TRUE], [Target(Mremap4(1, 1, 4, 1)) EXCEPT !.argClass = "unaligned"],
   [Mremap4(1, 1, 0, 2) EXCEPT !.argClass = "tooBig"]}

\* Arguments that a release refuses early or late, or not at all.
FlawedSteps ==
  {[Target(Mremap4(a, 1, 5, m)) EXCEPT !.argClass = flaw] : a \in 1..3, m \in 1..2, flaw \in {"targetUnaligned", "tooBig"}}
    \union {[Target(Mremap4(a, 1, 5, 1)) EXCEPT !.dontUnmap = TRUE, !.argClass = "lengthsDiffer"] : a \in 1..3}
    \union {[Mremap4(a, n, 0, 2) EXCEPT !.argClass = "tooBig", !.mayMove = TRUE] : a \in 1..3, n \in {1, 3}}

MremapSteps == ManySteps \union OneSteps \union BadSteps
AllSteps ==
  MmapSteps \union MunmapSteps \union ProtectSteps \union LockSteps \union SealSteps \union UffdSteps
    \union AccessSteps \union MremapSteps

(***************************************************************************)
(* For other releases: memory beside memory, of which one was written, and *)
(* sources and destinations of every sort.                                 *)
(***************************************************************************)
ReleaseSteps == AllSteps \union FlawedSteps
ReleaseLayouts == {Layout(<<k1, k2, "a", ".", ".", ".">>) : k1 \in {"a", "f"}, k2 \in {"f", "v", "s"}}

(***************************************************************************)
(* With memory that has been moved, which goes on in other pages than the  *)
(* address says: what was mapped at page 2 when it was first written.      *)
(*   |ff|v|    v would go on in the second page if that had the offset of  *)
(*             the first (Uffd.tla: Rearmed)                               *)
(*   ..|f|g|   moved to page 1 with DONTUNMAP, what is left of f and the   *)
(*             copy of g are one VMA                                       *)
(***************************************************************************)
Moved(s) == [s EXCEPT !.vmas[2].pgoff = 2]
MovedLayouts ==
  ReleaseLayouts \union {Moved(Layout(<<"f", "f", "v", ".", ".", ".">>)), Moved(Layout(<<".", ".", "f", "g", ".", ".">>))}
MovedSteps == ReleaseSteps \union {[Target(Mremap4(3, 2, 1, 2)) EXCEPT !.dontUnmap = TRUE]}
=============================================================================
