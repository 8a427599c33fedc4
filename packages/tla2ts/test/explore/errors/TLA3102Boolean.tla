---- MODULE TLA3102Boolean ----
EXTENDS Naturals
VARIABLES n, done
Init == n = 0 /\ done = "no"
Next == /\ n < 3
        /\ n' = n + 1
        /\ done' = IF n = 2 THEN "yes" ELSE "no"
(* A string is no Boolean. *)
Small == /\ n < 5
         /\ done
====
