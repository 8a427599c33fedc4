------------------------------- MODULE Clock --------------------------------
EXTENDS Naturals
CONSTANTS Hours, Minutes
VARIABLES hour, minute, alarm

Init == hour \in 0 .. Hours - 1 /\ minute = 0 /\ alarm = [hour |-> 0, on |-> FALSE]

\* CASE, IF and a conjunct that looks at what others have made.
Tick ==
  /\ CASE minute < Minutes - 1 -> minute' = minute + 1
       [] OTHER -> minute' = 0
  /\ IF minute' = 0 THEN hour' = (hour + 1) % Hours ELSE hour' = hour
  /\ alarm' = [alarm EXCEPT !.on = @ /\ ~(hour' = alarm.hour /\ minute' = 1)]

Set(h) == alarm' = [hour |-> h, on |-> TRUE] /\ UNCHANGED <<hour, minute>>

Next == Tick \/ \E h \in {n \in 0 .. Hours - 1 : n # hour} : Set(h)

TypeOK == hour \in 0 .. Hours - 1 /\ minute \in 0 .. Minutes - 1 /\ alarm \in [hour : 0 .. Hours - 1, on : BOOLEAN]
Silent == alarm.on => alarm.hour # hour \/ minute = 0
=============================================================================
