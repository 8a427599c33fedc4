--------------------------- MODULE StepProperties ---------------------------
(***************************************************************************)
(* What is true of every step: P(s, c, r, t, prof) relates the space       *)
(* before, the call, its result, and the space after, under the facts      *)
(* `prof` of the release.  Each operator that is defined here and is not   *)
(* LOCAL is a property; helpers are in PropertyLib.  The order is from the *)
(* particular to the general: a mutant is named after the first property   *)
(* that it violates.                                                       *)
(*                                                                         *)
(* They hold as implemented: where a defect of a release reaches beyond    *)
(* the range, the property says how far, guarded by the fact in `prof`;    *)
(* under IntendedProfile nothing is excused.                               *)
(***************************************************************************)
EXTENDS PropertyLib

\* Every present private page lies in a private VMA that has an anon_vma, through which reclaim finds it (folio_add_new_anon_rmap; defect: copyLosesAnonVma).
FramesHaveAnonVma(s, c, r, t, prof) ==
  ~prof.copyLosesAnonVma => \A p \in DOMAIN t.frames :
    LET v == VmaAt(t.vmas, p) IN v.start <= p /\ p < v.end /\ ~v.shared /\ v.anonVma # 0

(***************************************************************************)
(* Results.                                                                *)
(***************************************************************************)

\* A call either returns a value or names an error (man-pages: errno(3)).
ResultWellFormed(s, c, r, t, prof) == r.ok = (r.errno = "")

\* Arguments that have no value in pages are refused, and nothing happens (check_mremap_params and the like).
BadArgumentsRefused(s, c, r, t, prof) ==
  BadArguments(c) => ~r.ok /\ s.vmas = t.vmas /\ s.frames = t.frames

(***************************************************************************)
(* The parameter checks of mremap: no new length, a target without         *)
(* MREMAP_MAYMOVE, DONTUNMAP with two lengths, an overlap                  *)
(* (check_mremap_params).  Until 6.16 what is wrong with the source may    *)
(* come before what is wrong with the target (mremap_to).                  *)
(***************************************************************************)
ParametersChecked(s, c, r, t, prof) ==
  IsMremap(c) /\ c.argClass # "wraps" /\ ~BadArguments(c) /\ ~ParametersFit(c, prof) =>
    /\ s.vmas = t.vmas
    /\ \/ r.errno = "EINVAL"
       \/ /\ FormFits(c, prof) /\ ~prof.targetRangeBeforeLookup
          /\ \/ r.errno = "EFAULT" /\ ~IsMapped(s.vmas, c.addr)
             \/ r.errno = "EPERM" /\ VmaAt(s.vmas, c.addr).sealed
             \/ r.errno = "ENOMEM" /\ NearLimit(s, c)

\* mremap of an address that is not mapped is EFAULT, and nothing happens (mremap(2)).
UnmappedSourceRefused(s, c, r, t, prof) ==
  IsMremap(c) /\ ParametersFit(c, prof) /\ ~IsMapped(s.vmas, c.addr) =>
    (r.errno = "EFAULT" \/ NearLimit(s, c)) /\ s.vmas = t.vmas

\* mremap of sealed memory is refused, even where it would do nothing (check_prep_vma; mseal(2)).
SealedSourceRefused(s, c, r, t, prof) ==
  IsMremap(c) /\ ParametersFit(c, prof) /\ VmaAt(s.vmas, c.addr).sealed =>
    /\ ~r.ok
    /\ \/ r.errno = IF MovesMany(c, prof) /\ ArmedObstacle(s.vmas, c, FirstAfter(s.vmas, c.addr)) THEN "EFAULT" ELSE "EPERM"
       \/ NearLimit(s, c)

\* Old length 0 duplicates shared memory only (check_prep_vma; mremap(2): EINVAL).
DuplicateNeedsShared(s, c, r, t, prof) ==
  IsMremap(c) /\ r.ok /\ c.len = 0 => VmaAt(s.vmas, c.addr).shared

\* Only the walk over many VMAs and a shrink may have an old range over several VMAs: what is kept lies in the first (check_prep_vma).
OldRangeInOneVma(s, c, r, t, prof) ==
  IsMremap(c) /\ r.ok /\ ~MovesMany(c, prof) /\ (NamesTarget(c) \/ c.newLen > c.len) =>
    c.addr + Min(c.len, c.newLen) <= VmaAt(s.vmas, c.addr).end

\* The address returned: the target if fixed, the old one if the memory need not or may not move (mremap(2), mmap(2)).
ReturnedAddress(s, c, r, t, prof) ==
  r.ok =>
    IF IsMremap(c)
    THEN /\ c.fixed => r.value = c.newAddr
         /\ ~c.mayMove => r.value = c.addr
         /\ ~NamesTarget(c) /\ c.newLen <= c.len => r.value = c.addr
         /\ NamesTarget(c) => r.value # c.addr
    ELSE IF c.op = "mmap" THEN r.value = c.newAddr
    ELSE r.value = 0

\* An address that the kernel chose, and one that must not be replaced, was free (get_unmapped_area; MAP_FIXED_NOREPLACE).
ChosenPlaceWasFree(s, c, r, t, prof) ==
  r.ok /\ ( \/ c.op = "mmap" /\ (~c.fixed \/ c.noReplace)
            \/ HasMoved(c, r) /\ ~c.fixed ) =>
    IsFree(s.vmas, r.value, r.value + (IF c.op = "mmap" THEN c.len ELSE c.newLen))

\* Memory that can grow where it is does not move (vrm_move_needed, vma_expandable).
GrowsInPlaceIfItCan(s, c, r, t, prof) ==
  HasMoved(c, r) /\ ~NamesTarget(c) /\ c.len > 0 =>
    LET v == VmaAt(s.vmas, c.addr)
    IN c.addr + c.len < v.end \/ ~IsFree(s.vmas, v.end, c.addr + c.newLen)

(***************************************************************************)
(* The walk over many VMAs.                                                *)
(***************************************************************************)

\* A move of two or more VMAs moves no VMA that userfaultfd watches: the walk stops at it, it stays, registered (vma_multi_allowed).
UffdExclusion(s, c, r, t, prof) ==
  LET applies == MovesMany(c, prof) /\ ParametersFit(c, prof)
      n == IF applies THEN Len(s.vmas) ELSE 0
  IN \A i \in FirstAfter(s.vmas, c.addr)..n :
       s.vmas[i].start < c.addr + c.len /\ ArmedObstacle(s.vmas, c, i) =>
         /\ ~r.ok
         /\ LET p == PieceStart(s.vmas, c, i) IN SamePage(s.vmas[i], VmaAt(t.vmas, p), p)

\* The walk fails for the first VMA that stops it, with that VMA's error: EFAULT if armed, EPERM if it or its destination is sealed.
FirstObstacleDecides(s, c, r, t, prof) ==
  LET k == Obstacle(s.vmas, c)
  IN MovesMany(c, prof) /\ ParametersFit(c, prof) /\ IsMapped(s.vmas, c.addr) /\ k # 0 /\ ~NearLimit(s, c) =>
       r.errno = IF ArmedObstacle(s.vmas, c, k) THEN "EFAULT" ELSE "EPERM"

