-------------------------------- MODULE Walk --------------------------------
EXTENDS Naturals
CONSTANT Last
VARIABLE x
TypeOK == x \in 1 .. Last
Init == x = 1
Up == x < Last /\ x' = x + 1
Down == x > 1 /\ x' = x - 1
=============================================================================
