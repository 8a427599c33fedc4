---- MODULE Coin ----
\* A coin that is thrown again and again; that both sides come up is not a matter of fairness of the throw.
VARIABLES side, thrown
vars == <<side, thrown>>
Init == side = "heads" /\ thrown = FALSE
Throw == ~thrown /\ side' \in {"heads", "tails"} /\ thrown' = TRUE
Again == thrown /\ thrown' = FALSE /\ UNCHANGED side
Tails == Throw /\ side' = "tails"
Spec == Init /\ [][Throw \/ Again]_vars /\ WF_vars(Throw) /\ WF_vars(Again)
FairCoin == Spec /\ SF_vars(Tails) /\ SF_vars(Throw /\ side' = "heads")
Both == []<>(side = "heads") /\ []<>(side = "tails")
OneForGood == \E s \in {"heads", "tails"} : <>[](side = s)
Changes == []<><<side' # side>>_vars
====
