---- MODULE TLA3105Initial ----
EXTENDS Naturals
VARIABLES a, b
Init == a = 0
Next == UNCHANGED <<a, b>>
====
