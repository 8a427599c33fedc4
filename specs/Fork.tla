-------------------------------- MODULE Fork --------------------------------
(***************************************************************************)
(* The address space of a forked process, as a function of its parent's    *)
(* (mm/mmap.c: dup_mmap; mm/rmap.c: anon_vma_fork; fs/userfaultfd.c:       *)
(* dup_userfaultfd).  The parent's stays as it is.                         *)
(*                                                                         *)
(*     VMA of the parent     in the child                                  *)
(*     VM_DONTCOPY           is not there                                  *)
(*     VM_WIPEONFORK         has no pages, as if it was never written      *)
(*     locked                is not locked                                 *)
(*     registered            is not registered, without EVENT_FORK         *)
(*     has an anon_vma       has one of its own, and a chain of several:   *)
(*                           it came by fork                               *)
(***************************************************************************)
EXTENDS Calls

\* The VMA of index i in the child; anon_vmas are numbered from `last` on.
ChildVma(v, i, last) ==
  [v EXCEPT !.locked = FALSE, !.lockonfault = FALSE, !.uffd = 0, !.ctx = 0,
            !.anonVma = IF v.anonVma = 0 \/ HasMode(v.extra, VmWipeOnFork) THEN 0 ELSE last + i]

\* The child's VMAs, from index i of the parent's on.
RECURSIVE ChildVmasFrom(_, _, _)
ChildVmasFrom(vmas, i, last) ==
  IF i > Len(vmas) THEN <<>>
  ELSE (IF HasMode(vmas[i].extra, VmDontCopy) THEN <<>> ELSE <<ChildVma(vmas[i], i, last)>>) \o ChildVmasFrom(vmas, i + 1, last)

\* Page p does not come to the child.
StaysBehind(s, p) ==
  LET v == VmaAt(s.vmas, p) IN HasMode(v.extra, VmDontCopy) \/ HasMode(v.extra, VmWipeOnFork)

\* The child's space; private pages are shared until one of the two writes, which gives neither an other number (copy_page_range).
Child(s) ==
  LET last == Max(MaxAnon(s.vmas, 1, 0), s.forkedBelow)
      vmas == ChildVmasFrom(s.vmas, 1, last)
  IN [s EXCEPT !.vmas = vmas,
               !.frames = [p \in {q \in DOMAIN s.frames : ~StaysBehind(s, q)} |-> s.frames[p]],
               !.guards = [p \in {q \in DOMAIN s.guards : ~StaysBehind(s, q)} |-> TRUE],
               !.mapCount = Len(vmas),
               !.totalVm = s.totalVm - (TotalPages(s.vmas) - TotalPages(vmas)),
               !.lockedVm = 0,
               !.committed = s.committed - (AccountPages(s.vmas) - AccountPages(vmas)),
               !.forkedBelow = last + Len(s.vmas) + 1,
               !.lockFuture = FALSE, !.onFaultFuture = FALSE,
               !.elsewhere.locked = 0]
=============================================================================
