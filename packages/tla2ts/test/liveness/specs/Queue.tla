---- MODULE Queue ----
\* First in, first out: who is in the queue gets served; a stack serves the last one first.
EXTENDS Sequences, Naturals
CONSTANTS Clients, Stack
VARIABLES queue
Init == queue = <<>>
Waits(c) == \E i \in 1 .. Len(queue) : queue[i] = c
Join(c) == ~Waits(c) /\ queue' = IF Stack THEN <<c>> \o queue ELSE Append(queue, c)
Serve == queue # <<>> /\ queue' = Tail(queue)
Next == Serve \/ \E c \in Clients : Join(c)
Spec == Init /\ [][Next]_queue /\ WF_queue(Serve)
Served == \A c \in Clients : Waits(c) ~> ~Waits(c)
====
