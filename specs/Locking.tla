------------------------------ MODULE Locking -------------------------------
(***************************************************************************)
(* mlock, mlock2, munlock, mlockall and munlockall as functions: (space,   *)
(* call) -> [space, result] (mm/mlock.c).                                  *)
(***************************************************************************)
EXTENDS Faults

\* A piece after mlock, mlock2(MLOCK_ONFAULT) or munlock; the kernel's own memory is left alone (mlock_fixup).
LockedVma(v, on, onFault) ==
  IF IsSpecial(v) THEN v ELSE [v EXCEPT !.locked = on, !.lockonfault = on /\ onFault]

\* locked_vm after a piece changed.
Recounted(s, old, new) ==
  [s EXCEPT !.lockedVm = s.lockedVm + (IF new.locked THEN Pages(new) ELSE 0) - (IF old.locked THEN Pages(old) ELSE 0)]

\* From page p on, VMA by VMA; a hole, or no room for a split, ends the walk, and what was done before it stays (apply_vma_lock_flags).
RECURSIVE LockFrom(_, _, _, _, _, _)
LockFrom(s, on, onFault, p, end, prof) ==
  LET v == VmaAt(s.vmas, p)
      old == Clip(v, p, end)
      new == LockedVma(old, on, onFault)
      o == IF new = old THEN Outcome(s, Done(0)) ELSE Change(s, new, prof)
  IN IF p >= end THEN Outcome(s, Done(0))
     ELSE IF v = NoVma THEN Outcome(s, Failed("ENOMEM"))
     ELSE IF ~o.result.ok THEN o
     ELSE LockFrom(Recounted(o.space, old, new), on, onFault, old.end, end, prof)

\* The range is more than may be locked; what of it is locked already is not counted again (do_mlock).
TooMuchLocked(s, c) ==
  ~MayLock(s, c.len) /\ ~MayLock(s, c.len - LockedPages(Between(s.vmas, c.addr, c.addr + c.len)))

\* mlock, before anything is locked (sys_mlock2, do_mlock).
Mlock2Errno(s, c) ==
  FirstErrno(<<
    Row(c.argClass = "badFlags", "EINVAL"),
    Row(~CanLock(s), "EPERM"),
    Row(TooMuchLocked(s, c), "ENOMEM"),
    Row(c.argClass # "ok", "EINVAL") >>)

\* mlock2(2): the flags under the write lock, then the pages (do_mlock); a page that cannot be filled is ENOMEM, the flags stay.
Mlock2(s, c, prof) ==
  LET errno == Mlock2Errno(s, c)
      o == LockFrom(s, TRUE, c.onFault, c.addr, c.addr + c.len, prof)
  IN IF errno # "" THEN Outcome(s, Failed(errno))
     ELSE IF o.result.ok THEN Populate(o.space, c.addr, c.addr + c.len) ELSE o

\* munlock(2).
Munlock(s, c, prof) ==
  IF c.argClass # "ok" THEN Outcome(s, Failed("EINVAL"))
  ELSE LockFrom(s, FALSE, FALSE, c.addr, c.addr + c.len, prof)

(***************************************************************************)
(* mlockall(2), munlockall(2): what is mapped, what will be mapped, or     *)
(* both.  Every call says anew what future mappings get.  What the process *)
(* has mapped beside is locked, too.                                       *)
(***************************************************************************)
MclCurrent == 1
MclFuture == 2
MclOnFault == 4

\* All VMAs from page p on, locked or not; a whole VMA needs no split (apply_mlockall_flags).
RECURSIVE LockAllFrom(_, _, _, _, _)
LockAllFrom(s, on, onFault, p, prof) ==
  LET i == FirstAfter(s.vmas, p)
      old == s.vmas[i]
      new == LockedVma(old, on, onFault)
      t == WithVmas(s, Put(s.vmas, new, s.forkedBelow, prof))
  IN IF i > Len(s.vmas) THEN s
     ELSE LockAllFrom(IF new = old THEN s ELSE Recounted(t, old, new), on, onFault, old.end, prof)

\* mlockall (sys_mlockall).
MlockallErrno(s, c) ==
  FirstErrno(<<
    Row(c.argClass # "ok", "EINVAL"),
    Row(~CanLock(s), "EPERM"),
    Row(HasMode(c.mode, MclCurrent) /\ ~s.limits.ipcLock /\ s.totalVm + s.elsewhere.total > s.limits.memlock, "ENOMEM") >>)

\* mlockall(2): a VMA or a page that cannot be locked is no failure (apply_mlockall_flags).
Mlockall(s, c, prof) ==
  LET errno == MlockallErrno(s, c)
      onFault == HasMode(c.mode, MclOnFault)
      future == HasMode(c.mode, MclFuture)
      t == [s EXCEPT !.lockFuture = future, !.onFaultFuture = future /\ onFault]
      all == LockAllFrom(t, TRUE, onFault, 0, prof)
      last == IF s.vmas = <<>> THEN 0 ELSE s.vmas[Len(s.vmas)].end
  IN IF errno # "" THEN Outcome(s, Failed(errno))
     ELSE IF ~HasMode(c.mode, MclCurrent) THEN Outcome(t, Done(0))
     ELSE Outcome(PopulateAll([all EXCEPT !.elsewhere.locked = s.elsewhere.total], 0, last), Done(0))

\* munlockall(2).
Munlockall(s, prof) ==
  LET t == LockAllFrom([s EXCEPT !.lockFuture = FALSE, !.onFaultFuture = FALSE], FALSE, FALSE, 0, prof)
  IN Outcome([t EXCEPT !.elsewhere.locked = 0], Done(0))
=============================================================================
