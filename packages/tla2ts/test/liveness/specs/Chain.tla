---- MODULE Chain ----
\* Leads-to from one to the next, and what follows from it.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == \/ x < 3 /\ x' = x + 1
        \/ x = 2 /\ x' = 0
Weak == Init /\ [][Next]_x /\ WF_x(Next)
Strong == Weak /\ SF_x(x = 2 /\ x' = 3)
First == x = 0 ~> x = 1
Last == x = 2 ~> x = 3
Whole == x = 0 ~> x = 3
Follows == (x = 0 ~> x = 1) /\ (x = 1 ~> x = 2) /\ (x = 2 ~> x = 3) => (x = 0 ~> x = 3)
====
