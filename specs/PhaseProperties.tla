--------------------------- MODULE PhaseProperties --------------------------
(***************************************************************************)
(* What is true of every phase of mremap's machine (MremapPhases.tla):     *)
(* P(s, m, t, n) relates the space and the machine before the phase to     *)
(* those after it.  Each operator that is defined here and is not LOCAL is *)
(* a property.                                                             *)
(***************************************************************************)
EXTENDS PropertyLib

\* Where a phase stands in a piece's course.
LOCAL Rank(phase) ==
  CASE phase = "params" -> 1
    [] phase = "lock" -> 2
    [] phase = "lookup" -> 3
    [] phase = "unmapDest" -> 4
    [] phase = "shrink" -> 5
    [] phase = "choose" -> 6
    [] phase = "charge" -> 7
    [] phase = "copy" -> 8
    [] phase = "movePages" -> 9
    [] phase = "account" -> 10
    [] phase = "unmapSource" -> 11
    [] phase = "next" -> 12
    [] phase = "unlock" -> 13
    [] phase = "notify" -> 14
    [] phase = "done" -> 15
    [] OTHER -> 0

\* A handle to a VMA is looked into only while nothing has changed the map since it was taken (the stale iterator of linux-next, August 2025).
IteratorValidWhenUsed(s, m, t, n) == n.iterUsed => m.iterValid

\* A handle that counts as valid is a VMA of the map as it is (vma_iter_invalidate and the look-up after it).
IteratorIsCurrent(s, m, t, n) == n.iterValid => VmaAt(t.vmas, n.vma.start) = n.vma

\* The map, the pages and the counters change only under the write lock; filling locked memory comes after (mmap_assert_write_locked).
ChangesUnderLock(s, m, t, n) == s # t /\ m.phase # "notify" => m.lock = "write" /\ n.lock = "write"

\* The lock is taken once and dropped once: all pieces are moved under one hold (do_mremap).
OneHold(s, m, t, n) ==
  m.lock # n.lock => (m.phase = "lock" /\ m.lock = "none") \/ (m.phase = "unlock" /\ n.lock = "none")

\* No call returns with the lock held (do_mremap).
DoneWithoutLock(s, m, t, n) == n.phase = "done" => n.lock = "none"

\* Nothing changes before a VMA was found and has passed its checks; filling locked memory comes after all (check_prep_vma).
ChecksBeforeChanges(s, m, t, n) ==
  s # t /\ m.phase # "notify" => Rank(m.phase) > Rank("lookup") /\ m.vma.end # 0 /\ ~m.vma.sealed

\* A VMA that userfaultfd watches is refused before anything is done for it, unless it alone is moved (vma_multi_allowed).
EligibleBeforeTouched(s, m, t, n) ==
  m.moveOnly /\ m.phase = "lookup" /\ n.phase = "unmapDest" /\ n.vma.uffd # 0 =>
    ~m.seen /\ n.vma.end >= m.call.addr + m.call.len

\* Every piece goes as far as the whole range, holes included (remap_move: the offset from the end of the last VMA).
PieceKeepsOffset(s, m, t, n) ==
  m.moveOnly /\ n.phase = "unmapDest" => n.newAddr + m.call.addr = n.addr + m.call.newAddr

\* A piece lies inside the source range and inside its VMA (remap_move).
PieceInsideRange(s, m, t, n) ==
  m.moveOnly /\ n.phase = "unmapDest" =>
    /\ n.addr >= m.call.addr /\ n.addr + n.len <= m.call.addr + m.call.len
    /\ n.len > 0 /\ n.vma.start <= n.addr /\ n.addr + n.len <= n.vma.end

\* Nothing is mapped at the destination when the copy is made (the unmapping in mremap_to; find_vma_links).
DestinationFreeBeforeCopy(s, m, t, n) ==
  m.phase = "copy" =>
    IF m.newAddr = m.addr THEN IsFree(s.vmas, m.addr + m.len, m.addr + m.newLen)
    ELSE IsFree(s.vmas, m.newAddr, m.newAddr + m.newLen)

\* Moving pages loses none and doubles none (move_page_tables).
PagesConserved(s, m, t, n) == m.phase = "movePages" => FramesOf(s) = FramesOf(t)

\* When the old place goes, no page is left there (move_page_tables before unmap_source_vma).
SourceEmptyBeforeUnmap(s, m, t, n) ==
  m.phase = "unmapSource" => \A p \in DOMAIN s.frames : ~Within(p, m.addr, m.len)

\* Every piece is moved once, and in address order (remap_move).
PiecesOnceInOrder(s, m, t, n) ==
  LET k == Len(m.moved)
  IN n.moved # m.moved =>
       /\ Len(n.moved) = k + 1
       /\ n.moved[k + 1] = [from |-> m.addr, to |-> m.newAddr, len |-> m.len]
       /\ k > 0 => n.moved[k + 1].from >= m.moved[k].from + m.moved[k].len

\* The walk never goes back, and each piece takes it forward (remap_move).
CursorMonotone(s, m, t, n) ==
  /\ n.cursor >= m.cursor
  /\ m.phase = "next" /\ n.phase = "lookup" => n.cursor > m.cursor /\ n.cursor >= m.addr + m.len

\* Between pieces, and when the call is over, the counters agree with the map (validate_mm).
BooksBalanced(s, m, t, n) ==
  n.phase = "next" \/ n.phase = "unlock" =>
    /\ t.mapCount = Len(t.vmas)
    /\ t.totalVm = TotalPages(t.vmas)
    /\ t.lockedVm >= LockedPages(t.vmas)
    /\ t.committed >= AccountPages(t.vmas)

\* The result stands when the lock is dropped; what follows cannot change it (do_mremap).
ResultStands(s, m, t, n) == m.phase = "unlock" \/ m.phase = "notify" => n.result = m.result

\* A phase that fails ends the work (the error paths of do_mremap).
FailureEndsWork(s, m, t, n) == m.result.ok /\ ~n.result.ok => Rank(n.phase) >= Rank("unlock")

\* Phases go forward; only the next piece begins again at its look-up (do_mremap).
PhasesGoForward(s, m, t, n) ==
  m.phase # "done" => Rank(n.phase) > Rank(m.phase) \/ (m.phase = "next" /\ n.phase = "lookup" /\ m.moveOnly)
=============================================================================
