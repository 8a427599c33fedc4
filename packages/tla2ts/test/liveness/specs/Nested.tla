---- MODULE Nested ----
\* Temporal operators inside of each other.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == \/ x = 0 /\ x' \in {1, 4}
        \/ x \in {1, 2} /\ x' = x + 1
        \/ x = 3 /\ x' \in {1, 3}
        \/ x = 4 /\ x' = 5
        \/ x = 5 /\ x' = 4
Spec == Init /\ [][Next]_x /\ WF_x(Next)
InOrder == <>(x = 1 /\ <>(x = 2 /\ <>(x = 3))) \/ <>[](x \in {4, 5})
ThenStays == [](x = 4 => []<>(x = 5))
OnceThere == [](x \in {4, 5} => [](x \in {4, 5}))
Deep == [](<>[](x < 4) \/ []<>(x > 3))
TwoEnds == <>([](x < 4) \/ [](x > 3))
Wrong == [](x = 1 => <>(x = 3 /\ <>[](x = 3)))
WrongToo == <>(x = 3 /\ <>(x = 4))
LeavesThree == [](x = 3 => <>(x # 3))
Contradiction == ~([](x < 4 => <>(x > 3)) /\ <>[](x < 4))
====
