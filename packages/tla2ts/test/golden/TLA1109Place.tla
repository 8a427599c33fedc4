---- MODULE TLA1109Place ----
EXTENDS Naturals
Old == @ + 1
Fine(f) == [f EXCEPT ![1] = @ + 1]
====
