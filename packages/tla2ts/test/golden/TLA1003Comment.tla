---- MODULE TLA1003Comment ----
A == 1
(* A comment (* with another inside *)
B == 2
====
