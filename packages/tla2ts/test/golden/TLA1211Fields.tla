---- MODULE TLA1211Fields ----
R == [a |-> 1, b |-> 2, a |-> 3]
S == [a : {1}, a : {2}]
====
