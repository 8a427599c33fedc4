---- MODULE TLA1108Reserved ----
CONSTANT IN
Then(THEN) == 1
Fine == [THEN |-> 1].THEN
====
