---- MODULE TLA3104Member ----
EXTENDS Naturals
VARIABLE state
Init == state = "idle"
Next == state \in {0, 1} /\ state' = "busy"
====
