-------------------------------- MODULE Uffd --------------------------------
(***************************************************************************)
(* userfaultfd as far as VMAs go: UFFDIO_REGISTER, UFFDIO_UNREGISTER and   *)
(* closing the descriptor, as functions: (space, call) -> [space, result]  *)
(* (fs/userfaultfd.c, mm/userfaultfd.c).  A process may have several;      *)
(* `ctx` says which.  Holes in a range are passed over.                    *)
(*     before  |AAAA|..|BB|     register [2, 8)                            *)
(*     after   |AA|AA|..|BB|    the upper part of A and B are armed        *)
(***************************************************************************)
EXTENDS Limits

\* All modes of `part` are among `modes`.
ModesWithin(part, modes) ==
  /\ HasMode(part, UffdMissing) => HasMode(modes, UffdMissing)
  /\ HasMode(part, UffdWp) => HasMode(modes, UffdWp)
  /\ HasMode(part, UffdMinor) => HasMode(modes, UffdMinor)

\* What registering the VMA v is refused with: it has no object and so no minor faults; it belongs to another userfaultfd (vma_can_userfault);
\* since 7.3 write protection is not given up by registering again.
RegisterErrnoOf(v, c, prof) ==
  FirstErrno(<<
    Row(HasMode(c.mode, UffdMinor) /\ IsAnonymous(v), "EINVAL"),
    Row(v.ctx # 0 /\ v.ctx # c.ctx, "EBUSY"),
    Row(prof.uffdRegisterKeepsWriteProtect /\ HasMode(v.uffd, UffdWp) /\ ~HasMode(c.mode, UffdWp), "EBUSY") >>)

\* The first VMA from index i on, below page b, that may not be registered decides (userfaultfd_register).
RECURSIVE RegisterErrnoFrom(_, _, _, _, _)
RegisterErrnoFrom(vmas, c, i, b, prof) ==
  IF i > Len(vmas) THEN ""
  ELSE IF vmas[i].start >= b THEN ""
  ELSE LET errno == RegisterErrnoOf(vmas[i], c, prof)
       IN IF errno # "" THEN errno ELSE RegisterErrnoFrom(vmas, c, i + 1, b, prof)

\* Some VMA from index i on, below page b, belongs to another userfaultfd (userfaultfd_unregister).
RECURSIVE OthersFrom(_, _, _, _)
OthersFrom(vmas, ctx, i, b) ==
  IF i > Len(vmas) THEN FALSE
  ELSE IF vmas[i].start >= b THEN FALSE
  ELSE (vmas[i].ctx # 0 /\ vmas[i].ctx # ctx) \/ OthersFrom(vmas, ctx, i + 1, b)

\* The modes of a piece after registration: replaced, or left alone if all that is asked for is on (userfaultfd_register_range).
ModesAfterRegister(old, mode) == IF old # 0 /\ ModesWithin(mode, old) THEN old ELSE mode

\* A piece that is registered with these modes; with none, not at all (userfaultfd_set_vm_flags).
Registered(v, modes, ctx) == [v EXCEPT !.uffd = modes, !.ctx = IF modes = 0 THEN 0 ELSE ctx]

(***************************************************************************)
(* A piece becomes `new`.  By a defect, until 6.3, neighbours are asked    *)
(* with the page offset of the whole VMA: the upper part of one is joined  *)
(* with what is above only if that continues the wrong offset, which the   *)
(* part then has (userfaultfd_register, 5543d3c43c31).                     *)
(*     before  |AAAA|UU|    pgoff of U = pgoff of A + 4;  register [2, 4)  *)
(*     after   |AA|UU|UU|   intended |AA|UUUU|                             *)
(***************************************************************************)
Rearmed(s, new, prof) ==
  ChangeAs(s, new, IF prof.uffdMergesByFirstOffset THEN [new EXCEPT !.pgoff = VmaAt(s.vmas, new.start).pgoff] ELSE new, prof)

\* From page p on, VMA by VMA; mode 0 unregisters; what was done before there was no room for a split stays (userfaultfd_register_range).
RECURSIVE RegisterFrom(_, _, _, _, _, _)
RegisterFrom(s, mode, ctx, p, end, prof) ==
  LET i == FirstAfter(s.vmas, p)
      old == Clip(s.vmas[i], p, end)
      new == Registered(old, IF mode = 0 THEN 0 ELSE ModesAfterRegister(old.uffd, mode), ctx)
      o == IF new = old THEN Outcome(s, Done(0)) ELSE Rearmed(s, new, prof)
  IN IF p >= end \/ i > Len(s.vmas) THEN Outcome(s, Done(0))
     ELSE IF s.vmas[i].start >= end THEN Outcome(s, Done(0))
     ELSE IF ~o.result.ok THEN o
     ELSE RegisterFrom(o.space, mode, ctx, old.end, end, prof)

\* UFFDIO_REGISTER: every check before the first change.
UffdRegister(s, c, prof) ==
  LET errno == FirstErrno(RegisterArguments(c))
      refusal == RegisterErrnoFrom(s.vmas, c, FirstAfter(s.vmas, c.addr), c.addr + c.len, prof)
  IN IF errno # "" THEN Outcome(s, Failed(errno))
     ELSE IF IsFree(s.vmas, c.addr, c.addr + c.len) THEN Outcome(s, Failed("EINVAL"))
     ELSE IF refusal # "" THEN Outcome(s, Failed(refusal))
     ELSE RegisterFrom(s, c.mode, c.ctx, c.addr, c.addr + c.len, prof)

\* UFFDIO_UNREGISTER: since 6.17 not what belongs to another userfaultfd.
UffdUnregister(s, c, prof) ==
  LET errno == FirstErrno(UnregisterArguments(c))
  IN IF errno # "" THEN Outcome(s, Failed(errno))
     ELSE IF IsFree(s.vmas, c.addr, c.addr + c.len) THEN Outcome(s, Failed("EINVAL"))
     ELSE IF prof.uffdUnregistersOwnOnly /\ OthersFrom(s.vmas, c.ctx, FirstAfter(s.vmas, c.addr), c.addr + c.len) THEN Outcome(s, Failed("EINVAL"))
     ELSE RegisterFrom(s, 0, 0, c.addr, c.addr + c.len, prof)

\* All that is registered with the userfaultfd, from page p on, is registered no more, and merges where it can (userfaultfd_release_all).
RECURSIVE ReleaseFrom(_, _, _, _)
ReleaseFrom(s, ctx, p, prof) ==
  LET i == FirstAfter(s.vmas, p)
      v == s.vmas[i]
      t == WithVmas(s, Put(s.vmas, Registered(v, 0, 0), s.forkedBelow, prof))
  IN IF i > Len(s.vmas) THEN s
     ELSE ReleaseFrom(IF v.ctx = ctx THEN t ELSE s, ctx, v.end, prof)

\* close(2) of a userfaultfd.
UffdClose(s, c, prof) == Outcome(ReleaseFrom(s, c.ctx, 0, prof), Done(0))
=============================================================================
