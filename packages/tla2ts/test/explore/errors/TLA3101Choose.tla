---- MODULE TLA3101Choose ----
EXTENDS Naturals
VARIABLE left
Init == left = {1, 2}
(* Goes on when nothing is left. *)
Next == left' = left \ {CHOOSE x \in left : TRUE}
====
