---- MODULE Polite ----
\* Two people at a door who step back for each other for ever.
VARIABLES left, right
vars == <<left, right>>
Init == left = "away" /\ right = "away"
LeftComes == left = "away" /\ left' = "door" /\ UNCHANGED right
RightComes == right = "away" /\ right' = "door" /\ UNCHANGED left
BackOff == left = "door" /\ right = "door" /\ left' = "away" /\ right' = "away"
LeftGoes == left = "door" /\ right # "door" /\ left' = "through" /\ UNCHANGED right
RightGoes == right = "door" /\ left # "door" /\ right' = "through" /\ UNCHANGED left
Next == LeftComes \/ RightComes \/ BackOff \/ LeftGoes \/ RightGoes
Weak == Init /\ [][Next]_vars /\ WF_vars(Next) /\ WF_vars(LeftGoes) /\ WF_vars(RightGoes)
Strong == Init /\ [][Next]_vars /\ WF_vars(Next) /\ SF_vars(LeftGoes) /\ SF_vars(RightGoes)
Through == <>(left = "through" \/ right = "through")
Both == <>[](left = "through" /\ right = "through")
====
