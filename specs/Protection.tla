----------------------------- MODULE Protection -----------------------------
(***************************************************************************)
(* mprotect and mseal as functions: (space, call) -> [space, result]       *)
(* (mm/mprotect.c, mm/mseal.c).                                            *)
(***************************************************************************)
EXTENDS Faults

(***************************************************************************)
(* mprotect(2).                                                            *)
(***************************************************************************)

\* VM_ACCOUNT after a change of permissions: gained with write permission; lost, since 6.12, when it goes while the memory is untouched (mprotect_fixup).
AccountAfterProtect(v, c, prof) ==
  IF c.write THEN v.account \/ ~(v.write \/ v.shared \/ v.noreserve)
  ELSE v.account /\ ~(prof.mprotectReadOnlyDropsAccount /\ IsAnonymous(v) /\ v.anonVma = 0)

\* A piece after mprotect.
Protected(v, c, prof) ==
  [v EXCEPT !.read = c.read, !.write = c.write, !.exec = c.exec, !.account = AccountAfterProtect(v, c, prof)]

\* The piece becomes data, and RLIMIT_DATA does not allow it (mprotect_fixup).
TooMuchData(s, v, x) ==
  /\ IsData(x) /\ ~IsData(v)
  /\ ~MayExpand(s, TRUE, Pages(x)) /\ MayExpand(s, FALSE, Pages(x))

\* mprotect of one piece; private locked memory that becomes writable is filled at once (mprotect_fixup).
ProtectPiece(s, v, c, prof) ==
  LET x == Protected(v, c, prof)
      o == Change(s, x, prof)
      t == [o.space EXCEPT !.committed =
              s.committed + (IF x.account THEN Pages(x) ELSE 0) - (IF v.account THEN Pages(v) ELSE 0)]
  IN IF v.read = c.read /\ v.write = c.write /\ v.exec = c.exec THEN Outcome(s, Done(0))
     ELSE IF TooMuchData(s, v, x) THEN Outcome(s, Failed("ENOMEM"))
     ELSE IF ~o.result.ok THEN o
     ELSE IF v.locked /\ ~v.write /\ ~v.shared /\ x.write
     THEN Outcome(FillVma(t, IndexAt(t.vmas, x.start), x.start, x.end), Done(0))
     ELSE Outcome(t, Done(0))

\* From page p on, VMA by VMA; a hole, a sealed VMA or a limit ends the walk, and what was done before it stays (do_mprotect_pkey).
RECURSIVE ProtectFrom(_, _, _, _, _)
ProtectFrom(s, c, p, end, prof) ==
  LET v == VmaAt(s.vmas, p)
      o == ProtectPiece(s, Clip(v, p, end), c, prof)
  IN IF p >= end THEN Outcome(s, Done(0))
     ELSE IF v = NoVma THEN Outcome(s, Failed("ENOMEM"))
     ELSE IF v.sealed THEN Outcome(s, Failed("EPERM"))
     ELSE IF ~o.result.ok THEN o
     ELSE ProtectFrom(o.space, c, Min(v.end, end), end, prof)

\* mprotect(2).
Mprotect(s, c, prof) ==
  LET errno == FirstErrno(MprotectArguments(c))
  IN IF errno # "" THEN Outcome(s, Failed(errno)) ELSE ProtectFrom(s, c, c.addr, c.addr + c.len, prof)

(***************************************************************************)
(* mseal(2).                                                               *)
(***************************************************************************)

\* Seal from page p on; without room for a split what is below stays sealed (mseal_apply).
RECURSIVE SealFrom(_, _, _, _)
SealFrom(s, p, end, prof) ==
  LET v == VmaAt(s.vmas, p)
      x == [Clip(v, p, end) EXCEPT !.sealed = TRUE]
      o == IF v.sealed THEN Outcome(s, Done(0)) ELSE Change(s, x, prof)
  IN IF p >= end THEN Outcome(s, Done(0))
     ELSE IF ~o.result.ok THEN o
     ELSE SealFrom(o.space, x.end, end, prof)

\* mseal(2): all or nothing, as far as holes go; there is no such call until 6.9.
Mseal(s, c, prof) ==
  LET errno == FirstErrno(MsealArguments(c))
  IN IF ~prof.msealExists THEN Outcome(s, Failed("ENOSYS"))
     ELSE IF errno # "" THEN Outcome(s, Failed(errno))
     ELSE IF ~FullyMapped(s.vmas, c.addr, c.addr + c.len) THEN Outcome(s, Failed("ENOMEM"))
     ELSE SealFrom(s, c.addr, c.addr + c.len, prof)
=============================================================================
