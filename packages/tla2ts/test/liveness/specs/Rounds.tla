---- MODULE Rounds ----
\* Strong fairness of several actions, where giving one its turn takes the others theirs.
EXTENDS Naturals
CONSTANT N
VARIABLES at, done
vars == <<at, done>>
Ids == 0 .. N - 1
Init == at = 0 /\ done = [i \in Ids |-> FALSE]
Walk == at' = (at + 1) % N /\ UNCHANGED done
Do(i) == at = i /\ ~done[i] /\ done' = [done EXCEPT ![i] = TRUE] /\ UNCHANGED at
Undo(i) == at = i /\ done[i] /\ done' = [done EXCEPT ![i] = FALSE] /\ UNCHANGED at
Next == Walk \/ \E i \in Ids : Do(i) \/ Undo(i)
Base == Init /\ [][Next]_vars /\ WF_vars(Walk)
AllStrong == Base /\ \A i \in Ids : SF_vars(Do(i))
AllWeak == Base /\ \A i \in Ids : WF_vars(Do(i))
NoUndo == AllStrong /\ \A i \in Ids : <>[][~Undo(i)]_vars
OneMissing == Base /\ \A i \in Ids \ {1} : SF_vars(Do(i))
EachDone == \A i \in Ids : []<>done[i]
AllDone == <>[](\A i \in Ids : done[i])
Together == []<>(\A i \in Ids : done[i])
====
