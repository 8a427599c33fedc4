------------------------------ MODULE Counter ------------------------------
(* Counts up to Max and back to zero. *)
EXTENDS Naturals

CONSTANT Max
VARIABLE x

Init == x = 0

Up == /\ x < Max
      /\ x' = x + 1

Reset == x = Max /\ x' = 0

Next == Up \/ Reset

Spec == Init /\ [][Next]_x /\ WF_x(Next)

TypeOK == x \in 0..Max
Small == x < 4
NeverDown == [][x' >= x]_x
AtMostOne == [][x' - x <= 1]_x
Reached == x = Max
Halfway == 2 * x = Max + 1
=============================================================================
