------------------------------- MODULE Limits -------------------------------
(***************************************************************************)
(* Limits that a process can run into (sysctl vm.max_map_count, RLIMIT_AS, *)
(* RLIMIT_DATA, RLIMIT_MEMLOCK), and changing a part of a VMA, which may   *)
(* need room for one VMA more or two.  What the process has mapped beside  *)
(* the map is counted too.                                                 *)
(***************************************************************************)
EXTENDS Merge, Arguments

\* What a call leaves.
Outcome(s, result) == [space |-> s, result |-> result]

\* The space with other VMAs, its map_count following (vma_iter_store and the ++ and -- beside it).
WithVmas(s, vmas) == [s EXCEPT !.vmas = vmas, !.mapCount = s.mapCount + Len(vmas) - Len(s.vmas)]

\* There may be n more VMAs. With n = 0: there are not more than allowed; mmap looks no closer, so that there can be one more.
RoomFor(s, n) == s.mapCount + s.elsewhere.maps + n <= s.limits.maps

\* `pages` more may be mapped, as data or not; a limit of 0 for data is none (may_expand_vm).
MayExpand(s, asData, pages) ==
  /\ s.totalVm + s.elsewhere.total + pages <= s.limits.as
  /\ \/ ~asData \/ s.limits.data = 0
     \/ s.totalVm + s.elsewhere.data + pages <= s.limits.data \* there is no more data than there is memory
     \/ DataPages(s.vmas) + s.elsewhere.data + pages <= s.limits.data

\* The process may lock memory at all (can_do_mlock).
CanLock(s) == s.limits.ipcLock \/ s.limits.memlock > 0

\* `pages` more may be locked (mlock_future_ok).
MayLock(s, pages) == s.limits.ipcLock \/ s.lockedVm + s.elsewhere.locked + pages <= s.limits.memlock

(***************************************************************************)
(* A part of a VMA becomes x: one VMA with a neighbour, where it can;      *)
(* otherwise it is split off, at its start first.  Where there is no room  *)
(* for the second split the first one stays (vma_modify).                  *)
(*     before |AAAAAA|     one VMA may be made     change [2, 4)           *)
(*     after  |AA|AAAA|    ENOMEM                                          *)
(*                                                                         *)
(* `asked` is x as its neighbours are asked with it, and as it is then one *)
(* VMA with them: x itself, but for a defect (Uffd.tla).                   *)
(***************************************************************************)
ChangeAs(s, x, asked, prof) ==
  LET v == VmaAt(s.vmas, x.start)
      put == Put(s.vmas, asked, s.forkedBelow, prof)
      w == VmaAt(put, x.start)
      merged == w.start # x.start \/ w.end # x.end
      below == v.start < x.start
      above == v.end > x.end
      changed == WithVmas(s, IF merged THEN put ELSE PutAlone(s.vmas, x))
  IN IF RoomFor(s, 2) \/ merged \/ (~below /\ ~above) THEN Outcome(changed, Done(0))
     ELSE IF ~RoomFor(s, 1) THEN Outcome(s, Failed("ENOMEM"))
     ELSE IF below /\ above THEN Outcome(WithVmas(s, Cut(s.vmas, x.start)), Failed("ENOMEM"))
     ELSE Outcome(changed, Done(0))

Change(s, x, prof) == ChangeAs(s, x, x, prof)
=============================================================================
