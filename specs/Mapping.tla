------------------------------ MODULE Mapping -------------------------------
(***************************************************************************)
(* munmap, mmap and brk as functions: (space, call) -> [space, result]     *)
(* (mm/vma.c, mm/mmap.c).                                                  *)
(***************************************************************************)
EXTENDS Faults

(***************************************************************************)
(* Unmapping: munmap, what MAP_FIXED and MREMAP_FIXED replace, what a      *)
(* shrink cuts off, what a move leaves behind.                             *)
(***************************************************************************)

\* Index of the first sealed VMA from index i on that reaches below page b; 0 if there is none.
RECURSIVE SealedFrom(_, _, _)
SealedFrom(vmas, i, b) ==
  IF i > Len(vmas) THEN 0
  ELSE IF vmas[i].start >= b THEN 0
  ELSE IF vmas[i].sealed THEN i
  ELSE SealedFrom(vmas, i + 1, b)

\* Some page of [a, b) is sealed.
AnySealed(vmas, a, b) == a < b /\ SealedFrom(vmas, FirstAfter(vmas, a), b) # 0

\* Nothing more can be unmapped from the middle of a VMA: that would make one VMA more (vms_gather_munmap_vmas).
HoleHasNoRoom(s, a, b) ==
  LET v == VmaAt(s.vmas, a) IN v.start < a /\ b < v.end /\ ~RoomFor(s, 1)

(***************************************************************************)
(* A sealed VMA in the range: nothing is unmapped, but the first VMA was   *)
(* split at the start of the range before the sealed one was met, and      *)
(* stays split (vms_gather_munmap_vmas).                                   *)
(*     before |AAAA|SS|       munmap [2, 6) -> EPERM                       *)
(*     after  |AA|AA|SS|                                                   *)
(***************************************************************************)
SplitByRefusedUnmap(s, a, b) ==
  IF SealedFrom(s.vmas, FirstAfter(s.vmas, a), b) = FirstAfter(s.vmas, a) THEN s
  ELSE WithVmas(s, Cut(s.vmas, a))

\* The space without [a, b), counters and pages following (vms_complete_munmap_vmas).
Unmapped(s, a, b) ==
  LET gone == Between(s.vmas, a, b)
  IN [ WithVmas(s, Without(s.vmas, a, b)) EXCEPT
         !.frames = FramesWithout(s.frames, a, b),
         !.guards = FramesWithout(s.guards, a, b),
         !.totalVm = s.totalVm - TotalPages(gone),
         !.lockedVm = s.lockedVm - LockedPages(gone),
         !.committed = s.committed - AccountPages(gone) ]

\* Unmap [a, b) or refuse to (do_vmi_munmap).
UnmapRange(s, a, b) ==
  IF HoleHasNoRoom(s, a, b) THEN Outcome(s, Failed("ENOMEM"))
  ELSE IF AnySealed(s.vmas, a, b) THEN Outcome(SplitByRefusedUnmap(s, a, b), Failed("EPERM"))
  ELSE Outcome(Unmapped(s, a, b), Done(0))

\* munmap(2).
Munmap(s, c) ==
  LET errno == FirstErrno(MunmapArguments(c))
  IN IF errno # "" THEN Outcome(s, Failed(errno)) ELSE UnmapRange(s, c.addr, c.addr + c.len)

(***************************************************************************)
(* mmap(2).  newAddr is where the mapping goes: addr with MAP_FIXED, else  *)
(* the address that the kernel chose, 0 if there was none.                 *)
(***************************************************************************)

\* New memory is locked: by MAP_LOCKED, or because mlockall said so (mm->def_flags).
LocksNew(s, c) == c.locked \/ s.lockFuture

\* The VMA that a call of mmap asks for (__mmap_region).  Charged: private, writable, not MAP_NORESERVE (accountable_mapping).
NewVma(s, c) ==
  [ start |-> c.newAddr, end |-> c.newAddr + c.len,
    pgoff |-> IF c.file = 0 THEN c.newAddr ELSE c.pgoff,
    read |-> c.read, write |-> c.write, exec |-> c.exec, shared |-> c.shared, file |-> c.file,
    account |-> ~c.shared /\ c.write /\ ~c.noreserve, noreserve |-> c.noreserve,
    locked |-> LocksNew(s, c), lockonfault |-> s.lockFuture /\ s.onFaultFuture,
    sealed |-> FALSE, uffd |-> 0, ctx |-> 0, anonVma |-> 0, extra |-> 0 ]

\* New memory x where nothing is, counted and merged (vma_merge_new_range, vma_complete).
Mapped(s, x, prof) ==
  [ WithVmas(s, PutNew(s.vmas, x, s.forkedBelow, prof)) EXCEPT
      !.totalVm = s.totalVm + Pages(x),
      !.lockedVm = s.lockedVm + (IF x.locked THEN Pages(x) ELSE 0),
      !.committed = s.committed + (IF x.account THEN Pages(x) ELSE 0) ]

