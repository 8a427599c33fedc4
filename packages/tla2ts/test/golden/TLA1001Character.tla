---- MODULE TLA1001Character ----
A == 1 ; B == 2
C == A \foo B
====
