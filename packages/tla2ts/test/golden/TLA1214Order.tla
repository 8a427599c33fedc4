---- MODULE TLA1214Order ----
EXTENDS Naturals
First == Second(1)
Second(n) == IF n = 0 THEN 0 ELSE Second(n - 1)
====
