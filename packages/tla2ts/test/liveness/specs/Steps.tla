---- MODULE Steps ----
\* Properties of steps: again and again a step up, from some time on only such steps.
EXTENDS Naturals
VARIABLES x, mode
vars == <<x, mode>>
Init == x = 0 /\ mode = "both"
Up == x' = (x + 1) % 3 /\ UNCHANGED mode
Down == mode = "both" /\ x' = (x + 2) % 3 /\ UNCHANGED mode
Decide == mode = "both" /\ mode' = "up" /\ UNCHANGED x
Next == Up \/ Down \/ Decide
Spec == Init /\ [][Next]_vars /\ WF_vars(Up)
Decided == Spec /\ WF_vars(Decide)
UpForever == []<><<Up>>_x
OnlyUp == <>[][Up]_x
SomeDown == <><<Down>>_x
DownThenUp == <><<Down>>_x => <><<Up>>_x
UpAfterDecision == [](mode = "up" => [][Up]_x)
====
