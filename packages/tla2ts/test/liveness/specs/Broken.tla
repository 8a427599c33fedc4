---- MODULE Broken ----
\* Safety goes first: the invariant is violated before any temporal property is looked at.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 6
Spec == Init /\ [][Next]_x
Small == x < 5
Ends == <>[](x = 3)
Steps == [][x' > x]_x /\ Ends
Begins == x = 1 /\ Ends
====
