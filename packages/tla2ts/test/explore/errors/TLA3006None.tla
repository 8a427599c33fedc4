---- MODULE TLA3006None ----
EXTENDS Naturals
VARIABLE n
Init == n = 0
Inv == n < 2
====
