----------------------------- MODULE Operators -----------------------------
\* Operators as arguments: by name, by symbol, as LAMBDA, of several arguments.
EXTENDS Integers, Sequences

Apply(F(_), x) == F(x)
Twice(F(_), x) == F(F(x))
Combine(Op(_, _), a, b) == Op(a, b)
Three(Op(_, _, _), x) == Op(x, x + 1, x + 2)
Both(F(_), G(_), x) == <<F(x), G(x), F(G(x))>>
Double(x) == 2 * x
Add(a, b) == a + b
Largest(a, b, c) == CHOOSE m \in {a, b, c} : m >= a /\ m >= b /\ m >= c
\* > <<Apply(Double, 4), Combine(Add, 1, 2), Combine(+, 3, 4), Combine(\cup, {1}, {2})>>
\* > <<Apply(LAMBDA x : x - 1, 4), Combine(LAMBDA a, b : a * b, 5, 6), Three(Largest, 1), Both(Double, LAMBDA x : x + 1, 5)>>
\* > <<Apply(LAMBDA s : Len(s), <<1, 2>>), Combine(LAMBDA s, x : Append(s, x), <<>>, 1), Combine(\o, <<1>>, <<2>>)>>

\* An operator handed on, and a LAMBDA that uses what is around it.
Handed(F(_), S) == {Apply(F, x) : x \in S}
Shifted(S, d) == Handed(LAMBDA x : x + d, S)
\* > <<Handed(Double, {1, 2}), Shifted({1, 2}, 10)>>
MapSeq(F(_), s) == [i \in DOMAIN s |-> F(s[i])]
Curried(a, s) == MapSeq(LAMBDA x : <<a, x>>, s)
\* > <<MapSeq(Double, <<1, 2, 3>>), Curried("k", <<"x", "y">>), MapSeq(LAMBDA f : f[1], << <<7>>, <<8>> >>)>>
Holds(P(_), S) == \A x \in S : P(x)
\* > <<Holds(LAMBDA x : x > 0, {1, 2}), Holds(LAMBDA x : x # 2, {1, 2})>>
Composed(F(_), G(_), x) == LET H(y) == F(G(y)) IN H(H(x))
=============================================================================
