---------------------------- MODULE PaxosCommit ----------------------------
(* Transaction commit by one instance of Paxos for each resource manager, after Gray and Lamport, "Consensus on Transaction   *)
(* Commit" (2006), section 4: the value of an instance is whether that manager is prepared, and the transaction commits      *)
(* when all instances chose "prepared". Messages stay in `sent`, so that they may be lost, late, or seen twice.               *)
EXTENDS Integers

CONSTANTS
  Managers,
  Acceptors,
  Majorities,  \* sets of acceptors, each two of which have a member in common
  Ballots      \* 0 is each manager's own

ASSUME
  /\ Ballots \subseteq Nat
  /\ 0 \in Ballots
  /\ \A m \in Majorities : m \subseteq Acceptors
  /\ \A m, n \in Majorities : m \cap n # {}

VARIABLES
  local,     \* what each manager is doing
  accepted,  \* accepted[m][a]: what acceptor a knows in the instance of manager m
  sent

vars == <<local, accepted, sent>>

None == -1
Votes == {"prepared", "aborted"}

Message ==
  [kind : {"1a"}, instance : Managers, ballot : Ballots \ {0}]
    \cup [kind : {"1b"}, instance : Managers, promised : Ballots, ballot : Ballots \cup {None},
          vote : Votes \cup {"none"}, acceptor : Acceptors]
    \cup [kind : {"2a"}, instance : Managers, ballot : Ballots, vote : Votes]
    \cup [kind : {"2b"}, instance : Managers, ballot : Ballots, vote : Votes, acceptor : Acceptors]
    \cup [kind : {"commit", "abort"}]

TypeOK ==
  /\ local \in [Managers -> {"working", "prepared", "committed", "aborted"}]
  /\ accepted \in [Managers -> [Acceptors -> [promised : Ballots, ballot : Ballots \cup {None}, vote : Votes \cup {"none"}]]]
  /\ sent \subseteq Message

Init ==
  /\ local = [m \in Managers |-> "working"]
  /\ accepted = [m \in Managers |-> [a \in Acceptors |-> [promised |-> 0, ballot |-> None, vote |-> "none"]]]
  /\ sent = {}

Send(message) == sent' = sent \cup {message}

Greatest(set) == IF set = {} THEN None ELSE CHOOSE n \in set : \A other \in set : n >= other

-----------------------------------------------------------------------------
Prepare(m) ==
  /\ local[m] = "working"
  /\ local' = [local EXCEPT ![m] = "prepared"]
  /\ Send([kind |-> "2a", instance |-> m, ballot |-> 0, vote |-> "prepared"])
  /\ UNCHANGED accepted

GiveUp(m) ==
  /\ local[m] = "working"
  /\ local' = [local EXCEPT ![m] = "aborted"]
  /\ Send([kind |-> "2a", instance |-> m, ballot |-> 0, vote |-> "aborted"])
  /\ UNCHANGED accepted

ObeyCommit(m) ==
  /\ [kind |-> "commit"] \in sent
  /\ local' = [local EXCEPT ![m] = "committed"]
  /\ UNCHANGED <<accepted, sent>>

ObeyAbort(m) ==
  /\ [kind |-> "abort"] \in sent
  /\ local' = [local EXCEPT ![m] = "aborted"]
  /\ UNCHANGED <<accepted, sent>>

-----------------------------------------------------------------------------
\* A leader asks for the promises of ballot b.
Ask(b, m) ==
  /\ Send([kind |-> "1a", instance |-> m, ballot |-> b])
  /\ UNCHANGED <<local, accepted>>

\* A leader with the promises of a majority proposes what was accepted last, or to abort.
Propose(b, m) ==
  /\ ~\E x \in sent : x.kind = "2a" /\ x.ballot = b /\ x.instance = m
  /\ \E majority \in Majorities :
       LET heard == {x \in sent : /\ x.kind = "1b"
                                  /\ x.instance = m
                                  /\ x.promised = b
                                  /\ x.acceptor \in majority}
           latest == Greatest({x.ballot : x \in heard})
           vote == IF latest = None THEN "aborted" ELSE (CHOOSE x \in heard : x.ballot = latest).vote
       IN  /\ \A a \in majority : \E x \in heard : x.acceptor = a
           /\ Send([kind |-> "2a", instance |-> m, ballot |-> b, vote |-> vote])
  /\ UNCHANGED <<local, accepted>>

Chosen(m, vote) ==
  \E b \in Ballots : \E majority \in Majorities :
    \A a \in majority : [kind |-> "2b", instance |-> m, ballot |-> b, vote |-> vote, acceptor |-> a] \in sent

Decide ==
  /\ \/ /\ \A m \in Managers : Chosen(m, "prepared")
        /\ Send([kind |-> "commit"])
     \/ /\ \E m \in Managers : Chosen(m, "aborted")
        /\ Send([kind |-> "abort"])
  /\ UNCHANGED <<local, accepted>>

-----------------------------------------------------------------------------
Promise(a) ==
  \E x \in sent :
    /\ x.kind = "1a"
    /\ accepted[x.instance][a].promised < x.ballot
    /\ accepted' = [accepted EXCEPT ![x.instance][a].promised = x.ballot]
    /\ Send([kind |-> "1b", instance |-> x.instance, promised |-> x.ballot,
             ballot |-> accepted[x.instance][a].ballot, vote |-> accepted[x.instance][a].vote, acceptor |-> a])
    /\ UNCHANGED local

Accept(a) ==
  \E x \in sent :
    /\ x.kind = "2a"
    /\ accepted[x.instance][a].promised <= x.ballot
    /\ accepted' = [accepted EXCEPT ![x.instance][a] = [promised |-> x.ballot, ballot |-> x.ballot, vote |-> x.vote]]
    /\ Send([kind |-> "2b", instance |-> x.instance, ballot |-> x.ballot, vote |-> x.vote, acceptor |-> a])
    /\ UNCHANGED local

-----------------------------------------------------------------------------
Next ==
  \/ \E m \in Managers : Prepare(m) \/ GiveUp(m) \/ ObeyCommit(m) \/ ObeyAbort(m)
  \/ \E b \in Ballots \ {0}, m \in Managers : Ask(b, m) \/ Propose(b, m)
  \/ Decide
  \/ \E a \in Acceptors : Promise(a) \/ Accept(a)

Spec == Init /\ [][Next]_vars

Consistent == \A m, n \in Managers : ~(local[m] = "aborted" /\ local[n] = "committed")
=============================================================================
