---- MODULE Philosophers ----
\* Three philosophers; the first takes the right fork first, or all take the left one first.
EXTENDS Naturals
CONSTANT LeftHanded
VARIABLES fork, has
vars == <<fork, has>>
P == 0 .. 2
Left(p) == p
Right(p) == (p + 1) % 3
FirstOf(p) == IF p = 0 /\ LeftHanded THEN Right(p) ELSE Left(p)
SecondOf(p) == IF p = 0 /\ LeftHanded THEN Left(p) ELSE Right(p)
Init == fork = [f \in P |-> 3] /\ has = [p \in P |-> 0]
Take(p, f, n) == has[p] = n /\ fork[f] = 3 /\ fork' = [fork EXCEPT ![f] = p] /\ has' = [has EXCEPT ![p] = n + 1]
Put(p) == has[p] = 2 /\ has' = [has EXCEPT ![p] = 0] /\ fork' = [f \in P |-> IF fork[f] = p THEN 3 ELSE fork[f]]
Next == \E p \in P : Take(p, FirstOf(p), 0) \/ Take(p, SecondOf(p), 1) \/ Put(p)
Weak == Init /\ [][Next]_vars /\ \A p \in P : WF_vars(Take(p, FirstOf(p), 0)) /\ WF_vars(Take(p, SecondOf(p), 1)) /\ WF_vars(Put(p))
Strong == Init /\ [][Next]_vars /\ \A p \in P : SF_vars(Take(p, FirstOf(p), 0)) /\ SF_vars(Take(p, SecondOf(p), 1)) /\ WF_vars(Put(p))
SomeoneEats == []<>(\E p \in P : has[p] = 2)
EveryoneEats == \A p \in P : []<>(has[p] = 2)
====
