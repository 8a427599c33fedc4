---- MODULE Operators ----
\* Temporal operators of one's own, LET, IF, and instances of quantified fairness.
EXTENDS Naturals
CONSTANTS N, Strict
VARIABLES pos, steps
vars == <<pos, steps>>
Ids == 1 .. N
Init == pos = [i \in Ids |-> 0] /\ steps = 0
Move(i) == pos' = [pos EXCEPT ![i] = (@ + 1) % 3] /\ steps' = (steps + 1) % 2
Next == \E i \in Ids : Move(i)
Fair(A) == WF_vars(A)
Spec == Init /\ [][Next]_vars /\ \A i \in Ids : Fair(Move(i))
First == Init /\ [][Next]_vars /\ Fair(Move(1))
Often(P) == []<>P
Reaches(P, Q) == LET Goal == Q /\ ~P IN P ~> Goal
At(i, v) == pos[i] = v
Round == \A i \in Ids, v \in 0 .. 2 : Often(At(i, v)) /\ Reaches(At(i, v), At(i, (v + 1) % 3))
Ahead == LET last == N
             Next2(v) == (v + 2) % 3
         IN IF Strict THEN \A v \in 0 .. 2 : pos[last] = v ~> pos[last] = Next2(v) ELSE TRUE
Agree == \E i, j \in Ids : i # j /\ []<>(pos[i] = pos[j])
Even == [](CASE steps = 0 -> <>(steps = 1) [] OTHER -> <>(steps = 0))
Same == <>[](pos[1] = 0) <=> ~[]<>(pos[1] # 0)
====
