---- MODULE TLA1206Operator ----
EXTENDS Naturals
Apply(F(_), x) == F(x)
Double(x) == 2 * x
A == Double + 1
B == Apply(3, 4)
C == Apply(+, 4)
D == Apply(LAMBDA x, y : x, 4)
E == {Double}
====
