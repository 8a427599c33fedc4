---- MODULE TLA3102Conjunct ----
EXTENDS Naturals
VARIABLE n
Init == n = 0
Next == /\ n < 3
        /\ n + 1
        /\ n' = n + 1
====
