---- MODULE TLA1105Bracket ----
A == {1, 2)
B == <<1, [a |-> 2>>
====
