---- MODULE Assumed ----
\* Fairness in the property in place of the specification.
EXTENDS Naturals
VARIABLES x, y
vars == <<x, y>>
Init == x = 0 /\ y = 0
Right == x < 2 /\ x' = x + 1 /\ UNCHANGED y
Up == y < 2 /\ y' = y + 1 /\ UNCHANGED x
Back == x' = 0 /\ y' = 0
Next == Right \/ Up \/ Back
Spec == Init /\ [][Next]_vars
IfFair == WF_vars(Right) /\ WF_vars(Up) /\ <>[][~Back]_vars => <>[](x = 2 /\ y = 2)
NotEnough == WF_vars(Right) /\ <>[][~Back]_vars => <>[](x = 2 /\ y = 2)
StrongImpliesWeak == SF_vars(Right) => WF_vars(Right)
WeakImpliesStrong == WF_vars(Right) => SF_vars(Right)
RightIsFair == WF_vars(Right)
====
