---------------------------- MODULE UffdExclusion ---------------------------
(***************************************************************************)
(* Why a move of several VMAs refuses those that userfaultfd watches       *)
(* (mm/mremap.c of Linux 6.17 and 6.18: remap_move, vma_multi_allowed).    *)
(*                                                                         *)
(* Whoever moves watched memory has to tell the watcher and to wait until  *)
(* it has read that, and nobody may wait for it with the map's lock held.  *)
(* In a walk over several VMAs the lock would be dropped in the middle,    *)
(* and the map would be another when the walk goes on.  With Exclusion     *)
(* such memory is moved only alone, when no walk has to go on.             *)
(*                                                                         *)
(* Some places, and as many that they are moved to (with three: p to p +   *)
(* 3).  A VMA is a number, its handle; no number is used for a second VMA: *)
(* 1, 2, ... the source's, 11, 12, ... their copies at the destination,    *)
(* 21, 22, ... what another thread maps at places 1, 2, ..., once each.    *)
(*                                                                         *)
(*   lock -> find -> move (-> move ...) -> unlock (-> tell) -> done        *)
(*   and without Exclusion: move -> pause -> lockAgain -> move ...         *)
(***************************************************************************)
EXTENDS Integers, FiniteSets

CONSTANTS Exclusion,      \* watched VMAs are refused in walks
          Pieces,         \* places that are moved at most
          OtherPlaces,    \* where the other thread maps and unmaps
          LooksUpAgain    \* a walk whose lock was dropped looks for its next VMA again

VARIABLES map,        \* Places -> a VMA, or None
          watched,    \* VMAs that userfaultfd watches
          locked,     \* the mover has the map's lock for writing
          mover,      \* [phase, place, handle, end, result]; it moves the places 1 to end
          found,      \* the VMAs of the source when the lock was taken
          moved,      \* VMAs that the mover has moved
          theirs,     \* VMAs that others have mapped since the lock was taken, and not unmapped
          spent       \* places where others have mapped

vars == <<map, watched, locked, mover, found, moved, theirs, spent>>

None == 0
Source == 1..Pieces
Places == 1..(2 * Pieces)

\* The VMAs at some places.
At(places) == {map[p] : p \in places} \ {None}

\* The first place from p to end where something is mapped; 0 if there is none (vma_find).
RECURSIVE NextFrom(_, _, _)
NextFrom(m, p, end) == IF p > end THEN 0 ELSE IF m[p] # None THEN p ELSE NextFrom(m, p + 1, end)

\* A VMA may be moved: unwatched ones always, watched ones only as the whole of what the call moves (vma_multi_allowed).
Allowed(p) == Exclusion /\ map[p] \in watched => moved = {} /\ p = mover.end

(***************************************************************************)
(* The mover (remap_move).                                                 *)
(***************************************************************************)

\* The mover's place and handle for the VMA from p on, in the map m; without one the walk is over.
Onward(m, p) ==
  LET q == NextFrom(m, p, mover.end)
  IN IF q = 0 THEN [mover EXCEPT !.phase = "unlock", !.handle = None]
     ELSE [mover EXCEPT !.phase = "move", !.place = q, !.handle = m[q]]

\* The write lock (mmap_write_lock_killable).
Lock ==
  /\ mover.phase = "lock"
  /\ locked' = TRUE
  /\ found' = At(1..mover.end)
  /\ mover' = [mover EXCEPT !.phase = "find"]
  /\ UNCHANGED <<map, watched, moved, theirs, spent>>

\* The first VMA of the range; a hole there is refused (remap_move).
Find ==
  /\ mover.phase = "find"
  /\ mover' = IF map[1] = None THEN [mover EXCEPT !.phase = "unlock", !.result = "EFAULT"] ELSE Onward(map, 1)
  /\ UNCHANGED <<map, watched, locked, found, moved, theirs, spent>>

\* The VMA in hand is refused, or it is moved onto whatever is at its destination, and the next is taken in hand; the lock is dropped
\* if there is something to tell about this one before the walk goes on (mremap_to, mremap_userfaultfd_complete).
Move ==
  LET p == mover.place
      m == [map EXCEPT ![p] = None, ![p + Pieces] = p + 10]
      onward == Onward(m, p + 1)
  IN /\ mover.phase = "move"
     /\ IF ~Allowed(p)
        THEN /\ mover' = [mover EXCEPT !.phase = "unlock", !.result = "EFAULT"]
             /\ UNCHANGED <<map, watched, locked, moved>>
        ELSE /\ map' = m
             /\ moved' = moved \union {map[p]}
             /\ watched' = IF map[p] \in watched THEN watched \union {p + 10} ELSE watched
             /\ IF map[p] \in watched /\ onward.phase = "move"
                THEN /\ mover' = [onward EXCEPT !.phase = "pause"]
                     /\ locked' = FALSE
                ELSE /\ mover' = onward
                     /\ locked' = locked
     /\ UNCHANGED <<found, theirs, spent>>

\* The watcher has read that the VMA was moved (userfaultfd_event_wait_completion).
Told ==
  /\ mover.phase = "pause"
  /\ mover' = [mover EXCEPT !.phase = "lockAgain"]
  /\ UNCHANGED <<map, watched, locked, found, moved, theirs, spent>>

\* The lock again, and on with the VMA in hand, or with what is there by then.
LockAgain ==
  /\ mover.phase = "lockAgain"
  /\ locked' = TRUE
  /\ mover' = IF LooksUpAgain THEN Onward(map, mover.place) ELSE [mover EXCEPT !.phase = "move"]
  /\ UNCHANGED <<map, watched, found, moved, theirs, spent>>

\* The lock is dropped; then the watcher is told, if a watched VMA was moved alone (mmap_write_unlock, then mremap_userfaultfd_complete).
Unlock ==
  /\ mover.phase = "unlock"
  /\ locked' = FALSE
  /\ mover' = [mover EXCEPT !.phase = IF moved \intersect watched # {} THEN "tell" ELSE "done"]
  /\ UNCHANGED <<map, watched, found, moved, theirs, spent>>

\* The watcher has read it, and the call returns.
Tell ==
  /\ mover.phase = "tell"
  /\ mover' = [mover EXCEPT !.phase = "done"]
  /\ UNCHANGED <<map, watched, locked, found, moved, theirs, spent>>

(***************************************************************************)
(* Another thread, whenever the lock is free.                              *)
(***************************************************************************)

\* mmap where nothing is mapped.
OtherMaps(p) ==
  /\ ~locked /\ map[p] = None /\ p \notin spent
  /\ map' = [map EXCEPT ![p] = p + 20]
  /\ spent' = spent \union {p}
  /\ theirs' = IF mover.phase = "lock" THEN theirs ELSE theirs \union {p + 20}
  /\ UNCHANGED <<watched, locked, mover, found, moved>>

\* munmap.
OtherUnmaps(p) ==
  /\ ~locked /\ map[p] # None
  /\ map' = [map EXCEPT ![p] = None]
  /\ theirs' = theirs \ {map[p]}
  /\ UNCHANGED <<watched, locked, mover, found, moved, spent>>

Next ==
  \/ Lock \/ Find \/ Move \/ Told \/ LockAgain \/ Unlock \/ Tell
  \/ \E p \in OtherPlaces : OtherMaps(p) \/ OtherUnmaps(p)

Init ==
  /\ map \in {[p \in Places |-> IF p \in there THEN p ELSE None] : there \in SUBSET Source}
  /\ watched \in SUBSET Source
  /\ locked = FALSE
  /\ mover \in {[phase |-> "lock", place |-> 0, handle |-> None, end |-> end, result |-> ""] : end \in Source}
  /\ found = {} /\ moved = {} /\ theirs = {} /\ spent = {}

Spec == Init /\ [][Next]_vars /\ WF_vars(Lock \/ Find \/ Move \/ Told \/ LockAgain \/ Unlock \/ Tell)

(***************************************************************************)
(* Properties.                                                             *)
(***************************************************************************)

\* The VMA that the mover has in hand, when it goes to work on it, is the one that is mapped there: none that was freed (syzbot 4e221abf50259362f4f4).
HandleIsCurrent == mover.phase = "move" => map[mover.place] = mover.handle

\* Only VMAs are moved that were there when the lock was taken.
MovesWhatItFound == moved \subseteq found

\* A call that reports success has moved all that was there.
MovesAllThatItFound == mover.phase = "unlock" /\ mover.result = "" => moved = found

\* What others map after the lock was taken is theirs: the move neither takes it away nor puts something onto it.
OthersKept == theirs \subseteq At(Places)

\* The lock is dropped once, when the work is over (do_mremap).
OneHold == [][locked /\ ~locked' => mover.phase = "unlock"]_vars

\* Nobody is told anything with the lock held.
TellsWithoutLock == mover.phase \in {"pause", "tell"} => ~locked

\* A watched VMA is moved only alone (vma_multi_allowed).
WatchedMovesAlone == moved \intersect watched # {} => Cardinality(moved) = 1

\* The call returns.
MoverReturns == <>(mover.phase = "done")
=============================================================================
