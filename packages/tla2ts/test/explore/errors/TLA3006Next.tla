---- MODULE TLA3006Next ----
EXTENDS Naturals
VARIABLE n
Init == n = 0
====
