----------------------------- MODULE Populating -----------------------------
(***************************************************************************)
(* Locked memory is filled when the map's lock has been dropped: by mremap *)
(* that made it grow, by mmap and by mlock (mm_populate, __mm_populate).   *)
(* In between other threads map, unmap and store; the filler takes what it *)
(* finds.  A page that userfaultfd watches is asked for like any other:    *)
(* the filler sleeps without the lock, which the watcher may need.         *)
(*                                                                         *)
(*   the filler    lock -> grow -> unlock -> next -> fault (-> asleep)     *)
(*                 -> next ... -> done                                     *)
(*   a mapper      unmaps and maps                                         *)
(*   a toucher     stores, where it may                                    *)
(*   the watcher   reads of a missing page, maps for itself, fills, wakes  *)
(***************************************************************************)
EXTENDS Integers

CONSTANTS Ignores,      \* TRUE: mremap, mmap; FALSE: mlock, which tells of a hole
          Watched,      \* which places userfaultfd watches
          FillsLocked   \* TRUE: what must not be, the lock is kept until all is filled

VARIABLES vma,        \* Places -> [of : 1 the call's memory, 2 another's, 0 none; locked, watched : BOOLEAN]
          page,       \* Places -> what is in the page, or NoPage
          memory,     \* Places -> what was last stored there, wherever that is kept; nobody reads this
          lock,       \* the map's lock: "free", "filler" (for writing), "reading" (the filler, one page)
          filler,     \* [phase, place, result]
          watcher,    \* [phase, place]
          disturbed   \* somebody unmapped a part of the call's memory

vars == <<vma, page, memory, lock, filler, watcher, disturbed>>

Places == 1..3
NoPage == -1
Zero == 0
Given == 5    \* what the watcher has for a page
Stored == 7
NoVma == [of |-> 0, locked |-> FALSE, watched |-> FALSE]
IsMapped(p) == vma[p].of # 0

(***************************************************************************)
(* The filler.                                                             *)
(***************************************************************************)

\* The write lock, and three pages of locked memory (expand_vma, do_mlock).
Grow ==
  /\ filler.phase = "grow" /\ lock = "free"
  /\ lock' = "filler"
  /\ vma' = [p \in Places |-> [of |-> 1, locked |-> TRUE, watched |-> p \in Watched]]
  /\ memory' = [p \in Places |-> IF p \in Watched THEN Given ELSE memory[p]]
  /\ filler' = [filler EXCEPT !.phase = "unlock"]
  /\ UNCHANGED <<page, watcher, disturbed>>

\* The lock is dropped before anything is filled (mmap_write_unlock before mm_populate).
Unlock ==
  /\ filler.phase = "unlock"
  /\ lock' = IF FillsLocked THEN lock ELSE "free"
  /\ filler' = [filler EXCEPT !.phase = "next"]
  /\ UNCHANGED <<vma, page, memory, watcher, disturbed>>

\* The next page, under the lock for reading; after the last one the call returns (__mm_populate).
NextPage ==
  /\ filler.phase = "next" /\ (lock = "free" \/ FillsLocked)
  /\ IF filler.place > 3
     THEN filler' = [filler EXCEPT !.phase = "done"] /\ lock' = "free"
     ELSE filler' = [filler EXCEPT !.phase = "fault"] /\ lock' = IF FillsLocked THEN lock ELSE "reading"
  /\ UNCHANGED <<vma, page, memory, watcher, disturbed>>

\* What is left when a page has been dealt with: the next one, without the lock.
Passed(result) ==
  /\ filler' = [filler EXCEPT !.phase = IF result = "" THEN "next" ELSE "done", !.place = filler.place + 1, !.result = result]
  /\ lock' = IF FillsLocked /\ result = "" THEN lock ELSE "free"

\* A page is there, or comes; a hole is passed over or ends the call; a watched page is asked for (faultin_page, handle_userfault).
FaultPage ==
  LET p == filler.place
      asks == IsMapped(p) /\ vma[p].watched /\ page[p] = NoPage
  IN /\ filler.phase = "fault"
     /\ IF asks
        THEN /\ filler' = [filler EXCEPT !.phase = "asleep"]
             /\ lock' = IF FillsLocked THEN lock ELSE "free"
             /\ page' = page
        ELSE /\ page' = IF IsMapped(p) /\ page[p] = NoPage THEN [page EXCEPT ![p] = Zero] ELSE page
             /\ Passed(IF IsMapped(p) \/ Ignores THEN "" ELSE "ENOMEM")
     /\ UNCHANGED <<vma, memory, watcher, disturbed>>

Filler == Grow \/ Unlock \/ NextPage \/ FaultPage

(***************************************************************************)
(* The others.                                                             *)
(***************************************************************************)

\* munmap of one page: it is one step, under the write lock.
Unmap(p) ==
  /\ lock = "free" /\ IsMapped(p)
  /\ vma' = [vma EXCEPT ![p] = NoVma]
  /\ page' = [page EXCEPT ![p] = NoPage]
  /\ memory' = [memory EXCEPT ![p] = Zero]
  /\ disturbed' = (disturbed \/ vma[p].of = 1)
  /\ UNCHANGED <<lock, filler, watcher>>

\* mmap of one page, by somebody else.
Map(p) ==
  /\ lock = "free" /\ ~IsMapped(p) /\ filler.phase # "grow"
  /\ vma' = [vma EXCEPT ![p] = [of |-> 2, locked |-> FALSE, watched |-> FALSE]]
  /\ UNCHANGED <<page, memory, lock, filler, watcher, disturbed>>

\* A store; where the page is missing the fault makes it, under the lock of the VMA, which a writer of the map would have (do_anonymous_page).
Store(p) ==
  /\ IsMapped(p) /\ (page[p] # NoPage \/ (~vma[p].watched /\ lock # "filler"))
  /\ page' = [page EXCEPT ![p] = Stored]
  /\ memory' = [memory EXCEPT ![p] = Stored]
  /\ UNCHANGED <<vma, lock, filler, watcher, disturbed>>

\* The watcher reads of the page, and first maps memory for itself: it needs the lock.
Prepare ==
  /\ watcher.phase = "idle" /\ filler.phase = "asleep" /\ lock = "free"
  /\ watcher' = [phase |-> "fill", place |-> filler.place]
  /\ UNCHANGED <<vma, page, memory, lock, filler, disturbed>>

\* UFFDIO_COPY, unless the page has come by then, and wakes who sleeps (mfill_atomic, wake_userfault).
FillAndWake ==
  LET p == watcher.place
  IN /\ watcher.phase = "fill" /\ lock # "filler"
     /\ page' = IF IsMapped(p) /\ vma[p].watched /\ page[p] = NoPage THEN [page EXCEPT ![p] = Given] ELSE page
     /\ watcher' = [phase |-> "idle", place |-> 0]
     /\ filler' = IF filler.phase = "asleep" THEN [filler EXCEPT !.phase = "next"] ELSE filler
     /\ UNCHANGED <<vma, memory, lock, disturbed>>

Watcher == Prepare \/ FillAndWake

Init ==
  /\ vma = [p \in Places |-> NoVma]
  /\ page = [p \in Places |-> NoPage]
  /\ memory = [p \in Places |-> Zero]
  /\ lock = "free"
  /\ filler = [phase |-> "grow", place |-> 1, result |-> ""]
  /\ watcher = [phase |-> "idle", place |-> 0]
  /\ disturbed = FALSE

Next == Filler \/ Watcher \/ \E p \in Places : Unmap(p) \/ Map(p) \/ Store(p)

Spec == Init /\ [][Next]_vars /\ WF_vars(Filler) /\ SF_vars(NextPage) /\ SF_vars(Prepare) /\ WF_vars(FillAndWake)

(***************************************************************************)
(* Properties.                                                             *)
(***************************************************************************)

\* Filling overwrites nothing: what is in a page is what was last stored there.
StoresKept == \A p \in Places : page[p] # NoPage => page[p] = memory[p]

\* No page comes where nothing is mapped.
PagesHaveVmas == \A p \in Places : page[p] # NoPage => IsMapped(p)

\* The filler waits for the watcher without any lock (handle_userfault drops it).
WaitsWithoutLock == filler.phase = "asleep" => lock = "free"

\* Nobody waits for the lock while pages are filled one after the other: between two pages it is free (__mm_populate).
FreeBetweenPages == filler.phase = "next" => lock # "filler"

\* Memory that nobody unmapped is all there when the call returns.
FilledIfLeftAlone == filler.phase = "done" /\ ~disturbed => \A p \in Places : page[p] # NoPage

\* mremap and mmap succeed whatever could not be filled; mlock tells of a hole, and what it locked stays locked (do_mlock).
ResultIsRight ==
  filler.phase = "done" =>
    /\ Ignores => filler.result = ""
    /\ filler.result # "" => disturbed
    /\ \A p \in Places : vma[p].of = 1 => vma[p].locked

\* The call returns.
CallReturns == <>(filler.phase = "done")

\* The watcher comes back.
WatcherReturns == watcher.phase # "idle" ~> watcher.phase = "idle"

(***************************************************************************)
(* Sometimes.                                                              *)
(***************************************************************************)

\* Another's memory is filled in the place of what was unmapped.
FillsAnothers == filler.phase = "done" /\ \E p \in Places : vma[p].of = 2 /\ page[p] = Zero
StoredBeforeFilled == filler.phase = "fault" /\ page[filler.place] = Stored
HolePassed == filler.phase = "done" /\ filler.result = "" /\ \E p \in Places : ~IsMapped(p)
HoleTold == filler.result = "ENOMEM"
=============================================================================
