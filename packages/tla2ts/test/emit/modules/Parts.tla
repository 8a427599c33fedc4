------------------------------- MODULE Parts -------------------------------
\* Labels, and names of subexpressions.
EXTENDS Integers

Bounded(x, y) ==
  /\ low :: x > 0
  /\ high :: x < 10 /\ y < 10
  /\ \E z \in 1 .. 3 : sum(z) :: x + z = y

Named(x, y) == <<Bounded(x, y)!low, Bounded(x, y)!high, Bounded(x, y)!1, Bounded(x, y)!2!2, Bounded(x, y)!sum(2), Bounded(x, y)!3!(1)>>
\* > <<Named(1, 2), Named(0, 20), Named(3, 5)>>
Whole(x, y) == Bounded(x, y)!:
\* > <<Whole(1, 2), Whole(0, 1)>>
Sum(a, b) == (a + 1) * (b + 2)
Sides(a, b) == <<Sum(a, b)!<<, Sum(a, b)!>>, Sum(a, b)!1!1>>
\* > Sides(3, 4)
=============================================================================
