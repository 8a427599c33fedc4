---- MODULE Ring ----
\* A token that goes round, and may be dropped and found again.
EXTENDS Naturals
CONSTANT N
VARIABLES token, lost
vars == <<token, lost>>
Init == token = 0 /\ lost = FALSE
Pass == ~lost /\ token' = (token + 1) % N /\ UNCHANGED lost
Drop == ~lost /\ lost' = TRUE /\ UNCHANGED token
Find == lost /\ lost' = FALSE /\ UNCHANGED token
Safe == Init /\ [][Pass]_vars /\ WF_vars(Pass)
Weak == Init /\ [][Pass \/ Drop \/ Find]_vars /\ WF_vars(Pass) /\ WF_vars(Find)
Strong == Init /\ [][Pass \/ Drop \/ Find]_vars /\ SF_vars(Pass) /\ WF_vars(Find)
FewDrops == Weak /\ <>[][~Drop]_vars
Everyone == \A i \in 0 .. N - 1 : []<>(token = i)
Found == lost ~> ~lost
====
