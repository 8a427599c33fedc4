---------------------------- MODULE MCPageTables ----------------------------
(***************************************************************************)
(* Page tables that are moved while others use them: one mover, one CPU    *)
(* that translates addresses whenever it likes, one walk of the reverse    *)
(* map at a time (reclaim, truncation), one khugepaged that takes a table  *)
(* away.  The source's tables are full; frame f is mapped at page f - 1.   *)
(*                                                                         *)
(* The mover:  extent -> lock -> move (per page or once) -> flush ->       *)
(*             unlock -> extent ... -> done                                *)
(* A walk:     begin -> look (finds the table, no lock held) -> unmap      *)
(*             (under the table's lock) -> the other VMA -> over           *)
(***************************************************************************)
EXTENDS PageTables

CONSTANTS Used,        \* the pages that the other CPU uses
          Occupied     \* the PMD entries of the destination that have a table, in which nothing is mapped

VARIABLES pmd,         \* PmdEntries -> a table
          pte,         \* Tables -> two entries
          tlb,         \* what the other CPU remembers: Pages -> a frame
          mover,       \* [phase, page, at, end, level, rmap]
          walker,      \* [phase, frame, left, table]
          unmapped,    \* frames that somebody took away from the process
          freed,       \* frames that belong to somebody else by now
          order,       \* in which order a walk visits the two VMAs
          dropsMarks   \* registered with userfaultfd, without EVENT_REMAP

vars == <<pmd, pte, tlb, mover, walker, unmapped, freed, order, dropsMarks>>

\* The pages of the first table, before and after; that is enough for mutants.
FirstTable == {0, 1, 4, 5}

\* No table at the destination; one for its last two pages, which a neighbour has left.
Nowhere == {}
LastEntry == {3}

\* Frames that are writable, and frames that userfaultfd has marked.
Writable == {1, 4}
Marked == {2}

Full(t) ==
  [s \in 0..1 |->
     LET f == 2 * (t - 1) + s + 1
     IN IF t <= 2 THEN [frame |-> f, write |-> f \in Writable, wp |-> f \in Marked] ELSE NoEntry]

Init ==
  /\ pmd = [b \in PmdEntries |-> IF b < 2 \/ b \in Occupied THEN b + 1 ELSE NoTable]
  /\ pte = [t \in Tables |-> Full(t)]
  /\ tlb = [p \in Pages |-> NoFrame]
  /\ mover = [phase |-> "extent", page |-> 0, at |-> 0, end |-> 0, level |-> "page", rmap |-> FALSE]
  /\ walker = [phase |-> "none", frame |-> NoFrame, left |-> <<>>, table |-> NoTable]
  /\ unmapped = {} /\ freed = {}
  /\ order \in {<<"source", "destination">>, <<"destination", "source">>}
  /\ dropsMarks \in BOOLEAN

(***************************************************************************)
(* Locks.                                                                  *)
(***************************************************************************)

\* The lock of the reverse map is held by nobody.
RmapFree == ~mover.rmap /\ walker.phase = "none"

\* The mover has page-table locks: those of both tables for pages, those of the PMD entries for tables.
Locked == mover.phase \in {"move", "flush", "unlock"}
LockedTables ==
  IF Locked /\ mover.level = "page" THEN {pmd[PmdOf(mover.page)], pmd[PmdOf(mover.page + 4)]} ELSE {}
LockedEntries ==
  IF Locked /\ mover.level # "page" THEN {b \in PmdEntries : b \in {PmdOf(q) : q \in mover.page..(mover.end - 1)}} ELSE {}

(***************************************************************************)
(* The mover (move_page_tables).                                           *)
(***************************************************************************)

\* How far this step goes: as far as an entry may, or less where that was refused; the entry is looked at without its lock.
ChooseExtent ==
  /\ mover.phase = "extent" /\ mover.page < 4
  /\ \E level \in {"page", "pmd", "pud"} :
       /\ CanMove(pmd, mover.page, level, dropsMarks)
       /\ mover' = [mover EXCEPT !.phase = "lock", !.level = level, !.at = mover.page, !.end = EndOf(mover.page, level)]
  /\ UNCHANGED <<pmd, pte, tlb, walker, unmapped, freed, order, dropsMarks>>

\* The locks: the reverse map's where it is needed, then those of the page tables.
TakeLocks ==
  /\ mover.phase = "lock"
  /\ NeedsRmapLock(mover.level, order) => RmapFree
  /\ mover' = [mover EXCEPT !.phase = "move", !.rmap = NeedsRmapLock(mover.level, order)]
  /\ pmd' = IF mover.level = "page" THEN WithTable(pmd, mover.page + 4) ELSE pmd
  /\ UNCHANGED <<pte, tlb, walker, unmapped, freed, order, dropsMarks>>

\* One page of this step, or the tables.
MoveEntry ==
  /\ mover.phase = "move"
  /\ IF mover.level = "page"
     THEN /\ pte' = PageMoved(pmd, pte, mover.at, mover.at + 4, dropsMarks)
          /\ mover' = [mover EXCEPT !.at = mover.at + 1, !.phase = IF mover.at + 1 = mover.end THEN "flush" ELSE "move"]
          /\ pmd' = pmd
     ELSE /\ pmd' = TablesMoved(pmd, mover.page, mover.end)
          /\ mover' = [mover EXCEPT !.phase = "flush"]
          /\ pte' = pte
  /\ UNCHANGED <<tlb, walker, unmapped, freed, order, dropsMarks>>

\* The TLBs forget the old addresses while the locks are held.
Flush ==
  /\ mover.phase = "flush"
  /\ tlb' = IF FlushLate THEN tlb ELSE Flushed(tlb, mover.page, mover.end)
  /\ mover' = [mover EXCEPT !.phase = "unlock"]
  /\ UNCHANGED <<pmd, pte, walker, unmapped, freed, order, dropsMarks>>

\* The locks are dropped.
DropLocks ==
  /\ mover.phase = "unlock"
  /\ mover' = [mover EXCEPT !.phase = "extent", !.page = mover.end, !.rmap = FALSE]
  /\ UNCHANGED <<pmd, pte, tlb, walker, unmapped, freed, order, dropsMarks>>

\* All is moved.
Return ==
  /\ mover.phase = "extent" /\ mover.page = 4
  /\ tlb' = IF FlushLate THEN Flushed(tlb, 0, 4) ELSE tlb
  /\ mover' = [mover EXCEPT !.phase = "done"]
  /\ UNCHANGED <<pmd, pte, walker, unmapped, freed, order, dropsMarks>>

Mover == ChooseExtent \/ TakeLocks \/ MoveEntry \/ Flush \/ DropLocks \/ Return

(***************************************************************************)
(* The others.                                                             *)
(***************************************************************************)

\* The other CPU uses an address that it does not remember: the hardware reads the tables, whatever locks are held.
Translate ==
  /\ \E p \in Used :
       /\ tlb[p] = NoFrame /\ EntryAt(pmd, pte, p).frame # NoFrame
       /\ tlb' = [tlb EXCEPT ![p] = EntryAt(pmd, pte, p).frame]
  /\ UNCHANGED <<pmd, pte, mover, walker, unmapped, freed, order, dropsMarks>>

\* A walk for a frame begins (rmap_walk).
WalkBegins ==
  /\ RmapFree
  /\ \E f \in Frames \ unmapped : walker' = [phase |-> "look", frame |-> f, left |-> order, table |-> NoTable]
  /\ UNCHANGED <<pmd, pte, tlb, mover, unmapped, freed, order, dropsMarks>>

\* The walk finds the table for the next VMA, or that there is none (page_vma_mapped_walk).
WalkLooks ==
  /\ walker.phase = "look"
  /\ LET table == pmd[PmdOf(AddressIn(walker.left[1], walker.frame))]
         left == Tail(walker.left)
     IN walker' = IF table \in Tables THEN [walker EXCEPT !.phase = "unmap", !.table = table]
                  ELSE [walker EXCEPT !.phase = IF left = <<>> THEN "over" ELSE "look", !.left = left]
  /\ UNCHANGED <<pmd, pte, tlb, mover, unmapped, freed, order, dropsMarks>>

\* Under the lock of the table that it found the walk clears the entry and flushes the address that it came from; then it is over, or goes on.
WalkUnmaps ==
  /\ walker.phase = "unmap"
  /\ walker.table \notin LockedTables
  /\ LET p == AddressIn(walker.left[1], walker.frame)
         found == pte[walker.table][SlotOf(p)].frame = walker.frame
         left == Tail(walker.left)
     IN /\ pte' = Unmapped(pte, walker.table, p, walker.frame)
        /\ tlb' = IF found THEN Flushed(tlb, p, p + 1) ELSE tlb
        /\ unmapped' = IF found THEN unmapped \union {walker.frame} ELSE unmapped
        /\ walker' = [walker EXCEPT !.phase = IF found \/ left = <<>> THEN "over" ELSE "look", !.left = left, !.table = NoTable]
  /\ UNCHANGED <<pmd, mover, freed, order, dropsMarks>>

\* What the walk has unmapped is free for others (try_to_unmap's caller: shrink_folio_list, truncation).
WalkEnds ==
  /\ walker.phase = "over"
  /\ freed' = IF walker.frame \in unmapped THEN freed \union {walker.frame} ELSE freed
  /\ walker' = [phase |-> "none", frame |-> NoFrame, left |-> <<>>, table |-> NoTable]
  /\ UNCHANGED <<pmd, pte, tlb, mover, unmapped, order, dropsMarks>>

\* khugepaged replaces a table of file pages: it clears the entry above it, under the reverse map's lock and the entry's (retract_page_tables).
TakeTable ==
  /\ RmapFree
  /\ unmapped = {}
  /\ \E b \in {0} \ LockedEntries :
       /\ pmd[b] \in Tables \ LockedTables
       /\ pmd' = [pmd EXCEPT ![b] = NoTable]
       /\ unmapped' = {pte[pmd[b]][s].frame : s \in 0..1} \ {NoFrame}
       /\ tlb' = Flushed(tlb, 2 * b, 2 * b + 2)
  /\ UNCHANGED <<pte, mover, walker, freed, order, dropsMarks>>

Next == Mover \/ Translate \/ WalkBegins \/ WalkLooks \/ WalkUnmaps \/ WalkEnds \/ TakeTable

Spec == Init /\ [][Next]_vars /\ WF_vars(Mover) /\ WF_vars(WalkLooks \/ WalkUnmaps \/ WalkEnds)

(***************************************************************************)
(* Properties: those of PageTables, and that nobody waits for ever.        *)
(***************************************************************************)
NoStaleAccessHolds == NoStaleAccess(tlb, freed)
WalkFindsPageHolds == WalkFindsPage(pmd, pte, walker)
TablesAreTablesHolds == TablesAreTables(pmd)
MappedOnceHolds == MappedOnce(pmd, pte, unmapped)
OldPlaceUnreachableHolds == OldPlaceUnreachable(pmd, pte, tlb, mover)
PermissionsKeptHolds == PermissionsKept(pmd, pte, Writable)
MarksAsRegisteredHolds == MarksAsRegistered(pmd, pte, Marked, dropsMarks)

\* The call returns.
MoverReturns == <>(mover.phase = "done")

\* Every walk ends.
WalksEnd == walker.phase # "none" ~> walker.phase = "none"

(***************************************************************************)
(* Sometimes: what the bound reaches.                                      *)
(***************************************************************************)

\* A PUD entry, and a PMD entry, have moved with their tables.
PudMoved == pmd[2] = 1 /\ pmd[3] = 2 /\ mover.level = "pud"
PmdMoved == pmd[2] = 1 /\ pmd[3] = 4

\* A page has moved into a table that was there.
MovedIntoTable == 3 \in Occupied /\ mover.phase = "flush" /\ pmd[3] = 4 /\ pte[4][1] # NoEntry

\* The old address still translates while the locks are held.
OldTranslationUnderLock == mover.phase = "flush" /\ tlb[mover.page] # NoFrame /\ EntryAt(pmd, pte, mover.page) = NoEntry

\* A walk waits for the lock of a table that the mover holds; another looks into a table that the mover has emptied since.
WalkWaitsForTable == walker.phase = "unmap" /\ walker.table \in LockedTables
WalkFindsEntryGone == walker.phase = "unmap" /\ walker.left[1] = "source" /\ EntryAt(pmd, pte, walker.frame - 1) = NoEntry

\* A page is freed while its neighbours move.
FreedDuringMove == freed # {} /\ mover.phase = "move"

\* A table is gone that the mover had looked at.
TableGoneAfterLook == mover.phase = "lock" /\ mover.level # "page" /\ pmd[PmdOf(mover.page)] = NoTable
=============================================================================
