---- MODULE TLA3103Domain ----
EXTENDS Naturals, Sequences
VARIABLES stack, top
Init == stack = <<3, 4>> /\ top = 1
Step(k) == top' = stack[top + k]
Next == \E k \in {0, 1} : Step(k) /\ UNCHANGED stack
====
