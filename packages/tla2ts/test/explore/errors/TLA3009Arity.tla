---- MODULE TLA3009Arity ----
EXTENDS Naturals
CONSTANT Op(_, _)
VARIABLE n
One == 1
Three(a, b, c) == a
Init == n = Op(1, 2)
Next == n' = One
====
