---- MODULE TLA1202CircleToo ----
I == INSTANCE TLA1202Circle
====
