---- MODULE TLA3107Assumption ----
EXTENDS Naturals
CONSTANT N
ASSUME N + 1 > 0
====
