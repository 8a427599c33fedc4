---- MODULE Minutes ----
\* A refinement: two small steps make a step of the abstract counter.
EXTENDS Naturals
VARIABLES hour, half
vars == <<hour, half>>
Init == hour = 0 /\ half = FALSE
Small == ~half /\ half' = TRUE /\ UNCHANGED hour
Big == half /\ half' = FALSE /\ hour' = (hour + 1) % 3
Undo == half /\ half' = FALSE /\ UNCHANGED hour
Abstract == INSTANCE Counter WITH c <- hour
Spec == Init /\ [][Small \/ Big]_vars /\ WF_vars(Small \/ Big)
Undone == Init /\ [][Small \/ Big \/ Undo]_vars /\ WF_vars(Small) /\ WF_vars(Big)
Strong == Init /\ [][Small \/ Big \/ Undo]_vars /\ WF_vars(Small) /\ SF_vars(Big)
Refines == Abstract!CSpec
====
