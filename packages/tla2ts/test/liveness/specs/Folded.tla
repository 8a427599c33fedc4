---- MODULE Folded ----
\* A refinement in which a variable of the abstract specification stands for an expression: ENABLED does not look into it.
EXTENDS Naturals
VARIABLES n, rest
vars == <<n, rest>>
Init == n = 0 /\ rest = FALSE
Step == ~rest /\ n' = (n + 1) % 6 /\ UNCHANGED rest
Pause == n % 2 = 0 /\ rest' = ~rest /\ UNCHANGED n
bar == n % 3
Abstract == INSTANCE Counter WITH c <- n % 3
Named == INSTANCE Counter WITH c <- bar
Fair == Init /\ [][Step \/ Pause]_vars /\ SF_vars(Step) /\ WF_vars(Pause)
Weak == Init /\ [][Step \/ Pause]_vars /\ WF_vars(Step \/ Pause)
Refines == Abstract!CSpec
RefinesNamed == Named!CSpec
====
