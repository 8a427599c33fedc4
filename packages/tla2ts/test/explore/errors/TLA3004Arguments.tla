---- MODULE TLA3004Arguments ----
EXTENDS Naturals
VARIABLE n
Init == n = 0
Next == n' = (n + 1) % 3
Below(limit) == n < limit
====
