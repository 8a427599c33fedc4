------------------------------- MODULE Commit -------------------------------
(* Two-phase commit, after Gray and Lamport, "Consensus on Transaction Commit". *)
CONSTANT RM
VARIABLES rmState, tmState, tmPrepared, msgs

vars == <<rmState, tmState, tmPrepared, msgs>>

Message == [type : {"Prepared"}, rm : RM] \cup [type : {"Commit", "Abort"}]

Init ==
  /\ rmState = [r \in RM |-> "working"]
  /\ tmState = "init"
  /\ tmPrepared = {}
  /\ msgs = {}

----------------------------------------------------------------------------
TMHears(r) ==
  /\ tmState = "init"
  /\ [type |-> "Prepared", rm |-> r] \in msgs
  /\ tmPrepared' = tmPrepared \cup {r}
  /\ UNCHANGED <<rmState, tmState, msgs>>

TMCommits ==
  /\ tmState = "init"
  /\ tmPrepared = RM
  /\ tmState' = "committed"
  /\ msgs' = msgs \cup {[type |-> "Commit"]}
  /\ UNCHANGED <<rmState, tmPrepared>>

TMAborts ==
  /\ tmState = "init"
  /\ tmState' = "aborted"
  /\ msgs' = msgs \cup {[type |-> "Abort"]}
  /\ UNCHANGED <<rmState, tmPrepared>>

RMPrepares(r) ==
  /\ rmState[r] = "working"
  /\ rmState' = [rmState EXCEPT ![r] = "prepared"]
  /\ msgs' = msgs \cup {[type |-> "Prepared", rm |-> r]}
  /\ UNCHANGED <<tmState, tmPrepared>>

RMAborts(r) ==
  /\ rmState[r] = "working"
  /\ rmState' = [rmState EXCEPT ![r] = "aborted"]
  /\ UNCHANGED <<tmState, tmPrepared, msgs>>

RMHears(r, type, state) ==
  /\ [type |-> type] \in msgs
  /\ rmState' = [rmState EXCEPT ![r] = state]
  /\ UNCHANGED <<tmState, tmPrepared, msgs>>

Next ==
  \/ TMCommits \/ TMAborts
  \/ \E r \in RM :
       \/ TMHears(r) \/ RMPrepares(r) \/ RMAborts(r)
       \/ RMHears(r, "Commit", "committed") \/ RMHears(r, "Abort", "aborted")

Spec == Init /\ [][Next]_vars

----------------------------------------------------------------------------
TypeOK ==
  /\ rmState \in [RM -> {"working", "prepared", "committed", "aborted"}]
  /\ tmState \in {"init", "committed", "aborted"}
  /\ tmPrepared \subseteq RM
  /\ msgs \subseteq Message

Consistent == \A r, s \in RM : ~(rmState[r] = "aborted" /\ rmState[s] = "committed")

AllCommitted == \A r \in RM : rmState[r] = "committed"
NeverAllCommitted == ~AllCommitted
Final == [][\A r \in RM : rmState[r] = "committed" => rmState'[r] = "committed"]_vars
=============================================================================
