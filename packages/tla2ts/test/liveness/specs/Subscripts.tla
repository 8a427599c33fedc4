---- MODULE Subscripts ----
\* The subscript decides which steps count; the other variables may do what they want.
EXTENDS Naturals
VARIABLES a, b
Init == a = 0 /\ b = 0
A == a' = 1 - a /\ b' \in {b, 1 - b}
B == b' = 1 - b /\ UNCHANGED a
Next == A \/ B
OnA == Init /\ [][Next]_<<a, b>> /\ WF_a(A)
OnB == Init /\ [][Next]_<<a, b>> /\ WF_b(Next)
ChangesA == []<><<TRUE>>_a
ChangesB == []<><<TRUE>>_b
OneOfThem == ([]<><<TRUE>>_a) \/ ([]<><<TRUE>>_b)
====
