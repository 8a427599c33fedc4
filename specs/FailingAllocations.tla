------------------------- MODULE FailingAllocations -------------------------
(***************************************************************************)
(* mremap when memory for the kernel itself runs out: which allocation can *)
(* fail, what is undone, and what is not.  Each phase of MremapPhases that *)
(* allocates may fail instead of doing its work.                           *)
(*                                                                         *)
(*   phase         what fails             what is undone, what stays       *)
(*   unmapDest     a split, a table       nothing was unmapped; a boundary *)
(*                                        may stay                         *)
(*   shrink        the same               the destination is gone          *)
(*   charge        the commit limit       the destination and the tail of  *)
(*                                        a shrink are gone                *)
(*   copy          the new VMA, or a      the charge is given back         *)
(*                 merge                                                   *)
(*   movePages     a page table, after    the pages that had moved are     *)
(*                 some pages moved       moved back, the new VMA goes;    *)
(*                                        what growing charged stays       *)
(*   unmapSource   a split of the source  the source stays, without pages, *)
(*                                        and is charged; the call         *)
(*                                        succeeds all the same            *)
(***************************************************************************)
EXTENDS MremapPhases

\* The call ends with ENOMEM; pieces of a walk that moved before stay moved.
OutOfMemory(s, m) == Leave(s, [m EXCEPT !.iterUsed = FALSE], Failed("ENOMEM"))

\* Unmapping [a, b) fails: the first VMA may have been cut at a before the failure (vms_gather_munmap_vmas).
UnmapFails(s, m, a, cut) == OutOfMemory(IF cut THEN WithVmas(s, Cut(s.vmas, a)) ELSE s, m)

\* The new VMA cannot be made, or a merge cannot be completed: nothing of it is left, and the charge is given back (vrm_uncharge).
CopyFails(s, m, prof) ==
  LET pages == ChargeOfMove(m.vma, m.call, m.len, m.newLen, Monus(m.call.len, m.call.newLen), prof)
  IN OutOfMemory([s EXCEPT !.committed = s.committed - pages], m)

(***************************************************************************)
(* A page table cannot be had after `some` pages moved: they are moved     *)
(* back, and the new VMA is unmapped in the place of the source, which     *)
(* hides that it is charged, but for DONTUNMAP (move_vma,                  *)
(* unmap_source_vma).  A plain move had charged nothing; what a growing    *)
(* one had charged is not given back.  total_vm is counted up and down.    *)
(*     before   |0123|......     [0, 4) -> 6, a failure after two pages    *)
(*     moved    |..23|..|01..|                                             *)
(*     after    |0123|......                                               *)
(***************************************************************************)
MoveFails(s, m, some) ==
  LET n == m.newAddr
      there == FramesMoved(s.frames, m.addr, n, some)
      back == FramesMoved(there, n, m.addr, some)
      copy == Between(s.vmas, n, n + m.newLen)
      t == WithVmas(s, Without(s.vmas, n, n + m.newLen))
  IN OutOfMemory([t EXCEPT !.frames = FramesWithout(back, n, n + m.newLen),
                           !.committed = IF m.call.dontUnmap THEN s.committed - AccountPages(copy) ELSE s.committed], m)

\* The source cannot be split, or not twice: it stays mapped where it was, empty, and is charged again; the copy is there (unmap_source_vma).
UnmapSourceFails(s, m, cut) ==
  Both([(IF cut THEN WithVmas(s, Cut(s.vmas, m.addr)) ELSE s) EXCEPT !.committed = s.committed + (IF m.vma.account THEN m.len ELSE 0)],
       [m EXCEPT !.phase = "next", !.iterValid = FALSE, !.iterUsed = FALSE,
                 !.moved = Append(m.moved, [from |-> m.addr, to |-> m.newAddr, len |-> m.len])])

\* What the phase comes to if its allocation fails; `cut` and `some` say how far it had got.
FailStep(s, m, cut, some, prof) ==
  CASE m.phase = "unmapDest" -> UnmapFails(s, m, m.newAddr, cut)
    [] m.phase = "shrink" -> UnmapFails(s, m, m.addr + m.newLen, cut)
    [] m.phase = "charge" -> OutOfMemory(s, m)
    [] m.phase = "copy" -> CopyFails(s, m, prof)
    [] m.phase = "movePages" -> MoveFails(s, m, some)
    [] OTHER -> UnmapSourceFails(s, m, cut)

\* Unmapping needs a split only where the range cuts a VMA; a move has pages to move; with DONTUNMAP nothing is unmapped.
CanFail(s, m) ==
  LET cuts(a, b) == VmaAt(s.vmas, a).start < a \/ VmaAt(s.vmas, b).start < b
  IN CASE m.phase = "unmapDest" -> cuts(m.newAddr, m.newAddr + m.newLen)
       [] m.phase = "shrink" -> ~PassesEnd(m.call) /\ cuts(m.addr + m.newLen, m.addr + m.len)
       [] m.phase = "charge" -> m.vma.account /\ (m.call.dontUnmap \/ m.newLen > m.len)
       [] m.phase = "copy" -> TRUE
       [] m.phase = "movePages" -> ~InPlace(m) /\ m.len > 0
       [] m.phase = "unmapSource" -> ~m.call.dontUnmap /\ cuts(m.addr, m.addr + m.len)
       [] OTHER -> FALSE
=============================================================================
