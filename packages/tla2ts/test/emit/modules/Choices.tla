------------------------------ MODULE Choices ------------------------------
\* CHOOSE takes the element that TLC takes: the first in the order of the values.
EXTENDS Integers, FiniteSets, Sequences

Any(S) == CHOOSE x \in S : TRUE
\* > <<Any({3, 1, 2}), Any({"b", "a"}), Any(BOOLEAN), Any({{2}, {1}, {}}), Any({<<2, 1>>, <<1, 2>>})>>
\* > <<Any({[a |-> 2, b |-> 1], [a |-> 1, b |-> 2]}), Any(SUBSET {1, 2}), Any({1, 2} \X {3, 4}), Any(Nat)>>
\* > <<Any([{1, 2} -> {5, 6}]), Any([a : {2, 1}, b : {4, 3}]), Any({x * x : x \in -3 .. 3}), Any(5 .. 9)>>
\* > Any({})
Largest(S) == CHOOSE x \in S : \A y \in S : y <= x
Second(S) == Largest(S \ {Largest(S)})
\* > <<Largest({4, 9, 2}), Second({4, 9, 2})>>
\* > Second({1})
Divisor(n) == CHOOSE d \in 2 .. n : n % d = 0
\* > [n \in 2 .. 9 |-> Divisor(n)]
Pair == CHOOSE <<a, b>> \in (1 .. 5) \X (1 .. 5) : a * b = 12 /\ a < b
Nested == CHOOSE S \in SUBSET (1 .. 4) : Cardinality(S) = 2 /\ (CHOOSE x \in S : TRUE) = 2
Root(n) == CHOOSE r \in 0 .. n : r * r <= n /\ n < (r + 1) * (r + 1)
\* > [n \in 0 .. 10 |-> Root(n)]
RECURSIVE InOrder(_)
InOrder(S) == IF S = {} THEN <<>> ELSE LET x == Any(S) IN <<x>> \o InOrder(S \ {x})
\* > <<InOrder({3, 1, 2}), InOrder({{}, {1}, {1, 2}, {2}}), InOrder({<<>>, <<2>>, <<1, 1>>})>>
=============================================================================
