---- MODULE Counter ----
\* What Minutes refines.
EXTENDS Naturals
VARIABLE c
CInit == c = 0
CNext == c' = (c + 1) % 3
CSpec == CInit /\ [][CNext]_c /\ WF_c(CNext)
====
