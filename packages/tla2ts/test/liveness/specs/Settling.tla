---- MODULE Settling ----
\* A value that changes for a while and then stays.
EXTENDS Naturals
VARIABLES x, left
vars == <<x, left>>
Init == x \in {0, 1} /\ left \in 0 .. 3
Flip == left > 0 /\ x' = 1 - x /\ left' = left - 1
Refill == left > 0 /\ left' = 3 /\ UNCHANGED x
Settles == Init /\ [][Flip]_vars /\ WF_vars(Flip)
MayRefill == Init /\ [][Flip \/ Refill]_vars /\ WF_vars(Flip)
Stable == (<>[](x = 0)) \/ (<>[](x = 1))
Zero == <>[](x = 0)
Empty == <>[](left = 0)
Same == \E v \in {0, 1} : <>[](x = v)
====
