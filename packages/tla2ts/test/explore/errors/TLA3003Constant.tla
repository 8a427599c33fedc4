---- MODULE TLA3003Constant ----
EXTENDS Naturals
CONSTANTS Size, Step
VARIABLE n
Init == n = 0
Next == n' = (n + Step) % Size
====
