---------------------------- MODULE MremapPhases ----------------------------
(***************************************************************************)
(* mremap(2) one phase at a time (mm/mremap.c, named after Linux 6.17:     *)
(* do_mremap, remap_move, mremap_to, expand_vma, move_vma).  What the rest *)
(* of the call needs is data in the machine, so that anything can be asked *)
(* between two phases.                                                     *)
(*                                                                         *)
(*   params -> lock -> lookup -+-> unmapDest -> shrink -> choose -+        *)
(*                     ^       +-> shrink, choose, unlock         |        *)
(*                     |                                          v        *)
(*                   next <- unmapSource <- account <- movePages <- copy   *)
(*                     |                                    <- charge      *)
(*                     +-> unlock -> notify -> done                        *)
(*                                                                         *)
(* Machine ==                                                              *)
(*   [ phase : STRING,          what Step does next                        *)
(*     call : Call,                                                        *)
(*     moveOnly : BOOLEAN,      a walk over many VMAs                      *)
(*     lock : STRING,           mmap_lock: "none" or "write"               *)
(*     cursor : Nat,            where the walk over the source resumes     *)
(*     target : Nat,            where the next piece goes, without a hole  *)
(*     lastEnd : Nat,           end of the last VMA, as it was found       *)
(*     seen : BOOLEAN,          a piece was moved                          *)
(*     addr, len,                                                          *)
(*     newAddr, newLen : Nat,   the piece in hand                          *)
(*     iterValid : BOOLEAN,     vma is a VMA of the map as it is           *)
(*     iterUsed : BOOLEAN,      the last phase looked into vma             *)
(*     vma : Vma,               the source VMA                             *)
(*     moved : Seq([from, to, len : Nat]),  pieces moved, in order         *)
(*     result : Result ]                                                   *)
(*                                                                         *)
(* All from lookup to unlock is one hold of the write lock.                *)
(***************************************************************************)
EXTENDS Mremap

\* A space and a machine.
Both(s, m) == [space |-> s, machine |-> m]

\* The machine of a call that has just entered the kernel.
Begin(c, prof) ==
  [ phase |-> "params", call |-> c, moveOnly |-> WalksMany(c, prof), lock |-> "none", cursor |-> c.addr, target |-> c.newAddr, lastEnd |-> 0,
    seen |-> FALSE, addr |-> 0, len |-> 0, newAddr |-> 0, newLen |-> 0, iterValid |-> FALSE, iterUsed |-> FALSE,
    vma |-> NoVma, moved |-> <<>>, result |-> Done(0) ]

\* The call is over but for the unlocking.
Leave(s, m, result) == Both(s, [m EXCEPT !.phase = "unlock", !.iterValid = FALSE, !.iterUsed = FALSE, !.result = result])

\* The machine goes on with a VMA that it has just looked up at page m.addr (vma_lookup, or the VMA that a callee hands back).
Holding(m, phase, vmas, used) ==
  [m EXCEPT !.phase = phase, !.vma = VmaAt(vmas, m.addr), !.iterValid = IsMapped(vmas, m.addr), !.iterUsed = used]

\* The piece grows where it is.
InPlace(m) == m.newAddr = m.addr

(***************************************************************************)
(* Before the work.                                                        *)
(***************************************************************************)

\* Parameters, without the lock; until 7.0 the VMAs are counted here, too (check_mremap_params).
ParamsPhase(s, m, prof) ==
  LET errno == EarlyErrno(s, m.call, prof)
  IN IF errno # "" THEN Both(s, [m EXCEPT !.phase = "done", !.result = Failed(errno)])
     ELSE Both(s, [m EXCEPT !.phase = "lock"])

\* The write lock (mmap_write_lock_killable).
LockPhase(s, m) == Both(s, [m EXCEPT !.phase = "lookup", !.lock = "write"])

\* One VMA: find it, check it, see what kind of call this is (do_mremap, check_prep_vma).
LookupOne(s, m, prof) ==
  LET c == m.call
      v == VmaAt(s.vmas, c.addr)
      errno == VmaErrno(s, v, c, c.addr, c.len, c.newLen, prof)
      n == [m EXCEPT !.addr = c.addr, !.len = c.len, !.newAddr = IF c.fixed THEN c.newAddr ELSE c.addr, !.newLen = c.newLen]
  IN IF errno # "" THEN Leave(s, m, Failed(errno))
     ELSE IF c.fixed THEN Both(s, Holding(n, "unmapDest", s.vmas, FALSE))
     ELSE IF c.dontUnmap \/ c.newLen > c.len THEN Both(s, Holding(n, "choose", s.vmas, FALSE))
     ELSE IF c.newLen < c.len THEN Both(s, Holding(n, "shrink", s.vmas, FALSE))
     ELSE Leave(s, n, Done(c.addr))

