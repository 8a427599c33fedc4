---- MODULE TLA3107Operand ----
EXTENDS Naturals
VARIABLE n
Init == n = <<>>
Next == n' = n \cup {1}
====
