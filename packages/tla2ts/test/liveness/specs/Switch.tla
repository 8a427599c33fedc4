---- MODULE Switch ----
\* Weak fairness of the whole next-state relation does not say which of its actions is taken.
VARIABLES light, wanted
vars == <<light, wanted>>
Init == light = FALSE /\ wanted = FALSE
Want == wanted' = ~wanted /\ UNCHANGED light
Turn == wanted /\ light' = ~light /\ UNCHANGED wanted
Next == Want \/ Turn
FairNext == Init /\ [][Next]_vars /\ WF_vars(Next)
FairTurn == Init /\ [][Next]_vars /\ WF_vars(Turn)
StrongTurn == Init /\ [][Next]_vars /\ WF_vars(Want) /\ SF_vars(Turn)
Lit == []<>light
StaysWanted == <>[]wanted => []<>light
====
