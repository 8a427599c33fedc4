---- MODULE TLA1204Twice ----
EXTENDS Naturals
VARIABLES x, y, x
Nat == {}
F(x) == x
G == \E y \in {1} : y = 1
H(a) == LET a == 1 IN a
K(a, a) == 1
K == 2
====
