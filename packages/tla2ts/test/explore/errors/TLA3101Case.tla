---- MODULE TLA3101Case ----
EXTENDS Naturals
VARIABLE n
Init == n = 0
Next == n' = CASE n = 0 -> 1
               [] n = 1 -> 2
====
