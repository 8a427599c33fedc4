------------------------------- MODULE Commit -------------------------------
\* Participants vote, a coordinator decides: messages are records of different kinds.
EXTENDS Naturals, FiniteSets
CONSTANT Participant

VARIABLES state, votes, decision, messages

vars == <<state, votes, decision, messages>>

Message == [type : {"vote"}, from : Participant, yes : BOOLEAN] \cup [type : {"commit", "abort"}]

TypeOK ==
  /\ state \in [Participant -> {"working", "prepared", "committed", "aborted"}]
  /\ votes \subseteq Participant
  /\ decision \in {"none", "commit", "abort"}
  /\ messages \subseteq Message

Init ==
  /\ state = [p \in Participant |-> "working"]
  /\ votes = {}
  /\ decision = "none"
  /\ messages = {}

Send(m) == messages' = messages \cup {m}

Vote(p, yes) ==
  /\ state[p] = "working"
  /\ state' = [state EXCEPT ![p] = IF yes THEN "prepared" ELSE "aborted"]
  /\ Send([type |-> "vote", from |-> p, yes |-> yes])
  /\ UNCHANGED <<votes, decision>>

Count(p) ==
  /\ decision = "none"
  /\ [type |-> "vote", from |-> p, yes |-> TRUE] \in messages
  /\ votes' = votes \cup {p}
  /\ UNCHANGED <<state, decision, messages>>

Decide ==
  /\ decision = "none"
  /\ \/ votes = Participant /\ decision' = "commit"
     \/ decision' = "abort"
  /\ Send([type |-> decision'])
  /\ UNCHANGED <<state, votes>>

Learn(p) ==
  /\ \E m \in messages :
       /\ m.type \in {"commit", "abort"}
       /\ state' = [state EXCEPT ![p] = IF m.type = "commit" THEN "committed" ELSE "aborted"]
  /\ UNCHANGED <<votes, decision, messages>>

Next ==
  \/ Decide
  \/ \E p \in Participant :
       \/ \E yes \in BOOLEAN : Vote(p, yes)
       \/ Count(p)
       \/ Learn(p)

Spec == Init /\ [][Next]_vars

Agreement == \A p, q \in Participant : ~(state[p] = "committed" /\ state[q] = "aborted")
Undecided == decision = "none" \/ Cardinality(messages) < 3
=============================================================================
