---- MODULE TLA3105TooEarly ----
EXTENDS Naturals
VARIABLES a, b
Init == a = 0 /\ b = 0
Next == /\ b' = a' + 1
        /\ a' = a + 1
====
