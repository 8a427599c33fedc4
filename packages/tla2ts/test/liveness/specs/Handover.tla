---- MODULE Handover ----
\* Two phases: in the first anything may happen, the second is entered if the key is turned often enough.
EXTENDS Naturals
VARIABLES phase, key, work
vars == <<phase, key, work>>
Init == phase = 1 /\ key = 0 /\ work = 0
Turn == phase = 1 /\ key' = 1 - key /\ UNCHANGED <<phase, work>>
Enter == phase = 1 /\ key = 1 /\ phase' = 2 /\ UNCHANGED <<key, work>>
Work == phase = 2 /\ work' = (work + 1) % 3 /\ UNCHANGED <<phase, key>>
Next == Turn \/ Enter \/ Work
Spec == Init /\ [][Next]_vars /\ WF_vars(Turn) /\ SF_vars(Enter) /\ WF_vars(Work)
WeakSpec == Init /\ [][Next]_vars /\ WF_vars(Next)
Works == <>[](phase = 2) /\ \A w \in 0 .. 2 : []<>(work = w)
Either == <>[](phase = 2) \/ []<>(phase = 1 /\ key = 1)
Implied == []<>(key = 0 /\ phase = 1) => []<>(key = 1 /\ phase = 1)
====