\* Nothing stops the walk: it gets to the end (remap_move).
UnhinderedMoveSucceeds(s, c, r, t, prof) ==
  MovesMany(c, prof) /\ ParametersFit(c, prof) /\ IsMapped(s.vmas, c.addr) /\ Obstacle(s.vmas, c) = 0 =>
    r.errno # "EFAULT" /\ r.errno # "EPERM" /\ r.errno # "EINVAL"

\* What the walk did not reach stays in the source, and so does what lies at its destination: the pieces moved are a prefix.
MovedPiecesArePrefix(s, c, r, t, prof) ==
  LET done == Progress(s, c, r, prof)
      pts == PointsIf(StoppedPartWay(c, r, prof), s, c, r, t)
  IN \A i \in 1..Len(pts) :
       Within(pts[i], c.addr + done, c.len - done) \/ Within(pts[i], c.newAddr + done, c.newLen - done) =>
         LET v == VmaAt(s.vmas, pts[i])
             u == VmaAt(t.vmas, pts[i])
         IN SameMemory(v, u, pts[i]) /\ v.uffd = u.uffd /\ v.sealed = u.sealed

\* A hole between the VMAs moved leaves what lies at its place in the destination, mapped or not (remap_move: the offset of each piece).
HolesKeepWhatLiesUnder(s, c, r, t, prof) ==
  LET done == IF MovesMany(c, prof) THEN Progress(s, c, r, prof) ELSE 0
      pts == MovePoints(done > 0, s, c, r, t)
      shift(p) == p - c.addr + Dest(c, r)
  IN \A i \in 1..Len(pts) :
       Within(pts[i], c.addr, done) /\ ~IsMapped(s.vmas, pts[i]) =>
         LET q == shift(pts[i])
         IN SameMemory(VmaAt(s.vmas, q), VmaAt(t.vmas, q), q) /\ SameFrame(s, t, q)

(***************************************************************************)
(* What moves.                                                             *)
(***************************************************************************)

\* Moved memory is gone from its old place (unmap_source_vma).
MovedSourceIsUnmapped(s, c, r, t, prof) ==
  LET done == IF HasMoved(c, r) THEN c.len ELSE Progress(s, c, r, prof)
  IN IsMremap(c) /\ done > 0 /\ ~c.dontUnmap => IsFree(t.vmas, c.addr, c.addr + done)

\* MREMAP_DONTUNMAP leaves the old mapping: same memory, same registration, not locked (dontunmap_complete).
DontUnmapKeepsMapping(s, c, r, t, prof) ==
  LET done == IF c.dontUnmap THEN Progress(s, c, r, prof) ELSE 0
      pts == PointsIf(done > 0, s, c, r, t)
  IN \A i \in 1..Len(pts) :
       Within(pts[i], c.addr, done) =>
         LET v == VmaAt(s.vmas, pts[i])
             u == VmaAt(t.vmas, pts[i])
         IN /\ SameMemory(v, u, pts[i]) \/ (prof.dontunmapResetsOffset /\ IsAnonymous(v) /\ u.pgoff = u.start)
            /\ ~u.locked /\ ~u.lockonfault
            /\ u.uffd = v.uffd \/ MayLoseRegistration(c, r, prof, v, u)
            /\ u.account = v.account \/ MayLoseAccount(c, prof, v, u)

(***************************************************************************)
(* What DONTUNMAP leaves of a whole VMA, apart from its copy, is as if it  *)
(* was never written: nothing ties it to its old anon_vma                  *)
(* (dontunmap_complete).  A copy that lies against it may have been one    *)
(* VMA with it, and have an anon_vma from behind.                          *)
(***************************************************************************)
DontUnmapUnlinks(s, c, r, t, prof) ==
  c.dontUnmap /\ HasMoved(c, r) =>
    \A i \in FirstAfter(s.vmas, c.addr)..Len(s.vmas) :
      LET v == s.vmas[i]
          u == VmaAt(t.vmas, v.start)
          n == v.start - c.addr + Dest(c, r)
          joined == prof.dontunmapJoinsSource /\ (n = v.end \/ n + Pages(v) = v.start)
      IN v.start >= c.addr /\ v.end <= c.addr + c.len /\ u.start = v.start /\ u.end = v.end /\ ~joined => u.anonVma = 0

\* Moved memory has the permissions, the object and the charge that it had (copy_vma).
MovedKeepsAttributes(s, c, r, t, prof) ==
  LET done == Progress(s, c, r, prof)
      pts == MovePoints(done > 0, s, c, r, t)
      shift(p) == p - c.addr + Dest(c, r)
  IN \A i \in 1..Len(pts) :
       Within(pts[i], c.addr, done) /\ IsMapped(s.vmas, pts[i]) =>
         LET v == VmaAt(s.vmas, pts[i])
             u == VmaAt(t.vmas, shift(pts[i]))
         IN /\ u.end # 0
            /\ u.read = v.read /\ u.write = v.write /\ u.exec = v.exec
            /\ u.shared = v.shared /\ u.file = v.file
            /\ u.noreserve = v.noreserve /\ ~u.sealed
            /\ u.account = v.account \/ MayLoseAccount(c, prof, v, u)

\* Moved memory is locked if it was (vrm_stat_account, copy_vma).
MovedKeepsLocks(s, c, r, t, prof) ==
  LET done == Progress(s, c, r, prof)
      pts == MovePoints(done > 0, s, c, r, t)
      shift(p) == p - c.addr + Dest(c, r)
  IN \A i \in 1..Len(pts) :
       Within(pts[i], c.addr, done) /\ VmaAt(s.vmas, pts[i]).locked =>
         LET v == VmaAt(s.vmas, pts[i])
             u == VmaAt(t.vmas, shift(pts[i]))
         IN SameLocks(u, v) \/ MayLoseLock(c, prof, v, u)

\* Memory is registered at its new place as it was, if the userfaultfd is told of moves (EVENT_REMAP), else not at all (mremap_userfaultfd_prep).
RegistrationFollowsIfHeard(s, c, r, t, prof) ==
  HasMoved(c, r) /\ VmaAt(s.vmas, c.addr).uffd # 0 =>
    LET v == VmaAt(s.vmas, c.addr)
    IN VmaAt(t.vmas, r.value).uffd = IF v.ctx \in DOMAIN s.hearsMoves THEN v.uffd ELSE 0

