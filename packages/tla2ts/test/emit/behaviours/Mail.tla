-------------------------------- MODULE Mail --------------------------------
\* Queues of records between every two of some users; some letters get lost.
EXTENDS Naturals, Sequences
CONSTANTS User, Limit
VARIABLES box, sent, lost

Pairs == {pair \in User \X User : pair[1] # pair[2]}
Letter == [from : User, number : 1 .. Limit]

TypeOK == box \in [Pairs -> Seq(Letter)] /\ sent \in [User -> 0 .. Limit] /\ lost \subseteq Letter

Init == box = [p \in Pairs |-> <<>>] /\ sent = [u \in User |-> 0] /\ lost = {}

Write(u, v) ==
  /\ u # v
  /\ sent[u] < Limit
  /\ LET letter == [from |-> u, number |-> sent[u] + 1] IN
       box' = [box EXCEPT ![u, v] = Append(@, letter)]
  /\ sent' = [sent EXCEPT ![u] = @ + 1]
  /\ UNCHANGED lost

Read(u, v) == box[<<u, v>>] # <<>> /\ box' = [box EXCEPT ![<<u, v>>] = Tail(@)] /\ UNCHANGED <<sent, lost>>

Lose == \E pair \in Pairs :
  /\ Len(box[pair]) > 1
  /\ lost' = lost \cup {Head(box[pair])}
  /\ box' = [box EXCEPT ![pair] = Tail(box[pair])]
  /\ sent' = sent

Next == (\E u, v \in User : Write(u, v)) \/ (\E <<u, v>> \in Pairs : Read(u, v)) \/ Lose

Ordered == \A p \in Pairs : \A i, j \in 1 .. Len(box[p]) : i < j => box[p][i].number < box[p][j].number
AllThere == lost = {}
=============================================================================
