------------------------------- MODULE Guards -------------------------------
(* Guards that are satisfied in several ways inside of functions and recursive operators; constants, which are not. *)
EXTENDS Integers

CONSTANTS Ballot, Node
VARIABLES votes, ballot

Quorum == {q \in SUBSET Node : q # {}}

Init == votes \subseteq {0, 1} /\ ballot = [n \in Node |-> -1]

Voted(n, b) == b \in votes /\ ballot[n] >= b

\* Every derivation counts.
Safe(b) ==
  LET S[c \in Ballot] ==
        \/ c = 0
        \/ \E q \in Quorum :
             \E d \in -1 .. c - 1 :
               /\ d # -1 => S[d] /\ \A n \in q : ballot[n] >= -1
               /\ \A n \in q : ~Voted(n, c) \/ ballot[n] < c
  IN  S[b]

RECURSIVE Reachable(_)
Reachable(b) == b = 0 \/ \E d \in 0 .. b - 1 : Reachable(d) /\ ballot \in [Node -> Int]

Known[a \in Ballot, b \in Ballot] == a < 1 \/ b > 0 \/ 2 \in votes

\* True in one way: it is a constant.
Always == \E d \in Ballot : d >= 0

Raise(n, b) ==
  /\ Always
  /\ ballot[n] < b
  /\ Safe(b)
  /\ Reachable(b)
  /\ Known[0, b] /\ [c \in Ballot |-> c = b \/ c < 2][b]
  /\ ballot' = [ballot EXCEPT ![n] = b]
  /\ UNCHANGED votes

Vote == votes' \subseteq votes \cup {2} /\ (\A n \in Node : ballot[n] = 2) /\ UNCHANGED ballot

Next == Vote \/ \E n \in Node, b \in Ballot : Raise(n, b)

Spec == Init /\ [][Next]_<<votes, ballot>>

Inv == \A n \in Node, b \in Ballot : Safe(b) => ballot[n] <= 2 /\ votes \subseteq Ballot
=============================================================================
