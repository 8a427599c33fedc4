---- MODULE Detection ----
\* The end of a computation is noticed, and only then.
EXTENDS Naturals
CONSTANT Nodes
VARIABLES active, noticed, round
vars == <<active, noticed, round>>
Init == active \in SUBSET Nodes /\ noticed = FALSE /\ round = 0
Wake(a, b) == a \in active /\ active' = active \cup {b} /\ UNCHANGED <<noticed, round>>
Sleep(a) == a \in active /\ active' = active \ {a} /\ UNCHANGED <<noticed, round>>
Notice == active = {} /\ ~noticed /\ noticed' = TRUE /\ UNCHANGED <<active, round>>
Look == ~noticed /\ round' = 1 - round /\ UNCHANGED <<active, noticed>>
Next == Notice \/ Look \/ \E a, b \in Nodes : Wake(a, b) \/ Sleep(a)
Spec == Init /\ [][Next]_vars /\ WF_vars(Notice)
Sleepy == Spec /\ \A a \in Nodes : WF_vars(Sleep(a))
Live == active = {} ~> noticed
Safe == [](noticed => active = {})
Ends == <>(active = {})
Final == noticed ~> [](active = {} /\ noticed)
====
