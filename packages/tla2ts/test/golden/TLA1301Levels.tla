---- MODULE TLA1301Levels ----
EXTENDS Naturals
CONSTANT N
VARIABLES x, y
vars == <<x, y>>
Next == x' = x + 1
ASSUME x > 0
A == []Next
B == <>(x' = 1)
C == ENABLED ([]TRUE)
D == {[]TRUE}
E == Next /\ []TRUE
F == [Next]_(x')
G == WF_vars([][Next]_vars)
H == (x' = 1) ~> TRUE
Fine == []([Next]_vars) /\ WF_vars(Next) /\ (x = 1 ~> y = 1)
====
