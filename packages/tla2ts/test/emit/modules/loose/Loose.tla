------------------------------- MODULE Loose -------------------------------
\* What generated code computes right, but with types that are too narrow for TypeScript: functions over arguments of any type,
\* operators handed over to operators that may do without their arguments, sets of sets of different depth.
EXTENDS Integers, FiniteSets, Sequences

Injective(f) == \A x, y \in DOMAIN f : x # y => f[x] # f[y]
Spaces(S, T) == <<[S -> T], Cardinality([S -> T]), {f \in [S -> T] : Injective(f)}>>
\* > <<Spaces({1, 2}, {1, 2}), Spaces({"a"}, {0, 1, 2}), Spaces({}, {1}), Spaces({1}, {})>>
Twice(F(_), x) == F(F(x))
Double(x) == 2 * x
Composed(F(_), G(_), x) == LET H(y) == F(G(y)) IN H(H(x))
\* > <<Twice(Double, 4), Composed(Double, LAMBDA x : x + 1, 1)>>
OfSets == {{2, 1}, {1, 2}, {}, {{}}}
=============================================================================
