---- MODULE TLA1205Arguments ----
EXTENDS Sequences
F(a, b) == a
f[x \in {1}] == x
A == F(1)
B == f(1)
C == Append(<<>>)
D(G(_)) == G(1, 2)
E == f[1, 2]
====
