------------------------------ MODULE MCLimits ------------------------------
(***************************************************************************)
(* One call where a limit may refuse it or stop it half-way: each of       *)
(* max_map_count, RLIMIT_AS, RLIMIT_DATA and RLIMIT_MEMLOCK is set near to *)
(* what there is, alone.                                                   *)
(***************************************************************************)
EXTENDS CallSteps

\* There may be as many VMAs as there are, or up to six more; one fewer, which mmap makes possible.
MapLimits(s) == {[s EXCEPT !.limits.maps = s.mapCount + n - 1] : n \in 0..7}

\* One page more may be mapped, or none; of data; of locked memory.
SizeLimits(s) ==
  {[s EXCEPT !.limits.as = s.totalVm + n] : n \in 0..1}
    \union {[s EXCEPT !.limits.data = DataPages(s.vmas) + n] : n \in 0..1}
    \union {[s EXCEPT !.limits.ipcLock = FALSE, !.limits.memlock = n] : n \in {0, 1, 3}}

Limited(s) == MapLimits(s) \union SizeLimits(s)

LimitedLayouts ==
  UNION {Limited(Layout(<<k1, k2, k3, k4, ".", ".">>)) :
           k1 \in {"a", "l", "f"}, k2 \in {"a", "."}, k3 \in {"a", "r"}, k4 \in {"a", "s"}}
FewLimitedLayouts == UNION {Limited(Layout(<<k1, "a", "r", "a", ".">>)) : k1 \in {"a", "l"}}

Rg(a, n) == [a |-> a, n |-> n]
Move(a, n, to, m, du) ==
  [NoCall EXCEPT !.op = "mremap", !.addr = a, !.len = n, !.newAddr = to, !.newLen = m, !.mayMove = TRUE,
                 !.fixed = TRUE, !.dontUnmap = du]
LimitSteps ==
  LET ranges == {Rg(1, 1), Rg(2, 1), Rg(2, 2), Rg(1, 4)}
  IN MmapCalls({Rg(2, 1), Rg(4, 2), Rg(5, 1)}, {ReadWrite, ReadOnly})
       \union {[c EXCEPT !.locked = TRUE] : c \in MmapCalls({Rg(5, 2)}, {ReadWrite})}
       \union RangeCalls("munmap", ranges)
       \union MprotectCalls(ranges, {ReadWrite, ReadOnly})
       \union RangeCalls("mlock2", ranges) \union RangeCalls("munlock", {Rg(1, 1), Rg(2, 1)})
       \union RangeCalls("mseal", ranges)
       \union RegisterCalls(ranges, {UffdMissing}) \union AdviceCalls(ranges, {"DONTFORK"})
       \union ModeCalls("mlockall", {1, 2})
       \union {Move(1, 2, 5, 2, du) : du \in BOOLEAN} \union {Move(1, 3, 4, 3, du) : du \in BOOLEAN}
       \union {Move(1, 1, 5, 2, FALSE), Move(1, 2, 6, 1, FALSE), Move(1, 2, 2, 2, FALSE), Move(2, 1, 6, 1, FALSE), Move(4, 1, 6, 1, FALSE)}
       \union ResizeCalls({Rg(1, 1), Rg(4, 1)}, {2, 3}, {TRUE, FALSE})

\* Sometimes: a call left a boundary behind for which it found no room; a walk moved its first piece only.
BoundaryLeft == verdict = "" /\ \E i \in 1..(Len(space.vmas) - 1) : CanMerge(space.vmas[i], space.vmas[i + 1], 0)
WalkStopped == verdict = "" /\ IsMapped(space.vmas, 4) /\ ~IsMapped(space.vmas, 1) /\ IsMapped(space.vmas, 2)
BeyondByOne == verdict = "" /\ space.mapCount = space.limits.maps + 1
=============================================================================
