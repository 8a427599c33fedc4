---- MODULE TLA1303Instance ----
EXTENDS Naturals
VARIABLES c, d
---- MODULE Inner ----
CONSTANT k
VARIABLE v
Up == v' = v + k
====
J(m) == INSTANCE Inner WITH k <- m + 1, v <- c
L(w) == INSTANCE Inner WITH k <- 1, v <- w
G(x) == J(x)!Up
Right == J(1)!Up /\ L(c + d)!Up
Wrong == J(c)!Up
Too == G(d)
Primed == L(c')!Up
====
