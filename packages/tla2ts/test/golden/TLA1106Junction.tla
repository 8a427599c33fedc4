---- MODULE TLA1106Junction ----
VARIABLES x, y
Next ==
  /\ x' = [x EXCEPT
  ![1] = 2]
  /\ y' = y
Other ==
  /\ IF x
  THEN y ELSE x
====
