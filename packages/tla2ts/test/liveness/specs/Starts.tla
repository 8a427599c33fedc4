---- MODULE Starts ----
\* Several initial states, only one of which goes wrong; and properties of the beginning.
EXTENDS Naturals
VARIABLE x
Init == x \in {0, 10, 20}
Next == \/ x \in 0 .. 1 /\ x' = x + 1
        \/ x = 2 /\ x' = 0
        \/ x = 10 /\ x' \in {11, 12}
        \/ x = 11 /\ x' = 10
        \/ x = 12 /\ x' = 0
        \/ x = 20 /\ x' = 0
Spec == Init /\ [][Next]_x /\ WF_x(Next)
Small == <>[](x < 3)
FromTwenty == x = 20 => <>[](x < 3)
Excursion == (x = 10 /\ <>[](x < 3)) => <>(x = 12)
====
