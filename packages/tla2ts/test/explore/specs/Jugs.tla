-------------------------------- MODULE Jugs --------------------------------
(* The puzzle of the two jugs: measure Goal gallons with jugs of the given sizes, a tap, and a drain. *)
EXTENDS Integers

CONSTANTS Jug, Size, Goal
VARIABLE water

Least(a, b) == IF a < b THEN a ELSE b

\* A function of jugs, given in the configuration by its name.
FiveAndThree == [j \in Jug |-> IF j = "large" THEN 5 ELSE 3]

Init == water = [j \in Jug |-> 0]

Fill(j) == water' = [water EXCEPT ![j] = Size[j]]

Empty(j) == water' = [water EXCEPT ![j] = 0]

Pour(from, to) ==
  LET amount == Least(water[from], Size[to] - water[to])
  IN  /\ from # to
      /\ water' = [water EXCEPT ![from] = @ - amount, ![to] = @ + amount]

Next ==
  \/ \E j \in Jug : Fill(j) \/ Empty(j)
  \/ \E from, to \in Jug : Pour(from, to)

TypeOK == water \in [Jug -> 0..5]
NotMeasured == \A j \in Jug : water[j] # Goal
=============================================================================
