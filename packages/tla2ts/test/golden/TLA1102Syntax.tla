---- MODULE TLA1102Syntax ----
EXTENDS Naturals
VARIABLE x
Init = x = 0
Next == x' = IF x < 3 THEN x + 1
Good == x
Sets == {1, 2,}
Missing == [x \in 1 .. 3]
Twice == F(1 2)
Fair == WF_(Next)
Pairs == \A x, <<y, z>> \in {1} : TRUE
EXTENDS Sequences
====
