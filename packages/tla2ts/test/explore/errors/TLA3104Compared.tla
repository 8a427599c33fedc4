---- MODULE TLA3104Compared ----
EXTENDS Naturals
VARIABLE owner
Init == owner \in {1, 2}
Next == owner' = IF owner = 2 THEN "nobody" ELSE owner + 1
Known == owner # 3
====
