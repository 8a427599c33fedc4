------------------------------- MODULE Tuples -------------------------------
\* Tuples, products, and tuples of identifiers wherever identifiers are bound.
EXTENDS Integers, FiniteSets

Empty == <<>>
Nested == <<1, <<2, <<3, "four">>>>, {<<5>>}>>
Parts(t) == <<t[1], t[2], DOMAIN t>>
\* > <<Parts(<<1, 2>>), Parts(<<"a", {}, 3>>)>>

Products == <<{1, 2} \X {3}, {1} \X {2} \X {3, 4}, {1} \times {2}, ({1} \X {2}) \X {3}, {} \X {1}>>
Belongs == <<<<1, 3>> \in {1, 2} \X {3}, <<1, 2, 3>> \in Nat \X Nat \X Nat, <<1, -1>> \in Nat \X Nat>>

Pairs == {<<1, "a">>, <<2, "b">>, <<3, "a">>}
ByPattern == <<
  {n : <<n, s>> \in Pairs},
  {<<s, n>> : <<n, s>> \in Pairs},
  {<<n, s>> \in Pairs : s = "a" /\ n > 1},
  \A <<n, s>> \in Pairs : n > 0 /\ s # "c",
  \E <<n, s>> \in Pairs, m \in 1 .. 2 : n = m /\ s = "b",
  CHOOSE <<n, s>> \in Pairs : n = 2,
  [<<n, s>> \in Pairs |-> n],
  {n + m : <<n, s>> \in Pairs, m \in {10}}
>>

Swapped(S) == {<<p[2], p[1]>> : p \in S}
Composed(R, Q) == {<<a[1], b[2]>> : a \in R, b \in {q \in Q : \E r \in R : r[2] = q[1]}}
Reflexive(R, S) == \A x \in S : <<x, x>> \in R
Symmetric(R) == \A <<a, b>> \in R : <<b, a>> \in R
Transitive(R) == \A <<a, b>> \in R, <<c, d>> \in R : b = c => <<a, d>> \in R
Kinds(R, S) == <<Reflexive(R, S), Symmetric(R), Transitive(R)>>
\* > <<Swapped({<<1, 2>>}), Composed({<<1, 2>>}, {<<2, 3>>, <<4, 5>>})>>
\* > <<Kinds({<<1, 1>>, <<2, 2>>}, {1, 2}), Kinds({<<1, 2>>, <<2, 3>>}, 1 .. 3), Kinds((1 .. 2) \X (1 .. 2), 1 .. 2)>>

Compared == <<<<1, 2>> = <<1, 2>>, <<1, 2>> # <<2, 1>>, <<>> = <<>>, <<1>> = <<1, 1>>>>
=============================================================================
