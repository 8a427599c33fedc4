---- MODULE TLA3001Name ----
EXTENDS Naturals
CONSTANT Size
VARIABLE n
Init == n = 0
Next == n' = (n + 1) % Size
Small == n < Size
====
