---- MODULE TLA1207Recursive ----
EXTENDS Naturals
RECURSIVE F(_), G(_, _)
G(n) == n
H == LET RECURSIVE K(_) IN 1
====
