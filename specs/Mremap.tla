------------------------------- MODULE Mremap -------------------------------
(***************************************************************************)
(* mremap(2) as a function (space, call, choice, prof) -> [space, result]: *)
(* what the call means, for Linux 6.1 to 7.3, in the order in which its    *)
(* checks and effects can be told apart.  MremapPhases.tla does the same   *)
(* work one phase at a time; MCPhases checks that it ends like this.       *)
(*                                                                         *)
(* `choice` is the address that get_unmapped_area gives where the caller   *)
(* left it open, 0 if there is no room.  Not modelled: hugetlb, drivers'   *)
(* mappings.                                                               *)
(***************************************************************************)
EXTENDS Calls

\* FIXED with equal lengths: the walk over many VMAs, since 6.17 (vrm_move_only).
WalksMany(c, prof) == prof.multiVmaMove /\ c.fixed /\ c.len = c.newLen

(***************************************************************************)
(* Room for more VMAs (sysctl max_map_count).  A call asks once for more   *)
(* than it needs, each move asks again: up to 7.0 a call with a target for *)
(* 6, and a move for 4; since 7.1 every call for 4 (DONTUNMAP, late in     *)
(* 7.2, for 5), and a move for 2.  The call asks before it looks the       *)
(* source up, but until 6.14 when it has checked the target.               *)
(***************************************************************************)
HasRoom(s, c, prof) ==
  IF prof.mapsCountedUnderLock THEN RoomFor(s, IF c.dontUnmap /\ prof.dontunmapCountsOneMore THEN 5 ELSE 4)
  ELSE ~HasTarget(c) \/ RoomFor(s, 6)

\* Room is asked for when the source was found and the target checked (mremap_to).
AsksForRoomLate(prof) == ~prof.newAddressCheckedBeforeLookup

\* A piece can be moved (prep_move_vma).
HasRoomToMove(s, prof) == RoomFor(s, IF prof.mapsCountedUnderLock THEN 2 ELSE 4)

\* What is known before a VMA was looked up (check_mremap_params).
EarlyErrno(s, c, prof) ==
  LET errno == FirstErrno(MremapArguments(c, prof))
  IN IF errno # "" THEN errno ELSE IF AsksForRoomLate(prof) \/ HasRoom(s, c, prof) THEN "" ELSE "ENOMEM"

\* The source, when it was found (vma_lookup, can_modify_mm): nothing there, or sealed.
FoundErrno(v) == IF v = NoVma THEN "EFAULT" ELSE IF v.sealed THEN "EPERM" ELSE ""

\* What is found out only when the source is known (mremap_to): until 6.16 that the target is bad, until 6.14 that there is no room.
LateTargetErrno(s, c, prof) ==
  FirstErrno(<<
    Row(BadTarget(c) /\ ~prof.targetRangeBeforeLookup, "EINVAL"),
    Row(AsksForRoomLate(prof) /\ ~HasRoom(s, c, prof), "ENOMEM") >>)

(***************************************************************************)
(* The source VMA v of page a, for len pages to become newLen              *)
(* (check_prep_vma; until 6.16 vma_to_resize): one VMA, large enough,      *)
(* allowed to grow.  Without a target, what does not grow may run over     *)
(* other VMAs and holes.                                                   *)
(***************************************************************************)
SourceErrno(s, v, c, a, len, newLen) ==
  LET checked == HasTarget(c) \/ newLen > len
      by == Monus(newLen, len)
  IN FirstErrno(<<
       Row(checked /\ len = 0 /\ ~v.shared, "EINVAL"),
       Row(checked /\ a + Min(len, newLen) > v.end, "EFAULT"),
       Row(by > 0 /\ v.locked /\ ~MayLock(s, by), "EAGAIN"),
       Row(by > 0 /\ ~MayExpand(s, IsData(v), by), "ENOMEM") >>)

\* The source is checked, for a call with a target, when the destination is gone already: until 6.16 (vma_to_resize in mremap_to).
ChecksSourceLate(c, prof) == HasTarget(c) /\ ~prof.checksBeforeUnmap

\* All checks that come when the VMA v was found at page a, and before anything is touched (check_prep_vma).
VmaErrno(s, v, c, a, len, newLen, prof) ==
  LET found == FoundErrno(v)
      late == LateTargetErrno(s, c, prof)
  IN IF found # "" THEN found
     ELSE IF late # "" THEN late
     ELSE IF ChecksSourceLate(c, prof) THEN "" ELSE SourceErrno(s, v, c, a, len, newLen)

\* userfaultfd watches v; then only a whole range inside this one VMA may move (vma_multi_allowed).
MultiAllowed(v) == v.uffd = 0

(***************************************************************************)
(* Moving one piece: [a, a + len) of the VMA there to n, newLen pages.     *)
(***************************************************************************)

\* The VMA at the destination as it is asked for: the source's attributes; its page offset goes with the pages, unless there is none yet (copy_vma).
CopyOf(v, a, n, newLen) ==
  [v EXCEPT !.start = n, !.end = n + newLen,
            !.pgoff = IF IsAnonymous(v) /\ v.anonVma = 0 THEN n ELSE PageIndex(v, a)]

\* Give the whole VMA that contains page p other modes of userfaultfd; no merge is attempted (userfaultfd_reset_ctx).
ResetModes(vmas, p) == LET i == IndexAt(vmas, p) IN [vmas EXCEPT ![i] = [vmas[i] EXCEPT !.uffd = 0, !.ctx = 0]]

(***************************************************************************)
(* The copy x of memory at page a, merged with what lies around it.        *)
(* Late in 7.2 the copy that DONTUNMAP makes stopped to join its own       *)
(* source; what is to be unlocked there is cut off first, so that the copy *)
(* may join the rest.                                                      *)
(*                                                                         *)
(* Two defects of 6.17 (61f67c230a5e): what came by fork joins memory that *)
(* was never written; what joins such memory loses its anon_vma.           *)
(***************************************************************************)
PlacedCopy(s, c, x, a, len, prof) ==
  LET v == VmaAt(s.vmas, a)
      cut == IF v.locked THEN Cut(Cut(s.vmas, a), a + len) ELSE s.vmas
      below == IF prof.forkedCopyJoins /\ x.anonVma # 0 THEN 0 ELSE s.forkedBelow
      put == IF c.dontUnmap /\ ~prof.dontunmapJoinsSource THEN PutApart(cut, x, below, a, prof) ELSE Put(s.vmas, x, below, prof)
      i == IndexAt(put, x.start)
      written(p) == VmaAt(s.vmas, p).anonVma # 0
      loses == /\ prof.copyLosesAnonVma
               /\ put[i].start < x.start \/ put[i].end > x.end
               /\ ~(put[i].start < x.start /\ written(x.start - 1)) /\ ~(put[i].end > x.end /\ written(x.end))
  IN IF loses THEN [put EXCEPT ![i] = [put[i] EXCEPT !.anonVma = 0]] ELSE put

\* Memory of v is not registered at its new place: only a userfaultfd that is told of moves keeps it (mremap_userfaultfd_prep).
LosesRegistration(s, v) == v.uffd # 0 /\ v.ctx \notin DOMAIN s.hearsMoves

(***************************************************************************)
(* The copy without registration.  Where the copy merged, the reset of the *)
(* registration hits the whole VMA: the neighbour loses its registration   *)
(* too (defect, up to 7.2).                                                *)
(* Intended: the copy is not registered when it looks for neighbours; in   *)
(* 7.3 it looks for none.                                                  *)
(*     before   |uuuu|....     mremap |UU| -> next to u                    *)
(*     copy     |uuuuUU|                                                   *)
(*     reset    |aaaaAA|       intended |uuuu|AA|                          *)
(***************************************************************************)
WithCopy(s, c, x, a, len, prof) ==
  LET plain == [x EXCEPT !.uffd = 0, !.ctx = 0]
  IN IF ~LosesRegistration(s, x) THEN PlacedCopy(s, c, x, a, len, prof)
     ELSE IF prof.uffdResetHitsMerged THEN ResetModes(PlacedCopy(s, c, x, a, len, prof), x.start)
     ELSE IF prof.unregisteredCopyJoins THEN PlacedCopy(s, c, plain, a, len, prof)
     ELSE PutAlone(s.vmas, plain)

\* The frames after the first `len` pages from a on went to n: the private ones, none stays; guard pages move like others (move_page_tables).
FramesMoved(frames, a, n, len) ==
  LET comes(q) == n <= q /\ q < n + len /\ (q - n) + a \in DOMAIN frames
      stays(q) == (q < a \/ q >= a + len) /\ q \in DOMAIN frames
      arriving == {(p - a) + n : p \in {q \in DOMAIN frames : a <= q /\ q < a + len}}
      staying == {q \in DOMAIN frames : stays(q)}
  IN [q \in staying \union arriving |-> IF comes(q) THEN frames[(q - n) + a] ELSE frames[q]]

(***************************************************************************)
(* DONTUNMAP: what is left at the source (dontunmap_complete).  It is not  *)
(* locked; if all of the VMA (or of the part that was split off) moved and *)
(* it is not one VMA with the copy, it has no anon_vma any more, and since *)
(* 7.2 the page offset of its place; on some releases it is not charged.   *)
(* As implemented the whole VMA is unlocked, also pages that did not move  *)
(* and, where it merged with the copy, the copy.                           *)
(***************************************************************************)
LeftBehind(vmas, c, a, len, n, prof) ==
  LET i == IndexAt(vmas, a)
      v == vmas[i]
      withCopy == v.start <= n /\ n < v.end
      wholeVma == (IF withCopy THEN prof.unlockHitsMerged ELSE prof.partialDontunmapUnlocksAll) \/ ~v.locked
      piece == Clip(v, a, a + len)
      empty == ~withCopy /\ (~wholeVma \/ (a = v.start /\ a + len = v.end))
      unlocked(w) == [w EXCEPT !.locked = FALSE, !.lockonfault = FALSE,
                               !.anonVma = IF empty THEN 0 ELSE w.anonVma,
                               !.pgoff = IF empty /\ prof.dontunmapResetsOffset /\ IsAnonymous(w) THEN w.start ELSE w.pgoff,
                               !.account = w.account /\ ~prof.dontunmapClearsAccount]
  IN IF wholeVma THEN [vmas EXCEPT ![i] = unlocked(v)]
     ELSE PutAlone(vmas, unlocked(piece))

\* Pages charged by a move: the growth, all with DONTUNMAP, and by a defect what a shrink dropped (vrm_calc_charge).
ChargeOfMove(v, c, len, newLen, shrunkBy, prof) ==
  IF ~v.account THEN 0
  ELSE IF c.dontUnmap THEN newLen
  ELSE (newLen - len) + (IF prof.fixedShrinkLeaksCommit THEN shrunkBy ELSE 0)

(***************************************************************************)
(* Move [a, a + len) to n (free), where it becomes newLen pages            *)
(* (move_vma).  The copy is made before the source goes: it may merge with *)
(* the source itself, if that was never written.                           *)
(*     before   |0123|          [0,2) -> 4                                 *)
(*     copy     |012345|                                                   *)
(*     unmap    ..|2345|                                                   *)
(***************************************************************************)
MovePiece(s, c, a, len, n, newLen, shrunkBy, prof) ==
  LET v == VmaAt(s.vmas, a)
      x == CopyOf(v, a, n, newLen)
      copied == [ WithVmas(s, WithCopy(s, c, x, a, len, prof)) EXCEPT
                    !.frames = FramesMoved(s.frames, a, n, len),
                    !.guards = FramesMoved(s.guards, a, n, len),
                    !.totalVm = s.totalVm + newLen,
                    !.committed = s.committed + ChargeOfMove(v, c, len, newLen, shrunkBy, prof) ]
  IN IF c.dontUnmap
     THEN [ WithVmas(copied, LeftBehind(copied.vmas, c, a, len, n, prof)) EXCEPT
              !.lockedVm = s.lockedVm + (IF v.locked /\ prof.dontunmapCountsLockedTwice THEN newLen ELSE 0) ]
     ELSE [ WithVmas(copied, Without(copied.vmas, a, a + len)) EXCEPT
              !.totalVm = copied.totalVm - len,
              !.lockedVm = s.lockedVm + (IF v.locked THEN newLen - len ELSE 0) ]

\* The source as it is when the destination and the tail are gone, where it was not checked before (vma_to_resize).
LateSourceErrno(s, c, a, len, newLen, prof) ==
  IF ChecksSourceLate(c, prof) THEN SourceErrno(s, VmaAt(s.vmas, a), c, a, len, newLen) ELSE ""

(***************************************************************************)
(* What refuses a move when the destination is gone already: MREMAP_       *)
(* DONTUNMAP makes the process larger (mremap_to); there is no room for    *)
(* the VMAs that a move can make (prep_move_vma).                          *)
(***************************************************************************)
CannotMove(s, c, a, newLen, prof) ==
  \/ c.dontUnmap /\ ~MayExpand(s, IsData(VmaAt(s.vmas, a)), newLen)
  \/ ~HasRoomToMove(s, prof)

(***************************************************************************)
(* The walk over many VMAs (remap_move).  Each piece: is it eligible, may  *)
(* it move, unmap its own destination, move.  Holes keep their places; the *)
(* destination under a hole is left alone.  The first failure ends the     *)
(* walk, and what was moved stays moved.                                   *)
(***************************************************************************)

\* Continue at page p, the old end of the last VMA; `first` until a piece was moved.  That VMA may have merged with its own
\* copy and reach beyond p, so that p itself tells whether the range is done.
RECURSIVE MoveFrom(_, _, _, _, _)
MoveFrom(s, c, p, first, prof) ==
  LET end == c.addr + c.len
      i == FirstAfter(s.vmas, p)
  IN IF p >= end \/ i > Len(s.vmas) THEN Outcome(s, IF first THEN Failed("EFAULT") ELSE Done(c.newAddr))
     ELSE IF s.vmas[i].start >= end THEN Outcome(s, IF first THEN Failed("EFAULT") ELSE Done(c.newAddr))
     ELSE LET v == s.vmas[i]
              a == Max(v.start, c.addr)
              len == Min(v.end, end) - a
              n == c.newAddr + (a - c.addr)
              errno == VmaErrno(s, v, c, a, len, len, prof)
          IN IF first /\ v.start > c.addr THEN Outcome(s, Failed("EFAULT"))
             ELSE IF ~MultiAllowed(v) /\ (~first \/ v.end < end) THEN Outcome(s, Failed("EFAULT"))
             ELSE IF errno # "" THEN Outcome(s, Failed(errno))
             ELSE LET o == UnmapRange(s, n, n + len)
                  IN IF ~o.result.ok THEN o
                     ELSE IF CannotMove(o.space, c, a, len, prof) THEN Outcome(o.space, Failed("ENOMEM"))
                     ELSE MoveFrom(MovePiece(o.space, c, a, len, n, len, 0, prof), c, v.end, FALSE, prof)

(***************************************************************************)
(* One VMA to a target: unmap the destination, then the tail of a shrink,  *)
(* then move (mremap_to).  The source is looked up again after its         *)
(* surroundings changed: an old range of length 0 may have been under the  *)
(* destination.  Until 6.16 it is checked only then.                       *)
(*     before   |AAA|BB|..|DD|     [0, 5) to grow and move to 7: EFAULT    *)
(*     6.16     |AAA|BB|......     since 6.17 nothing has changed          *)
(***************************************************************************)
MoveTo(s, c, choice, prof) ==
  LET cleared == IF c.fixed THEN UnmapRange(s, c.newAddr, c.newAddr + c.newLen) ELSE Outcome(s, Done(0))
  IN IF ~cleared.result.ok THEN cleared
     ELSE IF ~IsMapped(cleared.space.vmas, c.addr) THEN Outcome(cleared.space, Failed("EFAULT"))
     ELSE LET shrunk == IF c.len <= c.newLen THEN cleared
                        ELSE IF PassesEnd(c) THEN Outcome(cleared.space, Failed("EINVAL"))
                        ELSE UnmapRange(cleared.space, c.addr + c.newLen, c.addr + c.len)
              len == Min(c.len, c.newLen)
              n == IF c.fixed THEN c.newAddr ELSE choice
              late == LateSourceErrno(shrunk.space, c, c.addr, len, c.newLen, prof)
          IN IF ~shrunk.result.ok THEN shrunk
             ELSE IF late # "" THEN Outcome(shrunk.space, Failed(late))
             ELSE IF (~c.fixed /\ n = 0) \/ CannotMove(shrunk.space, c, c.addr, c.newLen, prof)
             THEN Outcome(shrunk.space, Failed("ENOMEM"))
             ELSE Outcome(MovePiece(shrunk.space, c, c.addr, len, n, c.newLen, Monus(c.len, c.newLen), prof), Done(n))

(***************************************************************************)
(* Growing without a target.                                               *)
(***************************************************************************)

\* There can be another place for what grows: the caller allows it, and it fits into user space (expand_vma).
MayGoElsewhere(c) == c.mayMove /\ c.argClass # "tooBig"

\* The old range ends with its VMA and what follows is free, and in user space (vma_expandable).
CanGrow(s, c) ==
  LET v == VmaAt(s.vmas, c.addr)
  IN c.argClass # "tooBig" /\ c.addr + c.len = v.end /\ IsFree(s.vmas, v.end, c.addr + c.newLen)

\* The memory that growing adds, as it is put behind the VMA v (vma_merge_extend).
Growth(v, c) == From([v EXCEPT !.end = c.addr + c.newLen], v.end)

\* Grow in place: a merge of the new range with the VMA itself, and with the next one if it fits (expand_vma_in_place).
\* Whether an anon_vma came by fork is not asked where it is the VMA's own (vma_merge_extend).
GrowInPlace(s, c, prof) ==
  LET v == VmaAt(s.vmas, c.addr)
      by == c.newLen - c.len
  IN [ WithVmas(s, Put(s.vmas, Growth(v, c), IF v.anonVma = 0 THEN s.forkedBelow ELSE 0, prof)) EXCEPT
         !.totalVm = s.totalVm + by,
         !.lockedVm = s.lockedVm + (IF v.locked THEN by ELSE 0),
         !.committed = s.committed + (IF v.account THEN by ELSE 0) ]

\* Grow in place, or elsewhere if that is allowed (expand_vma).
Grow(s, c, choice, prof) ==
  IF CanGrow(s, c) THEN Outcome(GrowInPlace(s, c, prof), Done(c.addr))
  ELSE IF ~MayGoElsewhere(c) \/ choice = 0 \/ ~HasRoomToMove(s, prof) THEN Outcome(s, Failed("ENOMEM"))
  ELSE Outcome(MovePiece(s, c, c.addr, c.len, choice, c.newLen, 0, prof), Done(choice))

\* Locked memory that grew is filled, after the lock is dropped (mm_populate in do_mremap).
Filled(o, locked, c) ==
  IF o.result.ok /\ locked /\ c.newLen > c.len
  THEN Outcome(PopulateAll(o.space, o.result.value + c.len, o.result.value + c.newLen), o.result)
  ELSE o

\* mremap(2).
Mremap(s, c, choice, prof) ==
  LET early == EarlyErrno(s, c, prof)
      v == VmaAt(s.vmas, c.addr)
      errno == VmaErrno(s, v, c, c.addr, c.len, c.newLen, prof)
  IN IF early # "" THEN Outcome(s, Failed(early))
     ELSE IF WalksMany(c, prof) THEN MoveFrom(s, c, c.addr, TRUE, prof)
     ELSE IF errno # "" THEN Outcome(s, Failed(errno))
     ELSE IF HasTarget(c) THEN Filled(MoveTo(s, c, choice, prof), v.locked, c)
     ELSE IF c.newLen = c.len THEN Outcome(s, Done(c.addr))
     ELSE IF c.newLen < c.len
     THEN IF PassesEnd(c) THEN Outcome(s, Failed("EINVAL"))
          ELSE LET o == UnmapRange(s, c.addr + c.newLen, c.addr + c.len)
               IN IF o.result.ok THEN Outcome(o.space, Done(c.addr)) ELSE o
     ELSE Filled(Grow(s, c, choice, prof), v.locked, c)

\* Any call.
Do(s, c, choice, prof) == IF c.op = "mremap" THEN Mremap(s, c, choice, prof) ELSE Perform(s, c, prof)
=============================================================================
