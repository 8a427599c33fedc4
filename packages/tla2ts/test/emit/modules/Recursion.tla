----------------------------- MODULE Recursion -----------------------------
\* Operators that use themselves and one another.
EXTENDS Integers, Sequences, FiniteSets

RECURSIVE Sum(_), Gcd(_, _), IsEven(_), IsOdd(_), Hanoi(_, _, _, _), Count(_, _), Depth(_)
Sum(S) == IF S = {} THEN 0 ELSE LET x == CHOOSE y \in S : TRUE IN x + Sum(S \ {x})
Gcd(a, b) == IF b = 0 THEN a ELSE Gcd(b, a % b)
IsEven(n) == n = 0 \/ IsOdd(n - 1)
IsOdd(n) == n # 0 /\ IsEven(n - 1)
Hanoi(n, from, to, over) ==
  IF n = 0 THEN <<>> ELSE Hanoi(n - 1, from, over, to) \o << <<from, to>> >> \o Hanoi(n - 1, over, to, from)
Count(n, done) == IF n = 0 THEN done ELSE Count(n - 1, done + 1)
Depth(tree) == IF tree.kind = "leaf" THEN 0 ELSE 1 + Depth(tree.below)
\* > <<Sum({1, 5, 9}), Sum({}), Gcd(12, 18), Gcd(7, 0), IsEven(10), IsOdd(10)>>
\* > <<Hanoi(3, "a", "c", "b"), Count(500, 0)>>

\* A fold over a set, and what is made of it.
RECURSIVE Fold(_, _, _)
Fold(Op(_, _), base, S) == IF S = {} THEN base ELSE LET x == CHOOSE y \in S : TRUE IN Op(x, Fold(Op, base, S \ {x}))
Product(S) == Fold(LAMBDA a, b : a * b, 1, S)
Plus(a, b) == a + b
\* > <<Product(1 .. 6), Fold(Plus, 100, {1, 2}), Fold(+, 0, 1 .. 10)>>

RECURSIVE Permuted(_)
Permuted(S) == IF S = {} THEN {<<>>} ELSE UNION {{<<x>> \o p : p \in Permuted(S \ {x})} : x \in S}
\* > <<Permuted({1, 2, 3}), Cardinality(Permuted(1 .. 4))>>

RECURSIVE Closure(_)
Closure(R) ==
  LET more == R \cup {<<p[1][1], p[2][2]>> : p \in {q \in R \X R : q[1][2] = q[2][1]}}
  IN IF more = R THEN R ELSE Closure(more)
\* > Closure({<<1, 2>>, <<2, 3>>, <<3, 4>>})

RECURSIVE Collatz(_)
Collatz(n) == IF n = 1 THEN <<1>> ELSE <<n>> \o Collatz(IF n % 2 = 0 THEN n \div 2 ELSE 3 * n + 1)
\* > Collatz(6)

RECURSIVE _ ** _
a ** n == IF n = 0 THEN 1 ELSE a * (a ** (n - 1))
\* > <<2 ** 5, 3 ** 0>>
=============================================================================
