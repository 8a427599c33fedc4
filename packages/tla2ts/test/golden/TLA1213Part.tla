---- MODULE TLA1213Part ----
Two == /\ TRUE
       /\ FALSE
A == Two!2
B == Two!3
C == Two!lab
D == Two!1!1
E(S) == \A x \in S : /\ x = 1
                      /\ x = 2
F == E({1})!@!1
G == E({1})!(1, 2)
H == E({1})!(1)!3
RECURSIVE R(_)
R(n) == IF n = 0 THEN 0 ELSE R(n)!2
K(p) == CASE p = 1 -> 2 [] OTHER -> 3
L == K(1)!1
M == \A x \in {1} : here :: x = 1
N == Two!:!y
====
