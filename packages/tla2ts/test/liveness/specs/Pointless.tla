---- MODULE Pointless ----
\* Fairness that says nothing: of an action that changes nothing, or is never enabled, or is taken as often as one likes.
EXTENDS Naturals
VARIABLES x, y
vars == <<x, y>>
Init == x = 0 /\ y = 0
Stay == UNCHANGED vars
Never == x > 9 /\ x' = 0 /\ UNCHANGED y
Up == x < 3 /\ x' = x + 1 /\ UNCHANGED y
Other == y' = 1 - y /\ UNCHANGED x
Next == Stay \/ Never \/ Up \/ Other
FairStay == Init /\ [][Next]_vars /\ WF_vars(Stay) /\ SF_vars(Stay)
FairNever == Init /\ [][Next]_vars /\ WF_vars(Never) /\ SF_vars(Never)
FairNext == Init /\ [][Next]_vars /\ WF_vars(Next) /\ SF_vars(Next)
FairOther == Init /\ [][Next]_vars /\ WF_x(Up \/ Other)
Three == <>(x = 3)
Changes == []<><<Other>>_y
====
