---- MODULE TLA1103Precedence ----
EXTENDS Naturals
Ambiguous(a, b, c) == a /\ b \/ c
Times(a, b) == a * -b
Image(S) == SUBSET S \X S
====
