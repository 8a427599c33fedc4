---- MODULE EnabledIn ----
\* ENABLED as a predicate of states.
EXTENDS Naturals
VARIABLES x, locked
vars == <<x, locked>>
Init == x = 0 /\ locked = FALSE
Up == ~locked /\ x < 3 /\ x' = x + 1 /\ UNCHANGED locked
Lock == x = 3 /\ locked' = TRUE /\ UNCHANGED x
Restart == ~locked /\ x = 3 /\ x' = 0 /\ UNCHANGED locked
Next == Up \/ Lock \/ Restart
Spec == Init /\ [][Next]_vars /\ WF_vars(Next)
AlwaysMore == []<>ENABLED Up
Three == [](ENABLED <<Up>>_x => <>(x = 3))
Stuck == [](~ENABLED Next => [](x = 3))
NoChange == ~<>ENABLED <<UNCHANGED vars>>_vars
====