\* mmap, before anything is unmapped (do_mmap; the file may have more to say).
MmapErrno(s, c) ==
  FirstErrno(<<
    Row(c.argClass = "offsetUnaligned", "EINVAL"),
    Row(c.argClass = "badFile", "EBADF"),
    Row(c.len = 0 /\ c.argClass # "wraps", "EINVAL"),
    Row(c.argClass = "wraps", "ENOMEM"),
    Row(~RoomFor(s, 0), "ENOMEM"),
    Row(c.argClass = "tooBig", "ENOMEM"),
    Row(c.argClass = "unaligned", "EINVAL"),
    Row(c.noReplace /\ ~IsFree(s.vmas, c.newAddr, c.newAddr + c.len), "EEXIST"),
    Row(c.locked /\ ~CanLock(s), "EPERM"),
    Row(LocksNew(s, c) /\ ~MayLock(s, c.len), "EAGAIN"),
    Row(c.argClass = "offsetTooBig", "EOVERFLOW"),
    Row(c.argClass # "ok", "EINVAL"),
    Row(~c.fixed /\ c.newAddr = 0, "ENOMEM") >>)

\* The map with what MAP_FIXED is to replace split off, but still there (vms_gather_munmap_vmas).
Gathered(s, a, b) == IF IsFree(s.vmas, a, b) THEN s ELSE WithVmas(s, Cut(Cut(s.vmas, a), b))

\* mmap(2): the checks; what is there is unmapped, or may not be; RLIMIT_AS and RLIMIT_DATA count what is replaced, until 6.11 before
\* anything is split off; then the memory.
Mmap(s, c, prof) ==
  LET a == c.newAddr
      b == c.newAddr + c.len
      errno == MmapErrno(s, c)
      x == NewVma(s, c)
      cleared == UnmapRange(s, a, b)
      t == Mapped(cleared.space, x, prof)
      tooMuch == ~MayExpand(s, IsData(x), c.len - TotalPages(Between(s.vmas, a, b)))
  IN IF errno # "" THEN Outcome(s, Failed(errno))
     ELSE IF tooMuch /\ prof.mmapLimitsBeforeSplit THEN Outcome(s, Failed("ENOMEM"))
     ELSE IF ~cleared.result.ok THEN cleared
     ELSE IF tooMuch THEN Outcome(Gathered(s, a, b), Failed("ENOMEM"))
     ELSE Outcome(IF x.locked \/ c.populate THEN PopulateAll(t, a, b) ELSE t, Done(a))

(***************************************************************************)
(* brk(2).  A refusal is no error: the call returns where the heap ends.   *)
(* addr is the page at which the heap is to end, newAddr the page of the   *)
(* address itself, which may lie inside a page.                            *)
(*     before  |HHHH|........      brk(6)                                  *)
(*     after   |HHHHHH|......      the last VMA of the heap grows, if it   *)
(*                                 has the same attributes                 *)
(***************************************************************************)

\* What the heap grows by (do_brk_flags).
HeapVma(s, end) ==
  [NoVma EXCEPT !.start = s.heapEnd, !.end = end, !.pgoff = s.heapEnd, !.read = TRUE, !.write = TRUE, !.account = TRUE,
                !.locked = s.lockFuture, !.lockonfault = s.lockFuture /\ s.onFaultFuture]

\* The heap may grow: a page above it stays free; the limits allow it (check_brk_limits, do_brk_flags).
MayGrowHeap(s, end) ==
  LET pages == end - s.heapEnd
  IN /\ ~s.lockFuture \/ MayLock(s, pages)
     /\ IsFree(s.vmas, s.heapEnd, end + 1)
     /\ MayExpand(s, TRUE, pages)
     /\ RoomFor(s, 0)

\* The heap with its new end; nothing above it is asked to merge (do_brk_flags).
GrownHeap(s, end, prof) ==
  LET x == HeapVma(s, end)
      t == [ WithVmas(s, PutBehind(s.vmas, x, s.heapStart, s.forkedBelow, prof)) EXCEPT
               !.totalVm = s.totalVm + Pages(x),
               !.lockedVm = s.lockedVm + (IF x.locked THEN Pages(x) ELSE 0),
               !.committed = s.committed + Pages(x),
               !.heapEnd = end ]
  IN IF x.locked THEN PopulateAll(t, x.start, x.end) ELSE t

\* The heap without its end, where there is something to unmap and it may be (sys_brk).
ShrunkHeap(s, end) ==
  LET o == UnmapRange(s, end, s.heapEnd)
  IN IF IsFree(s.vmas, end, s.heapEnd) THEN s
     ELSE IF o.result.ok THEN [o.space EXCEPT !.heapEnd = end] ELSE o.space

\* brk(2).
Brk(s, c, prof) ==
  LET tooMuch == s.limits.data # 0 /\ c.addr - s.heapStart > s.limits.data
  IN IF c.newAddr < s.heapStart \/ c.addr = s.heapEnd \/ tooMuch THEN Outcome(s, Done(0))
     ELSE IF c.addr < s.heapEnd THEN Outcome(ShrunkHeap(s, c.addr), Done(0))
     ELSE Outcome(IF c.argClass = "ok" /\ MayGrowHeap(s, c.addr) THEN GrownHeap(s, c.addr, prof) ELSE s, Done(0))
=============================================================================
