---- MODULE TLA3106Assertion ----
EXTENDS Naturals, TLC
VARIABLE n
Init == n = 0
Next == n' = n + 1 /\ Assert(n < 2, "too far")
====
