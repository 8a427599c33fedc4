---- MODULE TLA1208Substitution ----
I == INSTANCE TLA1208Inner WITH Size <- 3, Color <- 1, Size <- 4
J == INSTANCE TLA1208Inner
K(x) == INSTANCE TLA1208Inner WITH Size <- x, value <- 1
A == K!Double + K(1, 2)!Double
B == I
====
