---- MODULE Elevator ----
\* A lift that answers calls on its way, with fairness of its own steps only.
EXTENDS Naturals
CONSTANT Top
VARIABLES floor, up, calls
vars == <<floor, up, calls>>
Floors == 0 .. Top
Init == floor = 0 /\ up = TRUE /\ calls = {}
Call(f) == f \notin calls /\ calls' = calls \cup {f} /\ UNCHANGED <<floor, up>>
Open == floor \in calls /\ calls' = calls \ {floor} /\ UNCHANGED <<floor, up>>
Rise == up /\ floor < Top /\ floor \notin calls /\ floor' = floor + 1 /\ UNCHANGED <<up, calls>>
Sink == ~up /\ floor > 0 /\ floor \notin calls /\ floor' = floor - 1 /\ UNCHANGED <<up, calls>>
Turn == floor = (IF up THEN Top ELSE 0) /\ up' = ~up /\ UNCHANGED <<floor, calls>>
Lift == Open \/ Rise \/ Sink \/ Turn
Next == Lift \/ \E f \in Floors : Call(f)
Spec == Init /\ [][Next]_vars /\ WF_vars(Lift)
EachStrong == Init /\ [][Next]_vars /\ WF_vars(Open) /\ SF_vars(Rise) /\ SF_vars(Sink) /\ SF_vars(Turn)
Answered == \A f \in Floors : f \in calls ~> f \notin calls
====
