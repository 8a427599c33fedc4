--------------------------- MODULE MCUffdExclusion --------------------------
(***************************************************************************)
(* Moves of one, two and three VMAs, some of them watched, some missing,   *)
(* while another thread maps and unmaps whenever the lock is free.         *)
(***************************************************************************)
EXTENDS UffdExclusion

\* Where the other thread maps and unmaps: with three pieces old places and a new one, with four all but the first's.
OldAndNew == {1, 2, 5}
ManyPlaces == {2, 3, 6, 7, 8}

(***************************************************************************)
(* Sometimes: what the bound reaches.                                      *)
(***************************************************************************)
MovesThree == mover.phase = "done" /\ mover.result = "" /\ Cardinality(moved) = 3
MovesOverHole == mover.phase = "done" /\ mover.result = "" /\ mover.end = 3 /\ 2 \notin moved /\ Cardinality(moved) = 2
WatchedIsRefused == mover.phase = "unlock" /\ mover.result = "EFAULT" /\ mover.place # 0 /\ moved = {}
RefusedHalfway == mover.phase = "unlock" /\ mover.result = "EFAULT" /\ moved # {}
WatchedAlone == mover.phase = "tell"
SomethingElseThere == mover.phase = "move" /\ mover.handle > 20
=============================================================================
