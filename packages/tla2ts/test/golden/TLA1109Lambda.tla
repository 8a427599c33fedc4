---- MODULE TLA1109Lambda ----
F == LAMBDA x : x
====