\* The page offset of files, shared memory and written anonymous memory goes with the pages (copy_vma).
MovedKeepsPageOffset(s, c, r, t, prof) ==
  LET done == Progress(s, c, r, prof)
      pts == MovePoints(done > 0, s, c, r, t)
      shift(p) == p - c.addr + Dest(c, r)
  IN \A i \in 1..Len(pts) :
       Within(pts[i], c.addr, done) /\ (VmaAt(s.vmas, pts[i]).file # 0 \/ VmaAt(s.vmas, pts[i]).anonVma # 0) =>
         PageIndex(VmaAt(t.vmas, shift(pts[i])), shift(pts[i])) = PageIndex(VmaAt(s.vmas, pts[i]), pts[i])

\* The page offset of anonymous memory that was never written is that of its new address (copy_vma).
MovedResetsPageOffset(s, c, r, t, prof) ==
  LET done == Progress(s, c, r, prof)
      pts == MovePoints(done > 0, s, c, r, t)
      shift(p) == p - c.addr + Dest(c, r)
      \* An earlier piece may have merged onto the end of a later source VMA and brought it an anon_vma.
      untouched(v, u) == v.end # 0 /\ v.file = 0 /\ v.anonVma = 0 /\ (u.anonVma = 0 \/ v.start <= c.addr)
  IN \A i \in 1..Len(pts) :
       Within(pts[i], c.addr, done) /\ untouched(VmaAt(s.vmas, pts[i]), VmaAt(t.vmas, shift(pts[i]))) =>
         PageIndex(VmaAt(t.vmas, shift(pts[i])), shift(pts[i])) = shift(pts[i])

\* Private pages go with the move, each to its new place, and none stays behind, not even with DONTUNMAP (move_page_tables).
FramesMoveExactly(s, c, r, t, prof) ==
  LET done == Progress(s, c, r, prof)
      shift(p) == p - c.addr + Dest(c, r)
  IN \A p \in DOMAIN s.frames :
       Within(p, c.addr, done) =>
         /\ shift(p) \in DOMAIN t.frames
         /\ t.frames[shift(p)] = s.frames[p]
         /\ p \notin DOMAIN t.frames

\* The destination of a move has no private page but those that arrived, and what its growing brought in (the destination was unmapped).
OnlyMovedFramesArrive(s, c, r, t, prof) ==
  LET done == IF HasMoved(c, r) THEN c.newLen ELSE Progress(s, c, r, prof)
      from(q) == q - Dest(c, r) + c.addr
  IN \A q \in DOMAIN t.frames :
       Within(q, Dest(c, r), done) =>
         \/ Within(from(q), c.addr, c.len) /\ from(q) \in DOMAIN s.frames /\ t.frames[q] = s.frames[from(q)]
         \/ ~IsMapped(s.vmas, from(q)) /\ SameFrame(s, t, q)
         \/ MayFault(s, c, r, q) /\ t.frames[q] \notin StayingFrames(s, c, r, prof)

\* Old length 0: a second mapping of the same object from the same page on; the first stays as it is (mremap(2)).
DuplicateMapsTheSame(s, c, r, t, prof) ==
  HasMoved(c, r) /\ c.len = 0 =>
    LET v == VmaAt(s.vmas, c.addr)
        u == VmaAt(t.vmas, r.value)
    IN /\ u.read = v.read /\ u.write = v.write /\ u.exec = v.exec
       /\ u.shared = v.shared /\ u.file = v.file /\ SameLocks(u, v)
       /\ PageIndex(u, r.value) = PageIndex(v, c.addr)
       /\ Within(c.addr, r.value, c.newLen) \/ SameMemory(v, VmaAt(t.vmas, c.addr), c.addr)

\* Memory that grows is one VMA from its first page to its last (vma_merge_extend, copy_vma).
GrownIsOneVma(s, c, r, t, prof) ==
  IsMremap(c) /\ r.ok /\ c.newLen > c.len => VmaAt(t.vmas, r.value).end >= r.value + c.newLen

\* A shrink in place unmaps the tail, over whatever VMAs and holes it reaches (shrink_vma).
ShrunkTailIsUnmapped(s, c, r, t, prof) ==
  IsMremap(c) /\ r.ok /\ c.newLen < c.len => IsFree(t.vmas, c.addr + c.newLen, c.addr + c.len)

\* What is resized in place, or not at all, stays as it is (mremap_to is not reached).
InPlaceKeepsTheRest(s, c, r, t, prof) ==
  LET pts == PointsIf(IsMremap(c) /\ r.ok /\ ~HasMoved(c, r), s, c, r, t)
  IN \A i \in 1..Len(pts) :
       Within(pts[i], c.addr, Min(c.len, c.newLen)) =>
         SamePage(VmaAt(s.vmas, pts[i]), VmaAt(t.vmas, pts[i]), pts[i]) /\ SameFrame(s, t, pts[i])

(***************************************************************************)
(* Failing mremap.                                                         *)
(***************************************************************************)

\* A failed move of one VMA leaves its memory where and as it was, but for the tail of a shrink (move_vma; the walk over many is in MovedPiecesArePrefix).
FailedMoveKeepsSource(s, c, r, t, prof) ==
  LET pts == PointsIf(IsMremap(c) /\ ~r.ok /\ ~MovesMany(c, prof), s, c, r, t)
      kept == IF StoppedLate(c, r, prof) THEN Min(c.len, c.newLen) ELSE c.len
  IN \A i \in 1..Len(pts) :
       Within(pts[i], c.addr, kept) =>
         SamePage(VmaAt(s.vmas, pts[i]), VmaAt(t.vmas, pts[i]), pts[i]) /\ SameFrame(s, t, pts[i])

(***************************************************************************)
(* All VMA checks come before the destination is unmapped: a failed call   *)
(* leaves it alone, unless the failure came later: a sealed tail of a      *)
(* shrink, no memory, an old range beyond user space, or the source was    *)
(* the destination (mremap_to).  Until 6.16 the source is checked later.   *)
(***************************************************************************)
FailedMoveSparesDestination(s, c, r, t, prof) ==
  LET late == \/ r.errno = "ENOMEM"
              \/ r.errno = "EPERM" /\ c.newLen < c.len
              \/ r.errno = "EINVAL" /\ c.newLen < c.len /\ ParametersFit(c, prof)
              \/ r.errno = "EFAULT" /\ c.len = 0 /\ Within(c.addr, c.newAddr, c.newLen)
              \/ ~prof.checksBeforeUnmap /\ ParametersFit(c, prof) /\ r.errno # "EPERM"
      pts == PointsIf(IsMremap(c) /\ ~r.ok /\ c.fixed /\ ~MovesMany(c, prof) /\ ~late, s, c, r, t)
  IN \A i \in 1..Len(pts) :
       Within(pts[i], c.newAddr, c.newLen) =>
         SamePage(VmaAt(s.vmas, pts[i]), VmaAt(t.vmas, pts[i]), pts[i]) /\ SameFrame(s, t, pts[i])

(***************************************************************************)
(* Effects of the other calls.                                             *)
(***************************************************************************)

\* mmap makes what was asked for: permissions, object, page offset; memory that is charged, locked, not sealed, not registered (__mmap_region).
MmapMakesWhatWasAsked(s, c, r, t, prof) ==
  c.op = "mmap" /\ r.ok =>
    LET u == VmaAt(t.vmas, c.newAddr)
    IN /\ u.end >= c.newAddr + c.len
       /\ u.read = c.read /\ u.write = c.write /\ u.exec = c.exec
       /\ u.shared = c.shared /\ u.file = c.file /\ u.noreserve = c.noreserve
       /\ PageIndex(u, c.newAddr) = IF c.file = 0 THEN c.newAddr ELSE c.pgoff
       /\ u.account = (c.write /\ ~c.shared /\ ~c.noreserve)
       /\ u.locked = (c.locked \/ s.lockFuture) /\ u.lockonfault = (s.lockFuture /\ s.onFaultFuture)
       /\ ~u.sealed /\ u.uffd = 0

\* What mmap replaced is gone with its pages: new memory has a page only if it is locked (vms_complete_munmap_vmas before the new VMA).
NewMemoryIsEmpty(s, c, r, t, prof) ==
  c.op = "mmap" /\ r.ok /\ ~c.locked /\ ~c.populate /\ ~s.lockFuture => \A p \in DOMAIN t.frames : ~Within(p, c.newAddr, c.len)

\* munmap leaves nothing in its range (do_vmi_munmap).
MunmapLeavesNothing(s, c, r, t, prof) ==
  c.op = "munmap" /\ r.ok => c.len > 0 /\ IsFree(t.vmas, c.addr, c.addr + c.len)

\* mprotect works up to the first page that is not mapped or is sealed, and says so; what it changed stays (do_mprotect_pkey).
ProtectGoesUpToObstacle(s, c, r, t, prof) ==
  LET end == c.addr + c.len
      stop == ProtectableEnd(s.vmas, c.addr, end)
  IN c.op = "mprotect" /\ c.argClass = "ok" /\ ~NearLimit(s, c) =>
       r.errno = IF stop = end THEN "" ELSE IF IsMapped(s.vmas, stop) THEN "EPERM" ELSE "ENOMEM"

\* mprotect sets the permissions up to where it works, and nothing else, nowhere else (mprotect_fixup).
ProtectSetsPermissions(s, c, r, t, prof) ==
  LET stop == ProtectableEnd(s.vmas, c.addr, c.addr + c.len)
      pts == RangePoints(c.op = "mprotect" /\ c.argClass = "ok" /\ ~NearLimit(s, c), s, c, r, t)
  IN \A i \in 1..Len(pts) :
       LET v == VmaAt(s.vmas, pts[i])
           u == VmaAt(t.vmas, pts[i])
           w == [v EXCEPT !.read = c.read, !.write = c.write, !.exec = c.exec, !.account = u.account]
       IN SamePage(IF pts[i] < stop THEN w ELSE v, u, pts[i])

\* The charge after mprotect: gained with write permission, lost with it, since 6.12, while the memory is untouched (mprotect_fixup).
ProtectAccounts(s, c, r, t, prof) ==
  LET stop == ProtectableEnd(s.vmas, c.addr, c.addr + c.len)
      pts == RangePoints(c.op = "mprotect" /\ c.argClass = "ok" /\ ~NearLimit(s, c), s, c, r, t)
  IN \A i \in 1..Len(pts) :
       LET v == VmaAt(s.vmas, pts[i])
           u == VmaAt(t.vmas, pts[i])
       IN pts[i] < stop /\ (v.read # c.read \/ v.write # c.write \/ v.exec # c.exec) =>
            u.account = IF c.write THEN v.account \/ (~v.write /\ ~v.shared /\ ~v.noreserve)
                        ELSE v.account /\ (v.file # 0 \/ v.anonVma # 0 \/ ~prof.mprotectReadOnlyDropsAccount)

\* mlock2 and munlock change the locks up to the first hole, and nothing else; a hole is ENOMEM (apply_vma_lock_flags).
LockGoesUpToHole(s, c, r, t, prof) ==
  LET on == c.op = "mlock2"
      applies == (on \/ c.op = "munlock") /\ c.argClass = "ok" /\ ~NearLimit(s, c)
      stop == RunEnd(s.vmas, c.addr, c.addr + c.len)
      pts == RangePoints(applies, s, c, r, t)
  IN \A i \in 1..Len(pts) :
       LET v == VmaAt(s.vmas, pts[i])
           w == [v EXCEPT !.locked = on, !.lockonfault = on /\ c.onFault]
       IN /\ SamePage(IF pts[i] < stop THEN w ELSE v, VmaAt(t.vmas, pts[i]), pts[i])
          /\ stop < c.addr + c.len => r.errno = "ENOMEM"

\* A successful mlock2 without MLOCK_ONFAULT has brought in every private writable page (__mm_populate).
LockFills(s, c, r, t, prof) ==
  LET pts == RangePoints(c.op = "mlock2" /\ r.ok /\ ~c.onFault, s, c, r, t)
  IN \A i \in 1..Len(pts) :
       VmaAt(t.vmas, pts[i]).write /\ ~VmaAt(t.vmas, pts[i]).shared =>
         pts[i] \in DOMAIN t.frames

\* mseal seals its whole range, or nothing if a page of it is not mapped (mseal(2)).
SealIsAllOrNothing(s, c, r, t, prof) ==
  LET whole == RunEnd(s.vmas, c.addr, c.addr + c.len) = c.addr + c.len
      pts == RangePoints(prof.msealExists /\ c.op = "mseal" /\ c.argClass = "ok" /\ ~NearLimit(s, c), s, c, r, t)
  IN \A i \in 1..Len(pts) :
       LET v == VmaAt(s.vmas, pts[i])
           w == [v EXCEPT !.sealed = TRUE]
       IN /\ r.ok = whole
          /\ SamePage(IF whole THEN w ELSE v, VmaAt(t.vmas, pts[i]), pts[i])

\* Registration sets the modes of every VMA in its range (those that have them all keep theirs), unregistration clears them, since 6.17 of its own
\* userfaultfd only; holes are passed over (userfaultfd_register).
RegistrationIsExact(s, c, r, t, prof) ==
  LET pts == RangePoints((c.op = "uffdRegister" \/ c.op = "uffdUnregister") /\ r.ok, s, c, r, t)
  IN \A i \in 1..Len(pts) :
       IsMapped(s.vmas, pts[i]) =>
         LET v == VmaAt(s.vmas, pts[i])
             u == VmaAt(t.vmas, pts[i])
         IN /\ SamePage([v EXCEPT !.uffd = u.uffd, !.ctx = u.ctx], u, pts[i]) \/ MayShiftOffset(c, prof)
            /\ u.ctx = IF c.op = "uffdUnregister" THEN 0 ELSE c.ctx
            /\ prof.uffdUnregistersOwnOnly => v.ctx = 0 \/ v.ctx = c.ctx
            /\ IF c.op = "uffdUnregister" THEN u.uffd = 0
               ELSE u.uffd = c.mode \/ (u.uffd = v.uffd /\ \A m \in {UffdMissing, UffdWp, UffdMinor} :
                                                            HasMode(c.mode, m) => HasMode(v.uffd, m))

\* Closing a userfaultfd leaves nothing that is registered with it, and everything else (userfaultfd_release_all).
CloseReleasesAll(s, c, r, t, prof) ==
  LET pts == PointsIf(c.op = "uffdClose" /\ r.ok, s, c, r, t)
  IN \A i \in 1..Len(pts) :
       LET v == VmaAt(s.vmas, pts[i])
           w == [v EXCEPT !.uffd = 0, !.ctx = 0]
       IN SamePage(IF v.ctx = c.ctx THEN w ELSE v, VmaAt(t.vmas, pts[i]), pts[i])

\* mlockall and munlockall say what future memory gets; munlockall leaves nothing locked; MCL_CURRENT leaves nothing unlocked but the kernel's own,
\* which is never locked (apply_mlockall_flags).
LockAllLocks(s, c, r, t, prof) ==
  c.op \in {"mlockall", "munlockall"} /\ r.ok =>
    LET on == c.op = "mlockall"
    IN /\ t.lockFuture = (on /\ HasMode(c.mode, 2))
       /\ t.onFaultFuture = (t.lockFuture /\ HasMode(c.mode, 4))
       /\ \A i \in 1..Len(t.vmas) :
            ~on \/ HasMode(c.mode, 1) =>
              /\ t.vmas[i].locked = (on /\ ~IsSpecial(t.vmas[i]))
              /\ t.vmas[i].lockonfault = (t.vmas[i].locked /\ HasMode(c.mode, 4))

\* The heap ends where it was asked to, or where it ended: what is between becomes memory that can be written, or is unmapped (sys_brk).
HeapEndMoves(s, c, r, t, prof) ==
  c.op = "brk" =>
    /\ r.ok
    /\ t.heapEnd = c.addr \/ t.heapEnd = s.heapEnd
    /\ t.heapEnd > s.heapEnd =>
         LET u == VmaAt(t.vmas, s.heapEnd)
         IN u.end >= t.heapEnd /\ u.read /\ u.write /\ ~u.exec /\ u.file = 0 /\ u.account /\ u.locked = s.lockFuture
    /\ t.heapEnd < s.heapEnd => IsFree(t.vmas, t.heapEnd, s.heapEnd)

\* brk changes nothing but between the old and the new end of the heap (do_brk_flags, do_vmi_munmap).
HeapKeepsTheRest(s, c, r, t, prof) ==
  LET pts == PointsIf(c.op = "brk", s, c, r, t)
  IN \A i \in 1..Len(pts) :
       pts[i] < Min(s.heapEnd, t.heapEnd) \/ pts[i] >= Max(s.heapEnd, t.heapEnd) =>
         SamePage(VmaAt(s.vmas, pts[i]), VmaAt(t.vmas, pts[i]), pts[i])

(***************************************************************************)
(* Advice that is kept: the flag that MADV_x leaves on, or off.  What a    *)
(* hole ends in ENOMEM was done before and behind the hole (madvise_vma_   *)
(* behavior; shared memory is not merged by KSM).                          *)
(***************************************************************************)
AdviceSetsFlags(s, c, r, t, prof) ==
  LET on == CASE c.advice = "DONTFORK" -> VmDontCopy
              [] c.advice = "WIPEONFORK" -> VmWipeOnFork
              [] c.advice = "DONTDUMP" -> VmDontDump
              [] c.advice = "MERGEABLE" -> VmMergeable
              [] c.advice = "SEQUENTIAL" -> VmSeqRead
              [] c.advice = "RANDOM" -> VmRandRead
              [] OTHER -> 0
      off == CASE c.advice = "DOFORK" -> VmDontCopy
               [] c.advice = "KEEPONFORK" -> VmWipeOnFork
               [] c.advice = "DODUMP" -> VmDontDump
               [] c.advice = "UNMERGEABLE" -> VmMergeable
               [] c.advice = "NORMAL" -> VmSeqRead
               [] OTHER -> 0
      pts == RangePoints(c.op = "madvise" /\ (r.ok \/ r.errno = "ENOMEM"), s, c, r, t)
  IN \A i \in 1..Len(pts) :
       IsMapped(s.vmas, pts[i]) =>
         LET u == VmaAt(t.vmas, pts[i])
         IN /\ on # 0 => HasMode(u.extra, on) \/ (c.advice = "MERGEABLE" /\ u.shared)
            /\ off # 0 => ~HasMode(u.extra, off)

\* madvise changes flags of its own only: never the range, permissions, locks, charge or registration (defect: MADV_UNMERGEABLE).
AdviceKeepsMemory(s, c, r, t, prof) ==
  LET pts == PointsIf(c.op = "madvise", s, c, r, t)
      spoilt == prof.unmergeableDropsHighFlags /\ c.advice = "UNMERGEABLE"
  IN \A i \in 1..Len(pts) :
       LET v == VmaAt(s.vmas, pts[i])
           u == VmaAt(t.vmas, pts[i])
           w == [v EXCEPT !.extra = u.extra]
       IN SamePage(IF spoilt THEN [w EXCEPT !.sealed = u.sealed, !.uffd = u.uffd, !.ctx = u.ctx] ELSE w, u, pts[i])

\* MADV_DONTNEED leaves no private page in its range, unless memory that is locked or sealed ended it (zap_page_range_single).
DiscardEmpties(s, c, r, t, prof) ==
  c.op = "madvise" /\ c.advice \in {"DONTNEED", "DONTNEED_LOCKED", "GUARD_INSTALL"} /\ (r.ok \/ r.errno = "ENOMEM") =>
    \A p \in DOMAIN t.frames : ~Within(p, c.addr, c.len)

\* Guard pages come and go by madvise, go with what is unmapped, and move with what moves (madvise_guard_install, move_page_tables).
GuardsOnlyByAdvice(s, c, r, t, prof) ==
  \A p \in DOMAIN t.guards :
    p \notin DOMAIN s.guards =>
      \/ prof.guardRegionsExist /\ c.op = "madvise" /\ c.advice = "GUARD_INSTALL" /\ Within(p, c.addr, c.len)
      \/ IsMremap(c) /\ Within(p, Dest(c, r), DestLen(c, r)) /\ p - Dest(c, r) + c.addr \in DOMAIN s.guards

\* Memory is locked, guarded or known to be there by other calls: these ask only (sys_msync, sys_mincore, a read fault brings in no private page).
QueriesChangeNothing(s, c, r, t, prof) == c.op \in {"load", "msync", "mincore"} => s = t

\* A store needs a writable VMA, and then does not raise SIGSEGV, but for guard pages (access_error in arch/x86/mm/fault.c).
StoreNeedsPermission(s, c, r, t, prof) ==
  c.op = "store" /\ c.len = 1 =>
    \/ VmaAt(s.vmas, c.addr).write = (r.errno # "SIGSEGV")
    \/ r.errno = "SIGSEGV" /\ c.addr \in DOMAIN s.guards

\* A store to private memory leaves the page present, and a page that it brings has an anon_vma (do_anonymous_page, do_cow_fault; what is there may
\* have lost it, defect: copyLosesAnonVma).
StoreBringsPage(s, c, r, t, prof) ==
  c.op = "store" /\ r.ok /\ ~VmaAt(s.vmas, c.addr).shared =>
    /\ c.addr \in DOMAIN t.frames
    /\ VmaAt(t.vmas, c.addr).anonVma # 0 \/ (prof.copyLosesAnonVma /\ c.addr \in DOMAIN s.frames)

(***************************************************************************)
(* Sealed memory.                                                          *)
(***************************************************************************)

\* Sealed memory stays mapped where it is, as it is, and keeps its pages unless its owner could overwrite them; locks, registration and advice may change (mseal(2), can_modify_mm).
SealedMemoryUnchanged(s, c, r, t, prof) ==
  LET pts == ChangedPoints(s, c, r, t)
  IN \A i \in 1..Len(pts) :
       LET v == VmaAt(s.vmas, pts[i])
           u == VmaAt(t.vmas, pts[i])
       IN v.sealed =>
            /\ SameMemory(v, u, pts[i])
            /\ u.sealed \/ (prof.unmergeableDropsHighFlags /\ c.advice = "UNMERGEABLE")
            /\ pts[i] \in DOMAIN s.frames /\ (c.op # "madvise" \/ (v.file = 0 /\ ~v.write)) => SameFrame(s, t, pts[i])

\* Only mseal seals, and only its range; there is no mseal until 6.9.
SealOnlyByMseal(s, c, r, t, prof) ==
  LET pts == ChangedPoints(s, c, r, t)
  IN \A i \in 1..Len(pts) :
       VmaAt(t.vmas, pts[i]).sealed /\ ~VmaAt(s.vmas, pts[i]).sealed =>
         prof.msealExists /\ c.op = "mseal" /\ Within(pts[i], c.addr, c.len)

(***************************************************************************)
(* Merges and splits.                                                      *)
(***************************************************************************)

\* Two VMAs that became one could be one: contiguous in page offset, same object, anon_vmas that agree; outside the range equal in all
\* (is_mergeable_vma).  Until 6.15 a written piece does not join what was never written (is_mergeable_anon_vma).
MergesOnlyMergeable(s, c, r, t, prof) ==
  \A i \in 1..(Len(s.vmas) - 1) :
    LET u == s.vmas[i]
        v == s.vmas[i + 1]
        p == v.start
        w == VmaAt(t.vmas, p)
        replaced(q) == (c.op = "mmap" /\ Within(q, c.newAddr, c.len)) \/ (IsMremap(c) /\ Within(q, Dest(c, r), DestLen(c, r)))
        joined(x, q, n, o) == x.anonVma # 0 /\ Named(c, r, q) /\ n.anonVma = 0 /\ ~Named(c, r, o)
    IN u.end = p /\ w.start < p /\ p < w.end /\ ~replaced(p - 1) /\ ~replaced(p) =>
         /\ Continues(u, v) \/ MayShiftOffset(c, prof)
         /\ AnonCompatible(u.anonVma, v.anonVma, s.forkedBelow)
         /\ prof.faultedJoinsUnfaulted \/ (~joined(u, p - 1, v, p) /\ ~joined(v, p, u, p - 1))
         /\ u.shared = v.shared /\ u.file = v.file /\ u.noreserve = v.noreserve
         /\ ~Named(c, r, p - 1) /\ ~Named(c, r, p) =>
              SameAttributes([u EXCEPT !.uffd = IF MayLoseRegistration(c, r, prof, u, w) THEN 0 ELSE u.uffd,
                                       !.ctx = IF MayLoseRegistration(c, r, prof, u, w) THEN 0 ELSE u.ctx,
                                       !.locked = u.locked /\ w.locked, !.lockonfault = u.lockonfault /\ w.locked],
                             [v EXCEPT !.uffd = IF MayLoseRegistration(c, r, prof, v, w) THEN 0 ELSE v.uffd,
                                       !.ctx = IF MayLoseRegistration(c, r, prof, v, w) THEN 0 ELSE v.ctx,
                                       !.locked = v.locked /\ w.locked, !.lockonfault = v.lockonfault /\ w.locked])

\* Memory that stays never changes its anon_vma; it may lose it where DONTUNMAP left a whole VMA empty, and then have that of a copy with which it
\* is one VMA (is_mergeable_anon_vma, unlink_anon_vmas).
AnonVmaKept(s, c, r, t, prof) ==
  LET left == IF StoppedLate(c, r, prof) THEN c.len ELSE Progress(s, c, r, prof)
      replaced(p) == (c.op = "mmap" /\ Within(p, c.newAddr, c.len)) \/ (IsMremap(c) /\ Within(p, Dest(c, r), DestLen(c, r)))
      pts == ChangedPoints(s, c, r, t)
  IN \A i \in 1..Len(pts) :
       VmaAt(s.vmas, pts[i]).anonVma # 0 /\ IsMapped(t.vmas, pts[i]) /\ ~replaced(pts[i]) =>
         LET u == VmaAt(t.vmas, pts[i])
         IN \/ u.anonVma = VmaAt(s.vmas, pts[i]).anonVma
            \/ /\ c.dontUnmap /\ Within(pts[i], c.addr, left)
               /\ u.anonVma = 0 \/ Overlap(u.start, u.end, Dest(c, r), Dest(c, r) + DestLen(c, r))

\* Memory that moves takes its anon_vma with it (anon_vma_clone in copy_vma).
MovedKeepsAnonVma(s, c, r, t, prof) ==
  LET done == Progress(s, c, r, prof)
      pts == MovePoints(done > 0, s, c, r, t)
      shift(p) == p - c.addr + Dest(c, r)
  IN \A i \in 1..Len(pts) :
       Within(pts[i], c.addr, done) /\ VmaAt(s.vmas, pts[i]).anonVma # 0 =>
         \/ VmaAt(t.vmas, shift(pts[i])).anonVma = VmaAt(s.vmas, pts[i]).anonVma
         \/ prof.copyLosesAnonVma

\* Only private memory has an anon_vma; shared memory gets one with guard pages, where these are not marked (__anon_vma_prepare).
AnonVmaIsPrivate(s, c, r, t, prof) ==
  prof.guardsAreMarked => \A i \in 1..Len(t.vmas) : t.vmas[i].anonVma # 0 => ~t.vmas[i].shared

\* An anon_vma is new only where the call wrote to memory or filled it (__anon_vma_prepare).
AnonVmaOnlyByFault(s, c, r, t, prof) ==
  LET known == {s.vmas[i].anonVma : i \in 1..Len(s.vmas)}
  IN \A k \in 1..Len(t.vmas) :
       t.vmas[k].anonVma # 0 /\ t.vmas[k].anonVma \notin known =>
         \/ c.op \in {"store", "mlock2", "mprotect"} /\ Overlap(t.vmas[k].start, t.vmas[k].end, c.addr, c.addr + c.len)
         \/ c.op = "madvise" /\ c.advice \in {"GUARD_INSTALL", "POPULATE_WRITE"} /\ Overlap(t.vmas[k].start, t.vmas[k].end, c.addr, c.addr + c.len)
         \/ c.op = "mlockall" \/ (c.op = "brk" /\ s.lockFuture)
         \/ /\ c.op = "mmap" /\ (c.locked \/ c.populate \/ s.lockFuture)
            /\ Overlap(t.vmas[k].start, t.vmas[k].end, c.newAddr, c.newAddr + c.len)
         \/ IsMremap(c) /\ r.ok /\ c.newLen > c.len /\ t.vmas[k].locked /\ t.vmas[k].start <= r.value /\ r.value < t.vmas[k].end

(***************************************************************************)
(* Memory that was never written gets no anon_vma that came by fork: not   *)
(* by a merge, not at its first write.  Only memory that grows takes its   *)
(* own along, over whatever lies behind it (is_mergeable_anon_vma,         *)
(* reusable_anon_vma, vma_merge_extend).                                   *)
(***************************************************************************)
ForkedAnonNotShared(s, c, r, t, prof) ==
  LET pts == PointsIf(s.forkedBelow > 0 /\ ~(IsMremap(c) /\ (r.value = c.addr \/ prof.forkedCopyJoins)), s, c, r, t)
      moved(p) == HasMoved(c, r) /\ Within(p, r.value, c.newLen)
  IN \A i \in 1..Len(pts) :
       LET v == VmaAt(s.vmas, pts[i])
       IN IsMapped(s.vmas, pts[i]) /\ v.anonVma = 0 /\ ~moved(pts[i]) => ~IsForked(VmaAt(t.vmas, pts[i]).anonVma, s.forkedBelow)

(***************************************************************************)
(* Where a merge was attempted, no two neighbours are left that could be   *)
(* one.  The sites: both ends of new memory (mmap, copy, growth) and both  *)
(* ends of a piece whose attributes changed.  munmap, what a move leaves   *)
(* behind, and the reset of a registration after a move are none.  Until   *)
(* 6.15 it depends on which of the two was there first whether memory that *)
(* was written becomes one with memory that was not.                       *)
(***************************************************************************)
MergedWhereAttempted(s, c, r, t, prof) ==
  \A k \in 1..(Len(t.vmas) - 1) :
    LET p == t.vmas[k].end
        changed(q) == ~SamePage(VmaAt(s.vmas, q), VmaAt(t.vmas, q), q)
        dest == Dest(c, r)
        arrived(q) == Within(q, dest, Progress(s, c, r, prof)) /\ IsMapped(s.vmas, q - dest + c.addr)
        \* What DONTUNMAP does to the old VMA after the attempt may make it alike; there is no second attempt.
        unlocked == c.dontUnmap /\ (TouchesSource(t.vmas[k], c) \/ TouchesSource(t.vmas[k + 1], c))
        \* The next piece's destination was cut off before a sealed VMA in it was met.
        cut == ~r.ok /\ r.errno = "EPERM" /\ p = dest + Progress(s, c, r, prof)
        attempted ==
          CASE c.op = "mmap" -> r.ok /\ (p = c.newAddr \/ p = c.newAddr + c.len)
            [] c.op = "mremap" ->
                 \/ /\ VmaAt(s.vmas, c.addr).uffd = 0 /\ ~unlocked /\ ~cut
                    /\ \/ arrived(p) \/ (p > 0 /\ arrived(p - 1))
                       \* Memory that grew; the range of several VMAs may end in a hole.
                       \/ HasMoved(c, r) /\ c.newLen > c.len /\ p = dest + c.newLen
                 \/ r.ok /\ ~HasMoved(c, r) /\ c.newLen > c.len /\ p = c.addr + c.newLen
            [] c.op = "brk" -> FALSE
            [] NamesNoRange(c) -> changed(p) \/ (p > 0 /\ changed(p - 1))
            [] OTHER -> (Within(p, c.addr, c.len) /\ changed(p)) \/ (p > 0 /\ Within(p - 1, c.addr, c.len) /\ changed(p - 1))
        \* Which private pages of a file continue others is in an offset that is not in the VMA here.
        unknown == \/ prof.privateFilesHaveAnonOffset /\ t.vmas[k].file # 0 /\ ~t.vmas[k].shared
                   \/ /\ ~prof.faultedJoinsUnfaulted
                      /\ \/ t.vmas[k].anonVma # t.vmas[k + 1].anonVma
                         \* The call wrote one of them after the attempt (mlock).
                         \/ VmaAt(s.vmas, p - 1).anonVma # VmaAt(s.vmas, p).anonVma
                   \/ MayShiftOffset(c, prof)
    IN t.vmas[k + 1].start = p /\ attempted /\ ~unknown => ~CanMerge(t.vmas[k], t.vmas[k + 1], s.forkedBelow)

\* A VMA is cut only at an end of a range that the call names, or where a piece that it moves begins or ends (__split_vma).
SplitsOnlyAtRangeEnds(s, c, r, t, prof) ==
  LET pts == ChangedPoints(s, c, r, t)
      ends == CallEdges(c, r)
      isEnd(p) == VmaAt(t.vmas, p).start = p \/ VmaAt(t.vmas, p - 1).end = p
      image(p) == MovesMany(c, prof) /\ Within(p, c.newAddr, c.newLen + 1)
                    /\ LET q == p - c.newAddr + c.addr IN IndexAt(s.vmas, q) # IndexAt(s.vmas, q - 1)
  IN \A i \in 1..Len(pts) :
       LET v == VmaAt(s.vmas, pts[i])
       IN v.start < pts[i] /\ v.end # 0 /\ isEnd(pts[i]) =>
            (\E k \in 1..Len(ends) : ends[k] = pts[i]) \/ image(pts[i]) \/ (c.op = "brk" /\ pts[i] = s.heapEnd)

(***************************************************************************)
(* What stays.                                                             *)
(***************************************************************************)

\* Private pages stay where they are, unless they were unmapped, replaced or moved.
FramesStay(s, c, r, t, prof) ==
  \A p \in DOMAIN s.frames :
    ~LeavesPlace(s, c, r, p, prof) =>
      p \in DOMAIN t.frames /\ t.frames[p] = s.frames[p]

\* A private page that was not there before is a new one, in a range that the call writes to or fills; none is mapped a second time.
FramesOnlyByFault(s, c, r, t, prof) ==
  \A p \in DOMAIN t.frames :
    ~SameFrame(s, t, p) /\ ~(IsMremap(c) /\ Within(p, Dest(c, r), DestLen(c, r))) =>
      MayFault(s, c, r, p) /\ t.frames[p] \notin StayingFrames(s, c, r, prof)

\* Memory outside the ranges that the call names is what it was: mapped, permissions, object, page.
NothingOutsideChanges(s, c, r, t, prof) ==
  LET pts == ChangedPoints(s, c, r, t)
  IN \A i \in 1..Len(pts) :
       ~Named(c, r, pts[i]) => SameMemory(VmaAt(s.vmas, pts[i]), VmaAt(t.vmas, pts[i]), pts[i])

\* No call changes a registration outside its ranges (mremap_userfaultfd_prep; defect: the neighbour that the destination merged with).
RegistrationOutsideUnchanged(s, c, r, t, prof) ==
  LET pts == ChangedPoints(s, c, r, t)
  IN \A i \in 1..Len(pts) :
       ~Named(c, r, pts[i]) =>
         LET v == VmaAt(s.vmas, pts[i])
             u == VmaAt(t.vmas, pts[i])
         IN u.uffd = v.uffd \/ MayLoseRegistration(c, r, prof, v, u)

\* No call locks or unlocks memory outside its ranges (defect: the rest of a VMA of which a part was moved with DONTUNMAP).
LocksOutsideUnchanged(s, c, r, t, prof) ==
  LET pts == ChangedPoints(s, c, r, t)
  IN \A i \in 1..Len(pts) :
       ~Named(c, r, pts[i]) =>
         LET v == VmaAt(s.vmas, pts[i])
             u == VmaAt(t.vmas, pts[i])
         IN SameLocks(v, u) \/ MayLoseLock(c, prof, v, u)

\* No call changes what is charged outside its ranges (defect: the rest of a VMA of which a part was moved with DONTUNMAP).
ChargeOutsideUnchanged(s, c, r, t, prof) ==
  LET pts == ChangedPoints(s, c, r, t)
  IN \A i \in 1..Len(pts) :
       ~Named(c, r, pts[i]) =>
         LET v == VmaAt(s.vmas, pts[i])
             u == VmaAt(t.vmas, pts[i])
         IN v.account = u.account \/ MayLoseAccount(c, prof, v, u)

\* A failed call other than mremap and those that work VMA by VMA changes no page; VMAs that it split stay split (do_vmi_munmap).
FailureChangesNoPage(s, c, r, t, prof) ==
  LET whole == c.op \in {"mmap", "munmap", "load", "store"} \/ (c.op \in {"mseal", "uffdRegister", "uffdUnregister"} /\ ~NearLimit(s, c))
      pts == IF ~r.ok /\ whole THEN ChangedPoints(s, c, r, t) ELSE <<>>
  IN \A i \in 1..Len(pts) :
       IsMapped(s.vmas, pts[i]) \/ IsMapped(t.vmas, pts[i]) =>
         SamePage(VmaAt(s.vmas, pts[i]), VmaAt(t.vmas, pts[i]), pts[i])

(***************************************************************************)
(* Limits: no call takes what a limit does not leave, whatever it returns. *)
(* A process may be beyond a limit that was lowered, and then it may not   *)
(* get further.                                                            *)
(***************************************************************************)

\* There are no more VMAs than max_map_count, but one: mmap and brk look no closer; a refused munmap may leave one more behind (do_mmap, vms_gather_munmap_vmas).
MapsWithinLimit(s, c, r, t, prof) ==
  t.mapCount > s.mapCount =>
    t.mapCount + t.elsewhere.maps <= t.limits.maps + (IF r.errno = "EPERM" THEN 2 ELSE 1)

\* No more is locked than RLIMIT_MEMLOCK, without CAP_IPC_LOCK (mlock_future_ok; defect: MREMAP_DONTUNMAP that counts twice).
LockedWithinLimit(s, c, r, t, prof) ==
  ~t.limits.ipcLock /\ t.lockedVm > s.lockedVm /\ ~(prof.dontunmapCountsLockedTwice /\ IsMremap(c) /\ c.dontUnmap) =>
    t.lockedVm + t.elsewhere.locked <= t.limits.memlock

\* No more is mapped than RLIMIT_AS (may_expand_vm).
MemoryWithinLimit(s, c, r, t, prof) ==
  t.totalVm > s.totalVm => t.totalVm + t.elsewhere.total <= t.limits.as

(***************************************************************************)
(* No more of it is data than RLIMIT_DATA, where that is not 0             *)
(* (may_expand_vm).  mmap takes all that it replaces for given back, data  *)
(* or not (count_vma_pages_range); mprotect does not ask beyond RLIMIT_AS  *)
(* (mprotect_fixup).                                                       *)
(***************************************************************************)
DataWithinLimit(s, c, r, t, prof) ==
  LET replaced == IF c.op = "mmap" THEN TotalPages(Between(s.vmas, c.newAddr, c.newAddr + c.len)) ELSE 0
  IN t.limits.data # 0 /\ t.totalVm + t.elsewhere.data > t.limits.data /\ t.totalVm + t.elsewhere.total <= t.limits.as =>
       \/ DataPages(t.vmas) <= DataPages(s.vmas)
       \/ DataPages(t.vmas) + t.elsewhere.data <= t.limits.data + replaced

(***************************************************************************)
(* Accounting, step by step.                                               *)
(***************************************************************************)

(***************************************************************************)
(* locked_vm changes by what is locked and unlocked.  DONTUNMAP: the       *)
(* memory moved counts once (old place unlocked, new one locked), with the *)
(* defect twice; what else loses VM_LOCKED is not given back               *)
(* (vrm_stat_account, dontunmap_complete).                                 *)
(***************************************************************************)
LockedVmExact(s, c, r, t, prof) ==
  IF IsMremap(c) /\ c.dontUnmap
  THEN /\ t.lockedVm + LockedPages(s.vmas) >= s.lockedVm + LockedPages(t.vmas)
       /\ r.ok /\ VmaAt(s.vmas, c.addr).end >= c.addr + c.len =>
            t.lockedVm + (IF c.fixed THEN LockedIn(s.vmas, c.newAddr, c.newAddr + c.len) ELSE 0)
              = s.lockedVm + (IF prof.dontunmapCountsLockedTwice THEN LockedIn(s.vmas, c.addr, c.addr + c.len) ELSE 0)
  ELSE t.lockedVm + LockedPages(s.vmas) = s.lockedVm + LockedPages(t.vmas)

\* The commit charge changes by the pages of VMAs with VM_ACCOUNT that come and go (vrm_calc_charge; defects: a move that shrinks, DONTUNMAP that clears the flag).
CommittedExact(s, c, r, t, prof) ==
  LET leak == IF prof.fixedShrinkLeaksCommit /\ HasMoved(c, r) /\ c.len > c.newLen /\ VmaAt(s.vmas, c.addr).account
              THEN c.len - c.newLen ELSE 0
  IN IF prof.dontunmapClearsAccount /\ IsMremap(c) /\ c.dontUnmap
     THEN t.committed + AccountPages(s.vmas) >= s.committed + AccountPages(t.vmas)
     ELSE t.committed + AccountPages(s.vmas) = s.committed + AccountPages(t.vmas) + leak
=============================================================================
