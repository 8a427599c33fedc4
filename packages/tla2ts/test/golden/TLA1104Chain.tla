---- MODULE TLA1104Chain ----
EXTENDS Naturals
Between(a, b, c) == a < b < c
Implies(a, b, c) == a => b => c
====
