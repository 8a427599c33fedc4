---- MODULE TLA1302Primes ----
EXTENDS Naturals
VARIABLES x, y
Bigger == x' > x
A == (x' + 1)'
B == Bigger'
C == UNCHANGED <<x, y'>>
After(e) == e'
D == After(x) /\ After(x')
E == After(y + x')
====
