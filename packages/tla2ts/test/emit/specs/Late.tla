-------------------------------- MODULE Late --------------------------------
\* Operators that may do without one of their arguments.
EXTENDS Integers, Sequences

\* x if c holds, else y.
Either(c, x, y) == IF c THEN x ELSE y

\* Gives its argument to another operator that may do without it.
Handed(c, x) == Either(c, x, 0) + 1

\* Uses itself; x is needed at the end only if n is odd.
RECURSIVE Parity(_, _)
Parity(n, x) == IF n = 0 THEN 0 ELSE IF n = 1 THEN x ELSE Parity(n - 2, x)

\* The next round may do without s.
RECURSIVE Drop(_, _)
Drop(n, s) == IF n = 0 THEN 0 ELSE Drop(n - 1, Tail(s))

\* Uses itself in the middle of something.
RECURSIVE Depth(_, _)
Depth(n, x) == IF n = 0 THEN 0 ELSE 1 + Depth(n - 1, IF n = 1 THEN x ELSE n)

\* Calls what it is given.
Call(F(_), x) == F(x)
Call2(F(_, _), x, y) == F(x, y)

Second(x, y) == y
Both(p, q) == p /\ q
Implied(p, q) == p => q
Thrice(c, x) == IF c THEN x + x + x ELSE 0
Chosen(n, x, y) == CASE n = 1 -> x [] n = 2 -> y [] OTHER -> n
=============================================================================
