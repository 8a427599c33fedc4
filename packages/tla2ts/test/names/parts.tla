---- MODULE Parts ----
EXTENDS Integers, Sequences, FiniteSets, TLC
A(p) == /\ p > 1
        /\ \A x \in {1, p} : x + p > 2
        /\ \/ p = 3
           \/ \E y, z \in {1, 2}, w \in {5} : y + z * w = p
L == LET a == 1
         G(x) == x + a
         H[n \in 0..5] == IF n = 0 THEN 0 ELSE n + H[n-1]
         RECURSIVE R(_)
         R(n) == IF n = 0 THEN {} ELSE {n} \cup R(n - 1)
     IN  <<G(1), H[3], R(2)>>
I(p) == IF p = 1 THEN {p, p + 1} ELSE [q \in {p} |-> q * q]
K(p) == CASE p = 1 -> <<1, 2>> [] p = 2 -> <<3, 4>> [] OTHER -> <<5, 6>>
R(p) == [a |-> p, b |-> <<p, p>>]
S == [a : {1}, b : {2, 3}]
E == [[a |-> 1] EXCEPT !.a = @ + 1]
F[n \in 0..4] == n * 2
T == SelectSeq(<<1, 2, 3>>, LAMBDA x : x > 1)
Odd(n) == n % 2 = 1
V == SelectSeq(<<1, 2, 3>>, Odd)
Q(p) == \A x \in {1, 2} : lab(x) :: x + p > inner :: 2
W == {x * 2 : x \in {1, 2}}
X == {x \in {1, 2} : x > 1}
Y == CHOOSE x \in {1, 2} : x > 1
Z == {1} \X {2} \X {3}
P == [x \in {1}, y \in {2} |-> <<x, y>>]
N(r) == r.a
M(f) == f[1, 2]
O == -1
B(p) == {<<a, b>> \in {<<1, 2>>, <<3, 4>>} : a + b > p}
NL(p) == l1 :: LET d == p IN l2 :: \A k \in {1} : l3(k) :: k + d > 0
AppI(Op(_), v) == Op(v)
AppII(Op(_, _), v, w) == Op(v, w)
AP(p, q) == p + q
D == DOMAIN <<1, 2>>
THEOREM Thm == 1 + 1 = 2
====
