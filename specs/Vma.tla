-------------------------------- MODULE Vma --------------------------------
(***************************************************************************)
(* The VMA layer's data: a VMA is a record, the map of an address space is *)
(* a sequence of them, sorted by start and disjoint (mm/vma.c keeps the    *)
(* same in a maple tree).  Everything is counted in pages; ranges are      *)
(* half-open.  All operators are pure and at most linear in Len(vmas);     *)
(* finding a page takes Len's logarithm.                                   *)
(*                                                                         *)
(* Vma == [ start, end : Nat,           page numbers                       *)
(*          pgoff : Nat,                vm_pgoff                           *)
(*          read, write, exec,          VM_READ, VM_WRITE, VM_EXEC         *)
(*          shared : BOOLEAN,           VM_SHARED and VM_MAYSHARE          *)
(*          file : Nat,                 0 = private anonymous, else the    *)
(*                                      open file or the shared object     *)
(*          account, noreserve,         VM_ACCOUNT, VM_NORESERVE           *)
(*          locked, lockonfault,        VM_LOCKED, VM_LOCKONFAULT          *)
(*          sealed : BOOLEAN,           VM_SEALED                          *)
(*          uffd : Nat,                 0, or MISSING 1 + WP 2 + MINOR 4   *)
(*          ctx : Nat,                  the userfaultfd of uffd, 0 if none *)
(*          anonVma : Nat,              0 = never write-faulted            *)
(*          extra : Nat ]               other flags, a sum: see below      *)
(*                                                                         *)
(* Space == [ vmas : Seq(Vma),                                             *)
(*            frames : page -> frame,   private pages that are present     *)
(*            guards : page -> TRUE,    pages that MADV_GUARD_INSTALL took *)
(*            mapCount, totalVm, lockedVm, committed : Nat,                *)
(*            forkedBelow : Nat,        anon_vmas below came by fork       *)
(*            lockFuture,               mlockall(MCL_FUTURE): what new     *)
(*            onFaultFuture : BOOLEAN,  memory gets                        *)
(*            heapStart, heapEnd : Nat, the pages of the heap (brk)        *)
(*            hearsMoves : ctx -> TRUE, userfaultfds with EVENT_REMAP      *)
(*            limits : Limits,          in pages; maps counts VMAs         *)
(*            elsewhere : Elsewhere ]   what the process has mapped beside *)
(*                                      vmas, which limits count too       *)
(*                                                                         *)
(* Not modelled: hugetlb, drivers' mappings, mempolicy, names of anonymous *)
(* memory, stacks that grow.                                               *)
(***************************************************************************)
EXTENDS Naturals, Sequences

\* No VMA: what a look-up gives when it finds none.
NoVma == [ start |-> 0, end |-> 0, pgoff |-> 0, read |-> FALSE, write |-> FALSE, exec |-> FALSE,
           shared |-> FALSE, file |-> 0, account |-> FALSE, noreserve |-> FALSE, locked |-> FALSE,
           lockonfault |-> FALSE, sealed |-> FALSE, uffd |-> 0, ctx |-> 0, anonVma |-> 0, extra |-> 0 ]

\* The page table of a space without private pages.
NoFrames == [p \in {} |-> 0]

\* No page is guarded.
NoGuards == [p \in {} |-> TRUE]

\* No userfaultfd is told of moves.
NobodyHears == [x \in {} |-> TRUE]

\* RLIMIT_AS, RLIMIT_DATA, RLIMIT_MEMLOCK, max_map_count that nothing reaches; CAP_IPC_LOCK is held.
NoLimits == [ maps |-> 1000000, as |-> 1000000, data |-> 1000000, memlock |-> 1000000, ipcLock |-> TRUE ]

\* The process has nothing mapped beside.
NothingElse == [ maps |-> 0, total |-> 0, data |-> 0, locked |-> 0 ]

\* The space of a process that has mapped nothing yet.
EmptySpace == [ vmas |-> <<>>, frames |-> NoFrames, guards |-> NoGuards, mapCount |-> 0, totalVm |-> 0, lockedVm |-> 0,
                committed |-> 0, forkedBelow |-> 0, lockFuture |-> FALSE, onFaultFuture |-> FALSE, heapStart |-> 0,
                heapEnd |-> 0, hearsMoves |-> NobodyHears, limits |-> NoLimits, elsewhere |-> NothingElse ]

\* The smaller and the larger of two numbers.
Min(a, b) == IF a < b THEN a ELSE b
Max(a, b) == IF a > b THEN a ELSE b

\* a - b, and 0 where that would be negative.
Monus(a, b) == IF a > b THEN a - b ELSE 0

\* Number of pages of a VMA (vma_pages).
Pages(v) == v.end - v.start

\* Two half-open ranges have a page in common.
Overlap(a, b, c, d) == a < d /\ c < b /\ a < b /\ c < d

\* vma_is_anonymous: private memory without a file behind it.
IsAnonymous(v) == v.file = 0

\* One of the modes of userfaultfd is on in the sum of modes (userfaultfd_armed and its parts).
HasMode(modes, mode) == (modes \div mode) % 2 = 1
UffdMissing == 1
UffdWp == 2
UffdMinor == 4

(***************************************************************************)
(* Flags without a field of their own: few calls but madvise set them, and *)
(* little but merging depends on them (include/linux/mm.h).                *)
(***************************************************************************)
VmDontCopy == 1       \* VM_DONTCOPY: a forked process does not get the memory
VmWipeOnFork == 2     \* VM_WIPEONFORK: it gets it empty
VmDontDump == 4
VmMergeable == 8      \* VM_MERGEABLE: KSM may merge pages
VmHugePage == 16
VmNoHugePage == 32
VmSeqRead == 64
VmRandRead == 128
VmMaybeGuard == 512   \* VM_MAYBE_GUARD: guard pages were put into it once
VmSpecial == <<1024, 2048, 4096, 8192>>   \* VM_DONTEXPAND, VM_IO, VM_PFNMAP, VM_MIXEDMAP

\* The sum of flags with, or without, one of them.
WithFlag(extra, flag) == IF HasMode(extra, flag) THEN extra ELSE extra + flag
WithoutFlag(extra, flag) == IF HasMode(extra, flag) THEN extra - flag ELSE extra

\* The flags that must be equal to merge: VM_MAYBE_GUARD is not among them (VM_IGNORE_MERGE).
ComparedFlags(extra) == WithoutFlag(extra, VmMaybeGuard)

\* The kernel's own memory, or a device's: never locked (VM_SPECIAL).
IsSpecial(v) == v.extra >= 1024 /\ \E i \in 1..4 : HasMode(v.extra, VmSpecial[i])

\* RLIMIT_DATA counts the memory: private and writable (is_data_mapping).
IsData(v) == v.write /\ ~v.shared

\* What a page of a VMA is, wherever it is mapped: the index of page p in its object or anon_vma (linear_page_index).
PageIndex(v, p) == v.pgoff + (p - v.start)

(***************************************************************************)
(* Finding.                                                                *)
(***************************************************************************)

\* Binary search: the first index in lo..hi-1 whose VMA ends after page p, else hi.
RECURSIVE SearchEnd(_, _, _, _)
SearchEnd(vmas, p, lo, hi) ==
  IF lo >= hi THEN lo
  ELSE LET mid == (lo + hi) \div 2
       IN IF vmas[mid].end > p THEN SearchEnd(vmas, p, lo, mid) ELSE SearchEnd(vmas, p, mid + 1, hi)

\* Index of the first VMA that ends after page p; Len(vmas) + 1 if there is none (find_vma).
FirstAfter(vmas, p) == SearchEnd(vmas, p, 1, Len(vmas) + 1)

\* Index of the VMA that contains page p; 0 if there is none (vma_lookup).
IndexAt(vmas, p) ==
  LET i == FirstAfter(vmas, p)
  IN IF i <= Len(vmas) /\ vmas[i].start <= p THEN i ELSE 0

\* The VMA that contains page p, or NoVma.
VmaAt(vmas, p) ==
  LET i == IndexAt(vmas, p)
  IN IF i = 0 THEN NoVma ELSE vmas[i]

\* Page p is mapped.
IsMapped(vmas, p) == IndexAt(vmas, p) # 0

\* No page of [a, b) is mapped (find_vma_intersection gives none).
IsFree(vmas, a, b) ==
  LET i == FirstAfter(vmas, a)
  IN a >= b \/ i > Len(vmas) \/ vmas[i].start >= b

\* All of [p, end) is mapped (range_contains_unmapped gives false).
RECURSIVE FullyMapped(_, _, _)
FullyMapped(vmas, p, end) ==
  LET i == IndexAt(vmas, p)
  IN IF p >= end THEN TRUE
     ELSE IF i = 0 THEN FALSE
     ELSE FullyMapped(vmas, vmas[i].end, end)

(***************************************************************************)
(* Cutting.                                                                *)
(*     v            |0123456|   pgoff 0                                    *)
(*     Upto(v, 3)   |012|       pgoff 0                                    *)
(*     From(v, 3)      |3456|   pgoff 3                                    *)
(***************************************************************************)

\* The part of v below page p (the lower half of __split_vma).
Upto(v, p) == [v EXCEPT !.end = p]

\* The part of v from page p on: its page offset grows with its start (the upper half of __split_vma).
From(v, p) == [v EXCEPT !.start = p, !.pgoff = v.pgoff + (p - v.start)]

\* The part of v inside [a, b).
Clip(v, a, b) ==
  LET w == IF v.start < a THEN From(v, a) ELSE v
  IN IF w.end > b THEN Upto(w, b) ELSE w

\* Everything below page p, the VMA that contains p cut there.
Below(vmas, p) ==
  LET i == FirstAfter(vmas, p)
  IN IF i <= Len(vmas) /\ vmas[i].start < p
     THEN Append(SubSeq(vmas, 1, i - 1), Upto(vmas[i], p))
     ELSE SubSeq(vmas, 1, i - 1)

\* Everything from page p on, the VMA that contains p cut there.
Above(vmas, p) ==
  LET i == FirstAfter(vmas, p)
  IN IF i <= Len(vmas) /\ vmas[i].start < p
     THEN <<From(vmas[i], p)>> \o SubSeq(vmas, i + 1, Len(vmas))
     ELSE SubSeq(vmas, i, Len(vmas))

\* What lies in [a, b), cut at its ends.
Between(vmas, a, b) == Above(Below(vmas, b), a)

\* The map with a boundary at page p (__split_vma).
Cut(vmas, p) == Below(vmas, p) \o Above(vmas, p)

\* The map without [a, b) (the layout that munmap leaves); an empty range cuts nothing.
Without(vmas, a, b) == IF a < b THEN Below(vmas, a) \o Above(vmas, b) ELSE vmas

(***************************************************************************)
(* Counting.                                                               *)
(***************************************************************************)

\* Pages of the VMAs from index i on, added to acc (what total_vm counts).
RECURSIVE SumPages(_, _, _)
SumPages(vmas, i, acc) ==
  IF i > Len(vmas) THEN acc ELSE SumPages(vmas, i + 1, acc + Pages(vmas[i]))

\* Pages with VM_LOCKED (what locked_vm counts).
RECURSIVE SumLocked(_, _, _)
SumLocked(vmas, i, acc) ==
  IF i > Len(vmas) THEN acc
  ELSE SumLocked(vmas, i + 1, acc + (IF vmas[i].locked THEN Pages(vmas[i]) ELSE 0))

\* Pages with VM_ACCOUNT (what this space has charged to the commit limit).
RECURSIVE SumAccount(_, _, _)
SumAccount(vmas, i, acc) ==
  IF i > Len(vmas) THEN acc
  ELSE SumAccount(vmas, i + 1, acc + (IF vmas[i].account THEN Pages(vmas[i]) ELSE 0))

\* Pages that RLIMIT_DATA counts (data_vm).
RECURSIVE SumData(_, _, _)
SumData(vmas, i, acc) ==
  IF i > Len(vmas) THEN acc
  ELSE SumData(vmas, i + 1, acc + (IF IsData(vmas[i]) THEN Pages(vmas[i]) ELSE 0))

TotalPages(vmas) == SumPages(vmas, 1, 0)
DataPages(vmas) == SumData(vmas, 1, 0)
LockedPages(vmas) == SumLocked(vmas, 1, 0)
AccountPages(vmas) == SumAccount(vmas, 1, 0)

\* The largest anon_vma number in use; numbers above it are fresh.
RECURSIVE MaxAnon(_, _, _)
MaxAnon(vmas, i, acc) ==
  IF i > Len(vmas) THEN acc ELSE MaxAnon(vmas, i + 1, Max(acc, vmas[i].anonVma))
=============================================================================
