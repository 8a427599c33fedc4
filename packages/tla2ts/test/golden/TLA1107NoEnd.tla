---- MODULE TLA1107NoEnd ----
A == 1
