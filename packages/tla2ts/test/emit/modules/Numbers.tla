------------------------------ MODULE Numbers ------------------------------
\* Arithmetic, comparisons, intervals, other bases.
EXTENDS Integers

Bases == <<12, \b1100, \o14, \hC, \HfF, 9007199254740991>>
Negative == <<-5, -(2 + 3), 3 - 5, -5 + -3>>

\* Division goes down, the remainder is never negative.
Divided(a, b) == <<a \div b, a % b, (a \div b) * b + (a % b) = a>>
\* > <<Divided(7, 2), Divided(-7, 2), Divided(0, 5), Divided(6, 3)>>

Power(a, n) == a ^ n
\* > <<Power(2, 10), Power(-3, 3), Power(5, 0), Power(10, 15)>>

Compared(a, b) == <<a < b, a =< b, a \leq b, a > b, a >= b, a \geq b, a = b, a # b, a /= b>>
\* > <<Compared(1, 2), Compared(2, 2), Compared(3, -2)>>

Between(a, b) == a .. b
\* > <<Between(1, 4), Between(3, 3), Between(2, 1), Between(-2, 1)>>

InSets(n) == <<n \in Nat, n \in Int, n \in 1 .. 10, n \notin Nat, -n \in Nat>>
\* > <<InSets(0), InSets(7), InSets(-7)>>

\* Precedence: products before sums, sums before intervals, intervals before comparisons.
Mixture(a, b, c) == <<a + b * c, a - b - c, (a * b) \div c, a .. b + c, -a + b, a + b < b * c, 2 ^ a * b>>
\* > <<Mixture(1, 2, 3), Mixture(4, 5, 2)>>

Absolute(n) == IF n < 0 THEN -n ELSE n
Sign(n) == CASE n < 0 -> -1 [] n = 0 -> 0 [] n > 0 -> 1
\* > [n \in -2 .. 2 |-> <<Absolute(n), Sign(n)>>]

Large == 94906265 * 94906265
TooLarge == 94906267 * 94906267 * 94906267
ByZero == 1 \div 0
=============================================================================
