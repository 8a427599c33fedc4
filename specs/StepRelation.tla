---------------------------- MODULE StepRelation ----------------------------
(***************************************************************************)
(* Is this step what the specification says?  Calls.tla and Mremap.tla say *)
(* what a call does as a function; a step that was seen elsewhere, in the  *)
(* model or on a kernel, is compared with it: its result, its map, its     *)
(* pages, its counters.  The address that was chosen is in the result, so  *)
(* that nothing is searched: the call is evaluated once.                   *)
(*                                                                         *)
(* Numbers of anon_vmas and frames that are new in the step are names      *)
(* only.  The functions know no ends of objects and no commit limit: a     *)
(* failure for one of these is excused, and nothing else.                  *)
(***************************************************************************)
EXTENDS Mremap, PropertyLib

\* What the specification says of the call, with the address that was chosen (do_mmap, do_mremap and the like).
LOCAL Said(s, c, r, prof) == Do(s, c, IF r.ok THEN r.value ELSE 0, prof)

\* Two results are the same.
LOCAL SameResult(x, y) == x.ok = y.ok /\ x.value = y.value /\ x.errno = y.errno

(***************************************************************************)
(* The step failed for something that the functions do not know:           *)
(*   ENOMEM, mmap     the commit limit; the choice of an address, which is *)
(*   mremap           not in the result                                    *)
(*   SIGBUS           a page beyond the end of its object                  *)
(*   ENOMEM, mlock2   the same; EFAULT, madvise, too                       *)
(*   any, mmap        the file or its driver (mmap_file); an address that  *)
(*                    looks like an error                                  *)
(*   EINVAL, mremap   an old range beyond user space, in a shrink          *)
(*   EBADF            a userfaultfd that was closed                        *)
(***************************************************************************)
LOCAL Excused(c, r) ==
  /\ ~r.ok
  /\ \/ r.errno \in {"SIGBUS", "EBADF"}
     \/ r.errno = "ENOMEM" /\ c.op \in {"mmap", "mremap", "mlock2"}
     \/ r.errno = "EFAULT" /\ c.op = "madvise"
     \/ c.op = "mmap" /\ (c.file # 0 \/ c.argClass # "ok")
     \/ c.op = "mremap" /\ r.errno = "EINVAL" /\ c.newLen < c.len

(***************************************************************************)
(* Registered memory of an object, which a call may fill: whether a page   *)
(* is missing is for the object to say (userfaultfd: handle_userfault is   *)
(* reached only where the page cache has no page).                         *)
(***************************************************************************)
LOCAL ObjectDecides(s, c) ==
  /\ c.op \in {"load", "store", "mlock2", "mlockall", "madvise", "mprotect", "mremap"}
  /\ LET end == IF c.op = "mlockall" /\ s.vmas # <<>> THEN s.vmas[Len(s.vmas)].end ELSE c.addr + Max(c.len, 1)
     IN \E i \in FirstAfter(s.vmas, c.addr)..Len(s.vmas) :
          s.vmas[i].start < end /\ s.vmas[i].file # 0 /\ s.vmas[i].uffd # 0

\* The anon_vma x that is said is the one that was seen, y: the same, or one that the step made; its number may be that of one that went (anon_vma_alloc).
LOCAL SameAnon(last, x, y, vmas) ==
  x = y \/ (x # 0 /\ y > last /\ (x > last \/ \A i \in 1..Len(vmas) : vmas[i].anonVma # x))

\* The VMA that is said is the one that was seen.
LOCAL SameVma(last, v, u, vmas) ==
  v = u \/ ( /\ v.start = u.start /\ v.end = u.end /\ v.pgoff = u.pgoff
             /\ SameAttributes(v, u) /\ v.extra = u.extra
             /\ SameAnon(last, v.anonVma, u.anonVma, vmas) )

\* The map is what the call makes of it: VMA by VMA, splits and merges included (mm/vma.c).
LOCAL SameMap(s, said, t) ==
  LET last == MaxAnon(s.vmas, 1, 0)
  IN Len(t.vmas) = Len(said.vmas) /\ \A i \in 1..Len(t.vmas) : SameVma(last, said.vmas[i], t.vmas[i], t.vmas)

(***************************************************************************)
(* A page that is watched for may have been read before it was registered: *)
(* then it is there, without a frame of its own, and raises no signal      *)
(* (do_anonymous_page: the zero page; handle_userfault is not reached).    *)
(***************************************************************************)
\* The space in which all pages of [a, b) that are watched for, and neither written nor guarded, were read before.
LOCAL ReadBefore(s, a, b) ==
  LET watched == {i \in FirstAfter(s.vmas, a)..Len(s.vmas) : HasMode(s.vmas[i].uffd, UffdMissing)}
      pages == UNION {Max(a, s.vmas[i].start)..(Min(b, s.vmas[i].end) - 1) : i \in watched}
  IN [s EXCEPT !.frames = [p \in DOMAIN s.frames \union (pages \ DOMAIN s.guards) |->
                             IF p \in DOMAIN s.frames THEN s.frames[p] ELSE ZeroPage]]

(***************************************************************************)
(* The private pages are where the call puts them (move_page_tables); one  *)
(* that a fault of the call brought in is no other page (handle_mm_fault). *)
(* Two things about faults are not for these functions to say: the end of  *)
(* an object, beyond which nothing is filled; and whether a page that is   *)
(* watched for and was never written is missing.  One that was read before *)
(* gets a frame when it is written (do_wp_page).                           *)
(***************************************************************************)
LOCAL SamePages(s, c, r, said, t, prof) ==
  /\ \A p \in DOMAIN said.frames :
       \/ p \in DOMAIN t.frames
       \/ MayFault(s, c, r, p) /\ p \notin DOMAIN s.frames /\ VmaAt(said.vmas, p).file # 0
       \/ said.frames[p] = ZeroPage /\ ~(MayFault(s, c, r, p) /\ VmaAt(said.vmas, p).write)
  /\ \A p \in DOMAIN t.frames :
       IF p \in DOMAIN said.frames
       THEN \/ t.frames[p] = said.frames[p]
            \/ /\ MayFault(s, c, r, p)
               /\ said.frames[p] \notin StayingFrames(s, c, r, prof) /\ t.frames[p] \notin StayingFrames(s, c, r, prof)
       ELSE MayFault(s, c, r, p) /\ VmaAt(said.vmas, p).uffd # 0

\* What future memory gets, and the end of the heap, are the same (mm->def_flags, mm->brk).
LOCAL SameProcess(said, t) ==
  said.lockFuture = t.lockFuture /\ said.onFaultFuture = t.onFaultFuture /\ said.heapEnd = t.heapEnd
    /\ said.elsewhere.locked = t.elsewhere.locked

\* The same pages are guarded (madvise_guard_install).
LOCAL SameGuards(said, t) ==
  /\ \A p \in DOMAIN said.guards : p \in DOMAIN t.guards
  /\ \A p \in DOMAIN t.guards : p \in DOMAIN said.guards

\* The first thing in which the effects differ: the map; the pages; map_count and total_vm; locked_vm; the commit charge; the rest.
LOCAL DifferentEffect(s, c, r, said, t, prof) ==
  CASE ~SameMap(s, said, t) -> "map"
    [] ~SamePages(s, c, r, said, t, prof) -> "pages"
    [] t.mapCount # said.mapCount -> "mapCount"
    [] t.totalVm # said.totalVm -> "totalVm"
    [] t.lockedVm # said.lockedVm -> "lockedVm"
    [] t.committed # said.committed -> "committed"
    [] ~SameGuards(said, t) -> "guards"
    [] ~SameProcess(said, t) -> "process"
    [] OTHER -> ""

\* What of the step is not the outcome o that is said; "" if it is all as said.
LOCAL DifferentOutcome(s, c, r, o, t, prof) ==
  IF SameResult(o.result, r) THEN DifferentEffect(s, c, r, o.space, t, prof) ELSE "result"

\* What of the step is not what the specification says; "" if it is all as said.
LOCAL Difference(s, c, r, t, prof) ==
  LET o == Said(s, c, r, prof)
      read == ReadBefore(s, c.addr, c.addr + Max(c.len, 1))
  IN IF ObjectDecides(s, c) THEN ""
     ELSE IF SameResult(o.result, r) THEN DifferentEffect(s, c, r, o.space, t, prof)
     ELSE IF Excused(c, r) THEN ""
     ELSE IF DOMAIN read.frames = DOMAIN s.frames THEN "result"
     ELSE DifferentOutcome(s, c, r, Said(read, c, r, prof), t, prof)

\* Where private mappings of files have two page offsets the functions know one of them (7.3).
LOCAL Knows(s, c, prof) ==
  prof.privateFilesHaveAnonOffset =>
    /\ c.op # "mmap" \/ c.file = 0 \/ c.shared
    /\ \A i \in 1..Len(s.vmas) : s.vmas[i].file = 0 \/ s.vmas[i].shared

\* The step is what the specification says: result, map, pages and counters (do_mmap, do_mremap and the like).
StepAllowed(s, c, r, t, prof) == Knows(s, c, prof) => Difference(s, c, r, t, prof) = ""
=============================================================================
