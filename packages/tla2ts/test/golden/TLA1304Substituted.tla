---- MODULE TLA1304Substituted ----
VARIABLE x
I == INSTANCE TLA1208Inner WITH Size <- x, value <- x
J == INSTANCE TLA1208Inner WITH Size <- 1, value <- x'
====
