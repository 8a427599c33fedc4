----------------------------- MODULE PageLevel ------------------------------
(***************************************************************************)
(* mremap(2) as its caller sees it: a map from pages to what is there.     *)
(* There are no VMAs here, no merges, no counters: "the contents and the   *)
(* permissions of these pages are now there" (mremap(2), man-pages).       *)
(*                                                                         *)
(* Page == [ mapped, read, write, exec, shared, noreserve, charged,        *)
(*           locked, onFault, sealed, watched : BOOLEAN,                   *)
(*           object, index : Nat,   page `index` of an object; 0, 0 where  *)
(*                                  the memory is private and anonymous    *)
(*           frame : Nat ]          the private page; 0: not there yet     *)
(*                                                                         *)
(* What a process cannot see, the boundary between two VMAs that look the  *)
(* same, is left open: PageStep is a relation, and where such a boundary   *)
(* decides it allows both answers.  MCRefine checks that every call of     *)
(* Mremap.tla is one of these steps.                                       *)
(***************************************************************************)
EXTENDS Naturals

VARIABLES pages,   \* page -> Page
          call,    \* the call that is made
          result   \* what it returned; Pending before

\* Nothing is mapped here.
NoPage == [ mapped |-> FALSE, read |-> FALSE, write |-> FALSE, exec |-> FALSE, shared |-> FALSE, noreserve |-> FALSE,
            charged |-> FALSE, locked |-> FALSE, onFault |-> FALSE, sealed |-> FALSE, watched |-> FALSE,
            object |-> 0, index |-> 0, frame |-> 0 ]

\* The call has not returned.
Pending == [ok |-> FALSE, value |-> 0, errno |-> "pending"]

\* A frame of which only is known that nothing else has it (alloc_page).
SomeNewFrame == 1000000

\* Page p is one of the n pages from a on.
In(p, a, n) == a <= p /\ p < a + n

(***************************************************************************)
(* Parts of a range.                                                       *)
(***************************************************************************)

\* No page of [a, a + n) is mapped.
Free(pg, a, n) == \A p \in DOMAIN pg : In(p, a, n) => ~pg[p].mapped

\* Every page of [a, a + n) is mapped.
Full(pg, a, n) == \A p \in DOMAIN pg : In(p, a, n) => pg[p].mapped

\* Some page of [a, a + n) is sealed.
SomeSealed(pg, a, n) == \E p \in DOMAIN pg : In(p, a, n) /\ pg[p].sealed

\* Two pages that could be of one VMA: alike in all but which pages they are.
Alike(x, y) == [x EXCEPT !.frame = 0, !.index = 0] = [y EXCEPT !.frame = 0, !.index = 0]

\* All pages of [a, a + n) are mapped and alike; one VMA has such pages, and several may.
Uniform(pg, a, n) == \A p \in DOMAIN pg : In(p, a, n) => pg[p].mapped /\ Alike(pg[p], pg[a])

\* The pages without [a, a + n) (do_vmi_munmap).
Cleared(pg, a, n) == [p \in DOMAIN pg |-> IF In(p, a, n) THEN NoPage ELSE pg[p]]

(***************************************************************************)
(* What moves.                                                             *)
(***************************************************************************)

\* A page at its new place: without EVENT_REMAP nobody watches it there (mremap_userfaultfd_prep).
Arrived(x) == [x EXCEPT !.watched = FALSE]

\* A page's old place: nothing, or with DONTUNMAP the mapping without its page and its lock (dontunmap_complete).
Left(x, keep) == IF keep /\ x.mapped THEN [x EXCEPT !.frame = 0, !.locked = FALSE, !.onFault = FALSE] ELSE NoPage

\* The first len pages from a on are at n; a hole among them leaves what lies at its place (move_page_tables, remap_move).
Moved(pg, a, n, len, keep) ==
  [p \in DOMAIN pg |->
     IF In(p, n, len) /\ pg[(p - n) + a].mapped THEN Arrived(pg[(p - n) + a])
     ELSE IF In(p, a, len) THEN Left(pg[p], keep)
     ELSE pg[p]]

\* Page k of memory that begins like the page x: same permissions, the next pages of its object, empty.
Following(x, k) == [x EXCEPT !.index = IF x.object = 0 THEN 0 ELSE x.index + k, !.frame = 0]

\* Memory that is locked is filled at once, unless a watcher would have to fill it (mm_populate).
FilledPage(x) ==
  IF x.locked /\ ~x.onFault /\ x.write /\ ~x.shared /\ ~x.watched THEN [x EXCEPT !.frame = SomeNewFrame] ELSE x

\* Pages len..newLen-1 of the memory at n, which begins like x (vma_merge_extend, copy_vma).
Extended(pg, x, n, len, newLen) ==
  [p \in DOMAIN pg |-> IF In(p, n + len, newLen - len) THEN FilledPage(Following(x, p - n)) ELSE pg[p]]

\* Page p is what was expected.  A new frame is one that no other page has; one that the call freed may come back (alloc_page).
Meets(want, got, p) ==
  IF want[p].frame = SomeNewFrame
  THEN /\ [got[p] EXCEPT !.frame = SomeNewFrame] = want[p]
       /\ got[p].frame # 0
       /\ \A q \in DOMAIN got : q # p => got[q].frame # got[p].frame
  ELSE got[p] = want[p]

\* All pages are what was expected.
AllMeet(want, got) == \A p \in DOMAIN want : Meets(want, got, p)

(***************************************************************************)
(* Parameters (check_mremap_params).                                       *)
(***************************************************************************)
Target(c) == c.fixed \/ c.dontUnmap

ParametersRefused(c) ==
  \/ c.argClass # "ok" /\ c.argClass # "wraps"
  \/ c.newLen = 0
  \/ Target(c) /\ ( \/ ~c.mayMove
                    \/ c.dontUnmap /\ c.len # c.newLen
                    \/ c.addr + c.len > c.newAddr /\ c.newAddr + c.newLen > c.addr )

\* The call failed with this error and left these pages.
Fails(r, errno, want, next) == ~r.ok /\ r.errno = errno /\ next = want

(***************************************************************************)
(* The walk over a range, MREMAP_FIXED with equal lengths (remap_move).    *)
(* An obstacle is a mapped page that must not move: it or the page at its  *)
(* destination is sealed, or it is watched.  What lies before it moves,    *)
(* but for pages that may be of one VMA with it.                           *)
(***************************************************************************)
IsObstacle(pg, c, watchCounts, k) ==
  LET x == pg[c.addr + k]
  IN x.mapped /\ (x.sealed \/ (watchCounts /\ x.watched) \/ pg[c.newAddr + k].sealed)

\* How many pages come before the first obstacle; c.len if there is none.
RECURSIVE BeforeObstacle(_, _, _, _)
BeforeObstacle(pg, c, watchCounts, k) ==
  IF k >= c.len THEN c.len
  ELSE IF IsObstacle(pg, c, watchCounts, k) THEN k
  ELSE BeforeObstacle(pg, c, watchCounts, k + 1)

\* The walk, where the watch is an obstacle or not.
Walks(pg, c, watchCounts, r, next) ==
  LET first == BeforeObstacle(pg, c, watchCounts, 0)
      x == pg[c.addr + first]
  IN IF first = c.len
     THEN r.ok /\ r.value = c.newAddr /\ next = Moved(pg, c.addr, c.newAddr, c.len, c.dontUnmap)
     ELSE \E done \in 0..first :
            /\ Uniform(pg, c.addr + done, first - done + 1)
            /\ Fails(r, IF watchCounts /\ x.watched THEN "EFAULT" ELSE "EPERM",
                     Moved(pg, c.addr, c.newAddr, done, c.dontUnmap), next)

\* Watched memory may move if it is one VMA and all that is moved; whether it is one VMA cannot be seen (vma_multi_allowed).
MovesRange(pg, c, r, next) ==
  \/ Walks(pg, c, TRUE, r, next)
  \/ Uniform(pg, c.addr, c.len) /\ pg[c.addr].watched /\ Walks(pg, c, FALSE, r, next)

(***************************************************************************)
(* One piece, to a target (mremap_to).                                     *)
(***************************************************************************)
MovesOne(pg, c, r, next) ==
  LET x == pg[c.addr]
      kept == IF c.len < c.newLen THEN c.len ELSE c.newLen
      cleared == IF c.fixed THEN Cleared(pg, c.newAddr, c.newLen) ELSE pg
      tail == c.len - c.newLen
      shrunk == IF c.len > c.newLen THEN Cleared(cleared, c.addr + c.newLen, tail) ELSE cleared
  IN IF c.fixed /\ SomeSealed(pg, c.newAddr, c.newLen) THEN Fails(r, "EPERM", pg, next)
     ELSE IF ~cleared[c.addr].mapped THEN Fails(r, "EFAULT", cleared, next)
     ELSE IF c.len > c.newLen /\ c.argClass = "wraps" THEN Fails(r, "EINVAL", cleared, next)
     ELSE IF c.len > c.newLen /\ SomeSealed(cleared, c.addr + c.newLen, tail) THEN Fails(r, "EPERM", cleared, next)
     ELSE IF ~r.ok THEN ~c.fixed /\ Fails(r, "ENOMEM", shrunk, next)
     ELSE /\ IF c.fixed THEN r.value = c.newAddr ELSE Free(pg, r.value, c.newLen)
          /\ AllMeet(Extended(Moved(shrunk, c.addr, r.value, kept, c.dontUnmap), Arrived(x), r.value, kept, c.newLen), next)

(***************************************************************************)
(* Growing without a target (expand_vma): in place where what follows is   *)
(* free, else elsewhere if the caller allows it.                           *)
(***************************************************************************)
Grows(pg, c, r, next) ==
  LET x == pg[c.addr]
  IN IF Free(pg, c.addr + c.len, c.newLen - c.len)
     THEN r.ok /\ r.value = c.addr /\ AllMeet(Extended(pg, x, c.addr, c.len, c.newLen), next)
     ELSE IF ~r.ok THEN Fails(r, "ENOMEM", pg, next)
     ELSE /\ c.mayMove /\ Free(pg, r.value, c.newLen)
          /\ AllMeet(Extended(Moved(pg, c.addr, r.value, c.len, FALSE), Arrived(x), r.value, c.len, c.newLen), next)

\* What is beyond the new length goes (shrink_vma).
ShrinksInPlace(pg, c, r, next) ==
  IF c.argClass = "wraps" /\ c.newLen < c.len THEN Fails(r, "EINVAL", pg, next)
  ELSE IF SomeSealed(pg, c.addr + c.newLen, c.len - c.newLen) THEN Fails(r, "EPERM", pg, next)
  ELSE r.ok /\ r.value = c.addr /\ next = Cleared(pg, c.addr + c.newLen, c.len - c.newLen)

(***************************************************************************)
(* Is it a step of mremap from the pages pg, with result r, to next?       *)
(* (do_mremap, check_prep_vma)                                             *)
(***************************************************************************)
PageStep(pg, c, r, next) ==
  LET x == pg[c.addr]
      kept == IF c.len < c.newLen THEN c.len ELSE c.newLen
      refused(errno) == Fails(r, errno, pg, next)
  IN IF ParametersRefused(c) THEN refused("EINVAL")
     ELSE IF ~x.mapped THEN refused("EFAULT")
     ELSE IF c.fixed /\ c.len = c.newLen THEN MovesRange(pg, c, r, next)
     ELSE IF x.sealed THEN refused("EPERM")
     ELSE IF ~Target(c) /\ c.newLen <= c.len THEN ShrinksInPlace(pg, c, r, next)
     ELSE IF c.len = 0 /\ ~x.shared THEN refused("EINVAL")
     ELSE IF ~Uniform(pg, c.addr, kept) THEN refused("EFAULT")
     ELSE \/ kept > 1 /\ refused("EFAULT")
          \/ IF Target(c) THEN MovesOne(pg, c, r, next) ELSE Grows(pg, c, r, next)

(***************************************************************************)
(* The specification: one call.                                            *)
(***************************************************************************)
Init == result = Pending

Next ==
  /\ result = Pending
  /\ call' = call
  /\ PageStep(pages, call, result', pages')

Spec == Init /\ [][Next]_<<pages, call, result>>
=============================================================================
