---- MODULE Bounded ----
\* A counter without an end, cut off by a constraint: behaviours that go on outside do not exist.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Up == x' = x + 1
Reset == x > 2 /\ x' = 0
Spec == Init /\ [][Up \/ Reset]_x /\ WF_x(Up)
Fair == Init /\ [][Up \/ Reset]_x /\ WF_x(Up) /\ WF_x(Reset)
Lazy == Init /\ [][Up \/ Reset]_x
Small == x < 5
SmallStep == x' < 5
Ten == <>(x = 10)
Zero == []<>(x = 0)
Four == x = 0 ~> x = 4
====
