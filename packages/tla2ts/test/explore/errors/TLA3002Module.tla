---- MODULE TLA3002Module ----
EXTENDS Naturals
CONSTANT Size
VARIABLE n
Init == n = 0
Next == n' = (n + 1) % Size
====
