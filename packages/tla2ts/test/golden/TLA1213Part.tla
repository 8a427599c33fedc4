---- MODULE TLA1213Part ----
Two == /\ TRUE
       /\ FALSE
A == Two!2
B == Two!3
C == Two!lab
====
