------------------------------ MODULE SetsAll ------------------------------
\* Sets: listed, filtered, mapped, of sets, finite and not.
EXTENDS Integers, FiniteSets

Operators(S, T) ==
  <<S \cup T, S \union T, S \cap T, S \intersect T, S \ T, S \subseteq T, S = T, S # T, Cardinality(S)>>
\* > <<Operators({1, 2}, {2, 3}), Operators({}, {1}), Operators({3, 1, 2}, 1 .. 3)>>

Filtered(S) == {x \in S : x % 2 = 0}
Mapped(S) == {x * x : x \in S}
MappedTwice(S, T) == {x + y : x \in S, y \in T}
MappedTogether(S) == {<<x, y>> : x, y \in S}
\* > <<Filtered(1 .. 6), Mapped(-2 .. 2), MappedTwice({1, 2}, {10, 20}), MappedTogether({1, 2})>>

Powers(S) == <<SUBSET S, Cardinality(SUBSET S), UNION SUBSET S, {T \in SUBSET S : Cardinality(T) = 2}>>
\* > <<Powers({}), Powers({1, 2, 3})>>

Unions(S) == UNION S
\* > <<Unions({}), Unions({{1}, {}, {1, 2}}), Unions({0 .. n : n \in 1 .. 3})>>

\* Of sets: their order does not matter.
OfSets == {{2, 1}, {1, 2}, {}}
Depth == {{{1}, {2}}, {{2}, {1}}}
Sizes == {Cardinality(S) : S \in SUBSET (1 .. 4)}

\* Membership in sets that have no end.
Endless(x) == <<x \in Nat, x \in Int, {x} \subseteq Int, {x} \in SUBSET Nat, x \in Int \ Nat, x \in Nat \cup {-1}>>
\* > <<Endless(3), Endless(-1)>>
Finite(S) == IsFiniteSet(S)
\* > <<Finite({1}), Finite(SUBSET (1 .. 3)), Finite(Nat)>>
Listed == Cardinality(Nat)

\* Nested bounds with the same names, each in its own scope.
Scopes(S) == {{x \in S : x > y} : y \in {x + 1 : x \in S}}
\* > Scopes({1, 2, 3})

Disjoint(S) == \A A, B \in S : A = B \/ A \cap B = {}
Partitions(S) == {P \in SUBSET (SUBSET S \ {{}}) : UNION P = S /\ Disjoint(P)}
\* > <<Partitions({1, 2}), Cardinality(Partitions(1 .. 3))>>
=============================================================================