(***************************************************************************)
(* Many VMAs: the next one from the cursor on (remap_move).  A hole before *)
(* it is kept: the piece goes that much further than the end of the last.  *)
(* An armed VMA is refused before anything is done for it.                 *)
(***************************************************************************)
LookupNext(s, m, prof) ==
  LET c == m.call
      end == c.addr + c.len
      i == FirstAfter(s.vmas, m.cursor)
  IN IF m.cursor >= end \/ i > Len(s.vmas) THEN Leave(s, m, IF m.seen THEN m.result ELSE Failed("EFAULT"))
     ELSE IF s.vmas[i].start >= end THEN Leave(s, m, IF m.seen THEN m.result ELSE Failed("EFAULT"))
     ELSE LET v == s.vmas[i]
              a == Max(v.start, c.addr)
              len == Min(v.end, end) - a
              hole == IF m.seen THEN v.start - m.lastEnd ELSE 0
              errno == VmaErrno(s, v, c, a, len, len, prof)
              n == [m EXCEPT !.addr = a, !.len = len, !.newAddr = m.target + hole, !.newLen = len, !.lastEnd = v.end]
          IN IF ~m.seen /\ v.start > c.addr THEN Leave(s, m, Failed("EFAULT"))
             ELSE IF ~MultiAllowed(v) /\ (m.seen \/ v.end < end) THEN Leave(s, m, Failed("EFAULT"))
             ELSE IF errno # "" THEN Leave(s, m, Failed(errno))
             ELSE Both(s, Holding(n, "unmapDest", s.vmas, FALSE))

(***************************************************************************)
(* Room for the piece.                                                     *)
(***************************************************************************)

\* FIXED: unmap the destination, then look the source up again: its VMA may have been cut (mremap_to).
UnmapDestPhase(s, m) ==
  LET o == UnmapRange(s, m.newAddr, m.newAddr + m.newLen)
  IN IF ~o.result.ok THEN Leave(o.space, m, o.result)
     ELSE IF ~IsMapped(o.space.vmas, m.addr) THEN Leave(o.space, m, Failed("EFAULT"))
     ELSE Both(o.space, Holding(m, IF m.len > m.newLen THEN "shrink" ELSE "choose", o.space.vmas, FALSE))

\* Unmap what is beyond the new length; a call without a target is done then (shrink_vma).
ShrinkPhase(s, m) ==
  LET o == UnmapRange(s, m.addr + m.newLen, m.addr + m.len)
  IN IF PassesEnd(m.call) THEN Leave(s, m, Failed("EINVAL"))
     ELSE IF ~o.result.ok THEN Leave(o.space, m, o.result)
     ELSE IF ~HasTarget(m.call) THEN Leave(o.space, m, Done(m.addr))
     ELSE Both(o.space, Holding([m EXCEPT !.len = m.newLen], "choose", o.space.vmas, FALSE))

\* The new address: the fixed one, the old one if there is room to grow, or what get_unmapped_area gives (vrm_set_new_addr, expand_vma).
\* Until 6.16 the source is checked here (vma_to_resize). Nothing is changed between this and the charge, before which a move asks for room (prep_move_vma).
ChoosePhase(s, m, choice, prof) ==
  LET c == m.call
      grows == ~HasTarget(c) /\ c.argClass # "tooBig" /\ m.addr + m.len = m.vma.end /\ IsFree(s.vmas, m.vma.end, m.addr + m.newLen)
      at == IF c.fixed THEN m.newAddr ELSE IF grows THEN m.addr ELSE IF MayGoElsewhere(c) THEN choice ELSE 0
      late == LateSourceErrno(s, c, m.addr, m.len, m.newLen, prof)
  IN IF late # "" THEN Leave(s, [m EXCEPT !.iterUsed = TRUE], Failed(late))
     ELSE IF (~c.fixed /\ at = 0) \/ (~grows /\ CannotMove(s, c, m.addr, m.newLen, prof)) THEN Leave(s, [m EXCEPT !.iterUsed = TRUE], Failed("ENOMEM"))
     ELSE Both(s, [m EXCEPT !.phase = "charge", !.newAddr = at, !.iterUsed = TRUE])

\* Charge what will be more than before (vrm_calc_charge).
ChargePhase(s, m, prof) ==
  LET pages == ChargeOfMove(m.vma, m.call, m.len, m.newLen, Monus(m.call.len, m.call.newLen), prof)
  IN Both([s EXCEPT !.committed = s.committed + pages], [m EXCEPT !.phase = "copy", !.iterUsed = TRUE])

(***************************************************************************)
(* Moving the piece.                                                       *)
(***************************************************************************)

