---------------------------- MODULE FunctionsAll ----------------------------
\* Functions: constructors, application, domains, sets of functions, recursion.
EXTENDS Integers, FiniteSets, TLC

Squares == [n \in 0 .. 4 |-> n * n]
Named == [s \in {"a", "b"} |-> s = "a"]
OfSets == [S \in SUBSET {1, 2} |-> Cardinality(S)]
OfPairs == [p \in {1, 2} \X {"x"} |-> p[1]]
Two == [m \in 1 .. 2, n \in 3 .. 4 |-> m * n]
Patterns == [<<a, b>> \in {1, 2} \X {3, 4} |-> a + b]
Nested == [m \in 1 .. 2 |-> [n \in 5 .. 6 |-> m + n]]

Applied == <<Squares[3], Named["b"], OfSets[{2, 1}], OfPairs[2, "x"], OfPairs[<<1, "x">>], Two[2, 3], Patterns[1, 4], Nested[2][6]>>
Domains == <<DOMAIN Squares, DOMAIN Named, DOMAIN OfSets, DOMAIN Two, DOMAIN Nested[1]>>
Outside == Squares[5]

Range(f) == {f[x] : x \in DOMAIN f}
Injective(f) == \A x, y \in DOMAIN f : x # y => f[x] # f[y]
Inverse(f) == [y \in Range(f) |-> CHOOSE x \in DOMAIN f : f[x] = y]
Restricted(f, S) == [x \in S |-> f[x]]
Composed(f, g) == [x \in DOMAIN g |-> f[g[x]]]
\* > <<Range(Squares), Injective(Squares), Inverse(Squares), Restricted(Squares, {1, 2})>>
\* > <<Range(<<3, 3>>), Injective(<<3, 3>>), Composed(Squares, [x \in {"p", "q"} |-> 2])>>

Spaces(S, T) == Cardinality([S -> T])
\* > <<Spaces({1, 2}, {1, 2}), Spaces({"a"}, {0, 1, 2}), Spaces({}, {1}), Spaces({1}, {})>>
Bijections == {f \in [{1, 2} -> {"a", "b"}] : Injective(f)}
Belongs(f) == <<f \in [1 .. 2 -> Nat], f \in [1 .. 3 -> Int], f \in [{1, 2} -> {0, 1, 4}]>>
\* > <<Belongs([x \in 1 .. 2 |-> x]), Belongs(<<1, 4>>), Belongs([x \in 1 .. 3 |-> -x])>>

\* Functions that use themselves.
Factorial[n \in 0 .. 10] == IF n = 0 THEN 1 ELSE n * Factorial[n - 1]
Fibonacci[n \in Nat] == IF n < 2 THEN n ELSE Fibonacci[n - 1] + Fibonacci[n - 2]
Binomial[n \in 0 .. 4, k \in 0 .. 4] ==
  IF k = 0 THEN 1 ELSE IF n = 0 THEN 0 ELSE Binomial[n - 1, k - 1] + Binomial[n - 1, k]
Ways[a \in 0 .. 2, b \in 0 .. 2] == IF a = 0 \/ b = 0 THEN 1 ELSE Ways[a - 1, b] + Ways[a, b - 1]
Area[<<a, b>> \in (0 .. 2) \X (0 .. 2)] == a * b
Total[S \in SUBSET (1 .. 4)] == IF S = {} THEN 0 ELSE LET x == CHOOSE y \in S : TRUE IN x + Total[S \ {x}]
Recursive == <<Factorial[5], Fibonacci[12], Binomial[4, 2], Ways[2, 2], Area[<<2, 1>>], Total[{1, 2, 4}], Factorial>>

\* One point, and one function over another.
Points == <<1 :> "a", "x" :> 2 @@ "y" :> 3, (1 :> 10 @@ 2 :> 20) @@ (2 :> 0 @@ 3 :> 30), {1} :> {2}>>
Same == <<[x \in 1 .. 2 |-> x] = <<1, 2>>, [x \in {} |-> x] = <<>>, (1 :> 5) = <<5>>, ("a" :> 1) = [a |-> 1]>>
=============================================================================
