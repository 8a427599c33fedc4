---- MODULE TLA3006Both ----
EXTENDS Naturals
VARIABLE n
Init == n = 0
Next == n' = n
Spec == Init /\ [][Next]_n
====
