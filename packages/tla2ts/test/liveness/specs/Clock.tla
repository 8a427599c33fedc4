---- MODULE Clock ----
\* A clock that may stop, unless it is fair.
EXTENDS Naturals
VARIABLE hour
Init == hour = 0
Tick == hour' = (hour + 1) % 4
Lazy == Init /\ [][Tick]_hour
Fair == Lazy /\ WF_hour(Tick)
Midnight == []<>(hour = 0)
EveryHour == \A h \in 0 .. 3 : []<>(hour = h)
Ticks == []<><<Tick>>_hour
InOrder == \A h \in 0 .. 3 : hour = h ~> hour = (h + 1) % 4
NeverStays == \A h \in 0 .. 3 : ~<>[](hour = h)
====
