------------------------------ MODULE Typical ------------------------------
(* Messages, queues, votes and clocks: a little of what most specifications *)
(* are made of, with some thousands of states.                             *)
EXTENDS Naturals, Integers, Sequences, FiniteSets, TLC

CONSTANTS Node, Limit, NoNode

ASSUME Limit \in Nat \ {0} /\ NoNode \notin Node

VARIABLES
  clock,    \* [Node -> Nat]
  state,    \* what each node does
  queue,    \* what is on the way to each node, in order
  sent,     \* all that was ever sent
  votes,    \* who voted for whom
  leader    \* a node, or none

vars == <<clock, state, queue, sent, votes, leader>>

State == {"idle", "asking", "leading"}
Message == [kind : {"ask", "answer"}, from : Node, time : 0 .. Limit]
Quorum == {s \in SUBSET Node : 2 * Cardinality(s) > Cardinality(Node)}

RECURSIVE Sum(_, _)
Sum(f, s) == IF s = {} THEN 0 ELSE LET x == CHOOSE y \in s : TRUE IN f[x] + Sum(f, s \ {x})

Max(s) == CHOOSE x \in s : \A y \in s : y <= x

TypeOK ==
  /\ clock \in [Node -> 0 .. Limit]
  /\ state \in [Node -> State]
  /\ \A n \in Node : \A i \in DOMAIN queue[n] : queue[n][i] \in Message
  /\ sent \subseteq Message
  /\ votes \in [Node -> SUBSET Node]
  /\ leader \in Node \union {NoNode}

Init ==
  /\ clock = [n \in Node |-> 0]
  /\ state = [n \in Node |-> "idle"]
  /\ queue = [n \in Node |-> <<>>]
  /\ sent = {}
  /\ votes = [n \in Node |-> {}]
  /\ leader = NoNode

Send(m, to) ==
  /\ queue' = [n \in Node |-> IF n \in to THEN Append(queue[n], m) ELSE queue[n]]
  /\ sent' = sent \cup {m}

Ask(n) ==
  /\ state[n] = "idle" /\ clock[n] < Limit
  /\ \A m \in sent : m.kind = "answer" \/ m.from # n
  /\ clock' = [clock EXCEPT ![n] = @ + 1]
  /\ state' = [state EXCEPT ![n] = "asking"]
  /\ votes' = [votes EXCEPT ![n] = {n}]
  /\ Send([kind |-> "ask", from |-> n, time |-> clock[n] + 1], Node \ {n})
  /\ UNCHANGED leader

Receive(n) ==
  /\ queue[n] /= <<>>
  /\ LET m == Head(queue[n])
         rest == [queue EXCEPT ![n] = Tail(@)]
         now == Max({clock[n], m.time})
     IN CASE m.kind = "ask" /\ state[n] = "idle" ->
               LET answer == [kind |-> "answer", from |-> n, time |-> now] IN
               /\ queue' = [rest EXCEPT ![m.from] = Append(@, answer)]
               /\ sent' = sent \cup {answer}
               /\ clock' = [clock EXCEPT ![n] = now]
               /\ UNCHANGED <<state, votes>>
          [] m.kind = "answer" /\ state[n] = "asking" ->
               /\ votes' = [votes EXCEPT ![n] = @ \cup {m.from}]
               /\ queue' = rest
               /\ UNCHANGED <<clock, state, sent>>
          [] OTHER -> queue' = rest /\ UNCHANGED <<clock, state, sent, votes>>
  /\ UNCHANGED leader

Lead(n) ==
  /\ state[n] = "asking"
  /\ \E q \in Quorum : q \subseteq votes[n]
  /\ leader = NoNode
  /\ leader' = n
  /\ state' = [state EXCEPT ![n] = "leading"]
  /\ UNCHANGED <<clock, queue, sent, votes>>

Rest == leader # NoNode /\ leader' = NoNode /\ state' = [state EXCEPT ![leader] = "idle"]
        /\ UNCHANGED <<clock, queue, sent, votes>>

Next == Rest \/ \E n \in Node : Ask(n) \/ Receive(n) \/ Lead(n)

Spec == Init /\ [][Next]_vars

Elected == leader # NoNode => Cardinality(votes[leader]) * 2 > Cardinality(Node)
Bounded == Sum(clock, Node) <= Limit * Cardinality(Node)
Shorter == \A n \in Node : Len(queue[n]) < 2 * Cardinality(Node) + 1 /\ SubSeq(queue[n], 1, Len(queue[n])) = queue[n]
NoTwice == \A a, b \in Node : a # b => ~(state[a] = "leading" /\ state[b] = "leading")
=============================================================================
