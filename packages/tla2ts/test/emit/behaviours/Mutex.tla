------------------------------- MODULE Mutex -------------------------------
EXTENDS Naturals, FiniteSets
\* Processes that want to be alone, and a value that is none of them.
CONSTANTS Proc, None
VARIABLES pc, holder, queue
vars == <<pc, holder, queue>>
TypeOK == /\ pc \in [Proc -> {"idle", "waiting", "critical"}]
          /\ holder \in Proc \cup {None}
          /\ queue \in [Proc -> Nat]
Init == /\ pc = [p \in Proc |-> "idle"]
        /\ holder = None
        /\ queue = [p \in Proc |-> 0]
Busy(S) == Cardinality(S) > 0
\* A process asks.
Ask(p) == /\ pc[p] = "idle"
          /\ pc' = [pc EXCEPT ![p] = "waiting"]
          /\ queue' = [queue EXCEPT ![p] = Cardinality({q \in Proc : pc[q] = "waiting"})]
          /\ UNCHANGED holder
Enter(p) == 
          /\ pc[p] = "waiting"
          /\ holder = None
          /\ \/ holder' = p
             \/ holder' \in {None}
          /\ IF holder' = p THEN pc' = [pc EXCEPT ![p] = "critical"] ELSE UNCHANGED pc
          /\ UNCHANGED queue
Leave(p) == /\ pc[p] = "critical" /\ holder' = None /\ pc' = [pc EXCEPT ![p] = "idle"] /\ UNCHANGED <<queue>>
Next == \E p \in Proc : Ask(p) \/ Enter(p) \/ Leave(p)
Spec == Init /\ [][Next]_vars
Exclusion == \A p, q \in Proc : pc[p] = "critical" /\ pc[q] = "critical" => p = q
\* Violated: a process that waits has nobody before it.
Orderly == \A p \in Proc : pc[p] = "waiting" => queue[p] = 0
=============================================================================
