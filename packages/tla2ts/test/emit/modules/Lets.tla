-------------------------------- MODULE Lets --------------------------------
\* Definitions inside of expressions.
EXTENDS Integers, Sequences, FiniteSets

Simple(x) == LET y == x + 1 IN y * y
Chained(x) == LET y == x + 1 z == y * 2 IN LET w == z - x IN <<y, z, w>>
WithArguments(x) == LET Scaled(k) == k * x Both(a, b) == Scaled(a) + Scaled(b) IN Both(2, 3)
WithFunction(n) == LET f[i \in 0 .. n] == IF i = 0 THEN 1 ELSE 2 * f[i - 1] IN f[n]
WithRecursion(n) ==
  LET RECURSIVE Down(_)
      Down(i) == IF i = 0 THEN <<>> ELSE <<i>> \o Down(i - 1)
  IN Down(n)
WithSymbol(S) == LET a ** b == a * b + 1 IN {x ** y : x, y \in S}
WithOperator(S) == LET Kept(P(_)) == {x \in S : P(x)} IN <<Kept(LAMBDA x : x > 2), Kept(LAMBDA x : x < 2)>>
\* > <<Simple(3), Chained(1), WithArguments(4), WithFunction(5), WithRecursion(3), WithSymbol({1, 2}), WithOperator({1, 2, 3})>>

\* In every place where an expression may stand.
Places(S) ==
  << {LET y == x * x IN y + 1 : x \in S},
     {x \in S : LET y == x % 2 IN y = 1},
     \A x \in S : LET y == x IN y > 0,
     [x \in S |-> LET y == {x} IN y \cup {0}],
     IF LET n == Cardinality(S) IN n > 2 THEN "many" ELSE "few",
     CHOOSE x \in S : LET y == x + 1 IN y \notin S,
     (LET y == 1 IN y) + (LET y == 2 IN y) >>
\* > <<Places({1, 2, 3}), Places({5})>>

\* Used only where it has a value.
Lazy(s) == LET first == Head(s) IN IF s = <<>> THEN "none" ELSE IF first > 0 THEN "some" ELSE "odd"
\* > <<Lazy(<<>>), Lazy(<<1>>), Lazy(<<0>>)>>
\* The same names again and again, each its own.
Names(x) ==
  LET a == x + 1
      F(b) == LET c == a + b IN c * 2
      G(b) == LET c == a - b IN c
  IN <<F(1), G(1), LET c == 5 IN F(c) + G(c)>>
\* > Names(10)
\* Names that mean something in JavaScript.
Words(class) == LET new == class + 1 function == new + 1 var(delete) == delete + function IN var(class)
\* > Words(1)
=============================================================================
