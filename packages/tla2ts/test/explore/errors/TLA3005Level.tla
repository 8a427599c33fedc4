---- MODULE TLA3005Level ----
EXTENDS Naturals
VARIABLE n
Init == n = 0
Next == n' = (n + 1) % 3
Grows == n' > n
Always == [](n < 3)
====
