---- MODULE Peterson ----
\* Peterson's algorithm: nobody starves, although fairness is only weak.
EXTENDS Naturals
VARIABLES pc, flag, turn
vars == <<pc, flag, turn>>
Other(p) == 1 - p
Init == pc = [p \in {0, 1} |-> "idle"] /\ flag = [p \in {0, 1} |-> FALSE] /\ turn = 0
Goto(p, from, to) == pc[p] = from /\ pc' = [pc EXCEPT ![p] = to]
Raise(p) == Goto(p, "idle", "raised") /\ flag' = [flag EXCEPT ![p] = TRUE] /\ UNCHANGED turn
Yield(p) == Goto(p, "raised", "waiting") /\ turn' = Other(p) /\ UNCHANGED flag
Enter(p) == Goto(p, "waiting", "inside") /\ (flag[Other(p)] => turn = p) /\ UNCHANGED <<flag, turn>>
Leave(p) == Goto(p, "inside", "idle") /\ flag' = [flag EXCEPT ![p] = FALSE] /\ UNCHANGED turn
Step(p) == Raise(p) \/ Yield(p) \/ Enter(p) \/ Leave(p)
Next == \E p \in {0, 1} : Step(p)
Spec == Init /\ [][Next]_vars /\ \A p \in {0, 1} : WF_vars(Step(p))
Idle == Init /\ [][Next]_vars /\ \A p \in {0, 1} : WF_vars(Yield(p) \/ Enter(p) \/ Leave(p))
Exclusion == [](\E p \in {0, 1} : pc[p] # "inside")
NoStarvation == \A p \in {0, 1} : pc[p] = "raised" ~> pc[p] = "inside"
AgainAndAgain == \A p \in {0, 1} : []<>(pc[p] = "inside")
====
