---- MODULE Lossy ----
\* A channel that loses messages: a message arrives if receiving is strongly fair, not if it is weakly fair.
EXTENDS Naturals
VARIABLES sent, channel, received
vars == <<sent, channel, received>>
Init == sent = 0 /\ channel = {} /\ received = 1
Send == channel' = {sent} /\ UNCHANGED <<sent, received>>
Lose == channel # {} /\ channel' = {} /\ UNCHANGED <<sent, received>>
Receive == sent \in channel /\ received' = sent /\ channel' = {} /\ UNCHANGED sent
New == received = sent /\ sent' = 1 - sent /\ UNCHANGED <<channel, received>>
Next == Send \/ Lose \/ Receive \/ New
Weak == Init /\ [][Next]_vars /\ WF_vars(Send) /\ WF_vars(Receive) /\ WF_vars(New)
Strong == Init /\ [][Next]_vars /\ WF_vars(Send) /\ SF_vars(Receive) /\ WF_vars(New)
NoSend == Init /\ [][Next]_vars /\ SF_vars(Receive) /\ WF_vars(New)
Arrives == \A m \in {0, 1} : sent = m ~> received = m
====
