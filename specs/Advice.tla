------------------------------ MODULE Advice --------------------------------
(***************************************************************************)
(* madvise, msync and mincore as functions: (space, call) -> [space,       *)
(* result] (mm/madvise.c, mm/msync.c, mm/mincore.c).  What they return is  *)
(* all that the last two have; mincore's vector is not modelled.           *)
(*                                                                         *)
(* Not modelled: advice that makes huge pages (HUGEPAGE, COLLAPSE), that   *)
(* writes to swap (PAGEOUT), that poisons.                                 *)
(***************************************************************************)
EXTENDS Faults

\* Contents may be lost, here or in a forked process (is_discard).
IsDiscard(advice) == advice \in {"FREE", "DONTNEED", "DONTNEED_LOCKED", "REMOVE", "DONTFORK", "WIPEONFORK", "GUARD_INSTALL"}

\* What refuses locked memory (madvise_dontneed_free, madvise_remove, madvise_cold, madvise_guard_install).
SparesLocked(advice) == advice \in {"DONTNEED", "FREE", "REMOVE", "COLD", "GUARD_INSTALL"}

\* What the VMA v answers to the advice before anything is done to it (can_madvise_modify, madvise_vma_behavior).
AdviceErrno(v, advice) ==
  FirstErrno(<<
    Row(v.sealed /\ IsDiscard(advice) /\ IsAnonymous(v) /\ ~v.write, "EPERM"),
    Row(v.locked /\ SparesLocked(advice), "EINVAL"),
    Row(advice = "FREE" /\ ~IsAnonymous(v), "EINVAL"),
    Row(advice = "REMOVE" /\ IsAnonymous(v), "EINVAL"),
    Row(advice = "REMOVE" /\ ~v.shared, "EACCES"),
    Row(advice = "WIPEONFORK" /\ (v.shared \/ ~IsAnonymous(v)), "EINVAL") >>)

\* The flags of v after the advice (madvise_vma_behavior; ksm_madvise leaves shared memory alone).
FlagsAfter(v, advice) ==
  CASE advice = "NORMAL" -> WithoutFlag(WithoutFlag(v.extra, VmRandRead), VmSeqRead)
    [] advice = "RANDOM" -> WithFlag(WithoutFlag(v.extra, VmSeqRead), VmRandRead)
    [] advice = "SEQUENTIAL" -> WithFlag(WithoutFlag(v.extra, VmRandRead), VmSeqRead)
    [] advice = "DONTFORK" -> WithFlag(v.extra, VmDontCopy)
    [] advice = "DOFORK" -> WithoutFlag(v.extra, VmDontCopy)
    [] advice = "WIPEONFORK" -> WithFlag(v.extra, VmWipeOnFork)
    [] advice = "KEEPONFORK" -> WithoutFlag(v.extra, VmWipeOnFork)
    [] advice = "DONTDUMP" -> WithFlag(v.extra, VmDontDump)
    [] advice = "DODUMP" -> WithoutFlag(v.extra, VmDontDump)
    [] advice = "MERGEABLE" -> IF v.shared THEN v.extra ELSE WithFlag(v.extra, VmMergeable)
    [] advice = "UNMERGEABLE" -> WithoutFlag(v.extra, VmMergeable)
    [] advice = "NOHUGEPAGE" -> WithFlag(WithoutFlag(v.extra, VmHugePage), VmNoHugePage)
    [] OTHER -> v.extra

\* A piece after advice that is kept as a flag; by a defect MADV_UNMERGEABLE drops the flags above bit 31 too (CVE-2025-40040).
Advised(v, advice, prof) ==
  LET drops == advice = "UNMERGEABLE" /\ prof.unmergeableDropsHighFlags
      modes == IF drops /\ HasMode(v.uffd, UffdMinor) THEN v.uffd - UffdMinor ELSE v.uffd
  IN [v EXCEPT !.extra = FlagsAfter(v, advice), !.sealed = v.sealed /\ ~drops,
               !.uffd = modes, !.ctx = IF modes = 0 THEN 0 ELSE v.ctx]

\* Pages of [a, b) are guarded, besides those that were.
Guarded(guards, a, b) == [p \in DOMAIN guards \union (a..(b - 1)) |-> TRUE]

(***************************************************************************)
(* Guard pages in [a, b) of the VMA of index i: what is there goes.  The   *)
(* whole VMA will be copied with its page table by a fork: it is marked,   *)
(* and anonymous memory gets an anon_vma; where there is no such mark, all *)
(* memory gets one (madvise_guard_install).                                *)
(***************************************************************************)
GuardsInstalled(s, i, a, b, prof) ==
  LET prepared == IF IsAnonymous(s.vmas[i]) \/ ~prof.guardsAreMarked THEN PrepareAnon(s, i) ELSE s
      v == prepared.vmas[i]
      marked == IF prof.guardsAreMarked THEN [v EXCEPT !.extra = WithFlag(v.extra, VmMaybeGuard)] ELSE v
  IN [prepared EXCEPT !.vmas = [prepared.vmas EXCEPT ![i] = marked],
                      !.frames = FramesWithout(s.frames, a, b), !.guards = Guarded(s.guards, a, b)]

\* Advice about pages [a, b) of the VMA of index i; memory that MADV_FREE gave up may stay as long as nobody needs it.
AdvisePages(s, i, a, b, advice, prof) ==
  CASE advice = "DONTNEED" \/ advice = "DONTNEED_LOCKED" -> [s EXCEPT !.frames = FramesWithout(s.frames, a, b)]
    [] advice = "GUARD_INSTALL" -> GuardsInstalled(s, i, a, b, prof)
    [] advice = "GUARD_REMOVE" -> [s EXCEPT !.guards = FramesWithout(s.guards, a, b)]
    [] OTHER -> s

(***************************************************************************)
(* POPULATE_READ, POPULATE_WRITE: faults as an access of the process would *)
(* make them, up to a hole, what does not permit the access, or a page     *)
(* that cannot be had; what came before stays (madvise_populate).          *)
(***************************************************************************)
RECURSIVE FaultIn(_, _, _, _)
FaultIn(s, write, p, end) ==
  LET i == IndexAt(s.vmas, p)
      v == s.vmas[i]
      b == Min(end, v.end)
      writes == write /\ ~v.shared
      t == IF writes THEN WriteFaults(s, i, p, b) ELSE s
  IN IF p >= end THEN Outcome(s, Done(0))
     ELSE IF i = 0 THEN Outcome(s, Failed("ENOMEM"))
     ELSE IF ~(IF write THEN v.write ELSE v.read) THEN Outcome(s, Failed("EINVAL"))
     ELSE IF CannotFill(s, v, p, b) THEN Outcome(t, Failed("EFAULT"))
     ELSE FaultIn(t, write, b, end)

\* Advice to fault pages in.
Populates(advice) == advice \in {"POPULATE_READ", "POPULATE_WRITE"}

\* The part [a, b) of the VMA of index i; where a flag changes it merges or is split off, and no room for that is EAGAIN.
AdvisePart(s, i, a, b, advice, prof) ==
  LET v == s.vmas[i]
      errno == AdviceErrno(v, advice)
      o == Change(s, Advised(Clip(v, a, b), advice, prof), prof)
  IN IF errno # "" THEN Outcome(s, Failed(errno))
     ELSE IF Populates(advice) THEN FaultIn(s, advice = "POPULATE_WRITE", a, b)
     ELSE IF FlagsAfter(v, advice) = v.extra THEN Outcome(AdvisePages(s, i, a, b, advice, prof), Done(0))
     ELSE IF o.result.ok THEN o ELSE Outcome(o.space, Failed("EAGAIN"))

\* From page p on, VMA by VMA; a hole is passed over and told at the end, anything else ends the walk (madvise_walk_vmas).
RECURSIVE AdviseFrom(_, _, _, _, _, _)
AdviseFrom(s, advice, p, end, hole, prof) ==
  LET i == FirstAfter(s.vmas, p)
      a == Max(p, s.vmas[i].start)
      b == Min(end, s.vmas[i].end)
      o == AdvisePart(s, i, a, b, advice, prof)
      over == Outcome(s, IF hole \/ p < end THEN Failed("ENOMEM") ELSE Done(0))
  IN IF p >= end \/ i > Len(s.vmas) THEN over
     ELSE IF s.vmas[i].start >= end THEN over
     ELSE IF ~o.result.ok THEN o
     ELSE AdviseFrom(o.space, advice, b, end, hole \/ p < a, prof)

\* madvise(2): faulting in ends at a hole; until 6.8 it passes over holes, like other advice.
Madvise(s, c, prof) ==
  LET errno == FirstErrno(MadviseArguments(c, prof))
  IN IF errno # "" THEN Outcome(s, Failed(errno))
     ELSE IF Populates(c.advice) /\ ~prof.populateSkipsHoles
     THEN FaultIn(s, c.advice = "POPULATE_WRITE", c.addr, c.addr + c.len)
     ELSE AdviseFrom(s, c.advice, c.addr, c.addr + c.len, FALSE, prof)

(***************************************************************************)
(* msync(2), mincore(2).                                                   *)
(***************************************************************************)
MsInvalidate == 2

\* Some page of [a, b) is locked, beyond holes too.
LockedPageIn(s, a, b) == LockedPages(Between(s.vmas, a, b)) > 0

\* msync(2): what is locked is not invalidated; holes are told at the end (sys_msync).
Msync(s, c) ==
  LET errno == FirstErrno(MsyncArguments(c))
      end == c.addr + c.len
  IN Outcome(s, IF errno # "" THEN Failed(errno)
                ELSE IF c.len = 0 THEN Done(0)
                ELSE IF HasMode(c.mode, MsInvalidate) /\ LockedPageIn(s, c.addr, end) THEN Failed("EBUSY")
                ELSE IF ~FullyMapped(s.vmas, c.addr, end) THEN Failed("ENOMEM")
                ELSE Done(0))

\* mincore(2): a hole is ENOMEM, and what was told of the pages before it does not count (do_mincore).
Mincore(s, c) ==
  LET errno == FirstErrno(MincoreArguments(c))
  IN Outcome(s, IF errno # "" THEN Failed(errno)
                ELSE IF ~FullyMapped(s.vmas, c.addr, c.addr + c.len) THEN Failed("ENOMEM")
                ELSE Done(0))
=============================================================================