\* The VMA at the destination, merged with its neighbours; the source VMA may be one of them (copy_vma, vma_merge_extend).
CopyPhase(s, m, prof) ==
  LET x == CopyOf(m.vma, m.addr, m.newAddr, m.newLen)
      growth == From([m.vma EXCEPT !.end = m.addr + m.newLen], m.vma.end)
      plain == [x EXCEPT !.uffd = 0, !.ctx = 0]
      vmas == IF InPlace(m) THEN Put(s.vmas, growth, IF m.vma.anonVma # 0 THEN 0 ELSE s.forkedBelow, prof)
              ELSE IF LosesRegistration(s, x) /\ ~prof.uffdResetHitsMerged /\ ~prof.unregisteredCopyJoins THEN PutAlone(s.vmas, plain)
              ELSE PlacedCopy(s, m.call, IF prof.uffdResetHitsMerged \/ ~LosesRegistration(s, x) THEN x ELSE plain, m.addr, m.len, prof)
      t == WithVmas(s, vmas)
  IN Both(t, Holding(m, "movePages", t.vmas, TRUE))

\* The pages; then the registration of the new VMA is dropped (move_page_tables, mremap_userfaultfd_prep).
MovePagesPhase(s, m) ==
  LET moved == [s EXCEPT !.frames = FramesMoved(s.frames, m.addr, m.newAddr, m.len),
                         !.guards = FramesMoved(s.guards, m.addr, m.newAddr, m.len)]
      t == IF LosesRegistration(s, VmaAt(s.vmas, m.newAddr)) THEN WithVmas(moved, ResetModes(s.vmas, m.newAddr)) ELSE moved
  IN IF InPlace(m) THEN Both(s, [m EXCEPT !.phase = "account", !.iterUsed = FALSE])
     ELSE Both(t, Holding(m, "account", t.vmas, TRUE))

\* total_vm and locked_vm for the new place (vrm_stat_account).
AccountPhase(s, m, prof) ==
  LET pages == IF InPlace(m) THEN m.newLen - m.len ELSE m.newLen
      locks == m.vma.locked /\ (~m.call.dontUnmap \/ prof.dontunmapCountsLockedTwice)
  IN Both([s EXCEPT !.totalVm = s.totalVm + pages, !.lockedVm = s.lockedVm + (IF locks THEN pages ELSE 0)],
          [m EXCEPT !.phase = IF InPlace(m) THEN "next" ELSE "unmapSource", !.iterUsed = TRUE])

\* The old place goes, or stays empty; the charge went with the move (unmap_source_vma, dontunmap_complete).
UnmapSourcePhase(s, m, prof) ==
  LET gone == Between(s.vmas, m.addr, m.addr + m.len)
      t == IF m.call.dontUnmap
           THEN WithVmas(s, LeftBehind(s.vmas, m.call, m.addr, m.len, m.newAddr, prof))
           ELSE [ WithVmas(s, Without(s.vmas, m.addr, m.addr + m.len)) EXCEPT
                    !.totalVm = s.totalVm - TotalPages(gone), !.lockedVm = s.lockedVm - LockedPages(gone) ]
  IN Both(t, [m EXCEPT !.phase = "next", !.iterValid = FALSE, !.iterUsed = TRUE,
                       !.moved = Append(m.moved, [from |-> m.addr, to |-> m.newAddr, len |-> m.len])])

(***************************************************************************)
(* After a piece.                                                          *)
(***************************************************************************)

\* The walk resumes at the old end of the VMA; a call for one VMA is done (remap_move).
NextPhase(s, m) ==
  LET result == IF m.seen THEN m.result ELSE Done(m.newAddr)
  IN IF ~m.moveOnly THEN Leave(s, m, result)
     ELSE Both(s, [m EXCEPT !.phase = "lookup", !.seen = TRUE, !.target = m.newAddr + m.newLen, !.cursor = m.lastEnd,
                            !.iterUsed = FALSE, !.iterValid = FALSE, !.result = result])

\* The lock is dropped (mmap_write_unlock).
UnlockPhase(s, m) == Both(s, [m EXCEPT !.phase = "notify", !.lock = "none", !.iterUsed = FALSE])

\* Locked memory that grew is filled; without EVENT_ features userfaultfd is told nothing (mm_populate, notify_uffd).
NotifyPhase(s, m) ==
  Both(Filled(Outcome(s, m.result), m.vma.locked, m.call).space, [m EXCEPT !.phase = "done"])

\* One phase; `choice` is what get_unmapped_area answers if it is asked.
Step(s, m, choice, prof) ==
  CASE m.phase = "params" -> ParamsPhase(s, m, prof)
    [] m.phase = "lock" -> LockPhase(s, m)
    [] m.phase = "lookup" -> IF m.moveOnly THEN LookupNext(s, m, prof) ELSE LookupOne(s, m, prof)
    [] m.phase = "unmapDest" -> UnmapDestPhase(s, m)
    [] m.phase = "shrink" -> ShrinkPhase(s, m)
    [] m.phase = "choose" -> ChoosePhase(s, m, choice, prof)
    [] m.phase = "charge" -> ChargePhase(s, m, prof)
    [] m.phase = "copy" -> CopyPhase(s, m, prof)
    [] m.phase = "movePages" -> MovePagesPhase(s, m)
    [] m.phase = "account" -> AccountPhase(s, m, prof)
    [] m.phase = "unmapSource" -> UnmapSourcePhase(s, m, prof)
    [] m.phase = "next" -> NextPhase(s, m)
    [] m.phase = "unlock" -> UnlockPhase(s, m)
    [] m.phase = "notify" -> NotifyPhase(s, m)
    [] OTHER -> Both(s, m)
=============================================================================
