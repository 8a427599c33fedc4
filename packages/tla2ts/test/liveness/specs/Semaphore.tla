---- MODULE Semaphore ----
\* With weak fairness a process may wait for ever, since the semaphore is taken away again and again.
CONSTANT Processes
VARIABLES at, free
vars == <<at, free>>
Init == at = [p \in Processes |-> "idle"] /\ free = TRUE
Try(p) == at[p] = "idle" /\ at' = [at EXCEPT ![p] = "waiting"] /\ UNCHANGED free
Enter(p) == at[p] = "waiting" /\ free /\ at' = [at EXCEPT ![p] = "inside"] /\ free' = FALSE
Leave(p) == at[p] = "inside" /\ at' = [at EXCEPT ![p] = "idle"] /\ free' = TRUE
Next == \E p \in Processes : Try(p) \/ Enter(p) \/ Leave(p)
Base == Init /\ [][Next]_vars /\ \A p \in Processes : WF_vars(Leave(p))
Weak == Base /\ \A p \in Processes : WF_vars(Enter(p))
Strong == Base /\ \A p \in Processes : SF_vars(Enter(p))
OneStrong == Base /\ SF_vars(\E p \in Processes : Enter(p))
NoStarvation == \A p \in Processes : at[p] = "waiting" ~> at[p] = "inside"
SomeoneEnters == (\E p \in Processes : at[p] = "waiting") ~> (\E p \in Processes : at[p] = "inside")
====
