---- MODULE TLA3105Unassigned ----
EXTENDS Naturals
VARIABLES a, b
Init == a = 0 /\ b = 0
Forgets == a < 2 /\ a' = a + 1
Next == Forgets
====
