------------------------------ MODULE MCProcess -----------------------------
(***************************************************************************)
(* Calls about all of a process, once each: mlockall and munlockall, brk,  *)
(* several userfaultfds and closing them; and mmap and brk where future    *)
(* memory is to be locked.                                                 *)
(***************************************************************************)
EXTENDS CallSteps

\* The heap is page 4, or nothing; what is below it has its attributes or is registered, with one userfaultfd or another.
WithHeap(s, end) == [s EXCEPT !.heapStart = 4, !.heapEnd = end]

\* A heap that was sealed, among other memory, such as the kernel's own.
SealedHeap(k1, k5) == WithHeap(Layout(<<k1, ".", "a", "s", k5>>), 5)

\* The space with future memory locked at once, on fault, or not.
Futures(s) == {s, [s EXCEPT !.lockFuture = TRUE], [s EXCEPT !.lockFuture = TRUE, !.onFaultFuture = TRUE]}

ProcessLayouts ==
  UNION {Futures(WithHeap(Layout(<<k1, k2, k3, h, k5>>), IF h = "." THEN 4 ELSE 5)) :
           k1 \in {"u", "l", "f"}, k2 \in {"u", "b", "."}, k3 \in {"a", "r"}, h \in {"a", "f", "."}, k5 \in {".", "s"}}
    \union UNION {Futures(SealedHeap(k1, k5)) : k1 \in {"i", "l"}, k5 \in {".", "i"}}
FewProcessLayouts == {WithHeap(Layout(<<k1, "b", "a", "a">>), 5) : k1 \in {"u", "l"}} \union {SealedHeap("l", "i")}

Rg(a, n) == [a |-> a, n |-> n]
ProcessSteps ==
  ModeCalls("mlockall", 1..7) \union ModeCalls("munlockall", {0}) \union BrkCalls(3..6)
    \union {[NoCall EXCEPT !.op = "mlockall", !.argClass = "badFlags"]}
    \union {[NoCall EXCEPT !.op = "uffdClose", !.ctx = x] : x \in {1, 2}}
    \union {[c EXCEPT !.ctx = 2] : c \in RegisterCalls({Rg(1, 2), Rg(3, 2)}, {UffdMissing, UffdWp})}
    \union {[c EXCEPT !.ctx = x] : c \in RangeCalls("uffdUnregister", {Rg(1, 1), Rg(1, 2)}), x \in {1, 2}}
    \union MmapCalls({Rg(5, 2)}, {ReadWrite, NoAccess})
    \union {[c EXCEPT !.populate = TRUE] : c \in MmapCalls({Rg(3, 2)}, {ReadWrite})}
    \union AccessCalls("store", {4})

\* Sometimes: two userfaultfds beside each other; a heap that grew onto its last VMA; one that is locked and filled; one that is sealed,
\* and stays; the kernel's own memory beside what is locked.
TwoContexts == \E i \in 1..(Len(space.vmas) - 1) : space.vmas[i].ctx = 1 /\ space.vmas[i + 1].ctx = 2
HeapJoined == verdict = "" /\ \E i \in 1..Len(space.vmas) : space.vmas[i].start = 4 /\ Pages(space.vmas[i]) = 2 /\ space.heapEnd = 6
HeapFilled == verdict = "" /\ space.heapEnd = 6 /\ 5 \in DOMAIN space.frames
HeapStays == verdict = "" /\ space.heapEnd = 5 /\ VmaAt(space.vmas, 4).sealed
OwnStaysUnlocked ==
  verdict = "" /\ \E i, k \in 1..Len(space.vmas) : space.vmas[i].locked /\ IsSpecial(space.vmas[k])
=============================================================================
