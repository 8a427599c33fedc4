------------------------------ MODULE TwoPhase ------------------------------
(* Two-phase commit, after Gray and Lamport, "Consensus on Transaction Commit" (2006): a manager collects what the         *)
(* participants are prepared for, and tells them its decision. Messages are never lost, and stay in `sent` once sent.       *)
CONSTANT Participants

VARIABLES
  local,     \* what each participant is doing
  decision,  \* what the manager has decided
  ready,     \* the participants that the manager has heard of
  sent       \* all messages ever sent

Message == [kind : {"ready"}, from : Participants] \cup [kind : {"commit", "abort"}]

TypeOK ==
  /\ local \in [Participants -> {"working", "ready", "committed", "aborted"}]
  /\ decision \in {"open", "commit", "abort"}
  /\ ready \subseteq Participants
  /\ sent \subseteq Message

Init ==
  /\ local = [p \in Participants |-> "working"]
  /\ decision = "open"
  /\ ready = {}
  /\ sent = {}

Hear(p) ==
  /\ decision = "open"
  /\ [kind |-> "ready", from |-> p] \in sent
  /\ ready' = ready \cup {p}
  /\ UNCHANGED <<local, decision, sent>>

Commit ==
  /\ decision = "open"
  /\ ready = Participants
  /\ decision' = "commit"
  /\ sent' = sent \cup {[kind |-> "commit"]}
  /\ UNCHANGED <<local, ready>>

Abort ==
  /\ decision = "open"
  /\ decision' = "abort"
  /\ sent' = sent \cup {[kind |-> "abort"]}
  /\ UNCHANGED <<local, ready>>

Prepare(p) ==
  /\ local[p] = "working"
  /\ local' = [local EXCEPT ![p] = "ready"]
  /\ sent' = sent \cup {[kind |-> "ready", from |-> p]}
  /\ UNCHANGED <<decision, ready>>

GiveUp(p) ==
  /\ local[p] = "working"
  /\ local' = [local EXCEPT ![p] = "aborted"]
  /\ UNCHANGED <<decision, ready, sent>>

ObeyCommit(p) ==
  /\ [kind |-> "commit"] \in sent
  /\ local' = [local EXCEPT ![p] = "committed"]
  /\ UNCHANGED <<decision, ready, sent>>

ObeyAbort(p) ==
  /\ [kind |-> "abort"] \in sent
  /\ local' = [local EXCEPT ![p] = "aborted"]
  /\ UNCHANGED <<decision, ready, sent>>

Next ==
  \/ Commit
  \/ Abort
  \/ \E p \in Participants : Hear(p) \/ Prepare(p) \/ GiveUp(p) \/ ObeyCommit(p) \/ ObeyAbort(p)

Spec == Init /\ [][Next]_<<local, decision, ready, sent>>

Consistent == \A p, q \in Participants : ~(local[p] = "aborted" /\ local[q] = "committed")
=============================================================================
