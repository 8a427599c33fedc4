---- MODULE TLA3011Hidden ----
EXTENDS Naturals
VARIABLE n
Init == n = 0
Next == n' = (n + 1) % 3
Hidden == \EE x : [](x = n)
====
