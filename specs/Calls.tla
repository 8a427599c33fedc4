------------------------------- MODULE Calls --------------------------------
(***************************************************************************)
(* Every call but mremap as a function: (space, call) -> [space, result].  *)
(* A range call walks its range piece by piece in address order; a piece   *)
(* whose attributes change is Put (Merge.tla) in its place, which is the   *)
(* site of a merge attempt; a piece that does not change is left alone.    *)
(*                                                                         *)
(* Call == [ op : STRING, addr, len, newAddr, newLen : Nat,                *)
(*           mayMove, fixed, dontUnmap, noReplace : BOOLEAN,               *)
(*           read, write, exec, shared, noreserve, locked : BOOLEAN,       *)
(*           file, pgoff : Nat, onFault : BOOLEAN, mode : Nat,             *)
(*           argClass : STRING ]                                           *)
(* Result == [ ok : BOOLEAN, value : Nat, errno : STRING ]                 *)
(*                                                                         *)
(* Arguments that have no value in pages are a class (argClass # "ok");    *)
(* such a call changes nothing.  Limits (map count, RLIMIT_*, commit) are  *)
(* not modelled.                                                           *)
(***************************************************************************)
EXTENDS Merge, FiniteSets

\* A call with nothing in it, to be filled in with EXCEPT.
NoCall == [ op |-> "", addr |-> 0, len |-> 0, newAddr |-> 0, newLen |-> 0, mayMove |-> FALSE, fixed |-> FALSE,
            dontUnmap |-> FALSE, noReplace |-> FALSE, read |-> FALSE, write |-> FALSE, exec |-> FALSE,
            shared |-> FALSE, noreserve |-> FALSE, locked |-> FALSE, file |-> 0, pgoff |-> 0, onFault |-> FALSE,
            mode |-> 0, argClass |-> "ok" ]

\* The call returned `value`.
Done(value) == [ok |-> TRUE, value |-> value, errno |-> ""]

\* The call failed; a signal is an errno too.
Failed(errno) == [ok |-> FALSE, value |-> 0, errno |-> errno]

\* What a call leaves.
Outcome(s, result) == [space |-> s, result |-> result]

\* The space with other VMAs, its map_count following (vma_iter_store and the ++ and -- beside it).
WithVmas(s, vmas) == [s EXCEPT !.vmas = vmas, !.mapCount = s.mapCount + Len(vmas) - Len(s.vmas)]

(***************************************************************************)
(* Faults.  The number of a new page is the first that is not in use.      *)
(***************************************************************************)

\* The frames without the pages of [a, b) (unmap_page_range).
FramesWithout(frames, a, b) == [p \in {q \in DOMAIN frames : q < a \/ q >= b} |-> frames[p]]

\* The first number from n on that is not used.
RECURSIVE FirstUnused(_, _)
FirstUnused(used, n) == IF n \in used THEN FirstUnused(used, n + 1) ELSE n

\* A frame that is not in use (alloc_page).
FreshFrame(s) == FirstUnused({s.frames[p] : p \in DOMAIN s.frames}, 1)

\* The VMA of index i has an anon_vma from now on (vmf_anon_prepare).
PrepareAnon(s, i) ==
  LET a == AnonAfterFault(s.vmas, i, MaxAnon(s.vmas, 1, 0) + 1)
  IN [s EXCEPT !.vmas = [s.vmas EXCEPT ![i] = [s.vmas[i] EXCEPT !.anonVma = a]]]

\* Private page p, in the VMA of index i, is written: it is present afterwards (do_anonymous_page, do_cow_fault).
WriteFault(s, i, p) ==
  LET t == PrepareAnon(s, i)
  IN IF p \in DOMAIN t.frames THEN t
     ELSE [t EXCEPT !.frames = [q \in DOMAIN t.frames \union {p} |->
                                  IF q = p THEN FreshFrame(s) ELSE t.frames[q]]]

\* Writing to private page p of v raises a signal: a missing page of a range that is registered for missing pages.
MissingSignals(s, v, p) == HasMode(v.uffd, UffdMissing) /\ p \notin DOMAIN s.frames

\* Write faults on pages p.. of the VMA of index i, below `end`, until one raises a signal (faultin_page).
\* The anon_vma is prepared before the handler is asked.
RECURSIVE WriteFaults(_, _, _, _)
WriteFaults(s, i, p, end) ==
  IF p >= end THEN s
  ELSE IF MissingSignals(s, s.vmas[i], p) THEN PrepareAnon(s, i)
  ELSE WriteFaults(WriteFault(s, i, p), i, p + 1, end)

\* Filling [a, b) of the VMA of index i with pages: a write fault if it is private and writable (populate_vma_page_range).
FillVma(s, i, a, b) ==
  LET v == s.vmas[i]
  IN IF v.write /\ ~v.shared /\ ~v.lockonfault THEN WriteFaults(s, i, a, b) ELSE s

\* Some page of [p, end) of v cannot be filled.
RECURSIVE CannotFill(_, _, _, _)
CannotFill(s, v, p, end) ==
  IF p >= end THEN FALSE
  ELSE IF MissingSignals(s, v, p) THEN TRUE ELSE CannotFill(s, v, p + 1, end)

\* Filling [a, b) of v fails: no access at all, or a missing page whose fault raises a signal.
FillFails(s, v, a, b) ==
  ~v.lockonfault /\ (~(v.read \/ v.write \/ v.exec) \/ CannotFill(s, v, a, b))

\* Fill the mapped part of [p, end), VMA by VMA, up to a failure (__mm_populate without ignore_errors).
RECURSIVE Populate(_, _, _)
Populate(s, p, end) ==
  LET i == FirstAfter(s.vmas, p)
  IN IF p >= end \/ i > Len(s.vmas) \/ s.vmas[i].start >= end THEN Outcome(s, Done(0))
     ELSE LET a == Max(p, s.vmas[i].start)
              b == Min(end, s.vmas[i].end)
              t == FillVma(s, i, a, b)
          IN IF FillFails(s, s.vmas[i], a, b) THEN Outcome(t, Failed("ENOMEM")) ELSE Populate(t, b, end)

\* The same, passing over VMAs that fail (__mm_populate with ignore_errors: mmap, mremap).
RECURSIVE PopulateAll(_, _, _)
PopulateAll(s, p, end) ==
  LET i == FirstAfter(s.vmas, p)
  IN IF p >= end \/ i > Len(s.vmas) \/ s.vmas[i].start >= end THEN s
     ELSE PopulateAll(FillVma(s, i, Max(p, s.vmas[i].start), Min(end, s.vmas[i].end)), s.vmas[i].end, end)

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
         !.totalVm = s.totalVm - TotalPages(gone),
         !.lockedVm = s.lockedVm - LockedPages(gone),
         !.committed = s.committed - AccountPages(gone) ]

\* Unmap [a, b) or refuse to (do_vmi_munmap).
UnmapRange(s, a, b) ==
  IF AnySealed(s.vmas, a, b) THEN Outcome(SplitByRefusedUnmap(s, a, b), Failed("EPERM"))
  ELSE Outcome(Unmapped(s, a, b), Done(0))

\* munmap(2).
Munmap(s, c) ==
  IF c.argClass # "ok" THEN Outcome(s, Failed("EINVAL"))
  ELSE IF c.len = 0 THEN Outcome(s, Failed("EINVAL"))
  ELSE UnmapRange(s, c.addr, c.addr + c.len)

(***************************************************************************)
(* mmap(2).  newAddr is where the mapping goes: addr with MAP_FIXED, else  *)
(* the address that the kernel chose.                                      *)
(***************************************************************************)

\* The VMA that a call of mmap asks for (__mmap_region).  Charged: private, writable, not MAP_NORESERVE (accountable_mapping).
NewVma(c) ==
  [ start |-> c.newAddr, end |-> c.newAddr + c.len,
    pgoff |-> IF c.file = 0 THEN c.newAddr ELSE c.pgoff,
    read |-> c.read, write |-> c.write, exec |-> c.exec, shared |-> c.shared, file |-> c.file,
    account |-> ~c.shared /\ c.write /\ ~c.noreserve, noreserve |-> c.noreserve,
    locked |-> c.locked, lockonfault |-> FALSE, sealed |-> FALSE, uffd |-> 0, anonVma |-> 0 ]

\* New memory x over whatever lies in its range, counted and merged (vma_merge_new_range, vma_complete).
Mapped(s, x) ==
  LET t == Unmapped(s, x.start, x.end)
  IN [ WithVmas(t, Put(t.vmas, x)) EXCEPT
         !.totalVm = t.totalVm + Pages(x),
         !.lockedVm = t.lockedVm + (IF x.locked THEN Pages(x) ELSE 0),
         !.committed = t.committed + (IF x.account THEN Pages(x) ELSE 0) ]

\* What mmap answers to arguments without a value in pages.
MmapArgErrno(argClass) ==
  CASE argClass = "tooBig" -> "ENOMEM"
    [] argClass = "wraps" -> "ENOMEM"
    [] argClass = "badFile" -> "EBADF"
    [] OTHER -> "EINVAL"

\* mmap(2): MAP_FIXED_NOREPLACE, sealed memory under MAP_FIXED, else success.
Mmap(s, c) ==
  IF c.argClass # "ok" THEN Outcome(s, Failed(MmapArgErrno(c.argClass)))
  ELSE IF c.len = 0 THEN Outcome(s, Failed("EINVAL"))
  ELSE IF c.noReplace /\ ~IsFree(s.vmas, c.newAddr, c.newAddr + c.len) THEN Outcome(s, Failed("EEXIST"))
  ELSE IF AnySealed(s.vmas, c.newAddr, c.newAddr + c.len)
  THEN Outcome(SplitByRefusedUnmap(s, c.newAddr, c.newAddr + c.len), Failed("EPERM"))
  ELSE LET t == Mapped(s, NewVma(c))
       IN Outcome(IF c.locked THEN PopulateAll(t, c.newAddr, c.newAddr + c.len) ELSE t, Done(c.newAddr))

(***************************************************************************)
(* mprotect(2).                                                            *)
(***************************************************************************)

\* VM_ACCOUNT after a change of permissions: gained with write permission, lost when it goes while the memory is untouched (mprotect_fixup).
AccountAfterProtect(v, c) ==
  IF c.write THEN v.account \/ ~(v.write \/ v.shared \/ v.noreserve)
  ELSE v.account /\ ~(IsAnonymous(v) /\ v.anonVma = 0)

\* A piece after mprotect.
Protected(v, c) ==
  IF v.read = c.read /\ v.write = c.write /\ v.exec = c.exec THEN v
  ELSE [v EXCEPT !.read = c.read, !.write = c.write, !.exec = c.exec, !.account = AccountAfterProtect(v, c)]

\* mprotect of one piece; private locked memory that becomes writable is filled at once (mprotect_fixup).
ProtectPiece(s, v, c) ==
  LET x == Protected(v, c)
      t == [ WithVmas(s, Put(s.vmas, x)) EXCEPT
               !.committed = s.committed + (IF x.account THEN Pages(x) ELSE 0) - (IF v.account THEN Pages(v) ELSE 0) ]
  IN IF x = v THEN s
     ELSE IF v.locked /\ ~v.write /\ ~v.shared /\ x.write THEN FillVma(t, IndexAt(t.vmas, x.start), x.start, x.end)
     ELSE t

\* From page p on, VMA by VMA; a hole or a sealed VMA ends the walk, and what was done before it stays (do_mprotect_pkey).
RECURSIVE ProtectFrom(_, _, _, _)
ProtectFrom(s, c, p, end) ==
  LET v == VmaAt(s.vmas, p)
  IN IF p >= end THEN Outcome(s, Done(0))
     ELSE IF v = NoVma THEN Outcome(s, Failed("ENOMEM"))
     ELSE IF v.sealed THEN Outcome(s, Failed("EPERM"))
     ELSE ProtectFrom(ProtectPiece(s, Clip(v, p, end), c), c, Min(v.end, end), end)

\* mprotect(2).
Mprotect(s, c) ==
  IF c.argClass = "unaligned" \/ c.argClass = "badFlags" THEN Outcome(s, Failed("EINVAL"))
  ELSE IF c.argClass # "ok" THEN Outcome(s, Failed("ENOMEM"))
  ELSE ProtectFrom(s, c, c.addr, c.addr + c.len)

(***************************************************************************)
(* mlock2(2), munlock(2).                                                  *)
(***************************************************************************)

\* A piece after mlock, mlock2(MLOCK_ONFAULT) or munlock.
LockedVma(v, on, onFault) == [v EXCEPT !.locked = on, !.lockonfault = on /\ onFault]

\* From page p on, VMA by VMA; a hole ends the walk, and what was done before it stays (apply_vma_lock_flags).
RECURSIVE LockFrom(_, _, _, _, _)
LockFrom(s, on, onFault, p, end) ==
  LET v == VmaAt(s.vmas, p)
      old == Clip(v, p, end)
      new == LockedVma(old, on, onFault)
      t == [ WithVmas(s, Put(s.vmas, new)) EXCEPT
               !.lockedVm = s.lockedVm + (IF new.locked THEN Pages(new) ELSE 0) - (IF old.locked THEN Pages(old) ELSE 0) ]
  IN IF p >= end THEN Outcome(s, Done(0))
     ELSE IF v = NoVma THEN Outcome(s, Failed("ENOMEM"))
     ELSE LockFrom(IF new = old THEN s ELSE t, on, onFault, old.end, end)

\* mlock2(2): the flags under the write lock, then the pages (do_mlock); a page that cannot be filled is ENOMEM, the flags stay.
Mlock2(s, c) ==
  IF c.argClass # "ok" THEN Outcome(s, Failed("EINVAL"))
  ELSE LET o == LockFrom(s, TRUE, c.onFault, c.addr, c.addr + c.len)
       IN IF o.result.ok THEN Populate(o.space, c.addr, c.addr + c.len) ELSE o

\* munlock(2).
Munlock(s, c) ==
  IF c.argClass # "ok" THEN Outcome(s, Failed("EINVAL"))
  ELSE LockFrom(s, FALSE, FALSE, c.addr, c.addr + c.len)

(***************************************************************************)
(* mseal(2).                                                               *)
(***************************************************************************)

\* All of [p, end) is mapped (range_contains_unmapped gives false).
RECURSIVE FullyMapped(_, _, _)
FullyMapped(vmas, p, end) ==
  LET i == IndexAt(vmas, p)
  IN IF p >= end THEN TRUE
     ELSE IF i = 0 THEN FALSE
     ELSE FullyMapped(vmas, vmas[i].end, end)

\* Seal from page p on (mseal_apply).
RECURSIVE SealFrom(_, _, _)
SealFrom(s, p, end) ==
  LET v == VmaAt(s.vmas, p)
      x == [Clip(v, p, end) EXCEPT !.sealed = TRUE]
  IN IF p >= end THEN s
     ELSE SealFrom(IF v.sealed THEN s ELSE WithVmas(s, Put(s.vmas, x)), x.end, end)

\* mseal(2): all or nothing.
Mseal(s, c) ==
  IF c.argClass # "ok" THEN Outcome(s, Failed("EINVAL"))
  ELSE IF ~FullyMapped(s.vmas, c.addr, c.addr + c.len) THEN Outcome(s, Failed("ENOMEM"))
  ELSE Outcome(SealFrom(s, c.addr, c.addr + c.len), Done(0))

(***************************************************************************)
(* userfaultfd: UFFDIO_REGISTER, UFFDIO_UNREGISTER (one context).          *)
(***************************************************************************)

\* All modes of `part` are among `modes`.
ModesWithin(part, modes) ==
  /\ HasMode(part, UffdMissing) => HasMode(modes, UffdMissing)
  /\ HasMode(part, UffdWp) => HasMode(modes, UffdWp)
  /\ HasMode(part, UffdMinor) => HasMode(modes, UffdMinor)

\* Some VMA from index i on, below page b, has no object: it has no minor faults (vma_can_userfault).
RECURSIVE AnonymousFrom(_, _, _)
AnonymousFrom(vmas, i, b) ==
  IF i > Len(vmas) THEN FALSE
  ELSE IF vmas[i].start >= b THEN FALSE
  ELSE IsAnonymous(vmas[i]) \/ AnonymousFrom(vmas, i + 1, b)

\* The modes of a piece after registration: replaced, or left alone if all that is asked for is on (userfaultfd_register_range).
ModesAfterRegister(old, mode) == IF old # 0 /\ ModesWithin(mode, old) THEN old ELSE mode

\* From page p on, VMA by VMA, passing over holes; mode 0 unregisters (userfaultfd_register_range, userfaultfd_unregister).
RECURSIVE RegisterFrom(_, _, _, _)
RegisterFrom(s, mode, p, end) ==
  LET i == FirstAfter(s.vmas, p)
  IN IF p >= end \/ i > Len(s.vmas) \/ s.vmas[i].start >= end THEN s
     ELSE LET old == Clip(s.vmas[i], p, end)
              new == [old EXCEPT !.uffd = IF mode = 0 THEN 0 ELSE ModesAfterRegister(old.uffd, mode)]
          IN RegisterFrom(IF new = old THEN s ELSE WithVmas(s, Put(s.vmas, new)), mode, old.end, end)

\* UFFDIO_REGISTER: every check before the first change.
UffdRegister(s, c) ==
  IF c.argClass # "ok" THEN Outcome(s, Failed("EINVAL"))
  ELSE IF c.len = 0 \/ c.mode = 0 THEN Outcome(s, Failed("EINVAL"))
  ELSE IF IsFree(s.vmas, c.addr, c.addr + c.len) THEN Outcome(s, Failed("EINVAL"))
  ELSE IF HasMode(c.mode, UffdMinor) /\ AnonymousFrom(s.vmas, FirstAfter(s.vmas, c.addr), c.addr + c.len)
  THEN Outcome(s, Failed("EINVAL"))
  ELSE Outcome(RegisterFrom(s, c.mode, c.addr, c.addr + c.len), Done(0))

\* UFFDIO_UNREGISTER.
UffdUnregister(s, c) ==
  IF c.argClass # "ok" THEN Outcome(s, Failed("EINVAL"))
  ELSE IF c.len = 0 THEN Outcome(s, Failed("EINVAL"))
  ELSE IF IsFree(s.vmas, c.addr, c.addr + c.len) THEN Outcome(s, Failed("EINVAL"))
  ELSE Outcome(RegisterFrom(s, 0, c.addr, c.addr + c.len), Done(0))

(***************************************************************************)
(* Loads and stores (arch/x86/mm/fault.c, handle_mm_fault).  What only the *)
(* page table of shared or untouched memory could tell is not modelled:    *)
(* objects are as long as their mappings, and a load of a page that was    *)
(* never written finds it missing.                                         *)
(***************************************************************************)

\* Read page p: nothing changes.
LoadPage(s, p) ==
  LET v == VmaAt(s.vmas, p)
  IN IF ~(v.read \/ v.write \/ v.exec) THEN Outcome(s, Failed("SIGSEGV"))
     ELSE IF IsAnonymous(v) /\ MissingSignals(s, v, p) THEN Outcome(s, Failed("SIGBUS"))
     ELSE Outcome(s, Done(0))

\* Write to page p: a private page becomes present.
StorePage(s, p) ==
  LET i == IndexAt(s.vmas, p)
      v == VmaAt(s.vmas, p)
  IN IF ~v.write THEN Outcome(s, Failed("SIGSEGV"))
     ELSE IF v.shared THEN Outcome(s, Done(0))
     ELSE IF MissingSignals(s, v, p) THEN Outcome(PrepareAnon(s, i), Failed("SIGBUS"))
     ELSE Outcome(WriteFault(s, i, p), Done(0))

\* Read from c.addr; an access across the end of a page is one of two pages.
Load(s, c) ==
  LET o == LoadPage(s, c.addr)
  IN IF o.result.ok /\ c.len > 1 THEN LoadPage(s, c.addr + 1) ELSE o

\* Write to c.addr.
Store(s, c) ==
  LET o == StorePage(s, c.addr)
  IN IF o.result.ok /\ c.len > 1 THEN StorePage(o.space, c.addr + 1) ELSE o

\* Any call but mremap.
Perform(s, c) ==
  CASE c.op = "mmap" -> Mmap(s, c)
    [] c.op = "munmap" -> Munmap(s, c)
    [] c.op = "mprotect" -> Mprotect(s, c)
    [] c.op = "mlock2" -> Mlock2(s, c)
    [] c.op = "munlock" -> Munlock(s, c)
    [] c.op = "mseal" -> Mseal(s, c)
    [] c.op = "uffdRegister" -> UffdRegister(s, c)
    [] c.op = "uffdUnregister" -> UffdUnregister(s, c)
    [] c.op = "load" -> Load(s, c)
    [] c.op = "store" -> Store(s, c)
    [] OTHER -> Outcome(s, Failed("ENOSYS"))
=============================================================================
