------------------------------- MODULE MCFork -------------------------------
(***************************************************************************)
(* One call in a forked process: what came by fork is not joined with      *)
(* memory that was never written, whoever puts them beside each other      *)
(* (selftests/mm/merge.c: forked_target_vma, forked_source_vma).           *)
(***************************************************************************)
EXTENDS CallSteps, Fork

\* The child, with page 5 written since: that anon_vma is its own.
Written(s) == IF IsMapped(s.vmas, 5) THEN Store(s, [NoCall EXCEPT !.op = "store", !.addr = 5, !.len = 1]).space ELSE s

\* The child of a process that had moved its memory from page 4 to page 1: back at 4 it would go on what was never written at 3.
MovedBeforeFork ==
  LET s == Layout(<<"f", ".", "a">>)
  IN Child([s EXCEPT !.vmas = [s.vmas EXCEPT ![1] = [s.vmas[1] EXCEPT !.pgoff = 4]]])

ForkLayouts ==
  {MovedBeforeFork} \union
  {Written(Child(Layout(<<k1, k2, k3, ".", k5>>))) :
     k1 \in {"f", "a", "l", "u", "w"}, k2 \in {"e", "a", "r", "d", "."}, k3 \in {"f", "a", "g", "h"}, k5 \in {"a", "."}}
FewForkLayouts ==
  {MovedBeforeFork} \union {Written(Child(Layout(<<k1, k2, "f", ".", "a">>))) : k1 \in {"f", "a"}, k2 \in {"e", "r", "d"}}

Rg(a, n) == [a |-> a, n |-> n]
ForkSteps ==
  MmapCalls({Rg(2, 1), Rg(4, 1)}, {ReadWrite})
    \union MprotectCalls({Rg(2, 1), Rg(1, 2)}, {ReadWrite})
    \union MoveCalls({Rg(p, 1) : p \in 1..5}, BOOLEAN)
    \union ResizeCalls({Rg(3, 1), Rg(2, 1)}, {2}, {FALSE})
    \union AccessCalls("store", 1..5)

\* Every child is well-formed, and has of its parent what it should (dup_mmap).
ChildIsSound ==
  verdict = "not yet" =>
    /\ FirstBadState(space) = "" /\ FramesHaveAnonVma(space, NoCall, Done(0), space, IntendedProfile)
    /\ \A i \in 1..Len(space.vmas) :
         LET v == space.vmas[i]
         IN /\ ~v.locked /\ v.uffd = 0 /\ ~HasMode(v.extra, VmDontCopy)
            /\ v.anonVma # 0 /\ v.start < 5 => IsForked(v.anonVma, space.forkedBelow) /\ ~HasMode(v.extra, VmWipeOnFork)

\* Sometimes: what came by fork lies apart from memory that is like it; memory of the child is joined with other memory.
ForkedApart ==
  verdict = "" /\ \E i \in 1..(Len(space.vmas) - 1) :
    /\ CanMerge(space.vmas[i], space.vmas[i + 1], 0) /\ IsForked(space.vmas[i].anonVma, space.forkedBelow)
OwnJoined ==
  verdict = "" /\ \E i \in 1..Len(space.vmas) :
    Pages(space.vmas[i]) = 2 /\ space.vmas[i].anonVma # 0 /\ ~IsForked(space.vmas[i].anonVma, space.forkedBelow)
=============================================================================
