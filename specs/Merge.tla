------------------------------- MODULE Merge -------------------------------
(***************************************************************************)
(* When two neighbours may be one VMA, and what one VMA they are           *)
(* (mm/vma.c: is_mergeable_vma, is_mergeable_anon_vma,                     *)
(* vma_merge_new_range, vma_merge_existing_range).                         *)
(*                                                                         *)
(* A merge is attempted only where a call puts something: facts of the     *)
(* sites are in Calls.tla and Mremap.tla.  A map that is "maximally        *)
(* merged" is not an invariant.                                            *)
(*                                                                         *)
(*   anon_vma of |  the other's anon_vma                                   *)
(*   the one     |  none        a            b # a                         *)
(*   ------------+-----------------------------------                      *)
(*   none        |  merge       merge (a)    merge (b)                     *)
(*   a           |  merge (a)   merge (a)    no                            *)
(*                                                                         *)
(* Where one is none, the other must not have come by fork: its VMA has a  *)
(* chain of several anon_vmas, which the memory that was never written     *)
(* must not share.  Until 6.15 a range that was written (the one) is not   *)
(* joined with a neighbour that was not: none in the second row is "no".   *)
(***************************************************************************)
EXTENDS Vma

\* The attributes that must be equal: flags (VM_ACCOUNT counts), open file, userfaultfd and its modes (is_mergeable_vma).
SameAttributes(u, v) ==
  /\ u.read = v.read
  /\ u.write = v.write
  /\ u.exec = v.exec
  /\ u.shared = v.shared
  /\ u.file = v.file
  /\ u.account = v.account
  /\ u.noreserve = v.noreserve
  /\ u.locked = v.locked
  /\ u.lockonfault = v.lockonfault
  /\ u.sealed = v.sealed
  /\ u.uffd = v.uffd
  /\ u.ctx = v.ctx
  /\ u.extra = v.extra \/ ComparedFlags(u.extra) = ComparedFlags(v.extra)

\* v continues u in address and in page offset; anonymous memory is tested too (can_vma_merge_after, can_vma_merge_before).
Continues(u, v) == u.end = v.start /\ u.pgoff + Pages(u) = v.pgoff

\* The anon_vma came by fork; those below `forkedBelow` did (vma_is_fork_child).
IsForked(a, forkedBelow) == a # 0 /\ a < forkedBelow

\* Two anon_vmas can be those of one VMA: they are the same, or one is none and the other did not come by fork (since 6.16: is_mergeable_anon_vma).
AnonCompatible(a, b, forkedBelow) ==
  \/ a = b
  \/ a = 0 /\ ~IsForked(b, forkedBelow)
  \/ b = 0 /\ ~IsForked(a, forkedBelow)

\* The anon_vma of two VMAs that become one: the one that is set (dup_anon_vma).
AnonOfBoth(a, b) == IF a # 0 THEN a ELSE b

\* u, the lower one, and v may become one VMA.
CanMerge(u, v, forkedBelow) ==
  Continues(u, v) /\ SameAttributes(u, v) /\ AnonCompatible(u.anonVma, v.anonVma, forkedBelow)

\* A range with the anon_vma `ours` may be joined with a neighbour that has `theirs` (is_mergeable_anon_vma): until 6.15 a written one not
\* with one that was never written.
MayJoin(ours, theirs, forkedBelow, prof) ==
  AnonCompatible(ours, theirs, forkedBelow) /\ (prof.faultedJoinsUnfaulted \/ ours = theirs \/ ours = 0)

\* The range x may be joined with the VMA u that ends where it begins (can_vma_merge_after).
JoinsBelow(u, x, forkedBelow, prof) ==
  Continues(u, x) /\ SameAttributes(u, x) /\ MayJoin(x.anonVma, u.anonVma, forkedBelow, prof)

\* The range x may be joined with the VMA u that begins where it ends (can_vma_merge_before).
JoinsAbove(u, x, forkedBelow, prof) ==
  Continues(x, u) /\ SameAttributes(x, u) /\ MayJoin(x.anonVma, u.anonVma, forkedBelow, prof)

\* The VMAs on both sides of a range go together: one was never written, or both have one anon_vma (is_mergeable_anon_vma without a VMA).
GoTogether(u, v) == u.anonVma = 0 \/ v.anonVma = 0 \/ u.anonVma = v.anonVma

\* The flags of two VMAs that become one: VM_MAYBE_GUARD if one has it (VM_STICKY).
FlagsOfBoth(a, b) == IF HasMode(b, VmMaybeGuard) THEN WithFlag(a, VmMaybeGuard) ELSE a

\* The VMA that u and its upper neighbour v become.
Merged(u, v) ==
  [u EXCEPT !.end = v.end, !.anonVma = AnonOfBoth(u.anonVma, v.anonVma), !.extra = FlagsOfBoth(u.extra, v.extra)]

\* The range x between two maps, one VMA with the last of `below`, with the first of `above`, or with both (vma_complete).
Joined(below, x, above, left, right) ==
  LET y == IF left THEN Merged(below[Len(below)], x) ELSE x
      z == IF right THEN Merged(y, above[1]) ELSE y
  IN SubSeq(below, 1, IF left THEN Len(below) - 1 ELSE Len(below))
       \o <<z>>
       \o SubSeq(above, IF right THEN 2 ELSE 1, Len(above))

(***************************************************************************)
(* Put x in the place of whatever lies in its range, and attempt to merge  *)
(* it with both neighbours, the left one first: where all three cannot be  *)
(* one because the outer two have different anon_vmas, only the left merge *)
(* is done.                                                                *)
(*                                                                         *)
(*     before   |AAAA|....|CC|        x = |XX| at 4                        *)
(*     both     |AAAAXXCC|      left  |AAAAXX|CC|                          *)
(*     right    |AAAA|XXCC|     none  |AAAA|XX|CC|                         *)
(*                                                                         *)
(* For a VMA (or a part of one) whose attributes change the neighbours     *)
(* inside the same VMA differ from x, so that only an end of the VMA       *)
(* itself can merge (vma_modify).  For new memory both ends are tried      *)
(* (vma_merge_new_range).  The VMA that has page p is not asked.           *)
(***************************************************************************)
PutApart(vmas, x, forkedBelow, p, prof) ==
  LET below == Below(vmas, x.start)
      above == Above(vmas, x.end)
      has(v) == v.start <= p /\ p < v.end
      last == below[Len(below)]
      left == below # <<>> /\ JoinsBelow(last, x, forkedBelow, prof) /\ ~has(last)
      right == above # <<>> /\ JoinsAbove(above[1], x, forkedBelow, prof) /\ ~has(above[1])
  IN Joined(below, x, above, left, right /\ (~left \/ GoTogether(last, above[1])))

\* Every neighbour is asked: none has a page of x.
Put(vmas, x, forkedBelow, prof) == PutApart(vmas, x, forkedBelow, x.start, prof)

(***************************************************************************)
(* Put new memory x where nothing is.  Until 6.11 the upper neighbour is   *)
(* asked first, and what it is joined with has its anon_vma when the lower *)
(* one is asked (mmap_region; since 6.12 vma_merge_new_range).             *)
(*     before     |aaaa|....|bb|      x = |XX| at 4, a # b                 *)
(*     since 6.12 |aaaaaa|bb|         before |aaaa|bbbb|                   *)
(***************************************************************************)
PutNew(vmas, x, forkedBelow, prof) ==
  LET below == Below(vmas, x.start)
      above == Above(vmas, x.end)
      right == above # <<>> /\ JoinsAbove(above[1], x, forkedBelow, prof)
      y == IF right THEN Merged(x, above[1]) ELSE x
      left == below # <<>> /\ JoinsBelow(below[Len(below)], y, forkedBelow, prof)
  IN IF prof.newRangeAsksNextFirst THEN Joined(below, x, above, left, right) ELSE Put(vmas, x, forkedBelow, prof)

\* Put x behind what ends where it starts, if that is not below page `first`: the upper neighbour is not asked (do_brk_flags).
PutBehind(vmas, x, first, forkedBelow, prof) ==
  LET below == Below(vmas, x.start)
      last == below[Len(below)]
      left == below # <<>> /\ last.end > first /\ JoinsBelow(last, x, forkedBelow, prof)
  IN (IF left THEN Append(SubSeq(below, 1, Len(below) - 1), Merged(last, x)) ELSE Append(below, x)) \o Above(vmas, x.end)

\* Put x in the place of whatever lies in its range, without an attempt to merge.
PutAlone(vmas, x) == Append(Below(vmas, x.start), x) \o Above(vmas, x.end)

(***************************************************************************)
(* The first write fault of v takes the anon_vma of a neighbour with which *)
(* it could share one: adjacent, contiguous in page offset, equal but for  *)
(* the permissions; the upper neighbour is asked first                     *)
(* (find_mergeable_anon_vma, anon_vma_compatible).                         *)
(***************************************************************************)
SharesAnon(u, v) ==
  /\ Continues(u, v)
  /\ u.shared = v.shared
  /\ u.file = v.file
  /\ u.account = v.account
  /\ u.noreserve = v.noreserve
  /\ u.locked = v.locked
  /\ u.lockonfault = v.lockonfault
  /\ u.sealed = v.sealed
  /\ u.uffd = v.uffd
  /\ u.extra = v.extra \/ ComparedFlags(u.extra) = ComparedFlags(v.extra)

\* A VMA has an anon_vma to share: one that did not come by fork (reusable_anon_vma).
OffersAnon(v, forkedBelow) == v.anonVma # 0 /\ ~IsForked(v.anonVma, forkedBelow)

\* The anon_vma that the VMA of index i has after a write fault: its own, a neighbour's, or `fresh`.
AnonAfterFault(vmas, i, forkedBelow, fresh) ==
  IF vmas[i].anonVma # 0 THEN vmas[i].anonVma
  ELSE IF i < Len(vmas) /\ OffersAnon(vmas[i + 1], forkedBelow) /\ SharesAnon(vmas[i], vmas[i + 1]) THEN vmas[i + 1].anonVma
  ELSE IF i > 1 /\ OffersAnon(vmas[i - 1], forkedBelow) /\ SharesAnon(vmas[i - 1], vmas[i]) THEN vmas[i - 1].anonVma
  ELSE fresh
=============================================================================
