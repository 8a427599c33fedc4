----------------------------- MODULE PageTables -----------------------------
(***************************************************************************)
(* Moving page-table entries (mm/mremap.c: move_page_tables), while the    *)
(* hardware of another CPU translates addresses without any lock, while    *)
(* reclaim looks for a page through the reverse map, and while khugepaged  *)
(* takes page tables away.                                                 *)
(*                                                                         *)
(* Four pages are moved to the four pages after them.  Two pages share a   *)
(* table, which a PMD entry points to; two PMD entries share a table,      *)
(* which a PUD entry points to (a PUD entry that moves takes both with it).*)
(*                                                                         *)
(*     page      0   1   2   3  |  4   5   6   7                           *)
(*     PMD entry 0       1      |  2       3                               *)
(*     PUD entry 0              |  1                                       *)
(*                                                                         *)
(* Every operator is a function of values; who runs when is in             *)
(* MCPageTables.  An entry is                                              *)
(*   [frame : Frames or NoFrame, write : BOOLEAN, wp : BOOLEAN]            *)
(* wp is userfaultfd's mark of write protection.                           *)
(***************************************************************************)
EXTENDS Integers, FiniteSets, Sequences

CONSTANTS FlushLate,    \* the TLB is flushed at the end of the call, not before the locks are dropped: CVE-2018-18281
          RmapLock,     \* tables are moved under the lock of the reverse map; without it: CVE-2022-41222
          Recheck       \* an entry is read again once its lock is held; without it: CVE-2024-50066

Source == 0..3
Destination == 4..7
Pages == Source \union Destination
Frames == 1..4
PmdEntries == 0..3
Tables == 1..4

NoFrame == 0
NoTable == 0

\* What a table address read from an empty entry is: memory that is no table.
Garbage == 9

NoEntry == [frame |-> NoFrame, write |-> FALSE, wp |-> FALSE]

\* The PMD entry above a page (pmd_offset).
PmdOf(p) == p \div 2

\* The place of a page in its table (pte_offset).
SlotOf(p) == p % 2

\* The entry of a page, as the hardware or a walk from the top finds it (pte_offset_map).
EntryAt(pmd, pte, p) == IF pmd[PmdOf(p)] \in Tables THEN pte[pmd[PmdOf(p)]][SlotOf(p)] ELSE NoEntry

\* The pages at which a frame is mapped.
PlacesOf(pmd, pte, f) == {p \in Pages : EntryAt(pmd, pte, p).frame = f}

(***************************************************************************)
(* How far one step of the move goes.                                      *)
(***************************************************************************)

\* The pages that an entry of a level covers (PAGE_SIZE, PMD_SIZE, PUD_SIZE).
Extent(level) == CASE level = "pud" -> 4 [] level = "pmd" -> 2 [] OTHER -> 1

\* An entry of this level can be moved for page p: it begins there, all of it moves, and there is none in its way (get_extent, move_normal_pmd).
\* Where userfaultfd's marks have to go, every entry is looked at, so only pages are moved (vma_has_uffd_without_event_remap).
CanMove(pmd, p, level, dropsMarks) ==
  \/ level = "page"
  \/ /\ ~dropsMarks
     /\ p % Extent(level) = 0 /\ p + Extent(level) <= 4
     /\ \A q \in p..(p + Extent(level) - 1) : pmd[PmdOf(q)] # NoTable /\ pmd[PmdOf(q + 4)] = NoTable

\* Pages are moved one table at a time, under the locks of both tables: so far this step goes (move_ptes).
EndOf(p, level) == IF level = "page" THEN (PmdOf(p) + 1) * 2 ELSE p + Extent(level)

\* The reverse map's lock is taken where a walk could look at both places and miss the page: always for tables,
\* for pages only where the walk looks at the destination first (move_page_tables: need_rmap_locks).
NeedsRmapLock(level, order) == RmapLock /\ (level # "page" \/ order[1] = "destination")

(***************************************************************************)
(* What moves.                                                             *)
(***************************************************************************)

\* The entry as it is at its destination; its own permissions, without userfaultfd's mark where that has to go (move_soft_dirty_pte, clear_uffd_wp_pte).
Arriving(entry, dropsMarks) == IF dropsMarks THEN [entry EXCEPT !.wp = FALSE] ELSE entry

\* The destination has a table for page p (alloc_new_pmd, pte_alloc).
WithTable(pmd, p) == IF pmd[PmdOf(p)] = NoTable THEN [pmd EXCEPT ![PmdOf(p)] = PmdOf(p) + 1] ELSE pmd

\* The entry of one page goes from p to q (move_ptes).
PageMoved(pmd, pte, p, q, dropsMarks) ==
  LET from == pmd[PmdOf(p)]
      to == pmd[PmdOf(q)]
      entry == EntryAt(pmd, pte, p)
  IN IF entry = NoEntry THEN pte
     ELSE [pte EXCEPT ![from][SlotOf(p)] = NoEntry, ![to][SlotOf(q)] = Arriving(entry, dropsMarks)]

\* What the mover writes into the destination for an entry that it has read: an empty entry, not looked at again, is taken for a table.
TableMoved(table) == IF table # NoTable THEN table ELSE IF Recheck THEN NoTable ELSE Garbage

\* The PMD entries of pages p to end go to the destination, tables and all (move_normal_pmd, move_normal_pud).
TablesMoved(pmd, p, end) ==
  [b \in PmdEntries |->
     IF PmdOf(p) <= b /\ b < PmdOf(end) THEN NoTable
     ELSE IF PmdOf(p + 4) <= b /\ b < PmdOf(end + 4) THEN TableMoved(pmd[b - 2])
     ELSE pmd[b]]

\* No CPU translates the pages from p to end with what it remembers (flush_tlb_range).
Flushed(tlb, p, end) == [q \in Pages |-> IF p <= q /\ q < end THEN NoFrame ELSE tlb[q]]

(***************************************************************************)
(* The reverse map.                                                        *)
(***************************************************************************)

\* Where a frame would be in the VMA that a walk has come to (vma_address).
AddressIn(vma, f) == IF vma = "source" THEN f - 1 ELSE f + 3

\* The entry in a table that a walk found, cleared if it maps the frame (try_to_unmap_one).
Unmapped(pte, table, p, f) ==
  IF pte[table][SlotOf(p)].frame = f THEN [pte EXCEPT ![table][SlotOf(p)] = NoEntry] ELSE pte

(***************************************************************************)
(* Properties.                                                             *)
(***************************************************************************)

\* No CPU reaches a page that was freed (CVE-2018-18281, CVE-2022-41222).
NoStaleAccess(tlb, freed) == \A p \in Pages : tlb[p] \notin freed

\* A walk of the reverse map that is over has found the page wherever it is (rmap_walk; CVE-2022-41222).
WalkFindsPage(pmd, pte, walker) == walker.phase = "over" => PlacesOf(pmd, pte, walker.frame) = {}

\* Every entry of the upper levels is empty or points to a table, and no two to the same (CVE-2024-50066).
TablesAreTables(pmd) ==
  /\ \A b \in PmdEntries : pmd[b] \in Tables \union {NoTable}
  /\ \A a, b \in PmdEntries : pmd[a] = pmd[b] /\ pmd[a] # NoTable => a = b

\* A page that nobody unmapped is mapped at exactly one place: at its old one or at its new one.
MappedOnce(pmd, pte, unmapped) ==
  \A f \in Frames \ unmapped : PlacesOf(pmd, pte, f) \in {{AddressIn("source", f)}, {AddressIn("destination", f)}}

\* Once the call has returned, the old addresses reach nothing, neither through the tables nor through a TLB.
OldPlaceUnreachable(pmd, pte, tlb, mover) ==
  mover.phase = "done" => \A p \in Source : EntryAt(pmd, pte, p) = NoEntry /\ tlb[p] = NoFrame

\* Every page keeps its own permission on the way (the batches of 6.17 gave all the first one's).
PermissionsKept(pmd, pte, writable) ==
  \A p \in Pages : LET e == EntryAt(pmd, pte, p) IN e.frame # NoFrame => (e.write <=> e.frame \in writable)

\* Where the new VMA is not registered, no entry of it has userfaultfd's mark; elsewhere the marks stay (CVE-2025-21696).
MarksAsRegistered(pmd, pte, marked, dropsMarks) ==
  \A p \in Destination : LET e == EntryAt(pmd, pte, p) IN e.frame # NoFrame => (e.wp <=> e.frame \in marked /\ ~dropsMarks)
=============================================================================
