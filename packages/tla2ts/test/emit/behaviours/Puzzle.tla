------------------------------- MODULE Puzzle -------------------------------
\* Jugs, with the state in one variable that is a sequence, and no constants.
EXTENDS Naturals, Sequences
VARIABLE jugs
Sizes == <<3, 5>>
Min(a, b) == IF a < b THEN a ELSE b
Fill(i) == jugs' = [jugs EXCEPT ![i] = Sizes[i]]
Empty(i) == jugs' = [jugs EXCEPT ![i] = 0]
Pour(i, j) ==
  LET n == Min(jugs[i], Sizes[j] - jugs[j])
  IN i # j /\ jugs' = [jugs EXCEPT ![i] = @ - n, ![j] = @ + n]
Init == jugs = <<0, 0>>
Next == \E i \in DOMAIN Sizes : Fill(i) \/ Empty(i) \/ \E j \in DOMAIN Sizes : Pour(i, j)
Spec == Init /\ [][Next]_jugs
TypeOK == \A i \in 1 .. 2 : jugs[i] \in 0 .. Sizes[i]
NoFour == jugs[2] # 4
=============================================================================
