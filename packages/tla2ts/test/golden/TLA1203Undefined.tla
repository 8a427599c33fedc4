---- MODULE TLA1203Undefined ----
EXTENDS Naturals
VARIABLE counter
Inner == INSTANCE TLA1203Inner
Small == Cardinality(counter) < 3
Init == countr = 0
Next == counter' = counter + Stpe
Step == 1
Use == Inner!Value + Inner!Vaule + Inner!Hidden
Join == <<1>> \o <<2>>
====
