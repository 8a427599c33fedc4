---- MODULE TLA1202Circle ----
EXTENDS TLA1202CircleToo
====
